"""Says whether the bytes of a report were met at another address, which nearly none are."""

from __future__ import annotations

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, col

from db.tables import Snapshot

_ELSEWHERE = (
    sqlalchemy.select(col(Snapshot.id))
    .where(col(Snapshot.sha256) == bindparam("sha256"), col(Snapshot.url) != bindparam("url"))
    .limit(1)
)


def is_met_elsewhere(session: Session, own: Snapshot) -> bool:
    """Say whether another address had the same bytes: cheap to ask, before it is asked whose they are."""
    same = {"sha256": own.sha256, "url": own.url}
    return session.scalar(_ELSEWHERE, same) is not None
