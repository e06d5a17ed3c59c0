"""Counts on each column how often anything about its links changed: who judges by them, need not compare."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect, update
from sqlmodel import Session, col

from db.tables import Link, SiteColumn
from reports.visits import GOOD

_TOLD = (
    "url",
    "title",
    "listed_on",
    "year",
    "agency_key",
    "refusal_zh",
    "snapshot_id",
    "read_snapshot_id",
    "found_as",
)
"""What changes when a link does; that it was listed or asked for once more is no change."""


def count_link_changes(session: Session) -> None:
    """Have the session count the changes of links that it writes, in the same transaction."""
    event.listen(session, "before_flush", _count)


def _count(session: Session, _context: Any, _instances: Any) -> None:
    links = [row for row in (*session.new, *session.dirty) if isinstance(row, Link)]
    touched = sorted({link.column_key for link in links if _is_changed(link)})
    if touched:
        session.execute(
            update(SiteColumn)
            .where(col(SiteColumn.key).in_(touched))
            .values(links_revision=SiteColumn.links_revision + 1)
            .execution_options(synchronize_session=False)
        )


def _is_changed(link: Link) -> bool:
    state = inspect(link)
    if not state.persistent or any(state.attrs[name].history.has_changes() for name in _TOLD):
        return True
    outcome = state.attrs["outcome"].history
    both = {*outcome.added, *outcome.deleted}
    # Read well and unchanged are one and the same end.
    return outcome.has_changes() and not both <= GOOD
