"""Two gates before every request: permitted addresses, and the robots rules of the host."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import maybe_deferred_to_future

from crawler.failures import FAILURES, NEVER_SENT, RobotsForbidden, RobotsUnknown
from crawler.families.html import address
from crawler.guard import Guard, Place, Refusal, guard_for, place_of
from crawler.hosts import Hosts, slot_of
from crawler.memory import Memory
from crawler.plan import CrawlPlan
from crawler.resolver import AddressRefused
from crawler.robots import RobotsAnswer, RobotsRules, body_text, origin_of
from crawler.verdict import MOST_REDIRECTS

logger = logging.getLogger(__name__)


def plan_of(crawler: Crawler) -> CrawlPlan:
    """Return the plan that the crawler's spider carries."""
    plan: CrawlPlan = getattr(crawler.spider, "plan")  # noqa: B009
    return plan


def memory_of(crawler: Crawler) -> Memory:
    """Return the memory that the crawler's spider carries."""
    memory: Memory = getattr(crawler.spider, "memory")  # noqa: B009
    return memory


def hosts_of(crawler: Crawler) -> Hosts:
    """Return how the hosts fare, as the crawler's spider knows it."""
    hosts: Hosts = getattr(crawler.spider, "hosts")  # noqa: B009
    return hosts


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
    """The robots rules of a host, or why they are not known. Neither: all is allowed."""

    rules: RobotsRules | None = None
    failure: RobotsUnknown | None = None


class RobotsGate:
    """Obeys robots.txt: read once an hour for each host, before anything else of it is read.

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
        known = await self._rules_of(origin_of(request.url))
        if known.failure is not None:
            raise known.failure
        if known.rules and not known.rules.allows(request.url, settings.user_agent):
            raise RobotsForbidden(request.url)

    async def _rules_of(self, origin: str) -> _Rules:
        async with self._locks[origin]:
            if origin not in self._rules:
                known = memory_of(self._crawler).rules(origin)
                rules = self._taken(origin, known) if known else await self._read(origin)
                self._rules[origin] = rules
            return self._rules[origin]

    async def _read(self, origin: str) -> _Rules:
        """Read the rules, following a few redirects; rules that lead away are no rules (RFC 9309)."""
        url: str | None = f"{origin}/robots.txt"
        for step in range(MOST_REDIRECTS):
            if url is None:
                break
            try:
                response = await self._download(url, origin)
            except AddressRefused:
                if step == 0:
                    raise
                break
            except FAILURES as error:
                return _Rules(failure=_unknown(origin, error))
            if response.status >= 500:
                return _Rules(failure=RobotsUnknown(origin, response.status))
            if not 300 <= response.status < 400:
                return self._parsed(response, origin)
            location = response.headers.get("location") or b""
            url = address(url, location.decode("latin-1"))
        return _Rules()

    async def _download(self, url: str, origin: str) -> Response:
        meta = {"is_robots": True, "handle_httpstatus_all": True, "download_slot": slot_of(origin)}
        engine = self._crawler.engine
        assert engine is not None
        return await engine.download_async(Request(url, meta=meta, callback=NO_CALLBACK))

    def _parsed(self, response: Response, origin: str) -> _Rules:
        is_whole = response.status < 300
        answer = RobotsAnswer(response.status, body_text(response.body) if is_whole else "")
        memory_of(self._crawler).keep_rules(origin, answer)
        return self._taken(origin, answer)

    def _taken(self, origin: str, answer: RobotsAnswer) -> _Rules:
        """Take the rules over, and with them the pause that the host asks for."""
        rules, settings = RobotsRules(answer), plan_of(self._crawler).settings
        delay = rules.delay(settings.user_agent)
        if delay > settings.delay_seconds:
            logger.info("event=crawl_delay host=%s seconds=%s", slot_of(origin), delay)
            hosts_of(self._crawler).keep_delay(origin, delay)
        return _Rules(rules)


class PaceGate:
    """Lets each host rest before it is asked again, whoever asks, and hears every answer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceGate:
        """Build the gate."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's turn."""
        await hosts_of(self._crawler).turn(request.url)

    def process_response(self, request: Request, response: Response) -> Response:
        """Hear the answer."""
        latency = request.meta.get("download_latency")
        hosts_of(self._crawler).heard(request.url, response, latency)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Hear that there was no answer; what a gate refused was never asked."""
        if not isinstance(exception, NEVER_SENT):
            hosts_of(self._crawler).heard(request.url, None, None)


def _unknown(origin: str, error: Exception) -> RobotsUnknown:
    unknown = RobotsUnknown(origin, None)
    unknown.__cause__ = error
    return unknown
