"""Our side: a database of its own, plans over the farm, and crawls in their child process."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.crawl.farm import Farm
from crawler.plan import ColumnPlan, CrawlPlan, CrawlSettings, SitePlan
from crawler.process import CrawlSummary, run_crawl
from db.session import open_engine
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
    yield cost
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost.wall = perf_counter() - began
    cost.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cost.peak_mb = after.ru_maxrss / 1024


class Watch:
    """Passes over the farm, a logical half hour apart."""

    def __init__(self, farm: Farm, folder: Path, **settings: Any) -> None:
        self.url = f"sqlite:///{folder}/bench.db"
        self._archive = folder / "archive"
        self._sites = tuple(_site(farm, host) for host in range(farm.hosts))
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
        plan = CrawlPlan(at, self.url, str(self._archive), CrawlSettings(**chosen), self._sites)
        with measured() as cost:
            summary = run_crawl(plan)
        return summary, cost


def _site(farm: Farm, host: int) -> SitePlan:
    first = host * farm.columns_per_host
    columns = tuple(
        ColumnPlan(f"s{host}/c{number}", f"/c{number}/", "auto", (_agency(number),))
        for number in range(first, first + farm.columns_per_host)
    )
    return SitePlan(f"s{host}", f"甲{host}县", farm.base_url(host), True, columns)


def _agency(number: int) -> Identity:
    return Identity(f"a{number}", f"甲{number}县乙局", AgencyKind.DEPARTMENT)
