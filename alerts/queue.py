"""Delivery rows before their sending: born once per event and channel, dropped when pointless."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from itertools import product

from sqlmodel import Session, col, select

from alerts.backoff import MAX_ATTEMPTS
from alerts.channels import Channel, admission, not_before
from alerts.notices import BASELINE, facts_of, is_baseline, read_regions
from db.tables import Agency, Delivery, Event, Obligation
from reports.events import EventKind
from reports.status import Status
from reports.words import Words


class State(StrEnum):
    """Where a delivery stands. Failed ones are tried again, dead ones are not."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    DEAD = "dead"


UNSETTLED = (State.PENDING, State.SENDING, State.FAILED)
"""States from which a message may still go out."""

OPEN_STATUS = {
    EventKind.MISSING: Status.MISSING,
    EventKind.UNVERIFIED: Status.UNVERIFIED,
    EventKind.WITHDRAWN: Status.WITHDRAWN,
}
"""Event that opens a matter → the status that an obligation has as long as the matter is open."""


def fan_out(session: Session, channels: Sequence[Channel], now: datetime, zone: tzinfo) -> int:
    """Give every new event one row per channel, ``pending`` or ``skipped``; return how many events.

    A channel that is configured later is not told of what happened before. Of all that was there before
    the first look, a channel gets one message: the row of the last such event stands for the others.
    """
    fresh = col(Event.fanned_out_at).is_(None)
    events = session.exec(select(Event).where(fresh).order_by(col(Event.id))).all()
    known = set(
        session.exec(
            select(Delivery.event_id, Delivery.channel)
            .join(Event, col(Event.id) == Delivery.event_id)
            .where(fresh)
        )
    )
    regions = read_regions(session)
    facts = {event.id: facts_of(event, regions) for event in events}
    last: dict[str, int | None] = {}
    for event in filter(is_baseline, events):
        last |= {c.name: event.id for c in channels if admission(c, facts[event.id]) is None}
    for event, channel in product(events, channels):
        if (event.id, channel.name) not in known:
            refusal = admission(channel, facts[event.id])
            if is_baseline(event) and last.get(channel.name) != event.id:
                refusal = refusal or BASELINE
            session.add(new_row(event, channel, 1, refusal=refusal, now=now, zone=zone))
    for event in events:
        event.fanned_out_at = now
    session.flush()
    return len(events)


def new_row(
    event: Event,
    channel: Channel,
    occasion: int,
    *,
    refusal: Words | None,
    now: datetime,
    zone: tzinfo,
) -> Delivery:
    """Return the row of one event for one channel, with the reason when it is not for now."""
    at = not_before(channel, now, zone)
    words = refusal or (_later(at, zone) if at > now else Words("", ""))
    return Delivery(
        event_id=event.id or 0,
        channel=channel.name,
        occasion=occasion,
        state=State.SKIPPED if refusal else State.PENDING,
        reason_zh=words.zh,
        reason_en=words.en,
        created_at=now,
        next_attempt_at=None if refusal else at,
    )


def _later(at: datetime, zone: tzinfo) -> Words:
    local = at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return Words(
        f"按该渠道的汇总或静默时段，留待 {local} 发送。",
        f"Held until {local} by the channel's digest or quiet hours.",
    )


def retire(session: Session, channels: Sequence[Channel]) -> None:
    """Settle the rows that must not go out any more, each with its reason."""
    unsettled = col(Delivery.state).in_(UNSETTLED)
    _drop_orphans(session.exec(select(Delivery).where(unsettled)), channels)
    _bury_killers(
        session.exec(
            select(Delivery).where(
                Delivery.state == State.SENDING, Delivery.attempts >= MAX_ATTEMPTS
            )
        )
    )
    for row, event in session.exec(
        select(Delivery, Event)
        .join(Event, col(Event.id) == Delivery.event_id)
        .where(unsettled, Delivery.occasion > 1)
    ).all():
        if not is_open(session, event):
            _settle(
                row,
                State.SKIPPED,
                Words("情况已有变化，不再提醒。", "The matter has moved on; no reminder."),
            )
    session.flush()


def is_open(session: Session, event: Event) -> bool:
    """Say whether the obligation still has the status that the event reported, and is watched at all."""
    status = OPEN_STATUS.get(EventKind(event.kind))
    found = session.exec(
        select(Obligation.status)
        .join(Agency, col(Agency.key) == Obligation.agency_key)
        .where(
            Obligation.agency_key == event.agency_key,
            Obligation.year == event.year,
            col(Agency.active),
        )
    ).first()
    return status is not None and found == status


def _drop_orphans(rows: Iterable[Delivery], channels: Sequence[Channel]) -> None:
    names = {channel.name for channel in channels}
    for row in rows:
        if row.channel not in names:
            _settle(
                row,
                State.SKIPPED,
                Words("该渠道已不在配置中。", "The channel is no longer configured."),
            )


def _bury_killers(rows: Iterable[Delivery]) -> None:
    for row in rows:
        words = Words(
            f"已尝试 {row.attempts} 次，每次都在发送途中中断；消息可能已送达。",
            f"Tried {row.attempts} times, always cut off while sending; it may have arrived.",
        )
        _settle(row, State.DEAD, words)


def _settle(row: Delivery, state: State, reason: Words) -> None:
    row.state = state
    row.reason_zh, row.reason_en = reason.zh, reason.en
    row.next_attempt_at = None
