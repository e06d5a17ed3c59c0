"""What one pass has to visit, as plain values that travel to the crawling process as JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from reports.agencies import AgencyKind, Identity


class PlanUnreadable(Exception):
    """The crawl plan is unreadable: start the crawl through ``crawler.process`` of this release."""


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Politeness and limits of one pass; delay and concurrency are kept per host.

    ``sweep_connections`` bounds the hosts that are asked side by side whether anything has changed,
    ``refetch_days`` is how long the answer "unchanged" is believed before all is read again.
    """

    user_agent: str
    obey_robots: bool
    delay_seconds: float
    concurrent_requests: int
    max_bytes: int
    timeout_seconds: float = 30.0
    sweep_connections: int = 2_000
    refetch_days: float = 7.0
    visit_seconds: float = 1800.0
    stall_seconds: float = 900.0
    shrunken_looks: int = 4
    shrunken_days: int = 7


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column: ``key`` is ``site/column``, ``url`` absolute, and whose reports it holds.

    ``look_only`` reads the list and fetches nothing that it lists; ``most_pages`` bounds the list.
    ``name`` is what the site's navigation calls it, "" when nobody told. ``expected_min_links`` is the
    fewest entries that a whole list has. ``fresh`` asks past every cache: an accusation may hang on
    this look. ``render`` says that only scripts write its pages. Reports of the years before
    ``first_year`` are history (None: there is none); of those that were never read, one visit reads
    ``backfill``.
    """

    key: str
    url: str
    family: str
    agencies: tuple[Identity, ...]
    look_only: bool = False
    most_pages: int = 60
    name: str = ""
    expected_min_links: int = 0
    fresh: bool = False
    render: bool = False
    first_year: int | None = None
    backfill: int = 20


@dataclass(frozen=True, slots=True)
class SitePlan:
    """One site; only the host of ``base_url``, ``hosts``, and their www. twins are visited for it.

    ``id_code`` is the SiteIDCode that its pages must carry, None when only what was seen counts.
    """

    key: str
    name: str
    base_url: str
    allow_private: bool
    columns: tuple[ColumnPlan, ...]
    hosts: tuple[str, ...] = ()
    id_code: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """One pass: its logical instant (aware), where rows and bodies go, and the sites to visit.

    ``trace_file`` takes a line for each request that was sent; None: nobody asks for them.
    """

    at: datetime
    database_url: str
    archive_dir: str
    settings: CrawlSettings
    sites: tuple[SitePlan, ...]
    trace_file: str | None = None


def without(sites: Iterable[SitePlan], columns: Collection[str]) -> tuple[SitePlan, ...]:
    """Return the sites without some of their columns, and without those that have none left."""
    left = (
        replace(site, columns=tuple(one for one in site.columns if one.key not in columns))
        for site in sites
    )
    return tuple(site for site in left if site.columns)


def plan_to_json(plan: CrawlPlan) -> str:
    """Return the plan as one line of JSON."""
    return json.dumps({**asdict(plan), "at": plan.at.isoformat()}, ensure_ascii=False)


def plan_from_json(text: str) -> CrawlPlan:
    """Read the line that ``plan_to_json`` wrote; raises PlanUnreadable when it is anything else."""
    try:
        raw = json.loads(text)
        at = datetime.fromisoformat(raw["at"])
        settings = CrawlSettings(**raw["settings"])
        sites = tuple(_site(site) for site in raw["sites"])
        places = raw["database_url"], raw["archive_dir"]
        plan = CrawlPlan(at, *places, settings, sites, raw["trace_file"])
    except (ValueError, KeyError, TypeError) as error:
        raise PlanUnreadable(f"采集计划无法读取 / the crawl plan is unreadable: {error}") from error
    if plan.at.tzinfo is None:
        raise PlanUnreadable("采集计划的时刻缺少时区 / the plan's instant has no time zone")
    return plan


def _site(raw: dict[str, Any]) -> SitePlan:
    columns = tuple(_column(column) for column in raw["columns"])
    return SitePlan(**{**raw, "columns": columns, "hosts": tuple(raw.get("hosts", ()))})


def _column(raw: dict[str, Any]) -> ColumnPlan:
    return ColumnPlan(**{**raw, "agencies": tuple(_agency(agency) for agency in raw["agencies"])})


def _agency(raw: dict[str, Any]) -> Identity:
    names = {field: tuple(raw[field]) for field in ("aliases", "former_names", "heir_of")}
    return Identity(**{**raw, **names, "kind": AgencyKind(raw["kind"])})
