"""The outbox: every event reaches every channel at least once, is told once, and says why not.

Every row exists before its message is sent and is marked after it: a process that dies in between
sends that message again, under the same key. One deliverer at a time: two would each take a row that
the other is sending for one left over by a crash.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import sha256
from itertools import groupby

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from alerts.backoff import next_attempt
from alerts.channels import Channel, quiet_until
from alerts.messages import Message, Outcome, Send, SendResult
from alerts.notices import notices_of
from alerts.queue import UNSETTLED, State, fan_out, retire
from alerts.reminders import remind
from alerts.render import render, render_digest
from db.session import reading, writing
from db.tables import Delivery, Event

__all__ = ["DeliveryCounts", "deliver", "fan_out", "remind"]

_log = logging.getLogger(__name__)

DIGEST_LENGTH = 50
BLOCKING_ATTEMPTS = 3
"""So often a failed message holds back the later ones of its channel; then they may overtake it."""


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """Delivery rows sent, failed (to be tried again or given up), and held for a later time."""

    sent: int = 0
    failed: int = 0
    held: int = 0

    def __add__(self, other: DeliveryCounts) -> DeliveryCounts:
        """Return both together."""
        return DeliveryCounts(
            self.sent + other.sent, self.failed + other.failed, self.held + other.held
        )


@dataclass(frozen=True, slots=True)
class _Round:
    """One channel's turn in one call."""

    engine: Engine
    channel: Channel
    send: Send
    now: datetime
    public_url: str


def deliver(
    engine: Engine,
    channels: Sequence[Channel],
    send: Send,
    now: datetime,
    *,
    zone: tzinfo,
    public_url: str,
) -> DeliveryCounts:
    """Send what is due, channel by channel in the order of events; call it with no open transaction.

    A channel whose message fails rests until the next call; the other channels go on.
    """
    with writing(engine) as session:
        retire(session, channels)
    counts = DeliveryCounts()
    for channel in channels:
        counts += _take_turn(_Round(engine, channel, send, now, public_url), zone)
    return counts


def _take_turn(turn: _Round, zone: tzinfo) -> DeliveryCounts:
    with reading(turn.engine) as session:
        waiting = _waiting(session, turn.channel)
    if quiet_until(turn.channel, turn.now, zone) is not None:
        return DeliveryCounts(held=len(waiting))
    sent = failed = 0
    for batch in _batches(_due(waiting, turn.now), turn.channel):
        outcome = _attempt(turn, batch).outcome
        if outcome is Outcome.SENT:
            sent += len(batch)
            continue
        failed += len(batch)
        if outcome is not Outcome.PERMANENT:
            break
    return DeliveryCounts(sent, failed, len(waiting) - sent - failed)


def _waiting(session: Session, channel: Channel) -> Sequence[Delivery]:
    return session.exec(
        select(Delivery)
        .where(Delivery.channel == channel.name, col(Delivery.state).in_(UNSETTLED))
        .order_by(col(Delivery.id))
    ).all()


def _due(waiting: Sequence[Delivery], now: datetime) -> Iterator[Delivery]:
    for row in waiting:
        if row.next_attempt_at is None or row.next_attempt_at <= now:
            yield row
        elif row.attempts < BLOCKING_ATTEMPTS:
            return


def _batches(due: Iterator[Delivery], channel: Channel) -> Iterator[tuple[Delivery, ...]]:
    if channel.digest is None:
        yield from ((row,) for row in due)
        return
    # What was tried together goes out together again: the same message under the same key.
    for _, group in groupby(due, key=lambda row: row.last_attempt_at):
        rows = tuple(group)
        for start in range(0, len(rows), DIGEST_LENGTH):
            yield rows[start : start + DIGEST_LENGTH]


def _attempt(turn: _Round, batch: Sequence[Delivery]) -> SendResult:
    with writing(turn.engine) as session:
        message = _message(session, _claimed(session, batch, turn.now), turn)
    result = turn.send(turn.channel, message)
    if result.outcome is not Outcome.SENT:
        reason = result.reason.both() if result.reason else "-"
        _log.warning(
            "delivery channel=%s rows=%d attempt=%d outcome=%s reason=%s",
            turn.channel.name,
            len(batch),
            batch[0].attempts + 1,
            result.outcome,
            reason,
        )
    with writing(turn.engine) as session:
        for row in batch:
            _record(session.get_one(Delivery, row.id), result, turn.now)
    return result


def _claimed(session: Session, batch: Sequence[Delivery], now: datetime) -> tuple[Delivery, ...]:
    rows = tuple(session.get_one(Delivery, row.id) for row in batch)
    for row in rows:
        row.state = State.SENDING
        row.attempts += 1
        row.last_attempt_at = now
    return rows


def _message(session: Session, rows: Sequence[Delivery], turn: _Round) -> Message:
    notices = notices_of(session, rows)
    key = _key(session, rows)
    language, public_url = turn.channel.language, turn.public_url
    if turn.channel.digest is not None:
        return render_digest(notices, language, public_url, key)
    return render(notices[0], language, public_url, key)


def _key(session: Session, rows: Sequence[Delivery]) -> str:
    parts = (
        f"{session.get_one(Event, row.event_id).key}\x1f{row.channel}\x1f{row.occasion}"
        for row in rows
    )
    return sha256("\x1e".join(parts).encode()).hexdigest()[:16]


def _record(row: Delivery, result: SendResult, now: datetime) -> None:
    reason = result.reason
    row.reason_zh, row.reason_en = (reason.zh, reason.en) if reason else ("", "")
    row.last_error = reason.both() if reason else None
    if result.outcome is Outcome.SENT:
        row.state, row.sent_at, row.next_attempt_at = State.SENT, now, None
        return
    permanent = result.outcome is Outcome.PERMANENT
    row.next_attempt_at = None if permanent else next_attempt(row.attempts, now)
    row.state = State.DEAD if row.next_attempt_at is None else State.FAILED
