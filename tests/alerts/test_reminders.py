from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.outbox import DeliveryCounts
from tests.alerts.builders import BROKEN, NOON, REFUSED, Desk, channel

WEEK = timedelta(days=7)
WEEKLY = [channel(repeat_days=7)]


@pytest.fixture
def desk() -> Desk:
    """A desk whose one channel was told that a report is missing."""
    told = Desk()
    told.stand("missing")
    told.happen("report.missing", channels=WEEKLY)
    told.deliver(WEEKLY)
    return told


def test_open_matter_is_told_again_after_its_days_with_the_reason_of_today(desk: Desk) -> None:
    assert desk.remind(WEEKLY, NOON + WEEK - timedelta(minutes=1)) == 0
    assert desk.remind(WEEKLY, NOON + WEEK) == 1
    assert desk.remind(WEEKLY, NOON + WEEK) == 0
    assert desk.deliver(WEEKLY, NOON + WEEK) == DeliveryCounts(sent=1)
    (_, first), (_, second) = desk.sent
    assert "第 1 次提醒" in second.title
    assert "五次查看均未见到。" in second.body
    assert first.key != second.key
    assert [row.occasion for row in desk.rows()] == [1, 2]


def test_reminders_go_on_until_the_matter_is_settled(desk: Desk) -> None:
    for number in (1, 2):
        assert desk.remind(WEEKLY, NOON + number * WEEK) == 1
        desk.deliver(WEEKLY, NOON + number * WEEK)
    desk.stand("late")
    assert desk.remind(WEEKLY, NOON + 3 * WEEK) == 0


@pytest.mark.parametrize("status", ["late", "unverified", "exempt"])
def test_reminder_that_waits_is_dropped_when_the_matter_moves_on(desk: Desk, status: str) -> None:
    desk.remind(WEEKLY, NOON + WEEK)
    desk.stand(status)
    assert desk.deliver(WEEKLY, NOON + WEEK) == DeliveryCounts()
    last = desk.rows()[-1]
    assert (last.state, last.reason_zh) == ("skipped", "情况已有变化，不再提醒。")


def test_channel_without_repeat_days_is_not_reminded(desk: Desk) -> None:
    assert desk.remind([channel()], NOON + 9 * WEEK) == 0


def test_channel_that_no_longer_subscribes_is_not_reminded(desk: Desk) -> None:
    assert desk.remind([channel(repeat_days=7, kinds=("site.*",))], NOON + WEEK) == 0


def test_channel_that_was_never_told_is_not_reminded() -> None:
    desk, elsewhere = Desk(), [channel(repeat_days=7, regions=("5*",))]
    desk.stand("missing")
    desk.happen("report.missing", channels=elsewhere)
    assert desk.remind(WEEKLY, NOON + WEEK) == 0


def test_message_still_being_tried_is_not_repeated() -> None:
    desk = Desk(answers={"office": BROKEN})
    desk.stand("missing")
    desk.happen("report.missing", channels=WEEKLY)
    desk.deliver(WEEKLY)
    assert desk.remind(WEEKLY, NOON + WEEK) == 0


def test_message_that_never_arrived_has_a_new_chance() -> None:
    desk = Desk(answers={"office": REFUSED})
    desk.stand("missing")
    desk.happen("report.missing", channels=WEEKLY)
    desk.deliver(WEEKLY)
    assert desk.states() == ["dead"]
    assert desk.remind(WEEKLY, NOON + WEEK) == 1


def test_only_matters_that_stay_open_are_repeated() -> None:
    desk = Desk()
    desk.stand("late")
    desk.happen("report.published_late", channels=WEEKLY)
    desk.deliver(WEEKLY)
    assert desk.remind(WEEKLY, NOON + WEEK) == 0
