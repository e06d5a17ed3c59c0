"""The sweep of one pass: all hosts side by side, what has not changed is booked, the rest left."""

from __future__ import annotations

import asyncio
import logging
import resource
import time
from dataclasses import dataclass
from typing import Any

from crawler.headers import request_headers
from crawler.lane.books import MOST_KEPT_BYTES, Ends, SweepBooks
from crawler.lane.feeding import Feeder
from crawler.lane.host import HostSweep, Manners, Terms
from crawler.lane.names import LOOKUPS_AT_ONCE, Connector
from crawler.lane.portions import Portion, Portions, Share, Supply
from crawler.lane.progress import Limits
from crawler.lane.requests import header_lines
from crawler.plan import CrawlPlan
from crawler.plan_file import PlanFile
from db.driver import Driver

logger = logging.getLogger("crawler.sweep")

PROBE_SECONDS = 15.0
SPARE_FILES = 256
SAY_EVERY_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Swept:
    """How a sweep ended, and from when each host may be asked again (seconds, monotonic clock)."""

    ends: Ends
    free_at: dict[str, float]


class Sweep:
    """Asks every column of a share that may be found unchanged."""

    def __init__(self, file: PlanFile, driver: Driver, share: Share) -> None:
        self._plan: CrawlPlan = file.head
        self._share = share
        self._feeder = Feeder(Portions(file, driver, share))
        self._waiting = iter(share.hosts)
        self._books = SweepBooks(driver, file.head.at, share.of(MOST_KEPT_BYTES))
        self._connector = Connector(share.of(LOOKUPS_AT_ONCE))
        self._terms = _terms(file.head)
        self._broken: Exception | None = None
        self._stopped = False
        self._running: set[HostSweep] = set()
        self._free_at: dict[str, float] = {}

    async def run(self) -> Swept:
        """Sweep all hosts; raises what the database raises, and whatever breaks in between."""
        asyncio.get_running_loop().set_exception_handler(self._broke)
        try:
            async with asyncio.TaskGroup() as beside:
                beside.create_task(self._books.keep_writing())
                watches = [
                    beside.create_task(self._say_that_it_goes_on()),
                    beside.create_task(self._watch_the_clock()),
                ]
                await self._all_hosts()
                for watch in watches:
                    watch.cancel()
                self._books.close()
        except BaseExceptionGroup as group:
            raise _first(group) from None
        finally:
            self._connector.close()
        if self._broken is not None:
            raise self._broken
        return Swept(self._books.ends, self._free_at)

    async def _all_hosts(self) -> None:
        async with asyncio.TaskGroup() as hosts:
            for _ in range(min(len(self._share.hosts), self._most_hosts())):
                hosts.create_task(self._work())

    def _broke(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Take the error of a callback: nobody waits for it, and its host would be waited for in vain."""
        error = context.get("exception")
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self._broken = self._broken or error
            self.stop()

    async def _say_that_it_goes_on(self) -> None:
        """Let the log know that hosts are being asked: a crawl that is silent is taken for hung."""
        said_at = 0.0
        while True:
            await asyncio.sleep(min(SAY_EVERY_SECONDS, self._plan.settings.stall_seconds / 4))
            asked_at = max((host.line.heard_at for host in self._running), default=0.0)
            if asked_at > said_at:
                logger.info("event=sweeping hosts=%d", len(self._running))
                said_at = asked_at

    async def _watch_the_clock(self) -> None:
        """Have every host look at the clock: one timer for all costs less than one for each request."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            now = time.monotonic()
            # Whoever answered while we ourselves stood still has not been heard yet.
            if now - before < 2 * LOOK_EVERY_SECONDS:
                for host in tuple(self._running):
                    host.line.look_at_the_clock(now)

    @property
    def is_stopped(self) -> bool:
        """Say whether the sweep was asked to end before its time."""
        return self._stopped

    def stop(self) -> None:
        """Ask nothing more; what has been heard is booked."""
        self._stopped = True
        for host in tuple(self._running):
            host.stop()

    async def _work(self) -> None:
        """Sweep one host after another."""
        for supplies in self._waiting:
            heard_at = float("-inf")
            for supply in supplies:
                portion = await self._feeder.first(supply)
                if self._stopped:
                    return
                paused = portion.rules is not None and portion.rules.is_paused(self._plan.at)
                if portion.columns and not paused:
                    heard_at = await self._lead(supply, portion, heard_at)

    async def _lead(self, supply: Supply, portion: Portion, heard_at: float) -> float:
        """Give a host its portions until there are no more, and wait for its end: when it was last heard."""
        door = self._connector.door(supply.origin, allow_private=supply.allow_private)
        host = HostSweep(supply.origin, portion.rules, self._terms, door, self._books, heard_at)
        self._running.add(host)
        host.begin()
        host.add(portion.columns)
        while not portion.is_last and not host.is_left:
            await host.wants_more()
            if not host.is_left:
                portion = await self._feeder.next(supply)
                host.add(portion.columns)
        host.line.no_more()
        await host.line.done
        self._running.discard(host)
        self._free_at[supply.origin] = host.line.heard_at + host.line.delay
        return host.line.heard_at

    def _most_hosts(self) -> int:
        """Return how many connections may be open at once, and make the system permit them."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = self._share.of(self._plan.settings.sweep_connections)
        if soft < wanted + SPARE_FILES:
            soft = wanted + SPARE_FILES if hard < 0 else min(wanted + SPARE_FILES, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return max(1, min(wanted, soft - SPARE_FILES))


def _terms(plan: CrawlPlan) -> Terms:
    """Return how hosts are to be approached in a pass, and its bounds."""
    settings = plan.settings
    headers = header_lines(request_headers(settings))
    probe = min(PROBE_SECONDS, settings.timeout_seconds)
    manners = Manners(settings.user_agent, settings.obey_robots, settings.delay_seconds, plan.at)
    return manners, Limits(headers, settings.max_bytes, probe)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
