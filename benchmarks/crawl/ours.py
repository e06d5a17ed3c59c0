"""Our side: a database of its own, plans over the farm, and crawls in their child process."""

from __future__ import annotations

import hashlib
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import insert

from benchmarks.crawl.farm import Farm, list_page
from crawler.plan import ColumnPlan, CrawlPlan, CrawlSettings, SitePlan
from crawler.plan_file import plan_key
from crawler.process import CrawlSummary, run_crawl
from db.session import open_engine
from db.tables import ColumnListing, Resource, Site, SiteColumn
from db.upgrade import upgrade
from reports.agencies import AgencyKind, Identity

START = datetime(2026, 1, 10, 2, 0, tzinfo=UTC)


@dataclass(slots=True)
class Cost:
    """What a process and its children took: seconds on the wall, seconds of processor, peak MB."""

    wall: float = 0.0
    cpu: float = 0.0
    peak_mb: float = 0.0


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure the children that begin and end inside."""
    cost, began = Cost(), perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    known, ended = _children("self"), threading.Event()
    watch = threading.Thread(target=_watch_memory, args=(cost, known, ended))
    watch.start()
    try:
        yield cost
    finally:
        ended.set()
        watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost.wall = perf_counter() - began
    cost.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _watch_memory(cost: Cost, known: set[str], ended: threading.Event) -> None:
    """Note the most memory that new children and theirs have had together, each page counted once."""
    while not ended.wait(0.2):
        family = [one for child in _children("self") - known for one in (child, *_below(child))]
        cost.peak_mb = max(cost.peak_mb, sum(map(_resident_mb, family)))


def _resident_mb(process: str) -> float:
    # A page that several processes share is divided among them.
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        own = next(line for line in lines if line.startswith("Pss:"))
        return int(own.split()[1]) / 1024
    return 0.0


def _below(process: str) -> Iterator[str]:
    for child in _children(process):
        yield child
        yield from _below(child)


def _children(process: str) -> set[str]:
    found: set[str] = set()
    # A process or a thread may end while we look.
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                found |= set((task / "children").read_text().split())
    return found


class Watch:
    """Passes over the farm, a logical half hour apart."""

    def __init__(self, farm: Farm, folder: Path, **settings: Any) -> None:
        self.url = f"sqlite:///{folder}/bench.db"
        self._archive = folder / "archive"
        self.sites = tuple(_site(farm, host) for host in range(farm.hosts))
        self._settings = settings
        self._passes = 0
        engine = open_engine(self.url)
        upgrade(engine)
        engine.dispose()

    def crawl(self, **settings: Any) -> tuple[CrawlSummary, Cost]:
        """Run one pass and measure its child."""
        chosen: dict[str, Any] = {
            "user_agent": "Nianshao/1.0 (+bench)",
            "obey_robots": True,
            "delay_seconds": 0.0,
            "concurrent_requests": 64,
            "max_bytes": 1 << 20,
            "timeout_seconds": 30.0,
            "sweep_connections": 64,
            **self._settings,
            **settings,
        }
        at = START + timedelta(minutes=30 * self._passes)
        self._passes += 1
        plan = CrawlPlan(at, self.url, str(self._archive), CrawlSettings(**chosen), self.sites)
        with measured() as cost:
            summary = run_crawl(plan)
        return summary, cost


def primed(farm: Farm, folder: Path, **settings: Any) -> Watch:
    """Return a watch that has seen every column once: its rows are written, not crawled.

    The first sweep then learns the validators.
    """
    watch = Watch(farm, folder, **settings)
    before = START - timedelta(minutes=30)
    sha256 = hashlib.sha256(list_page(0).encode()).hexdigest()
    engine = open_engine(watch.url)
    rows: dict[Any, list[dict[str, Any]]] = {
        Site: [],
        SiteColumn: [],
        ColumnListing: [],
        Resource: [],
    }
    for site in watch.sites:
        rows[Site].append({**_SITE, "key": site.key, "name": site.name, "base_url": site.base_url})
        for column in site.columns:
            url = f"{site.base_url}{column.url}"
            rows[SiteColumn].append(
                {
                    **_COLUMN,
                    "key": column.key,
                    "site_key": site.key,
                    "url": column.url,
                    "last_good_at": before,
                    "last_visit_at": before,
                }
            )
            listing = {"column_key": column.key, "plan_key": plan_key(site.base_url, column)}
            rows[ColumnListing].append({**_LISTING, **listing, "pages": [url], "whole_at": before})
            rows[Resource].append(
                {"url": url, "sha256": sha256, "outcome": "ok", "checked_at": before}
            )
    with engine.begin() as connection:
        for table, values in rows.items():
            connection.execute(insert(table), values)
    engine.dispose()
    return watch


_SITE = {"state": "unknown", "active": True}
_COLUMN = {"family": "auto", "state": "unknown", "active": True}
_LISTING = {"links": 20, "candidates": 0}


def _site(farm: Farm, host: int) -> SitePlan:
    first = host * farm.columns_per_host
    columns = tuple(
        ColumnPlan(f"s{host}/c{number}", f"/c{number}/", "auto", (_agency(number),))
        for number in range(first, first + farm.columns_per_host)
    )
    return SitePlan(f"s{host}", f"甲{host}县", farm.base_url(host), True, columns)


def _agency(number: int) -> Identity:
    return Identity(f"a{number}", f"甲{number}县乙局", AgencyKind.DEPARTMENT)
