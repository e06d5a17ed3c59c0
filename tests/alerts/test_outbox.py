from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from sqlmodel import select

from alerts.backoff import MAX_ATTEMPTS, next_attempt
from alerts.channels import Channel
from alerts.messages import Message, Outcome, SendResult
from alerts.outbox import DeliveryCounts
from db.session import writing
from db.tables import Delivery, Event
from reports.findings import Severity
from tests.alerts.builders import BROKEN, NOON, REFUSED, SILENT, Desk, channel, event

MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def desk() -> Desk:
    return Desk()


def titles(desk: Desk) -> list[str]:
    return [message.title.rpartition("：")[2] for _, message in desk.sent]


def test_every_event_has_one_row_per_channel_and_running_again_adds_none(desk: Desk) -> None:
    channels = [channel("a"), channel("b", kinds=("site.*",))]
    desk.happen("report.missing", "site.down", channels=channels)
    assert desk.fan_out(channels) == 0
    assert [(row.event_id, row.channel, row.state) for row in desk.rows()] == [
        (1, "a", "pending"),
        (1, "b", "skipped"),
        (2, "a", "pending"),
        (2, "b", "pending"),
    ]
    assert all(one.fanned_out_at == NOON for one in desk.events())


def test_fanning_out_an_event_a_second_time_changes_nothing(desk: Desk) -> None:
    channels = [channel()]
    desk.happen("report.missing", channels=channels)
    with writing(desk.engine) as session:
        session.exec(select(Event)).one().fanned_out_at = None
    assert desk.fan_out(channels) == 1
    assert len(desk.rows()) == 1


def test_row_that_is_not_told_says_why_in_both_languages(desk: Desk) -> None:
    far = channel(regions=("5*",))
    desk.happen("report.missing", channels=[far])
    (row,) = desk.rows()
    assert row.state == "skipped"
    assert "410311" in row.reason_zh
    assert "410311" in row.reason_en
    assert row.next_attempt_at is None


@pytest.mark.parametrize(("region", "state"), [("41*", "pending"), ("51*", "skipped")])
def test_event_of_a_site_concerns_the_regions_of_its_agencies(
    desk: Desk, region: str, state: str
) -> None:
    desk.add(event(kind="site.down", agency_key=None, site_key="luolong", year=None))
    desk.fan_out([channel(regions=(region,))])
    assert desk.states() == [state]


def test_severity_of_findings_is_read_from_the_event(desk: Desk) -> None:
    data = {"severity": "warning", "findings": []}
    desk.add(event(kind="findings.raised", data=data))
    desk.fan_out([channel("a", min_severity=Severity.ERROR), channel("b")])
    assert desk.states() == ["skipped", "pending"]


def test_delivered_once_and_never_again(desk: Desk) -> None:
    channels = [channel()]
    desk.happen("report.missing", "report.published", channels=channels)
    assert desk.deliver(channels) == DeliveryCounts(sent=2)
    assert desk.deliver(channels) == DeliveryCounts()
    assert titles(desk) == ["期限已过，未见报告", "报告已发布"]
    assert [(row.state, row.sent_at, row.attempts) for row in desk.rows()] == [
        ("sent", NOON, 1),
        ("sent", NOON, 1),
    ]


def test_failed_message_is_tried_again_later_under_the_same_key(desk: Desk) -> None:
    channels = [channel()]
    desk.happen("report.missing", channels=channels)
    desk.answers["office"] = BROKEN
    assert desk.deliver(channels) == DeliveryCounts(failed=1)
    (row,) = desk.rows()
    assert (row.state, row.next_attempt_at) == ("failed", NOON + MINUTE)
    assert row.last_error == "对方应答 HTTP 503。 / Answered with HTTP 503."
    desk.answers.clear()
    assert desk.deliver(channels, NOON + MINUTE / 2) == DeliveryCounts(held=1)
    assert desk.deliver(channels, NOON + MINUTE) == DeliveryCounts(sent=1)
    (row,) = desk.rows()
    assert (row.state, row.attempts, row.last_error, row.reason_zh) == ("sent", 2, None, "")
    assert len({message.key for _, message in desk.sent}) == 1


