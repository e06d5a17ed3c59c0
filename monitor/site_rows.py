"""How the configured columns stand: the rows of ``nianshao sites list``, as values and as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.ledger import iso_in_china
from db.tables import Agency, Site, SiteColumn, Visit
from monitor.check_formats.columns import cut, left, printable
from monitor.looking import newest_visits
from monitor.planning import next_visits
from monitor.settings import Settings
from monitor.visit_words import words_of
from reports.deadlines import CHINA
from reports.words import Language, Words

WIDTH = 80
_KEY, _FAMILY, _STATE, _COUNT, _TIME = 27, 8, 12, 5, 11

STATES: dict[str, Words] = {
    "up": Words("正常", "up"),
    "down": Words("无法连接", "down"),
    "blocked": Words("拒绝访问", "blocked"),
    "found": Words("在位", "found"),
    "lost": Words("丢失", "lost"),
    "unknown": Words("未知", "unknown"),
}


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column with its site: newest visit (None: never), next visit, how many agencies publish there."""

    site: Site
    column: SiteColumn
    visit: Visit | None
    next_visit_at: datetime | None
    agencies: int


def column_rows(session: Session, settings: Settings, now: datetime) -> tuple[ColumnRow, ...]:
    """Return the active columns, in the order of their keys."""
    sites = {site.key: site for site in session.exec(select(Site))}
    visits, nexts = newest_visits(session), next_visits(session, settings, now)
    agencies = session.exec(select(Agency).where(col(Agency.active)))
    counts = Counter(key for agency in agencies for key in agency.columns)
    columns = session.exec(
        select(SiteColumn).where(col(SiteColumn.active)).order_by(SiteColumn.key)
    )
    return tuple(
        ColumnRow(
            sites[column.site_key],
            column,
            visits.get(column.key),
            nexts.get(column.key),
            counts[column.key],
        )
        for column in columns
    )


def column_json(row: ColumnRow, language: Language) -> dict[str, Any]:
    """Return one column as the object that ``--json`` prints."""
    site, column, visit = row.site, row.column, row.visit
    return {
        "site": site.key,
        "site_name": site.name,
        "site_state": site.state,
        "column": column.key,
        "url": column.url,
        "family": column.family,
        "state": column.state,
        "agencies": row.agencies,
        "last_good_at": iso_in_china(column.last_good_at) if column.last_good_at else None,
        "next_visit_at": iso_in_china(row.next_visit_at) if row.next_visit_at else None,
        "newest": None if visit is None else _visit_json(visit, language),
    }


def column_lines(rows: Sequence[ColumnRow], language: Language) -> Iterator[str]:
    """Yield the table: no line is wider than 80 columns, Chinese counted double."""
    heads = (
        ("栏目", "类型", "状态", "单位", "上次正常", "下次"),
        ("column", "family", "state", "units", "last good", "next"),
    )
    yield _line(*heads[0])
    yield _line(*heads[1])
    site_key = None
    for row in rows:
        if row.site.key != site_key:
            site_key = row.site.key
            state = STATES.get(row.site.state, STATES["unknown"])
            said = f"{state.zh} {state.en}"
            yield cut(f"{site_key}  {printable(row.site.name)}  {said}  {row.site.base_url}", WIDTH)
        yield from _column_lines(row, language)


def _column_lines(row: ColumnRow, language: Language) -> Iterator[str]:
    column, state = row.column, STATES.get(row.column.state, STATES["unknown"])
    yield _line(
        f"  {column.key}",
        column.family,
        f"{state.zh} {state.en}",
        str(row.agencies),
        _time(column.last_good_at),
        _time(row.next_visit_at),
    )
    if row.visit is None:
        yield f"    {Words('还没有查看过', 'not visited yet').both()}"
        return
    said = printable(words_of(row.visit).in_language(language))
    yield cut(f"    {_time(row.visit.at)} {row.visit.outcome}: {said}", WIDTH)


def _line(key: str, family: str, state: str, count: str, good: str, following: str) -> str:
    cells = ((key, _KEY), (family, _FAMILY), (state, _STATE), (count, _COUNT), (good, _TIME))
    return " ".join((*(left(text, columns) for text, columns in cells), following)).rstrip()


def _time(instant: datetime | None) -> str:
    return f"{instant.astimezone(CHINA):%m-%d %H:%M}" if instant else "—"


def _visit_json(visit: Visit, language: Language) -> dict[str, Any]:
    return {
        "at": iso_in_china(visit.at),
        "outcome": visit.outcome,
        "detail": words_of(visit).in_language(language),
        "http_status": visit.http_status,
        "pages": visit.pages,
        "links": visit.links,
        "candidates": visit.candidates,
        "requests": visit.requests,
        "seconds": visit.seconds,
    }
