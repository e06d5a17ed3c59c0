"""Tells how sites and columns fare from the newest visits: down, blocked, lost, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.eventlog import append
from db.tables import Site, SiteColumn, Visit
from monitor.candidates import NewestVisits
from monitor.visit_words import words_of
from reports import visits
from reports.events import EventKind, Happening
from reports.visits import Outcome

UP, DOWN, BLOCKED, FOUND, LOST = "up", "down", "blocked", "found", "lost"

_TOLD = {
    (DOWN, UP): EventKind.SITE_UP,
    (BLOCKED, UP): EventKind.SITE_UP,
    (LOST, FOUND): EventKind.COLUMN_FOUND,
}
_ENTERED = {
    DOWN: EventKind.SITE_DOWN,
    BLOCKED: EventKind.SITE_BLOCKED,
    LOST: EventKind.COLUMN_LOST,
}


def tell(session: Session, seen: NewestVisits, now: datetime) -> None:
    """Move every visited site and column to its new state; append an event at each edge."""
    for site in session.exec(select(Site).where(col(Site.active)).order_by(Site.key)):
        chosen = [visit for key, visit in seen.items() if key.partition("/")[0] == site.key]
        _move(session, site, site_state(chosen), chosen, now)
    for column in session.exec(
        select(SiteColumn).where(col(SiteColumn.active)).order_by(SiteColumn.key)
    ):
        visit = seen.get(column.key)
        if visit is not None:
            _move(session, column, column_state(visit), [visit], now)


def site_state(chosen: Sequence[Visit]) -> str | None:
    """Return up when any column answered, down or blocked when none did; None when nobody looked."""
    outcomes = [Outcome(visit.outcome) for visit in chosen]
    if not outcomes:
        return None
    if all(outcome in visits.DOWN for outcome in outcomes):
        return DOWN
    if all(outcome in visits.DOWN | {Outcome.BLOCKED} for outcome in outcomes):
        return BLOCKED
    return UP


def column_state(visit: Visit) -> str | None:
    """Return found or lost; None when the visit says nothing about the column's place."""
    outcome = Outcome(visit.outcome)
    if outcome in visits.GOOD:
        return FOUND
    return LOST if outcome in visits.LOST else None


def _move(
    session: Session,
    row: Site | SiteColumn,
    state: str | None,
    chosen: Sequence[Visit],
    now: datetime,
) -> None:
    if state is None or state == row.state:
        return
    kind = _ENTERED.get(state) or _TOLD.get((row.state, state))
    row.state, row.since = state, max(visit.at for visit in chosen)
    if kind is not None:
        append(session, _happening(kind, row, chosen), now)


def _happening(kind: EventKind, row: Site | SiteColumn, chosen: Sequence[Visit]) -> Happening:
    newest = max(chosen, key=lambda visit: visit.at)
    return Happening(
        kind=kind,
        key=f"{kind.value}:{row.key}:{newest.at.isoformat()}",
        happened_at=newest.at,
        site=row.key.partition("/")[0],
        data=_data(row, newest),
    )


def _data(row: Site | SiteColumn, visit: Visit) -> dict[str, Any]:
    words = words_of(visit)
    return {
        "column": visit.column_key,
        "url": row.base_url if isinstance(row, Site) else row.url,
        "outcome": visit.outcome,
        "because": {"zh": f"{words.zh}。", "en": f"{words.en}."},
    }
