"""Two gates before every request: permitted addresses, and the robots rules of the host."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.defer import maybe_deferred_to_future

from crawler.failures import FAILURES, RobotsForbidden, RobotsUnknown
from crawler.families.html import address
from crawler.guard import Guard, Place, Refusal, guard_for, place_of
from crawler.plan import CrawlPlan
from crawler.resolver import AddressRefused
from crawler.verdict import MOST_REDIRECTS

logger = logging.getLogger(__name__)

LONGEST_ROBOTS = 512_000
LONGEST_DELAY_SECONDS = 60.0


def plan_of(crawler: Crawler) -> CrawlPlan:
    """Return the plan that the crawler's spider carries."""
    plan: CrawlPlan = getattr(crawler.spider, "plan")  # noqa: B009
    return plan


def slot_of(url: str) -> str:
    """Return the key under which requests to one host and port wait for each other."""
    return urlsplit(url).netloc.casefold()


class AddressGate:
    """Refuses addresses outside the configured sites, also where a redirect leads."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._guard: Guard | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGate:
        """Build the gate."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise AddressRefused."""
        self._guard = self._guard or guard_for(plan_of(self._crawler).sites)
        refusal = self._guard.refusal(request.url)
        if refusal is not None:
            raise AddressRefused(f"{refusal.name}: {request.url}")
        place = place_of(request.url)
        assert place is not None  # or the guard had refused it
        await self._resolve(self._guard, place)

    async def _resolve(self, guard: Guard, place: Place) -> None:
        """Judge the network address; the connection uses the same resolver and its cache."""
        from twisted.internet import reactor  # only once Scrapy has chosen the reactor

        # Twisted's interface describes the argument of another method here: it is the name.
        lookup = reactor.resolve(place.host)  # type: ignore[arg-type]
        resolved: str = await maybe_deferred_to_future(lookup)
        if guard.network_refusal(place, resolved) is Refusal.PRIVATE:
            raise AddressRefused(f"PRIVATE: {place.host} -> {resolved}")


@dataclass(frozen=True, slots=True)
class _Rules:
    """The robots rules of a host: a parser, or why they are not known. Neither: all is allowed."""

    parser: RobotParser | None = None
    failure: RobotsUnknown | None = None


class RobotsGate:
    """Obeys robots.txt: read once for each host, before anything else of it is read.

    Unlike Scrapy's own gate it makes concurrent first requests wait, takes rules that cannot be read
    for a refusal (RFC 9309, 2.3.1.4), and keeps the delay that the host asks for.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, _Rules] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsGate:
        """Build the gate."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RobotsForbidden or RobotsUnknown."""
        settings = plan_of(self._crawler).settings
        if not settings.obey_robots or request.meta.get("is_robots"):
            return
        rules = await self._rules_of(urljoin(request.url, "/robots.txt"))
        if rules.failure is not None:
            raise rules.failure
        if rules.parser and not rules.parser.allowed(request.url, settings.user_agent):
            raise RobotsForbidden(request.url)

    async def _rules_of(self, robots_url: str) -> _Rules:
        async with self._locks[robots_url]:
            if robots_url not in self._rules:
                self._rules[robots_url] = await self._read(robots_url)
            return self._rules[robots_url]

    async def _read(self, robots_url: str) -> _Rules:
        """Read the rules, following a few redirects; rules that lead away are no rules (RFC 9309)."""
        url: str | None = robots_url
        for _ in range(MOST_REDIRECTS):
            if url is None:
                break
            try:
                response = await self._download(url, robots_url)
            except AddressRefused:
                if url == robots_url:
                    raise
                break
            except FAILURES as error:
                return _Rules(failure=_unknown(robots_url, error))
            if not 300 <= response.status < 400:
                return self._parsed(response, robots_url)
            location = response.headers.get("location") or b""
            url = address(url, location.decode("latin-1"))
        return _Rules()

    async def _download(self, url: str, robots_url: str) -> Response:
        meta = {
            "is_robots": True,
            "handle_httpstatus_all": True,
            "download_slot": slot_of(robots_url),
        }
        engine = self._crawler.engine
        assert engine is not None
        return await engine.download_async(Request(url, meta=meta, callback=NO_CALLBACK))

    def _parsed(self, response: Response, robots_url: str) -> _Rules:
        if response.status >= 500:
            return _Rules(failure=RobotsUnknown(robots_url, response.status))
        if response.status >= 400:
            return _Rules()
        parser = ProtegoRobotParser(response.body[:LONGEST_ROBOTS], self._crawler.spider)
        self._slow_down(robots_url, parser)
        return _Rules(parser)

    def _slow_down(self, robots_url: str, parser: RobotParser) -> None:
        plan = plan_of(self._crawler)
        asked = parser.crawl_delay(plan.settings.user_agent) or 0.0
        delay = min(asked, LONGEST_DELAY_SECONDS)
        if delay <= plan.settings.delay_seconds:
            return
        logger.info("event=crawl_delay host=%s asked=%s kept=%s", slot_of(robots_url), asked, delay)
        engine = self._crawler.engine
        assert engine is not None
        key = slot_of(robots_url)
        engine.downloader.per_slot_settings[key] = {"delay": delay, "concurrency": 1}
        if key in engine.downloader.slots:
            engine.downloader.slots[key].delay = delay


def _unknown(robots_url: str, error: Exception) -> RobotsUnknown:
    unknown = RobotsUnknown(robots_url, None)
    unknown.__cause__ = error
    return unknown
