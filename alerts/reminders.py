"""Reminders of what is still open: a new row of the same event, once the channel's days have passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from sqlmodel import Session, col, select

from alerts.channels import Channel, admission
from alerts.notices import Regions, facts_of, read_regions
from alerts.queue import OPEN_STATUS, State, is_open, new_row
from db.tables import Delivery, Event


def remind(session: Session, channels: Sequence[Channel], now: datetime, zone: tzinfo) -> int:
    """Queue reminders of what is still open after ``repeat_days``; return how many rows.

    Only what the channel was told (or was tried in vain) is repeated: a reminder repeats something.
    """
    regions = read_regions(session)
    count = 0
    for channel in channels:
        for event, last in _due(session, channel, regions, now):
            occasion = last.occasion + 1
            session.add(new_row(event, channel, occasion, refusal=None, now=now, zone=zone))
            count += 1
    session.flush()
    return count


def _due(
    session: Session, channel: Channel, regions: Regions, now: datetime
) -> Iterator[tuple[Event, Delivery]]:
    if not channel.repeat_days:
        return
    pause = timedelta(days=channel.repeat_days)
    for event, last in _newest_told(session, channel):
        told_at = last.sent_at or last.last_attempt_at
        settled = last.state in (State.SENT, State.DEAD)
        if not settled or told_at is None or told_at + pause > now:
            continue
        if admission(channel, facts_of(event, regions)) is None and is_open(session, event):
            yield event, last


def _newest_told(session: Session, channel: Channel) -> list[tuple[Event, Delivery]]:
    rows = session.exec(
        select(Event, Delivery)
        .join(Delivery, col(Delivery.event_id) == Event.id)
        .where(Delivery.channel == channel.name, col(Event.kind).in_(tuple(OPEN_STATUS)))
        .order_by(col(Event.id), col(Delivery.occasion))
    )
    # The newest row of the newest event of a matter stands for it: later ones overwrite.
    return list({(e.agency_key, e.year, e.kind): (e, row) for e, row in rows}.values())
