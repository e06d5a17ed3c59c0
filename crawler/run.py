"""The crawling process: ``python -m crawler.run`` reads one plan from its input and crawls it."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from sqlalchemy.exc import SQLAlchemyError

from crawler.plan import CrawlPlan, PlanUnreadable, plan_from_json
from crawler.settings import scrapy_settings
from crawler.spider import DisclosureSpider
from crawler.store import Store
from db.archive import Archive
from db.session import open_engine

logger = logging.getLogger("crawler.run")

EXIT_BROKEN = 1
EXIT_USAGE = 2
EXIT_ORPHANED = 3


def main() -> int:
    """Crawl the plan on standard input, print the summary, and return the exit code."""
    _configure_logging()
    try:
        plan = plan_from_json(sys.stdin.buffer.readline().decode("utf-8", "replace"))
    except PlanUnreadable as unreadable:
        logger.error("event=plan_unreadable detail=%s", unreadable)
        return EXIT_USAGE
    threading.Thread(target=_die_with_parent, daemon=True).start()
    began = time.monotonic()
    try:
        crawler = _crawl(plan)
    except (SQLAlchemyError, OSError) as error:
        return _broken(error)
    spider = crawler.spider
    if not isinstance(spider, DisclosureSpider):
        logger.error("event=crawl_not_started")
        return EXIT_BROKEN
    if spider.broken is not None:
        return _broken(spider.broken)
    sys.stdout.write(_summary(crawler, spider, time.monotonic() - began) + "\n")
    return 0


def _broken(error: BaseException) -> int:
    """Say once and plainly when database or archive are not to be written; our own errors in full."""
    if isinstance(error, SQLAlchemyError | OSError):
        logger.error("event=crawl_broken detail=%s", json.dumps(str(error), ensure_ascii=False))
    else:
        logger.error("event=crawl_broken", exc_info=error)
    return EXIT_BROKEN


def _crawl(plan: CrawlPlan) -> Crawler:
    engine = open_engine(plan.database_url)
    store = Store(engine, Archive(Path(plan.archive_dir)), plan.at)
    store.register(plan.sites)
    process = AsyncCrawlerProcess(scrapy_settings(plan), install_root_handler=False)
    crawler = process.create_crawler(DisclosureSpider)
    process.crawl(crawler, plan=plan, store=store)
    process.start()
    engine.dispose()
    return crawler


def _summary(crawler: Crawler, spider: DisclosureSpider, seconds: float) -> str:
    assert crawler.stats is not None
    return json.dumps(
        {
            # Scrapy's own count has the robots.txt and the second tries too.
            "requests": crawler.stats.get_value("downloader/request_count", 0),
            "not_modified": spider.total.not_modified,
            "bytes": spider.total.bytes,
            "seconds": round(seconds, 3),
        }
    )


def _configure_logging() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    handler.addFilter(_speaks)
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    logging.captureWarnings(capture=True)


def _speaks(record: logging.LogRecord) -> bool:
    """Drop the chatter of the libraries: it says nothing that the visit lines do not say."""
    return record.levelno >= logging.ERROR or record.name.startswith("crawler")


def _die_with_parent() -> None:
    """The parent keeps our input open for as long as it wants the crawl: its end is our end."""
    # Read past the buffered stream: its lock must be free when the interpreter ends.
    while os.read(0, 4096):
        pass
    os._exit(EXIT_ORPHANED)


def _leave(code: int) -> NoReturn:
    """End at once: all is committed, and taking the interpreter down is a fifth of a short crawl."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    _leave(main())
