"""One visit: the column, its reports and their files. Everything that is read becomes rows at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from crawler.choosing import files_of
from crawler.column import Column, remarked
from crawler.ends import detail, host_silent
from crawler.errand import Errand
from crawler.families.html import page_key
from crawler.families.model import Ask
from crawler.fetched import Fetched, Stored, ended
from crawler.fetching import Fetcher, Tally
from crawler.list_quality import Patience
from crawler.look import take_look
from crawler.plan import ColumnPlan, CrawlSettings, SitePlan
from crawler.rechecking import Recheck
from crawler.rereading import History, worth_asking
from crawler.store import Store
from db.seen import PageSeen
from reports.visits import DOWN, GONE, GOOD, REFUSED, Outcome
from reports.words import Words

logger = logging.getLogger("crawler.visits")

NO_MORE = (
    DOWN
    | REFUSED
    | {
        Outcome.ROBOTS,
        Outcome.REFUSED_ADDRESS,
        Outcome.OFFSITE,
        Outcome.WRONG_SITE,
    }
)
"""Ends of a column page after which nothing else of the column is asked for in this pass."""

MOST_FAILURES_IN_A_ROW = 5
SAY_EVERY_SECONDS = 60.0

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class OutOfTime(Exception):
    """The visit has lasted as long as one visit may."""


@dataclass(slots=True)
class Visit:
    """A visit as it grows: how the look at the column ended, what is followed, what it cost."""

    site: SitePlan
    column: ColumnPlan
    look: Column
    candidates: tuple[Stored, ...] = ()
    tally: Tally = field(default_factory=Tally)
    seen: list[PageSeen] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)

    @property
    def url(self) -> str:
        """Return the absolute address of the column."""
        return urljoin(self.site.base_url, self.column.url)

    def note(self, ask: Ask, page: Fetched) -> None:
        """Note a page of the column as evidence; a bad end under the address that was asked for."""
        seen = page.as_seen()
        self.seen.append(seen if page.is_good else replace(seen, key=ask.key))

    def skip(self, silence: Outcome) -> None:
        """Name the visit as its host's silence: the host did not answer for the column before."""
        self.look = Column(silence, host_silent(silence, self.url), None)

    def break_off(self, why: Words) -> None:
        """Name the visit incomplete: whatever it read proves no absence."""
        self.look = _incomplete(self.url, why)


def begin(site: SitePlan, column: ColumnPlan) -> Visit:
    """Return a visit that has not looked yet, and would end as incomplete."""
    nothing = Words("本轮采集被提前停止", "the pass was stopped early")
    return Visit(site, column, _incomplete(column.url, nothing))


async def make_visit(visit: Visit, fetcher: Fetcher, store: Store, limits: CrawlSettings) -> None:
    """Look at the column, then fetch what is listed and what was listed once."""
    ask = _Asking(visit, fetcher, limits.visit_seconds)
    try:
        await _look(visit, ask, store, limits)
        if visit.look.outcome not in NO_MORE and not visit.column.look_only:
            await _reports(visit, ask, store, limits)
    except OutOfTime:
        _end_early(visit, limits.visit_seconds)


class _Asking:
    """Asks in the name of one visit until its time is up, and lets the log know that it goes on."""

    def __init__(self, visit: Visit, fetcher: Fetcher, seconds: float) -> None:
        self._visit = visit
        self._fetcher = fetcher
        self._ends = time.monotonic() + seconds
        self._said = time.monotonic()

    async def __call__(self, ask: Ask, *, fresh: bool = False) -> Fetched:
        visit, now = self._visit, time.monotonic()
        if now >= self._ends:
            raise OutOfTime
        if now - self._said >= SAY_EVERY_SECONDS:
            self._said = now
            requests = visit.tally.requests
            logger.info("event=visiting column=%s requests=%d", visit.column.key, requests)
        return await self._fetcher.fetch(ask, visit.site, visit.tally, fresh=fresh)

    async def render(self, page: Fetched) -> Fetched:
        """Return a page of the column as its scripts write it, if it is a column of that kind."""
        visit = self._visit
        if not visit.column.render:
            return page
        return await self._fetcher.render(page, visit.site, visit.tally)


def _end_early(visit: Visit, seconds: float) -> None:
    """A list that was read whole still counts when only reports that we have were not asked again."""
    left = [link for link in visit.candidates if link.id not in visit.asked]
    if visit.look.outcome in GOOD and all(link.sha256 is not None for link in left):
        said = Words(
            f"本次用时已满 {seconds:.0f} 秒，{len(left)} 份已有的报告未再核对",
            f"after {seconds:.0f} s {len(left)} reports that we have were not asked for again",
        )
        visit.look = remarked(visit.look, said)
        return
    visit.break_off(
        Words(
            f"访问用时已满 {seconds:.0f} 秒（网站较慢或要求的间隔较长），其余下一轮继续",
            f"the visit has lasted {seconds:.0f} s, since the site is slow or asks for long pauses; "
            "the next pass goes on",
        )
    )


