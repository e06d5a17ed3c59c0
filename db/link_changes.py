"""Counts on each column how often anything about its links changed: who judges by them, need not compare."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect, update
from sqlalchemy.orm.attributes import get_history
from sqlmodel import Session, col

from db.tables import Link, SiteColumn
from reports.visits import GOOD

_TOLD = frozenset(
    (
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
)
"""What changes when a link does; that it was listed or asked for once more is no change."""


class CountingSession(Session):
    """Counts the changes of links that it writes, in the same transaction."""


@event.listens_for(CountingSession, "before_flush")
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
    # Only what was set since the row was read can differ from it.
    set_anew = state.committed_state.keys()
    if not state.persistent or any(_differs(link, name) for name in _TOLD & set_anew):
        return True
    if "outcome" not in set_anew:
        return False
    outcome = get_history(link, "outcome")
    both = {*outcome.added, *outcome.deleted}
    # Read well and unchanged are one and the same end.
    return outcome.has_changes() and not both <= GOOD


def _differs(link: Link, name: str) -> bool:
    return bool(get_history(link, name).has_changes())