def test_failing_channel_keeps_its_order_and_leaves_the_others_alone(desk: Desk) -> None:
    channels = [channel("broken"), channel("well")]
    desk.happen("report.missing", "report.published", channels=channels)
    desk.answers["broken"] = BROKEN
    assert desk.deliver(channels) == DeliveryCounts(sent=2, failed=1, held=1)
    desk.happen("site.up", channels=channels, now=NOON + MINUTE / 2)
    desk.answers.clear()
    assert desk.deliver(channels, NOON + MINUTE / 2) == DeliveryCounts(sent=1, held=3)
    desk.sent.clear()
    assert desk.deliver(channels, NOON + MINUTE) == DeliveryCounts(sent=3)
    assert titles(desk) == ["期限已过，未见报告", "报告已发布", "网站恢复访问"]


def test_message_that_fails_on_and_on_is_overtaken_in_the_end(desk: Desk) -> None:
    channels, now = [channel()], NOON
    desk.happen("report.missing", "report.published", channels=channels)

    def picky(_to: Channel, message: Message) -> SendResult:
        return BROKEN if "未见报告" in message.title else SendResult(Outcome.SENT)

    for _ in range(3):
        assert desk.deliver(channels, now, picky).sent == 0
        now = desk.rows()[0].next_attempt_at or now
    assert desk.deliver(channels, now - MINUTE, picky) == DeliveryCounts(sent=1, held=1)
    assert desk.states() == ["failed", "sent"]


def test_message_is_given_up_after_the_last_attempt(desk: Desk) -> None:
    channels, now = [channel()], NOON
    desk.happen("report.missing", channels=channels)
    desk.answers["office"] = SILENT
    for _ in range(MAX_ATTEMPTS):
        assert desk.deliver(channels, now).failed == 1
        now = desk.rows()[0].next_attempt_at or now
    assert desk.states() == ["dead"]
    assert desk.deliver(channels, now + timedelta(days=9)) == DeliveryCounts()
    assert next_attempt(MAX_ATTEMPTS, NOON) is None


def test_permanent_refusal_ends_one_message_and_not_the_queue(desk: Desk) -> None:
    channels = [channel()]
    desk.happen("report.missing", "report.published", channels=channels)
    desk.answers["office"] = REFUSED
    assert desk.deliver(channels) == DeliveryCounts(failed=2)
    assert desk.states() == ["dead", "dead"]
    assert desk.rows()[0].reason_en == "Address not understood."


def test_killed_while_sending_sends_again_under_the_same_key(desk: Desk) -> None:
    channels = [channel()]
    desk.happen("report.missing", channels=channels)

    def die(to: Channel, message: Message) -> SendResult:
        desk.sent.append((to.name, message))
        raise Killed

    with pytest.raises(Killed):
        desk.deliver(channels, send=die)
    assert desk.states() == ["sending"]
    assert desk.deliver(channels) == DeliveryCounts(sent=1)
    first, second = (message for _, message in desk.sent)
    assert first == second
    assert desk.rows()[0].attempts == 2


def test_message_that_kills_every_attempt_is_given_up(desk: Desk) -> None:
    channels = [channel()]
    desk.happen("report.missing", channels=channels)
    with writing(desk.engine) as session:
        row = session.exec(select(Delivery)).one()
        row.state, row.attempts, row.last_attempt_at = "sending", MAX_ATTEMPTS, NOON
    assert desk.deliver(channels) == DeliveryCounts()
    assert desk.states() == ["dead"]
    assert str(MAX_ATTEMPTS) in desk.rows()[0].reason_zh


def test_rows_of_a_channel_that_is_gone_are_skipped_with_a_reason(desk: Desk) -> None:
    desk.happen("report.missing", channels=[channel("old")])
    assert desk.deliver([channel("new")]) == DeliveryCounts()
    (row,) = desk.rows()
    assert (row.state, row.reason_en) == ("skipped", "The channel is no longer configured.")


def test_digest_waits_for_its_hour_and_tells_all_in_one_message(desk: Desk) -> None:
    channels = [channel(digest=time(18))]
    desk.happen("report.missing", "report.published", channels=channels)
    assert desk.deliver(channels) == DeliveryCounts(held=2)
    assert "2026-02-02 18:00" in desk.rows()[0].reason_zh
    assert desk.deliver(channels, NOON + timedelta(hours=6)) == DeliveryCounts(sent=2)
    ((_, message),) = desk.sent
    assert message.body.index("期限已过，未见报告") < message.body.index("报告已发布")


