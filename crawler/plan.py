"""What one pass has to visit, as plain values. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.agencies import Identity


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
