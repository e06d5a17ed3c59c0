"""Builders of crawl tests: a database and archive of their own, plans, and the rows afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel, select

import db.tables as tables
from crawler.plan import ColumnPlan, CrawlPlan, CrawlSettings, SitePlan
from crawler.process import CrawlSummary, run_crawl
from db.session import open_engine, reading
from reports.agencies import AgencyKind, Identity

START = datetime(2026, 1, 21, 2, 0, tzinfo=UTC)
YI = Identity("yi", "甲县乙局", AgencyKind.DEPARTMENT)
BING = Identity("bing", "甲县丙局", AgencyKind.DEPARTMENT)


def site_plan(
    key: str,
    url: str,
    *,
    family: str = "auto",
    agencies: tuple[Identity, ...] = (YI, BING),
    allow_private: bool = True,
) -> SitePlan:
    """Return a site with the one column ``KEY/x`` at the address."""
    column = ColumnPlan(f"{key}/x", url, family, agencies)
    base = "/".join(url.split("/")[:3])
    return SitePlan(key, key, base, allow_private, (column,))


class Crawls:
    """Real crawls in a child process, on a database of their own."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder}/test.db"
        self.archive = folder / "archive"
        self.engine = open_engine(self.url)
        SQLModel.metadata.create_all(self.engine)

    def plan(self, *sites: SitePlan, day: int = 0, **settings: Any) -> CrawlPlan:
        chosen: dict[str, Any] = {
            "user_agent": "Nianshao/1.0 (+test)",
            "obey_robots": True,
            "delay_seconds": 0.0,
            "concurrent_requests": 64,
            "max_bytes": 1 << 20,
            "timeout_seconds": 2.0,
        }
        at = START + timedelta(days=day)
        limits = CrawlSettings(**{**chosen, **settings})
        return CrawlPlan(at, self.url, str(self.archive), limits, tuple(sites))

    def crawl(self, *sites: SitePlan, day: int = 0, **settings: Any) -> CrawlSummary:
        return run_crawl(self.plan(*sites, day=day, **settings))

    def rows(self, table: type[Any]) -> list[Any]:
        with reading(self.engine) as session:
            return list(session.exec(select(table)))

    def visit(self, key: str, day: int = 0) -> tables.Visit:
        at = START + timedelta(days=day)
        found = [v for v in self.rows(tables.Visit) if (v.column_key, v.at) == (f"{key}/x", at)]
        assert len(found) == 1, f"{len(found)} visits of {key}"
        return found[0]

    def outcomes(self, day: int = 0) -> dict[str, str]:
        at = START + timedelta(days=day)
        visits = (visit for visit in self.rows(tables.Visit) if visit.at == at)
        return {visit.column_key.removesuffix("/x"): visit.outcome for visit in visits}

    def link(self, url: str) -> tables.Link:
        found = [link for link in self.rows(tables.Link) if link.url == url]
        assert len(found) == 1, f"{len(found)} links to {url}"
        return found[0]
