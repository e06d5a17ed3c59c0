"""The sweep of one pass: all hosts side by side, what has not changed is booked, the rest handed over."""

from __future__ import annotations

import asyncio
import logging
import resource
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from urllib.parse import urljoin

from sqlalchemy import Engine

from crawler.guard import guard_for
from crawler.headers import request_headers
from crawler.lane.books import Ends, SweepBooks
from crawler.lane.host import HostSweep, Manners
from crawler.lane.line import Limits
from crawler.lane.names import Connector
from crawler.lane.requests import is_askable
from crawler.lane.watches import ColumnWatch, HostWatch, Term, plan_key, watch
from crawler.plan import CrawlPlan, SitePlan
from crawler.rereading import History
from crawler.robots import origin_of
from db.sweeps import (
    KnownRules,
    known_columns,
    known_links,
    known_resources,
    known_rules,
)

logger = logging.getLogger("crawler.sweep")

PROBE_SECONDS = 15.0
COLUMNS_TOGETHER = 2_000
SPARE_FILES = 256
SAY_EVERY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Swept:
    """How a sweep ended, and from when each host may be asked again (seconds, monotonic clock)."""

    ends: Ends
    free_at: dict[str, float]


class Sweep:
    """Asks every column that may be found unchanged."""

    def __init__(self, plan: CrawlPlan, engine: Engine) -> None:
        self._plan = plan
        self._engine = engine
        self._stopped = False
        self._running: set[HostSweep] = set()
        self._free_at: dict[str, float] = {}

    async def run(self) -> Swept:
        """Sweep all hosts; raises what the database raises."""
        hosts = tuple(_hosts(self._plan, self._engine))
        books = SweepBooks(self._engine, self._plan.at)
        connector = Connector(guard_for(self._plan.sites))
        waiting = iter(self._sweeps(hosts, books, connector))
        voice = asyncio.create_task(self._say_that_it_goes_on())
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(len(hosts), self._most_hosts())):
                    group.create_task(self._work(waiting))
        finally:
            voice.cancel()
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

    @property
    def is_stopped(self) -> bool:
        """Say whether the sweep was asked to end before its time."""
        return self._stopped

    def stop(self) -> None:
        """Ask nothing more; what has been heard is booked."""
        self._stopped = True
        for host in tuple(self._running):
            host.line.stop()

    async def _work(self, waiting: Iterator[HostSweep]) -> None:
        for host in waiting:
            if self._stopped:
                return
            self._running.add(host)
            host.begin()
            await host.line.done
            self._running.discard(host)
            self._free_at[host.line.name] = host.line.heard_at + host.line.delay

    def _sweeps(
        self, hosts: Iterable[HostWatch], books: SweepBooks, connector: Connector
    ) -> Iterator[HostSweep]:
        settings = self._plan.settings
        manners = Manners(
            settings.user_agent, settings.obey_robots, settings.delay_seconds, self._plan.at
        )
        probe = min(PROBE_SECONDS, settings.timeout_seconds)
        limits = Limits(request_headers(settings), settings.max_bytes, probe)
        hosts = tuple(hosts)
        rules = known_rules(self._engine, [host.origin for host in hosts])
        for host in hosts:
            known = rules.get(host.origin)
            if not self._is_paused(known):
                connect = partial(connector.connect, host.origin)
                yield HostSweep(host, known, manners, limits, connect, books)

    def _is_paused(self, known: KnownRules | None) -> bool:
        return bool(known and known.paused_until and known.paused_until > self._plan.at)

    def _most_hosts(self) -> int:
        """Return how many connections may be open at once, and make the system permit them."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = self._plan.settings.sweep_connections
        if soft < wanted + SPARE_FILES:
            soft = wanted + SPARE_FILES if hard < 0 else min(wanted + SPARE_FILES, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return max(1, min(wanted, soft - SPARE_FILES))


def _hosts(plan: CrawlPlan, engine: Engine) -> Iterator[HostWatch]:
    """Yield the hosts that have a column to sweep."""
    found: dict[str, HostWatch] = {}
    for some in _some_sites(plan.sites):
        for site, columns in _watches(some, plan, engine):
            origin = origin_of(site.base_url)
            found.setdefault(origin, HostWatch(origin, site)).columns.extend(columns)
    yield from (host for host in found.values() if host.columns)


def _some_sites(sites: Iterable[SitePlan]) -> Iterator[list[SitePlan]]:
    """Yield the sites in groups of some thousand columns: their rows are read together."""
    group: list[SitePlan] = []
    columns = 0
    for site in sites:
        group.append(site)
        columns += len(site.columns)
        if columns >= COLUMNS_TOGETHER:
            yield group
            group, columns = [], 0
    yield group


def _watches(
    sites: Sequence[SitePlan], plan: CrawlPlan, engine: Engine
) -> Iterator[tuple[SitePlan, list[ColumnWatch]]]:
    keys = [column.key for site in sites for column in site.columns]
    known = known_columns(engine, keys)
    links = known_links(engine, list(known))
    pages = (page for column in known.values() for page in column.pages)
    reports = (link.url for some in links.values() for link in some if link.has_body)
    resources = known_resources(engine, list({*pages, *reports}))
    term = Term(plan.at, timedelta(days=plan.settings.refetch_days))
    for site in sites:
        found: list[ColumnWatch] = []
        for column in site.columns:
            before = known.get(column.key)
            # Where much hangs on a look, nobody's "unchanged" is enough.
            if before is None or column.fresh or column.look_only:
                continue
            if before.plan_key == plan_key(site, column):
                url = urljoin(site.base_url, column.url)
                past = History(column.first_year, column.backfill)
                watched = watch(before, url, links.get(column.key, ()), resources, term, past)
                found += [watched] if watched and _is_askable(watched, site) else []
        yield site, found


def _is_askable(watched: ColumnWatch, site: SitePlan) -> bool:
    """Say whether all addresses of a column are the host's own: others have lines of their own."""
    origin = origin_of(site.base_url)
    return all(
        origin_of(address.url) == origin and is_askable(address.url)
        for address in watched.addresses
    )