def test_digest_that_failed_goes_out_again_unchanged_beside_the_next(desk: Desk) -> None:
    channels, six = [channel(digest=time(12))], NOON + timedelta(hours=6)
    desk.happen("report.missing", "report.published", channels=channels)
    desk.answers["office"] = SILENT
    assert desk.deliver(channels) == DeliveryCounts(failed=2)
    desk.happen("site.down", channels=channels, now=NOON)
    desk.answers.clear()
    assert desk.deliver(channels, six) == DeliveryCounts(sent=3)
    first, again, fresh = (message for _, message in desk.sent)
    assert first == again
    assert fresh.key != first.key


def test_long_digest_is_cut_into_messages_of_bounded_length(desk: Desk) -> None:
    channels = [channel(digest=time(12))]
    desk.happen(*["report.missing"] * 120, channels=channels)
    assert desk.deliver(channels).sent == 120
    assert len(desk.sent) == 3


def test_quiet_hours_hold_even_what_was_due_before_them(desk: Desk) -> None:
    quiet = [channel(quiet_hours=(time(13), time(15)))]
    desk.happen("report.missing", channels=quiet)
    assert desk.deliver(quiet, NOON + timedelta(hours=1)) == DeliveryCounts(held=1)
    assert desk.deliver(quiet, NOON + timedelta(hours=3)) == DeliveryCounts(sent=1)


def test_event_of_quiet_hours_says_until_when_it_waits(desk: Desk) -> None:
    desk.happen("report.missing", channels=[channel(quiet_hours=(time(11), time(13)))])
    (row,) = desk.rows()
    assert row.next_attempt_at == NOON + timedelta(hours=1)
    assert "2026-02-02 13:00" in row.reason_en


def test_language_of_the_channel_decides_the_message(desk: Desk) -> None:
    channels = [channel("zh"), channel("en", language="en")]
    desk.happen("report.missing", channels=channels)
    desk.deliver(channels)
    told = dict(desk.sent)
    assert "期限已过" in told["zh"].title
    assert "Deadline passed" in told["en"].title


def test_no_row_ever_holds_the_address_of_a_channel(desk: Desk) -> None:
    channels = [channel(), channel("b", kinds=("site.*",))]
    desk.happen("report.missing", channels=channels)
    desk.answers["office"] = BROKEN
    desk.deliver(channels)
    assert "s3cret" not in "".join(row.model_dump_json() for row in desk.rows())


def test_waits_between_attempts_grow() -> None:
    at: list[datetime] = [next_attempt(number, NOON) or NOON for number in range(1, MAX_ATTEMPTS)]
    waits = [(instant - NOON) // MINUTE for instant in at]
    assert waits == [1, 5, 15, 60, 240, 720, 1440]


def test_what_was_there_before_the_first_look_makes_one_message() -> None:
    desk, channels = Desk(), [channel(), channel("late", kinds=("report.missing",))]
    old = {"baseline": True, "because": {"zh": "已见到。", "en": "Seen."}}
    desk.add(
        *(event(year, "report.published", year=year, data=old) for year in (2023, 2024, 2025)),
        event(4, "findings.raised", year=2025, data=old),
        event(5, "report.published", agency_key="far"),
    )
    desk.fan_out(channels)
    assert desk.deliver(channels).sent == 2
    told = [message for name, message in desk.sent if name == "office"]
    assert ["首轮建档：3 份报告" in message.title for message in told] == [True, False]
    assert "4 条记录" in told[0].body
    office = [row for row in desk.rows() if row.channel == "office"]
    assert [row.state for row in office] == ["skipped"] * 3 + ["sent"] * 2
    assert all("首轮建档" in row.reason_zh for row in office if row.state == "skipped")
    assert desk.fan_out(channels) == 0


def test_a_single_report_that_was_there_before_is_told_by_its_name() -> None:
    desk, channels = Desk(), [channel()]
    desk.add(event(1, "report.published", data={"baseline": True}))
    desk.fan_out(channels)
    desk.deliver(channels)
    assert "科技园街道办事处" in desk.sent[0][1].title
