"""The anchor: a plain Scrapy spider, stock settings, that asks conditionally and books every look.

``python -m benchmarks.crawl.stock FILE`` reads a JSON object {"urls": {key: url}, "database": path}.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from sqlmodel import Session, select

from db.session import open_engine
from db.tables import Resource, SiteColumn, Visit


class StockSpider(Spider):
    """Asks for every column and yields one item for each."""

    name = "stock"
    handle_httpstatus_list = [304]

    def __init__(self, urls: dict[str, str], known: dict[str, tuple[str, str]]) -> None:
        super().__init__()
        self._urls = urls
        self._known = known

    async def start(self) -> AsyncIterator[Any]:
        """Ask for all columns."""
        for key, url in self._urls.items():
            etag, modified = self._known.get(url, ("", ""))
            headers = {"If-None-Match": etag, "If-Modified-Since": modified} if etag else {}
            yield Request(url, headers=headers, cb_kwargs={"key": key})

    def parse(self, response: Response, key: str) -> Iterator[dict[str, Any]]:
        """Yield what was seen."""
        sha256 = hashlib.sha256(response.body).hexdigest()
        yield {
            "key": key,
            "url": response.url,
            "status": response.status,
            "sha256": None if response.status == 304 else sha256,
            "etag": (response.headers.get("etag") or b"").decode(),
            "modified": (response.headers.get("last-modified") or b"").decode(),
        }


class Booking:
    """Writes the visit, the column and the address of each item, in a transaction of its own."""

    def __init__(self, database: str) -> None:
        self._engine = open_engine(f"sqlite:///{database}")
        self._at = datetime.now(UTC)  # noqa: TID251 - the anchor has no logical clock

    @classmethod
    def from_crawler(cls, crawler: Any) -> Booking:
        """Build it with the database of the run."""
        return cls(crawler.settings["BOOKING_DATABASE"])

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Book one look."""
        with Session(self._engine) as session, session.begin():
            outcome = "not_modified" if item["status"] == 304 else "ok"
            session.add(Visit(column_key=item["key"], at=self._at, outcome=outcome, requests=1))
            column = session.get_one(SiteColumn, item["key"])
            column.last_visit_at = column.last_good_at = self._at
            row = session.get(Resource, item["url"]) or Resource(
                url=item["url"], outcome=outcome, checked_at=self._at
            )
            row.checked_at, row.outcome = self._at, outcome
            if item["sha256"]:
                row.sha256, row.etag = item["sha256"], item["etag"]
                row.last_modified = item["modified"]
            session.add(row)
        return item


def main() -> None:
    """Run one crawl."""
    job = json.loads(Path(sys.argv[1]).read_text())
    engine = open_engine(f"sqlite:///{job['database']}")
    with Session(engine) as session:
        rows = session.exec(select(Resource.url, Resource.etag, Resource.last_modified)).all()
    known = {url: (etag or "", modified or "") for url, etag, modified in rows}
    process = AsyncCrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "LOG_LEVEL": "ERROR",
            "ITEM_PIPELINES": {"benchmarks.crawl.stock.Booking": 100},
            "BOOKING_DATABASE": job["database"],
        }
    )
    process.crawl(StockSpider, urls=job["urls"], known=known)
    process.start()


if __name__ == "__main__":
    main()
