"""Says which columns one pass visits, and hands the crawler its plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from crawler.plan import ColumnPlan, CrawlPlan, CrawlSettings, SitePlan
from db.tables import Agency, Link, Obligation, SiteColumn, Visit
from monitor.schedule import ColumnState, Pace, is_due, next_visit_at
from monitor.settings import CrawlerSettings, Settings
from monitor.site_settings import SiteSettings
from reports.agencies import AgencyKind, Identity
from reports.deadlines import CHINA, Deadlines, term_of
from reports.duties import Duty
from reports.status import Status
from reports.visits import GONE, Outcome

_NOT_DOUBTED = (Status.EXEMPT.value, Status.WITHDRAWN.value)
_OWING = tuple(duty.value for duty in Duty if duty is not Duty.EXEMPT)
"""Bodies that are no more may owe a report of the year in which they still were."""


def all_columns(settings: Settings, site: str | None = None) -> tuple[str, ...]:
    """Return the keys of every configured column, or of those of one site."""
    return tuple(
        f"{known.key}/{column.key}"
        for known in settings.sites
        if site in (None, known.key)
        for column in known.columns
    )


def due_columns(session: Session, settings: Settings, now: datetime) -> tuple[str, ...]:
    """Return the keys of the columns that the schedule wants visited at ``now``."""
    deadlines, paces = settings.deadlines.deadlines(), _paces(settings)
    return tuple(
        state.key
        for state, site in column_states(session, deadlines, now)
        if is_due(state, now, paces.get(site, Pace()), deadlines)
    )


def next_visits(session: Session, settings: Settings, now: datetime) -> dict[str, datetime]:
    """Return when each active column is visited next, its visiting hours left aside."""
    deadlines, paces = settings.deadlines.deadlines(), _paces(settings)
    return {
        state.key: next_visit_at(state, now, paces.get(site, Pace()), deadlines)
        for state, site in column_states(session, deadlines, now)
    }


def _paces(settings: Settings) -> Mapping[str, Pace]:
    schedule = settings.schedule
    usual = Pace(
        timedelta(hours=schedule.deadline_hours),
        timedelta(hours=schedule.season_hours),
        timedelta(hours=schedule.rest_hours),
    )
    return {
        site.key: replace(
            usual,
            always=timedelta(hours=site.cadence_hours) if site.cadence_hours else None,
            hours=site.hours or settings.crawler.hours,
        )
        for site in settings.sites
    }


def column_states(
    session: Session, deadlines: Deadlines, now: datetime
) -> Iterator[tuple[ColumnState, str]]:
    """Yield what the schedule knows of each active column, with the key of its site."""
    checks, dues = _next_checks(session), _dues(session, deadlines, now)
    failures = _failures(session)
    rows = session.exec(select(SiteColumn).where(col(SiteColumn.active)).order_by(SiteColumn.key))
    for row in rows:
        failed = failures.get(row.key, 0)
        state = ColumnState(
            row.key,
            row.last_visit_at,
            failed,
            tuple(checks.get(row.key, ())),
            tuple(dues.get(row.key, ())),
        )
        yield state, row.site_key


def _failures(session: Session) -> dict[str, int]:
    """Return how many visits were made since the last good one, where there were any."""
    good_at = col(SiteColumn.last_good_at)
    since_good = or_(good_at.is_(None), col(Visit.at) > good_at)
    rows = session.exec(
        select(Visit.column_key, func.count())
        .join(SiteColumn, col(SiteColumn.key) == Visit.column_key)
        .where(
            col(SiteColumn.last_visit_at).is_distinct_from(good_at),
            since_good,
            # As well read as such a source ever is.
            Visit.outcome != Outcome.NEWEST_ONLY.value,
        )
        .group_by(Visit.column_key)
    )
    return dict(rows.all())


def _next_checks(session: Session) -> dict[str, set[datetime]]:
    found: defaultdict[str, set[datetime]] = defaultdict(set)
    rows = session.exec(
        select(Agency.columns, Obligation.next_check_at)
        .join(Obligation, col(Obligation.agency_key) == Agency.key)
        .where(col(Agency.active), col(Obligation.next_check_at).is_not(None))
    )
    for columns, at in rows:
        for column in columns:
            found[column].add(at) if at else None
    return found


def _dues(session: Session, deadlines: Deadlines, now: datetime) -> dict[str, set[datetime]]:
    """Return for each column when last year's reports of its agencies are due."""
    year = now.astimezone(CHINA).year - 1
    found: defaultdict[str, set[datetime]] = defaultdict(set)
    rows = session.exec(
        select(Agency.columns, Agency.kind, Agency.region, Obligation.due_at)
        .outerjoin(
            Obligation,
            (col(Obligation.agency_key) == Agency.key) & (col(Obligation.year) == year),
        )
        .where(col(Agency.active), col(Agency.duty).in_(_OWING))
    )
    for columns, kind, region, due in rows:
        due = due or term_of(AgencyKind(kind), region, year, deadlines).due_at
        for column in columns:
            found[column].add(due)
    return found


