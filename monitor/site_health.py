"""Tells how sites and columns fare from the newest visits: down, blocked, lost, and back again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.eventlog import append
from db.tables import Site, SiteColumn, Visit
from monitor.candidates import NewestVisits
from monitor.vanishing import GoneTogether
from monitor.visit_words import words_of
from reports import visits
from reports.events import EventKind, Happening
from reports.status_words import gone_together
from reports.visits import Outcome
from reports.words import Words

UP, DOWN, BLOCKED = "up", "down", "blocked"
FOUND, LOST, SHRUNKEN = "found", "lost", "shrunken"

_TOLD = {
    (DOWN, UP): EventKind.SITE_UP,
    (BLOCKED, UP): EventKind.SITE_UP,
    (LOST, FOUND): EventKind.COLUMN_FOUND,
    (SHRUNKEN, FOUND): EventKind.COLUMN_FOUND,
}
_ENTERED = {
    DOWN: EventKind.SITE_DOWN,
    BLOCKED: EventKind.SITE_BLOCKED,
    LOST: EventKind.COLUMN_LOST,
    SHRUNKEN: EventKind.COLUMN_LOST,
}


def tell(
    session: Session, seen: NewestVisits, now: datetime, together: Mapping[str, GoneTogether]
) -> None:
    """Move every visited site and column to its new state; append an event at each edge.

    A column of which most reports are gone ``together`` is lost, however well its page reads.
    """
    by_site: defaultdict[str, list[Visit]] = defaultdict(list)
    for newest in seen.values():
        by_site[newest.column_key.partition("/")[0]].append(newest)
    for site in session.exec(select(Site).where(col(Site.active)).order_by(Site.key)):
        chosen = by_site[site.key]
        moved = _moved(site, site_state(chosen), chosen)
        if moved is not None:
            append(session, moved, now)
    for column in session.exec(
        select(SiteColumn).where(col(SiteColumn.active)).order_by(SiteColumn.key)
    ):
        visit = seen.get(column.key)
        if visit is not None:
            _tell_column(session, column, visit, together.get(column.key), now)


def _tell_column(
    session: Session, column: SiteColumn, visit: Visit, most: GoneTogether | None, now: datetime
) -> None:
    if most is not None:
        because = gone_together(most.gone, most.known, most.at)
        moved, is_told = _moved(column, LOST, [visit], because), False
    else:
        is_told = _tell_place(session, column, now)
        moved = _moved(column, column_state(visit), [visit])
    if moved is not None and not (is_told and moved.kind is EventKind.COLUMN_FOUND):
        append(session, moved, now)


def site_state(chosen: Sequence[Visit]) -> str | None:
    """Return up when any column answered, down or blocked when none did; None when nobody looked."""
    outcomes = [Outcome(visit.outcome) for visit in chosen]
    if not outcomes:
        return None
    if all(outcome in visits.DOWN for outcome in outcomes):
        return DOWN
    if all(outcome in visits.DOWN | visits.REFUSED for outcome in outcomes):
        return BLOCKED
    return UP


def column_state(visit: Visit) -> str | None:
    """Return found, lost or shrunken; None when the visit says nothing about the column's place."""
    outcome = Outcome(visit.outcome)
    if outcome in visits.READ:
        return FOUND
    if outcome is Outcome.SHRUNKEN:
        return SHRUNKEN
    return LOST if outcome in visits.LOST | {Outcome.WRONG_SITE} else None


def _tell_place(session: Session, column: SiteColumn, now: datetime) -> bool:
    """Tell once where a column is read since it moved; return whether that is new."""
    if column.found_at is None:
        return False
    at = column.found_url or column.url
    kind = EventKind.COLUMN_FOUND
    happening = Happening(
        kind=kind,
        key=f"{kind.value}:{column.key}:{at}:{column.found_at.isoformat()}",
        happened_at=column.found_at,
        site=column.site_key,
        data={"column": column.key, "url": at, **_place_words(column)},
    )
    return append(session, happening, now)


def _place_words(column: SiteColumn) -> dict[str, Any]:
    if column.found_url is None:
        zh = f"栏目 {column.key} 回到登记的地址：{column.url}。"
        en = f"Column {column.key} is back at its configured address: {column.url}."
        return {"because": {"zh": zh, "en": en}}
    zh = (
        f"栏目 {column.key} 的登记地址已失效（{column.url}），按内容确认后改在 {column.found_url} 读取；"
        "请核对并更新配置。"
    )
    en = (
        f"Column {column.key} is no longer at its configured address ({column.url}); confirmed by its "
        f"content it is now read at {column.found_url}. Please verify and update the configuration."
    )
    return {"was": column.url, "because": {"zh": zh, "en": en}}


def _moved(
    row: Site | SiteColumn,
    state: str | None,
    chosen: Sequence[Visit],
    because: Words | None = None,
) -> Happening | None:
    """Move a row to its new state; return what is to be told of it."""
    if state is None or state == row.state:
        return None
    kind = _ENTERED.get(state) or _TOLD.get((row.state, state))
    row.state, row.since = state, max(visit.at for visit in chosen)
    return None if kind is None else _happening(kind, row, chosen, because)


def _happening(
    kind: EventKind, row: Site | SiteColumn, chosen: Sequence[Visit], because: Words | None
) -> Happening:
    newest = max(chosen, key=lambda visit: visit.at)
    return Happening(
        kind=kind,
        key=f"{kind.value}:{row.key}:{newest.at.isoformat()}",
        happened_at=newest.at,
        site=row.key.partition("/")[0],
        data=_data(row, newest, because),
    )


def _data(row: Site | SiteColumn, visit: Visit, because: Words | None) -> dict[str, Any]:
    words, end = (
        (words_of(visit), Words("。", ".")) if because is None else (because, Words("", ""))
    )
    proposed = row.proposed_url if isinstance(row, SiteColumn) else None
    return {
        **({"proposed": proposed} if proposed else {}),
        "column": visit.column_key,
        "url": row.base_url if isinstance(row, Site) else row.url,
        "outcome": visit.outcome,
        "because": {"zh": f"{words.zh}{end.zh}", "en": f"{words.en}{end.en}"},
    }
