"""Says which columns one pass visits, and hands the crawler its plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from crawler.plan import ColumnPlan, CrawlPlan, CrawlSettings, SitePlan
from db.tables import Agency, Obligation, SiteColumn
from monitor.schedule import ColumnState, is_due, next_visit_at
from monitor.settings import CrawlerSettings, Settings
from monitor.site_settings import SiteSettings
from reports.agencies import Identity


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
    deadlines = settings.deadlines.deadlines()
    checks = _next_checks(session)
    rows = session.exec(select(SiteColumn).where(col(SiteColumn.active)).order_by(SiteColumn.key))
    return tuple(
        row.key
        for row in rows
        if is_due(
            ColumnState(row.last_visit_at, row.last_good_at, checks.get(row.key, ())),
            now,
            deadlines,
        )
    )


def next_visits(session: Session, settings: Settings, now: datetime) -> dict[str, datetime]:
    """Return when each active column is visited next; a moment that is past means at once."""
    deadlines, checks = settings.deadlines.deadlines(), _next_checks(session)
    return {
        row.key: next_visit_at(
            ColumnState(row.last_visit_at, row.last_good_at, checks.get(row.key, ())),
            now,
            deadlines,
        )
        for row in session.exec(select(SiteColumn).where(col(SiteColumn.active)))
    }


def _next_checks(session: Session) -> dict[str, tuple[datetime, ...]]:
    found: dict[str, tuple[datetime, ...]] = {}
    rows = session.exec(
        select(Agency.columns, Obligation.next_check_at)
        .join(Obligation, col(Obligation.agency_key) == Agency.key)
        .where(col(Agency.active), col(Obligation.next_check_at).is_not(None))
    )
    for columns, at in rows:
        for column in columns:
            found[column] = (*found.get(column, ()), at) if at else found.get(column, ())
    return found


def crawl_plan(settings: Settings, columns: Collection[str], now: datetime) -> CrawlPlan:
    """Return the plan of one pass over these columns at the logical instant ``now``."""
    identities = _identities(settings)
    sites = tuple(_site_plan(site, columns, identities) for site in settings.sites)
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


def _identities(settings: Settings) -> Mapping[str, Sequence[Identity]]:
    """Return column key → the agencies that publish there."""
    found: dict[str, list[Identity]] = {}
    heirs = settings.names_continued
    for agency in settings.agencies:
        identity = agency.identity(heirs.get(agency.key, ()))
        for column in dict.fromkeys(agency.columns):
            found.setdefault(column, []).append(identity)
    return found


def _site_plan(
    site: SiteSettings, wanted: Collection[str], identities: Mapping[str, Sequence[Identity]]
) -> SitePlan:
    plans = tuple(
        ColumnPlan(
            key=f"{site.key}/{column.key}",
            url=column.url,
            family=column.family,
            agencies=tuple(identities.get(f"{site.key}/{column.key}", ())),
            name=column.name,
            expected_min_links=column.expected_min_links,
            render=column.render,
        )
        for column in site.columns
        if f"{site.key}/{column.key}" in wanted
    )
    return SitePlan(
        site.key, site.name, site.base_url, site.allow_private, plans, site.hosts, site.id_code
    )