async def _reports(visit: Visit, ask: _Asking, store: Store, limits: CrawlSettings) -> None:
    failures = 0
    recheck = Recheck(ask, store, _pages(visit.look), limits.shrunken_days)
    for link in _to_fetch(visit, store):
        fetched = await _report(visit, link, recheck)
        visit.asked.add(link.id)
        failures = failures + 1 if fetched.outcome in NO_MORE else 0
        if failures >= MOST_FAILURES_IN_A_ROW:
            return


def _pages(look: Column) -> list[bytes]:
    """Return what is no report of the pages that were read: nothing where the column is the report."""
    first = look.first
    if first is None or first.body is None or look.report is not None:
        return []
    return [first.body]


async def _look(visit: Visit, ask: _Asking, store: Store, limits: CrawlSettings) -> None:
    """Read the column, and record what it lists."""
    column, rows = visit.column, store.columns
    errand = Errand(
        site=visit.site,
        plan=column,
        url=visit.url,
        ask=ask,
        note=visit.note,
        render=ask.render,
        store=store,
        past=rows.past(column.key),
        place=rows.whereabouts(column.key),
        patience=Patience(limits.shrunken_looks, limits.shrunken_days),
    )
    look = await take_look(errand)
    visit.candidates = store.record_listing(column.key, look.listing)
    visit.look = look.column


def _to_fetch(visit: Visit, store: Store) -> Iterator[Stored]:
    """Yield what is listed; then, once that is fetched, what was listed once and is no more.

    Reports of past years are asked for now and then only, and after those of the season. What waits
    longest comes first: a visit that runs out of time goes on where it ended.
    """
    now, later = _in_turn(visit, visit.candidates, store)
    yield from now
    gone, gone_long = _in_turn(visit, _unlisted(visit, store, is_file=False), store)
    yield from gone
    # Asked again: the files of those pages have been fetched with them by now.
    files, old_files = _in_turn(visit, _unlisted(visit, store, is_file=True), store)
    yield from (*files, *later, *gone_long, *old_files)


def _unlisted(visit: Visit, store: Store, *, is_file: bool) -> Sequence[Stored]:
    return [link for link in store.unlisted(visit.column.key) if link.is_file is is_file]


def _in_turn(
    visit: Visit, links: Sequence[Stored], store: Store
) -> tuple[Sequence[Stored], Sequence[Stored]]:
    past = History(visit.column.first_year, visit.column.backfill)
    season, history = worth_asking([link.before for link in links], past, store.at)
    return [links[number] for number in season], [links[number] for number in history]


async def _report(visit: Visit, link: Stored, recheck: Recheck) -> Fetched:
    """Fetch one report and the files that its page offers."""
    page, ask, store = visit.look.report, recheck.ask, recheck.store
    if page is not None and page.url == link.url:
        fetched = page
    else:
        fetched = await ask(Ask(link.url))
    if fetched.url != link.url and page_key(fetched.url) in visit.look.own:
        # Sent back to the list: as gone as a report that leads to the home page.
        fetched = ended(fetched.url, Outcome.REDIRECTED_HOME, fetched.http_status)
    if fetched.outcome in GONE and link.sha256 is not None and visit.look.outcome in GOOD:
        fetched = await recheck.gone(link, fetched)
    fetched = await recheck.whole(link, fetched)
    _witness(visit, link, fetched)
    for file in _record(visit, link, fetched, store):
        got = await recheck.whole(file, await ask(Ask(file.url)))
        store.record_report(file.id, got)
        _witness(visit, file, got)
    return fetched


def _witness(visit: Visit, link: Stored, fetched: Fetched) -> None:
    """Note a report that could not be read, under the address where it was looked for."""
    if not fetched.is_good:
        visit.seen.append(replace(fetched.as_seen(is_list=False), key=link.url))


def _record(visit: Visit, link: Stored, fetched: Fetched, store: Store) -> Sequence[Stored]:
    """Record a report, and return the files to fetch with it."""
    is_part = fetched.outcome is Outcome.BROKEN_OFF
    if link.is_file or not (is_part or (fetched.is_good and fetched.text)):
        return store.record_report(link.id, fetched)
    # Of a page that came in part it is not known that it offers its files no more.
    if is_part or link.sha256 == fetched.sha256:
        store.record_report(link.id, fetched)
        return store.attachments(link.id)
    files = files_of(fetched.body or b"", fetched.url, fetched.charset, visit.column.agencies)
    return store.record_report(link.id, fetched, files)


def _incomplete(url: str, why: Words) -> Column:
    return Column(Outcome.INCOMPLETE, detail(Outcome.INCOMPLETE, url, None, why), None)
