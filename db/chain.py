"""The daily chain over the event log: each ended day is hashed with all days before it.

An event's line is its canonical JSON (keys sorted, no blanks, pure ASCII, instants in UTC); its hash is the
SHA-256 of the line. A day's ``events_sha256`` is the SHA-256 of these hashes, each followed by a line
feed, in the order of the ids. A link's ``sha256`` is that of the link before (64 zeros at the beginning),
a blank, and ``events_sha256``. What is told of an event later, as ``fanned_out_at``, is not part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.tables import ChainDay, Event
from reports.deadlines import china_date
from reports.words import Words

BEGINNING = "0" * 64
_AT_ONCE = 5_000
_MOST_NAMED = 10


def event_line(event: Event) -> str:
    """Return the canonical JSON of an event."""
    facts: dict[str, Any] = {
        "id": event.id,
        "key": event.key,
        "kind": event.kind,
        "agency": event.agency_key,
        "site": event.site_key,
        "year": event.year,
        "happened_at": event.happened_at.astimezone(UTC).isoformat(),
        "noticed_at": event.noticed_at.astimezone(UTC).isoformat(),
        "data": event.data,
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def line_hash(line: str) -> str:
    """Return the hash of an event's line."""
    return hashlib.sha256(line.encode("ascii")).hexdigest()


def events_hash(hashes: Iterable[str]) -> str:
    """Return the hash over the hashes of a day's events."""
    total = hashlib.sha256()
    for each in hashes:
        total.update(f"{each}\n".encode())
    return total.hexdigest()


def link_hash(before: str, events_sha256: str) -> str:
    """Return the hash of a link that follows the link with the hash ``before``."""
    return hashlib.sha256(f"{before} {events_sha256}".encode()).hexdigest()


def seal(session: Session, now: datetime) -> int:
    """Add a link for each ended day in China whose events have none; return how many were added."""
    newest = session.exec(select(ChainDay).order_by(col(ChainDay.number).desc())).first()
    number, before, after = 0, BEGINNING, 0
    if newest is not None:
        number, before, after = newest.number, newest.sha256, newest.last_event_id
    last = _last_of_ended_days(session, after, china_date(now))
    added = 0
    for day, events in _by_day(_events(session, after, last), china_date(now)):
        number, added = number + 1, added + 1
        link = _link(number, day, events, before)
        session.add(link)
        before = link.sha256
    session.flush()
    return added


def breaks(session: Session) -> Iterator[Words]:
    """Yield a sentence for every place where the log is not as it was sealed."""
    before, last = BEGINNING, 0
    for link in session.exec(select(ChainDay).order_by(col(ChainDay.number))).all():
        yield from _changes(link, list(_events(session, last, link.last_event_id)))
        if events_hash(sealed_hashes(link)) != link.events_sha256 or (
            link_hash(before, link.events_sha256) != link.sha256
        ):
            yield Words(
                f"事件链 {link.day}：第 {link.number} 环与前一环不相连；请从备份恢复。",
                f"Event chain {link.day}: link {link.number} does not follow the link before; restore "
                "the backup.",
            )
        before, last = link.sha256, link.last_event_id


def sealed_hashes(link: ChainDay) -> list[str]:
    """Return the hashes of the events of a link, in the order of their ids."""
    return [link.hashes[at : at + 32].hex() for at in range(0, len(link.hashes), 32)]


def _changes(link: ChainDay, events: Sequence[Event]) -> Iterator[Words]:
    found = {line_hash(event_line(event)): event.id for event in events}
    sealed = sealed_hashes(link)
    changed = [str(number) for each, number in found.items() if each not in set(sealed)]
    if changed:
        named = ", ".join(changed[:_MOST_NAMED])
        yield Words(
            f"事件链 {link.day}：事件 {named} 在封存后被改动或插入；请从备份恢复。",
            f"Event chain {link.day}: event {named} was changed or put in after it was sealed; restore "
            "the backup.",
        )
    lacking = len(sealed) - len(events)
    if lacking > 0:
        yield Words(
            f"事件链 {link.day}：封存的 {len(sealed)} 条事件中有 {lacking} 条不在了；请从备份恢复。",
            f"Event chain {link.day}: {lacking} of {len(sealed)} sealed events are no longer there; "
            "restore the backup.",
        )


def head(session: Session) -> ChainDay | None:
    """Return the newest link."""
    return session.exec(select(ChainDay).order_by(col(ChainDay.number).desc())).first()


def _last_of_ended_days(session: Session, after: int, today: date) -> int:
    """Return the newest id of an event that was noticed on an ended day, ``after`` when there is none.

    What lies before it is sealed with it: ids are the order of the log, whatever a logical clock said.
    """
    newest = session.exec(select(func.max(Event.id))).one() or 0
    for low in range(newest - _AT_ONCE, after - _AT_ONCE, -_AT_ONCE):
        rows = session.exec(
            select(Event.id, Event.noticed_at)
            .where(col(Event.id) > max(low, after), col(Event.id) <= low + _AT_ONCE)
            .order_by(col(Event.id).desc())
        )
        for event_id, noticed_at in rows:
            if event_id is not None and china_date(noticed_at) < today:
                return event_id
    return after


def _events(session: Session, after: int, last: int) -> Iterator[Event]:
    """Yield the events behind ``after`` up to ``last``, oldest first, and let go of each."""
    while after < last:
        rows = session.exec(
            select(Event)
            .where(col(Event.id) > after, col(Event.id) <= last)
            .order_by(col(Event.id))
            .limit(_AT_ONCE)
        ).all()
        if not rows:
            return
        yield from rows
        after = rows[-1].id or last


def _by_day(events: Iterable[Event], today: date) -> Iterator[tuple[date, Sequence[Event]]]:
    """Group events by the day in China on which they were noticed; days never go back, nor past today."""
    reached = date.min

    def day_of(event: Event) -> date:
        nonlocal reached
        reached = max(reached, min(china_date(event.noticed_at), today))
        return reached

    for day, group in groupby(events, day_of):
        yield day, tuple(group)


def _link(number: int, day: date, events: Sequence[Event], before: str) -> ChainDay:
    hashes = [line_hash(event_line(event)) for event in events]
    total = events_hash(hashes)
    return ChainDay(
        number=number,
        day=day,
        first_event_id=events[0].id or 0,
        last_event_id=events[-1].id or 0,
        hashes=bytes.fromhex("".join(hashes)),
        events_sha256=total,
        sha256=link_hash(before, total),
    )
