"""Looks at a column that nobody configured; from a front page it first finds the way, by name."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from crawler.guard import place_of
from crawler.navigation import Nearness, Way, ways_from
from crawler.plan import ColumnPlan, CrawlSettings, SitePlan
from crawler.verdict import is_home
from monitor.errors import Refusal
from monitor.probing.found import FoundColumn, Pager, Sureness, pager_of, reports_in, sureness_of
from monitor.probing.recognised import family_of, read_as
from monitor.probing.site_facts import (
    delay_asked,
    host_findings,
    page_facts,
    site_key,
    site_name,
)
from monitor.probing.tables import Probed
from monitor.probing.units import known_of, suggested_agencies
from monitor.trial import SeenPage, Trial, TrialStore, trial_store
from reports.agencies import Identity
from reports.visits import DOWN, GOOD, Outcome
from reports.words import Words

MOST_REQUESTS = 15
MOST_PAGES = 12
CLOSED = frozenset({Outcome.BLOCKED, Outcome.ROBOTS, Outcome.REFUSED_ADDRESS})
"""Ends after which nothing else of the host is asked for."""

_CHEAPEST_LOOK = 2
_LONG_PAUSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Asking:
    """What a probe is made with: politeness, the instant, what is registered, and who hears of steps."""

    settings: CrawlSettings
    now: datetime
    tell: Callable[[Words], None]
    allow_private: bool = False
    taken_keys: tuple[str, ...] = ()
    agencies: tuple[Identity, ...] = ()


@dataclass(slots=True)
class _Search:
    """A probe under way: what is left of the requests, and everything that was seen."""

    store: TrialStore
    asking: Asking
    origin: str
    left: int = MOST_REQUESTS
    trials: list[Trial] = field(default_factory=list)
    visited: set[str] = field(default_factory=set)
    ways: dict[str, Way] = field(default_factory=dict)

    def look(self, url: str, family: str, most_pages: int) -> Trial:
        """Look at one address, after the pause that the host asks for between two requests."""
        self._pause()
        self.visited.add(url)
        key = f"probe/look-{len(self.trials)}"
        column = ColumnPlan(key, url, family, (), look_only=True, most_pages=most_pages)
        site = SitePlan("probe", self.origin, self.origin, self.asking.allow_private, (column,))
        trial = self.store.look(site)
        self.left -= trial.requests
        self.trials.append(trial)
        for page in trial.pages:
            for way in ways_from(page.page.text, page.page.url):
                self.ways.setdefault(way.url, way)
        return trial

    def _pause(self) -> None:
        if not self.trials:
            return
        user_agent = self.asking.settings.user_agent
        asked = max(delay_asked(trial.robots, user_agent) for trial in self.trials)
        pause = max(self.asking.settings.delay_seconds, asked)
        if pause >= _LONG_PAUSE_SECONDS:
            self.asking.tell(
                Words(
                    f"网站要求间隔 {pause:g} 秒，等待…", f"the site asks for {pause:g} s; waiting…"
                )
            )
        time.sleep(pause)

    def unvisited(self, *nearness: Nearness) -> tuple[Way, ...]:
        """Return the ways not gone yet, the nearest names first."""
        open_ways = (way for way in self.ways.values() if way.url not in self.visited)
        wanted = [way for way in open_ways if way.nearness in nearness]
        return tuple(sorted(wanted, key=lambda way: way.nearness))


def probe(url: str, asking: Asking) -> Probed:
    """Look at an address, and return what is there and the tables that take it up.

    Never asks for more than MOST_REQUESTS pages unless one of them redirects. Raises Refusal when the
    address is none.
    """
    began = time.monotonic()
    origin = _origin(url)
    with trial_store(asking.settings, asking.now) as store:
        search = _Search(store, asking, origin)
        trial, column = _found(search, url)
    return _probed(search, url, trial, column, time.monotonic() - began)


def _origin(url: str) -> str:
    if place_of(url) is None:
        raise Refusal(
            Words(
                f"“{url}”不是网页地址；请写成 http:// 或 https:// 开头的完整地址。",
                f"“{url}” is no web address; write it in full, beginning with http:// or https://.",
            )
        )
    return urljoin(url, "/")


def _found(search: _Search, url: str) -> tuple[Trial, FoundColumn | None]:
    """Look at the address itself, then along the names that lead on from it."""
    first, column = _page(search, url) if is_home(url, search.origin) else _column(search, url)
    twin = _plain_twin(url) if first.outcome in DOWN else None
    if twin is not None:
        first, column = _column(search, twin)
    if first.outcome in CLOSED | DOWN or _has_reports(column):
        return first, column
    return _by_name(search) or (first, column)


def _plain_twin(url: str) -> str | None:
    """Return the address over http where one over https, at the usual port, did not answer."""
    parts = urlsplit(url)
    return (
        parts._replace(scheme="http").geturl()
        if url.startswith("https:") and not parts.port
        else None
    )


def _page(search: _Search, url: str) -> tuple[Trial, None]:
    """Look at one page for the ways that lead on."""
    return _read(search, url, "single", 1), None


def _column(search: _Search, url: str) -> tuple[Trial, FoundColumn | None]:
    """Look at the first page of a column, and at the others where it lists reports."""
    trial = _read(search, url, "auto", 1)
    column = found_column(trial, url)
    if column is None or not _has_reports(column) or column.pager is Pager.NONE:
        return trial, column
    most = min(MOST_PAGES, search.left - 1)
    if most > 1:
        trial = _read(search, url, "auto", most)
        column = found_column(trial, url)
    if column is not None and column.pages >= most and trial.outcome is Outcome.INCOMPLETE:
        column = replace(column, is_cut=True)
    return trial, column


def _read(search: _Search, url: str, family: str, most_pages: int) -> Trial:
    search.asking.tell(Words(f"查看 {url}", f"looking at {url}"))
    return search.look(url, family, most_pages)


def _by_name(search: _Search) -> tuple[Trial, FoundColumn] | None:
    """Go the ways that are named like the column, then those to the sections that may hold it."""
    while search.left >= _CHEAPEST_LOOK:
        way = _next_way(search)
        if way is None:
            return None
        if way.nearness is Nearness.SECTION:
            _page(search, way.url)
            continue
        trial, column = _column(search, way.url)
        if _has_reports(column) and column is not None:
            return trial, column
    return None


def _next_way(search: _Search) -> Way | None:
    """Return the nearest way not gone yet; at last the front page, which has the widest view."""
    for way in search.unvisited(*Nearness):
        return way
    if search.origin not in search.visited:
        return Way(search.origin, "", Nearness.SECTION)
    return None


def _has_reports(column: FoundColumn | None) -> bool:
    return column is not None and sureness_of(column) is not Sureness.NONE


def found_column(trial: Trial, url: str) -> FoundColumn | None:
    """Return what a look saw of a column, None when no page of it came."""
    if not trial.pages:
        return None
    first = trial.pages[0].page
    family = family_of(first)
    readings = [read_as(family, seen.page) for seen in trial.pages]
    return FoundColumn(
        url=first.url if trial.outcome in GOOD or trial.entries else url,
        family=family,
        outcome=trial.outcome,
        said=trial.said,
        pages=len(trial.pages),
        pages_stated=max(reading.stated_pages for reading in readings),
        entries=len(trial.entries),
        entries_stated=max(reading.stated_total or 0 for reading in readings),
        dated=sum(entry.listed_on is not None for entry in trial.entries),
        pager=pager_of(readings),
        is_report=readings[0].is_report,
        is_cut=False,
        reports=reports_in(trial.entries),
    )


def _probed(
    search: _Search, url: str, trial: Trial, column: FoundColumn | None, seconds: float
) -> Probed:
    asking, pages = search.asking, _pages(search, trial)
    facts = [page_facts(seen.page.text) for seen in pages]
    agencies = suggested_agencies(column.reports) if column else ()
    asked = [one for done in search.trials for one in done.asked]
    robots = next((done.robots for done in search.trials if done.robots), None)
    used = {column.url, url} if column else {url}
    return Probed(
        asked_url=url,
        at=asking.now,
        key=site_key(url, asking.taken_keys),
        name=site_name(facts, url),
        base_url=urljoin(column.url, "/") if column else search.origin,
        allow_private=asking.allow_private,
        id_code=next((fact.id_code for fact in facts if fact.id_code), ""),
        encoding=trial.pages[0].encoding if trial.pages else "",
        column=column,
        host=tuple(host_findings(asked, robots, asking.settings.user_agent)),
        outcome=trial.outcome,
        said=trial.said,
        requests=sum(done.requests for done in search.trials),
        seconds=seconds,
        others=tuple(_others(search, used)),
        agencies=agencies,
        known=known_of(agencies, asking.agencies),
    )


def _pages(search: _Search, trial: Trial) -> Sequence[SeenPage]:
    """Return the pages of the column first, then those on the way to it."""
    others = (page for done in search.trials if done is not trial for page in done.pages)
    return [*trial.pages, *others]


def _others(search: _Search, used: set[str]) -> Iterator[tuple[str, str]]:
    for way in search.unvisited(Nearness.COLUMN, Nearness.REPORTS):
        if way.url not in used:
            yield way.name, way.url
