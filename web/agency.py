"""Gathers what the page of one agency shows: every year, every version, every look."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from db.ledger import EventQuery, LedgerQuery, LedgerRow, ledger_rows, newest_events
from db.tables import Agency, Event, Look, ReportVersion, SiteColumn, Visit
from web.freshness import Freshness, freshness_at
from web.settings import WebSettings

RECENT_VISITS = 40
RECENT_LOOKS = 40
RECENT_EVENTS = 60


@dataclass(frozen=True, slots=True)
class Year:
    """One report year of the agency; ``ledger`` is None for history that nobody had to deliver to us."""

    year: int
    ledger: LedgerRow | None
    versions: tuple[ReportVersion, ...]


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """All that is known of one agency."""

    fresh: Freshness
    agency: Agency
    years: tuple[Year, ...]
    columns: tuple[SiteColumn, ...]
    visits: tuple[Visit, ...]
    looks: tuple[Look, ...]
    events: tuple[Event, ...]


def agency_page(
    session: Session, key: str, settings: WebSettings, now: datetime
) -> AgencyPage | None:
    """Return the page of the agency with this key, or None when the register never had it."""
    agency = session.get(Agency, key)
    if agency is None:
        return None
    return AgencyPage(
        fresh=freshness_at(session, now, settings.stale_after, agency.columns),
        agency=agency,
        years=_years(session, key),
        columns=_columns(session, agency.columns),
        visits=_visits(session, agency.columns),
        looks=_looks(session, key),
        events=newest_events(session, EventQuery(agency=key), RECENT_EVENTS),
    )


def versions_of(session: Session, key: str, year: int | None = None) -> tuple[ReportVersion, ...]:
    """Return the versions of an agency's reports, or of one year's report: newest first."""
    statement = (
        select(ReportVersion)
        .where(col(ReportVersion.agency_key) == key)
        .order_by(col(ReportVersion.year).desc(), col(ReportVersion.number).desc())
    )
    if year is not None:
        statement = statement.where(col(ReportVersion.year) == year)
    return tuple(session.execute(statement).scalars())


def _years(session: Session, key: str) -> tuple[Year, ...]:
    ledger = {row.obligation.year: row for row in ledger_rows(session, LedgerQuery(agency=key))}
    versions: dict[int, list[ReportVersion]] = defaultdict(list)
    for version in versions_of(session, key):
        versions[version.year].append(version)
    return tuple(
        Year(year, ledger.get(year), tuple(versions[year]))
        for year in sorted({*ledger, *versions}, reverse=True)
    )


def _columns(session: Session, keys: list[str]) -> tuple[SiteColumn, ...]:
    statement = select(SiteColumn).where(col(SiteColumn.key).in_(keys)).order_by(SiteColumn.key)
    return tuple(session.execute(statement).scalars())


def _visits(session: Session, keys: list[str]) -> tuple[Visit, ...]:
    statement = (
        select(Visit)
        .where(col(Visit.column_key).in_(keys))
        .order_by(col(Visit.at).desc(), col(Visit.column_key))
        .limit(RECENT_VISITS)
    )
    return tuple(session.execute(statement).scalars())


def _looks(session: Session, key: str) -> tuple[Look, ...]:
    statement = (
        select(Look)
        .where(col(Look.agency_key) == key)
        .order_by(col(Look.at).desc())
        .limit(RECENT_LOOKS)
    )
    return tuple(session.execute(statement).scalars())
