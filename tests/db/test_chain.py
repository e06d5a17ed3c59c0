"""The chain over the event log: what ended is sealed, and no change of it goes unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from db.chain import breaks, seal
from db.session import open_engine, writing
from db.tables import ChainDay, Event
from db.upgrade import upgrade

NOON = datetime(2026, 2, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path}/x.db")
    upgrade(engine)
    with writing(engine) as session:
        yield session
        session.rollback()


def _notice(session: Session, *instants: datetime) -> None:
    count = len(session.exec(select(Event.id)).all())
    for number, at in enumerate(instants, count + 1):
        data = {"because": {"zh": f"第{number}件", "en": f"{number}"}, "odd": "\ud800\u2028"}
        event = Event(key=f"k{number}", kind="x", happened_at=at, noticed_at=at, data=data)
        session.add(event)
        session.flush()


def _links(session: Session) -> list[tuple[str, int, int]]:
    rows = session.exec(select(ChainDay).order_by(col(ChainDay.number)))
    return [(row.day.isoformat(), row.first_event_id, row.last_event_id) for row in rows]


def test_a_day_in_china_is_sealed_once_it_has_ended_and_only_once(session: Session) -> None:
    _notice(session, NOON, NOON + timedelta(hours=11), NOON + timedelta(hours=13))
    assert seal(session, NOON + timedelta(hours=11)) == 0
    assert seal(session, NOON + DAY) == 1
    assert seal(session, NOON + DAY) == 0
    assert seal(session, NOON + 5 * DAY) == 1
    assert _links(session) == [("2026-02-01", 1, 2), ("2026-02-02", 3, 3)]
    assert list(breaks(session)) == []


def test_the_events_of_an_existing_log_are_sealed_day_by_day(session: Session) -> None:
    _notice(session, *(NOON + n * DAY for n in range(40)))
    assert seal(session, NOON + 99 * DAY) == 40
    assert list(breaks(session)) == []


def test_a_clock_that_ran_ahead_or_back_leaves_no_event_unsealed(session: Session) -> None:
    _notice(session, NOON, NOON + 2_000 * DAY, NOON - 30 * DAY, NOON + DAY)
    seal(session, NOON + 2 * DAY)
    assert _links(session)[-1][2] == 4
    _notice(session, NOON - 9 * DAY)
    seal(session, NOON + 2 * DAY)
    assert _links(session)[-1][1:] == (5, 5)
    assert list(breaks(session)) == []


def test_what_is_told_of_an_event_later_breaks_nothing(session: Session) -> None:
    _notice(session, NOON)
    seal(session, NOON + DAY)
    session.get_one(Event, 1).fanned_out_at = NOON
    assert list(breaks(session)) == []


def _reword(session: Session) -> None:
    session.get_one(Event, 2).data = {"because": {"zh": "改过", "en": "changed"}}


def _backdate(session: Session) -> None:
    session.get_one(Event, 2).happened_at = NOON - DAY


def _delete(session: Session) -> None:
    session.delete(session.get_one(Event, 2))


def _reseal(session: Session) -> None:
    """Change an event, and write the link of its day anew, but not the later ones."""
    _reword(session)
    session.get_one(ChainDay, 1).events_sha256 = "0" * 64


def _cut(session: Session) -> None:
    session.delete(session.get_one(ChainDay, 1))


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_reword, ["event 2"]),
        (_backdate, ["event 2"]),
        (_delete, ["1 of 3 sealed events"]),
        (_reseal, ["event 2", "link 1"]),
        (_cut, ["event 1, 2, 3", "link 2"]),
    ],
)
def test_a_change_after_the_sealing_is_named(
    session: Session, tamper: Callable[[Session], None], named: list[str]
) -> None:
    _notice(session, NOON, NOON, NOON, NOON + DAY)
    seal(session, NOON + 3 * DAY)
    tamper(session)
    session.flush()
    found = list(breaks(session))
    assert len(found) == len(named)
    assert all(name in words.en for name, words in zip(named, found, strict=True))
