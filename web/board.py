"""Gathers what the ledger board shows; every query is bounded and none is per agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from db.ledger import (
    OPEN_FIRST,
    EventQuery,
    LedgerQuery,
    LedgerRow,
    count_obligations,
    ledger_rows,
    newest_events,
)
from db.tables import Agency, Event, Obligation
from reports.deadlines import china_date
from reports.status import Status
from web.freshness import Freshness, KnownColumn, freshness_at, known_columns
from web.season import Season, season_of
from web.settings import WebSettings

PAGE_ROWS = 200
RECENT_EVENTS = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for; None does not restrict."""

    year: int | None = None
    status: Status | None = None
    region: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class RegionCounts:
    """The obligations of one region by status."""

    region: str
    counts: Mapping[str, int]

    @property
    def due(self) -> int:
        """Return how many reports are to appear: all obligations but the exempt."""
        return sum(self.counts.values()) - self.counts.get(Status.EXEMPT, 0)

    @property
    def published(self) -> int:
        """Return how many reports are found, on time or late."""
        return self.counts.get(Status.ON_TIME, 0) + self.counts.get(Status.LATE, 0)

    @property
    def share(self) -> int:
        """Return the published share in whole percent, rounded down: 100 means all."""
        return 100 * self.published // self.due if self.due else 0


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the board: the obligation, and when its columns were all last read well."""

    ledger: LedgerRow
    last_good_at: datetime | None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole front page."""

    fresh: Freshness
    season: Season
    years: tuple[int, ...]
    counts: Mapping[str, int]
    regions: tuple[RegionCounts, ...]
    rows: tuple[BoardRow, ...]
    total: int
    wanted: Wanted
    events: tuple[Event, ...]
    names: Mapping[str, str]

    @property
    def pages(self) -> int:
        """Return how many pages the table has."""
        return max(1, -(-self.total // PAGE_ROWS))


def board_at(session: Session, wanted: Wanted, settings: WebSettings, now: datetime) -> Board:
    """Return the board of the wanted year; without a year, of the season that is running."""
    years = _years(session)
    year = wanted.year if wanted.year is not None else _running_year(years, now)
    query = LedgerQuery(year=year, status=wanted.status, region=wanted.region, active=True)
    regions = _regions(session, year)
    counts: Counter[str] = Counter()
    for region in regions:
        counts.update(region.counts)
    events = newest_events(session, EventQuery(), RECENT_EVENTS)
    return Board(
        fresh=freshness_at(session, now, settings.stale_after),
        season=season_of(year, _due_instants(session, year), settings.deadlines, now),
        years=years,
        counts={status.value: counts[status.value] for status in OPEN_FIRST},
        regions=regions,
        rows=_rows(session, query, wanted.page),
        total=count_obligations(session, query),
        wanted=wanted,
        events=events,
        names=agency_names(session, events),
    )


def agency_names(session: Session, events: tuple[Event, ...]) -> Mapping[str, str]:
    """Return the names of the agencies that the events speak of."""
    keys = {event.agency_key for event in events if event.agency_key is not None}
    found = session.execute(
        select(col(Agency.key), col(Agency.name)).where(col(Agency.key).in_(keys))
    )
    return {key: name for key, name in found}


def last_good_at(columns: list[str], known: Mapping[str, KnownColumn]) -> datetime | None:
    """Return since when all columns of an agency are known at least; None when one never was read.

    Beside a list, what shows its newest entries only adds nothing and takes nothing away.
    """
    named = [known.get(key, _NEVER_READ) for key in columns]
    lists = [column for column in named if not column.is_source] or named
    instants = [column.read_at for column in lists if column.read_at is not None]
    return min(instants) if instants and len(instants) == len(lists) else None


def _years(session: Session) -> tuple[int, ...]:
    found = session.execute(select(col(Obligation.year)).distinct()).scalars()
    return tuple(sorted(found, reverse=True))


def _running_year(years: tuple[int, ...], now: datetime) -> int:
    """In 2026 the reports of 2025 are due; duties that were opened ahead do not take the page yet."""
    running = china_date(now).year - 1
    begun = [year for year in years if year <= running]
    return max(begun) if begun else max(years, default=running)


def _regions(session: Session, year: int) -> tuple[RegionCounts, ...]:
    statement = (
        select(col(Agency.region), col(Obligation.status), func.count(col(Obligation.id)))
        .join(Agency, col(Agency.key) == Obligation.agency_key)
        .where(col(Obligation.year) == year, col(Agency.active))
        .group_by(col(Agency.region), col(Obligation.status))
    )
    found: dict[str, dict[str, int]] = {}
    for region, status, count in session.execute(statement):
        found.setdefault(region, {})[status] = count
    return tuple(RegionCounts(region, found[region]) for region in sorted(found))


def _due_instants(session: Session, year: int) -> tuple[datetime, ...]:
    statement = (
        select(col(Obligation.due_at))
        .join(Agency, col(Agency.key) == Obligation.agency_key)
        .where(col(Obligation.year) == year, col(Agency.active))
        .distinct()
    )
    return tuple(session.execute(statement).scalars())


def _rows(session: Session, query: LedgerQuery, page: int) -> tuple[BoardRow, ...]:
    rows = ledger_rows(session, query, PAGE_ROWS, (page - 1) * PAGE_ROWS)
    known = known_columns(session, sorted({key for row in rows for key in row.agency.columns}))
    return tuple(BoardRow(row, last_good_at(row.agency.columns, known)) for row in rows)


_NEVER_READ = KnownColumn(None)
