"""The one spider: hosts side by side, the columns of a host one after another, a row for each."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapy import Spider
from sqlalchemy.exc import SQLAlchemyError

from crawler.fetching import Fetcher, Tally
from crawler.hosts import Hosts, slot_of
from crawler.lane.wire import Raw
from crawler.memory import Listing, Memory
from crawler.plan import ColumnPlan, CrawlPlan, SitePlan
from crawler.plan_file import plan_key
from crawler.store import Store
from crawler.visiting import Visit, begin, make_visit
from db.seen import EntrySeen
from reports.visits import GOOD, READ, Outcome
from reports.words import Words

logger = logging.getLogger("crawler.visits")

SILENT = frozenset({Outcome.TIMEOUT, Outcome.UNREACHABLE})
"""Ends after which a host is left alone for the rest of the pass."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the sweep leaves to the visits: its answers, and when each host is free again (monotonic)."""

    answers: dict[str, Raw] = field(default_factory=dict)
    free_at: Mapping[str, float] = field(default_factory=dict)


class DisclosureSpider(Spider):
    """Visits every column of a plan.

    Requests are awaited in place instead of going through callbacks, so that a visit reads as one
    story and always ends in its row.
    """

    name = "disclosure"

    def __init__(self, plan: CrawlPlan, store: Store, memory: Memory, before: Before) -> None:
        super().__init__()
        self.plan = plan
        self.memory = memory
        self.hosts = Hosts(plan.settings.delay_seconds, memory, before.free_at)
        self.total = Tally()
        self.broken: BaseException | None = None
        self._store = store
        self._before = before
        self._ended: set[str] = set()
        self._hosts_at_once = asyncio.Semaphore(plan.settings.concurrent_requests)

    async def start(self) -> AsyncIterator[Any]:
        """Make all visits; yields nothing, since every answer is dealt with where it is awaited."""
        fetcher = Fetcher(self.crawler, self._store, self.hosts, self.plan.at, self._before.answers)
        hosts: defaultdict[str, list[Visit]] = defaultdict(list)
        for site, column in self._columns():
            hosts[slot_of(site.base_url)].append(begin(site, column))
        visits = (self._visit_host(host, fetcher) for host in hosts.values())
        ends = await asyncio.gather(*visits, return_exceptions=True)
        self.broken = next((end for end in ends if end is not None), self.broken)
        nothing: tuple[Any, ...] = ()
        for item in nothing:
            yield item

    def closed(self, reason: str) -> None:
        """Leave no column without its row, however the crawl ended."""
        for site, column in self._columns():
            if column.key not in self._ended:
                self._end(begin(site, column), 0.0)

    def _columns(self) -> Sequence[tuple[SitePlan, ColumnPlan]]:
        return [(site, column) for site in self.plan.sites for column in site.columns]

    async def _visit_host(self, visits: Sequence[Visit], fetcher: Fetcher) -> None:
        async with self._hosts_at_once:
            silence: Outcome | None = None
            for visit in visits:
                if silence is not None:
                    visit.skip(silence)
                    self._end(visit, 0.0)
                    continue
                await self._visit(visit, fetcher)
                if visit.look.outcome in SILENT:
                    silence = visit.look.outcome

    async def _visit(self, visit: Visit, fetcher: Fetcher) -> None:
        """Make one visit. The one guard of the crawl: whatever happens, the end has a name."""
        began = time.monotonic()
        try:
            await make_visit(visit, fetcher, self._store, self.plan.settings)
        except asyncio.CancelledError:
            visit.break_off(Words("本轮采集被提前停止", "the pass was stopped early"))
            raise
        except (OSError, SQLAlchemyError) as error:
            # Fetches never raise for the other side: what could not be written or read is ours.
            self.broken = error
            reason = str(getattr(error, "strerror", None) or type(error).__name__)
            visit.break_off(
                Words(
                    f"本机的数据库或证据归档无法读写（{reason}），请检查磁盘空间和权限",
                    f"our database or archive cannot be read or written ({reason}): check disk "
                    "space and permissions",
                )
            )
        except Exception as error:  # noqa: BLE001 - one broken column must not harm the others
            logger.exception("event=column_broken column=%s", visit.column.key)
            name = type(error).__name__
            visit.break_off(
                Words(f"程序出错（{name}），详见日志", f"our error ({name}), see the log")
            )
        finally:
            self._end(visit, time.monotonic() - began)

    def _end(self, visit: Visit, seconds: float) -> None:
        facts = _facts(visit, seconds)
        self.total.not_modified += visit.tally.not_modified
        self.total.bytes += visit.tally.bytes
        self._ended.add(visit.column.key)
        links = dict.fromkeys(visit.look.links)
        entries = (EntrySeen(link.title, link.url, link.listed_on) for link in links)
        self._store.record_visit(visit.column.key, facts, visit.seen, entries)
        if visit.look.outcome in GOOD:
            self.memory.keep_listing(_listing(visit, facts))
        level = logging.INFO if visit.look.outcome in READ else logging.WARNING
        # As JSON: nothing that a site sends can break a line of the log.
        pairs = (f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
        logger.log(level, "event=visit column=%s %s", visit.column.key, " ".join(pairs))


def _listing(visit: Visit, facts: Mapping[str, Any]) -> Listing:
    return Listing(
        column_key=visit.column.key,
        plan_key=plan_key(visit.site.base_url, visit.column),
        pages=visit.look.asked,
        links=facts["links"],
        candidates=facts["candidates"],
    )


def _facts(visit: Visit, seconds: float) -> dict[str, Any]:
    """Return the columns of the visit's row."""
    look, tally = visit.look, visit.tally
    return {
        "outcome": look.outcome.value,
        "detail_zh": look.detail.zh,
        "detail_en": look.detail.en,
        "http_status": look.http_status,
        "pages": look.pages,
        "links": len({link.url for link in look.links}),
        "candidates": len(visit.candidates),
        "requests": tally.requests,
        "not_modified": tally.not_modified,
        "bytes": tally.bytes,
        "seconds": round(seconds, 3),
    }
