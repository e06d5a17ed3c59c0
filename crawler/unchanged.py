"""Books that an address still holds what we have of it: two statements in place of whole rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Connection
from sqlmodel import col

from db.tables import Link, Resource, Snapshot
from reports.visits import GOOD, Outcome

_UNCHANGED = Outcome.NOT_MODIFIED.value
_SAME_BODY = (
    select(col(Snapshot.id))
    .where(col(Snapshot.url) == bindparam("key"), col(Snapshot.sha256) == bindparam("body"))
    .scalar_subquery()
)
# Where it was not good before, that it is again is news of its column.
_STILL_GOOD = (
    update(Link)
    .where(
        col(Link.id) == bindparam("asked"),
        col(Link.outcome).in_(sorted(GOOD)),
        col(Link.snapshot_id) == _SAME_BODY,
    )
    .values(outcome=_UNCHANGED, outcome_at=bindparam("at"))
)
_CHECKED = (
    update(Resource)
    .where(col(Resource.url) == bindparam("key"), col(Resource.sha256) == bindparam("body"))
    .values(outcome=_UNCHANGED, http_status=304, checked_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The answer 304 for a link at the instant ``at``; ``key`` and ``sha256`` name the body we have."""

    link_id: int
    key: str
    sha256: str
    at: datetime


def confirm(connection: Connection, answer: Unchanged) -> bool:
    """Book the answer; return False, with nothing booked, where it changes more than an instant."""
    said = {"key": answer.key, "body": answer.sha256, "at": answer.at}
    if connection.execute(_STILL_GOOD, {**said, "asked": answer.link_id}).rowcount != 1:
        return False
    connection.execute(_CHECKED, said)
    return True
