"""Makes the whole visits of one pass with Scrapy."""

from __future__ import annotations

import gc
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess

from crawler.crawled import Crawled
from crawler.lane.sweep import Swept
from crawler.memory import Memory
from crawler.plan import CrawlPlan
from crawler.settings import scrapy_settings
from crawler.spider import Before, DisclosureSpider
from crawler.store import Store
from db.archive import Archive
from db.session import open_engine


class CrawlNotStarted(OSError):
    """The engine did not start; its own log says why."""


def crawl(plan: CrawlPlan, swept: Swept) -> Crawled:
    """Visit every column of the plan. Raises what the database or the archive raise."""
    _collect_seldom()
    engine = open_engine(plan.database_url)
    store = Store(engine, Archive(Path(plan.archive_dir), engine), plan.at)
    store.register(plan.sites)
    process = AsyncCrawlerProcess(scrapy_settings(plan), install_root_handler=False)
    crawler = process.create_crawler(DisclosureSpider)
    before = Before(swept.ends.answers, swept.free_at)
    process.crawl(crawler, plan=plan, store=store, memory=Memory(engine, plan.at), before=before)
    process.start()
    engine.dispose()
    spider = crawler.spider
    if not isinstance(spider, DisclosureSpider) or crawler.stats is None:
        raise CrawlNotStarted("the crawl did not start")
    return Crawled(
        # Scrapy's own count has the robots.txt and the second tries too.
        requests=crawler.stats.get_value("downloader/request_count", 0),
        not_modified=spider.total.not_modified,
        bytes=spider.total.bytes,
        broken=spider.broken,
    )


def _collect_seldom() -> None:
    """Leave what is loaded out of the search for garbage: it stays as long as this process does."""
    gc.freeze()
    gc.set_threshold(20_000, 20)
