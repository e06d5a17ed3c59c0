"""Appends events: each natural key once, in the transaction of its cause."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, select

from db.tables import Event
from reports.events import Happening

_KNOWN = select(Event.id).where(Event.key == bindparam("natural"))


def append(session: Session, happening: Happening, now: datetime) -> bool:
    """Append the event unless its key is known; return whether it is new."""
    if session.exec(_KNOWN, params={"natural": happening.key}).first() is not None:
        return False
    session.add(
        Event(
            key=happening.key,
            kind=happening.kind.value,
            agency_key=happening.agency,
            site_key=happening.site,
            year=happening.year,
            happened_at=happening.happened_at,
            noticed_at=now,
            data=dict(happening.data),
        )
    )
    session.flush()
    return True
