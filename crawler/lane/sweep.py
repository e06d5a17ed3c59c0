"""The sweep of one pass: all hosts side by side, what has not changed is booked, the rest left."""

from __future__ import annotations

import asyncio
import logging
import resource
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from sqlalchemy import Engine

from crawler.headers import request_headers
from crawler.lane.books import Ends, SweepBooks
from crawler.lane.host import HostSweep, Manners
from crawler.lane.names import Connector
from crawler.lane.portions import COLUMNS_TOGETHER, Portion, Portions, Supply
from crawler.lane.progress import Limits
from crawler.lane.requests import header_lines
from crawler.plan import CrawlPlan
from crawler.plan_file import PlanFile

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


class Feeder:
    """Reads the portions that hosts want, those of many hosts together.

    In small groups between the answers, not in another thread: that would ask for the processor at each
    row, and wait for it each time while the sweep is busy.
    """

    def __init__(self, portions: Portions) -> None:
        self._portions = portions
        self._wants: deque[tuple[Supply, asyncio.Future[Portion]]] = deque()
        self._reading: asyncio.Task[None] | None = None

    async def portion(self, supply: Supply) -> Portion:
        """Return the next portion of a host. Raises what the database raises."""
        future: asyncio.Future[Portion] = asyncio.get_running_loop().create_future()
        self._wants.append((supply, future))
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return await future

    async def _read(self) -> None:
        while wants := tuple(self._some()):
            try:
                found = self._portions.read([supply for supply, _ in wants])
            except Exception as error:  # noqa: BLE001 - whoever waits for a portion raises it
                for _, future in wants:
                    future.set_exception(error)
                continue
            for (_, future), portion in zip(wants, found, strict=True):
                if not future.done():
                    future.set_result(portion)
            await asyncio.sleep(0)

    def _some(self) -> Iterator[tuple[Supply, asyncio.Future[Portion]]]:
        columns = 0
        while self._wants and columns < COLUMNS_TOGETHER:
            columns += self._portions.size(self._wants[0][0])
            yield self._wants.popleft()


class Sweep:
    """Asks every column that may be found unchanged."""

    def __init__(self, file: PlanFile, engine: Engine) -> None:
        self._plan: CrawlPlan = file.head
        self._engine = engine
        self._portions = Portions(file, engine)
        self._stopped = False
        self._running: set[HostSweep] = set()
        self._free_at: dict[str, float] = {}

    async def run(self) -> Swept:
        """Sweep all hosts; raises what the database raises."""
        books = SweepBooks(self._engine, self._plan.at)
        connector = Connector()
        feeder = Feeder(self._portions)
        waiting = iter(self._portions.hosts)
        workers = min(len(self._portions.hosts), self._most_hosts())
        watches = (
            asyncio.create_task(self._say_that_it_goes_on()),
            asyncio.create_task(self._watch_the_clock()),
        )
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(workers):
                    group.create_task(self._work(waiting, feeder, connector, books))
        except BaseExceptionGroup as broken:
            raise broken.exceptions[0] from None
        finally:
            for watch in watches:
                watch.cancel()
            connector.close()
            await books.close()
        return Swept(books.ends, self._free_at)

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
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            now = time.monotonic()
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

    async def _work(
        self, waiting: Iterator[Supply], feeder: Feeder, connector: Connector, books: SweepBooks
    ) -> None:
        """Sweep one host after another."""
        for supply in waiting:
            portion = await feeder.portion(supply)
            rules = portion.rules
            while not portion.columns and not portion.is_last:
                portion = await feeder.portion(supply)
            if self._stopped:
                return
            paused = rules is not None and rules.is_paused(self._plan.at)
            if portion.columns and not paused:
                connect = partial(connector.connect, supply.origin, supply.allow_private)
                host = HostSweep(supply.origin, rules, self._manners, self._limits, connect, books)
                await self._lead(host, supply, portion, feeder)

    async def _lead(
        self, host: HostSweep, supply: Supply, portion: Portion, feeder: Feeder
    ) -> None:
        """Give a host its portions until there are no more, and wait for its end."""
        self._running.add(host)
        host.begin()
        host.add(portion.columns)
        while not portion.is_last and not host.is_left:
            await host.wants_more()
            if not host.is_left:
                portion = await feeder.portion(supply)
                host.add(portion.columns)
        host.line.no_more()
        await host.line.done
        self._running.discard(host)
        self._free_at[supply.origin] = host.line.heard_at + host.line.delay

    @cached_property
    def _manners(self) -> Manners:
        settings = self._plan.settings
        return Manners(
            settings.user_agent, settings.obey_robots, settings.delay_seconds, self._plan.at
        )

    @cached_property
    def _limits(self) -> Limits:
        settings = self._plan.settings
        headers = header_lines(request_headers(settings))
        return Limits(headers, settings.max_bytes, min(PROBE_SECONDS, settings.timeout_seconds))

    def _most_hosts(self) -> int:
        """Return how many connections may be open at once, and make the system permit them."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = self._plan.settings.sweep_connections
        if soft < wanted + SPARE_FILES:
            soft = wanted + SPARE_FILES if hard < 0 else min(wanted + SPARE_FILES, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return max(1, min(wanted, soft - SPARE_FILES))