def doubted_columns(session: Session, deadlines: Deadlines, now: datetime) -> frozenset[str]:
    """Return the columns that are to be read past every cache: an accusation may rest on this look.

    Their agencies are past due without a report, or have one that was not at its address.
    """
    last = now.astimezone(CHINA).year - 1
    found: set[str] = set()
    rows = session.exec(
        select(Agency, Obligation, Link.outcome)
        .outerjoin(Obligation, col(Obligation.agency_key) == Agency.key)
        .outerjoin(Link, col(Link.id) == Obligation.link_id)
        .where(col(Agency.active), col(Agency.duty).in_(_OWING))
    )
    for agency, obligation, outcome in rows:
        term = term_of(AgencyKind(agency.kind), agency.region, last, deadlines)
        due = term.due_at if obligation is None else obligation.due_at
        if due <= now and _is_doubted(obligation, outcome):
            found.update(agency.columns)
    return frozenset(found)


def _is_doubted(obligation: Obligation | None, outcome: str | None) -> bool:
    if obligation is None or obligation.first_seen_at is None:
        return obligation is None or obligation.status != Status.EXEMPT.value
    return outcome in GONE and obligation.status not in _NOT_DOUBTED


def crawl_plan(
    settings: Settings,
    columns: Collection[str],
    now: datetime,
    doubted: Collection[str] = frozenset(),
) -> CrawlPlan:
    """Return the plan of one pass over these columns at ``now``; the doubted ones are read afresh."""
    holds = agencies_by_column(settings)
    sites = tuple(site_plan(settings, site, columns, holds, doubted) for site in settings.sites)
    return CrawlPlan(
        at=now,
        database_url=str(settings.database.url),
        archive_dir=str(settings.data_dir / "archive"),
        settings=crawl_settings(settings.crawler),
        sites=tuple(site for site in sites if site.columns),
    )


def crawl_settings(crawler: CrawlerSettings) -> CrawlSettings:
    """Return the politeness and the limits that the configuration sets."""
    return CrawlSettings(
        user_agent=crawler.user_agent,
        obey_robots=crawler.obey_robots,
        delay_seconds=crawler.delay_seconds,
        concurrent_requests=crawler.concurrent_requests,
        max_bytes=crawler.max_bytes,
        timeout_seconds=crawler.timeout_seconds,
        sweep_connections=crawler.sweep_connections,
        refetch_days=crawler.refetch_days,
        visit_seconds=crawler.visit_seconds,
        stall_seconds=crawler.stall_seconds,
        shrunken_looks=crawler.shrunken_looks,
        shrunken_days=crawler.shrunken_days,
    )


def agencies_by_column(settings: Settings) -> Mapping[str, Sequence[Identity]]:
    """Return for each column, by its key, the agencies that publish there."""
    found: defaultdict[str, list[Identity]] = defaultdict(list)
    heirs = settings.names_continued
    for agency in settings.agencies:
        identity = agency.identity(heirs.get(agency.key, ()))
        for column in dict.fromkeys(agency.columns):
            found[column].append(identity)
    return found


def site_plan(
    settings: Settings,
    site: SiteSettings,
    wanted: Collection[str],
    holds: Mapping[str, Sequence[Identity]] | None = None,
    doubted: Collection[str] = frozenset(),
) -> SitePlan:
    """Return the plan of a site with the wanted ones of its columns; the doubted ones are read afresh."""
    holds = agencies_by_column(settings) if holds is None else holds
    keyed = ((f"{site.key}/{column.key}", column) for column in site.columns)
    plans = tuple(
        ColumnPlan(
            key=key,
            url=column.url,
            family=column.family,
            agencies=tuple(holds.get(key, ())),
            name=column.name,
            expected_min_links=column.expected_min_links,
            render=column.render,
            fresh=key in doubted,
            first_year=settings.season.first_year,
            backfill=settings.crawler.backfill_per_visit,
        )
        for key, column in keyed
        if key in wanted
    )
    return SitePlan(
        site.key, site.name, site.base_url, site.allow_private, plans, site.hosts, site.id_code
    )
