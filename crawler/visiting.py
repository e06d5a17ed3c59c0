"""One visit: the column, its reports and their files. Everything that is read becomes rows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from crawler.choosing import choose, choose_page, files_of, speaks_of_annual_reports
from crawler.column import Column, looks_like_another_page, lost, read_column
from crawler.ends import detail, host_silent
from crawler.families.html import page_key
from crawler.families.model import Ask
from crawler.fetching import Fetcher, Tally, ended
from crawler.plan import ColumnPlan, SitePlan
from crawler.store import Fetched, Store, Stored
from db.seen import PageSeen
from reports.visits import DOWN, GOOD, Outcome
from reports.words import Words

NO_MORE = DOWN | {Outcome.BLOCKED, Outcome.ROBOTS, Outcome.REFUSED_ADDRESS, Outcome.OFFSITE}
"""Ends of a column page after which nothing else of the column is asked for in this pass."""

MOST_FAILURES_IN_A_ROW = 5

_NO_REPORT = Words(
    "列表中没有任何年度报告，不能证明这是年报栏目",
    "the list names no annual report of any kind, so it may be another column",
)
_ANOTHER = Words("原先列出的年报一份也不在列", "none of the reports listed before is listed")


@dataclass(slots=True)
class Visit:
    """A visit as it grows: how the look at the column ended, what is followed, what it cost."""

    site: SitePlan
    column: ColumnPlan
    look: Column
    candidates: tuple[Stored, ...] = ()
    tally: Tally = field(default_factory=Tally)
    seen: list[PageSeen] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the absolute address of the column."""
        return urljoin(self.site.base_url, self.column.url)

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


async def make_visit(visit: Visit, fetcher: Fetcher, store: Store) -> None:
    """Look at the column, then fetch what is listed and what was listed once."""
    await _look(visit, fetcher, store)
    if visit.look.outcome in NO_MORE or visit.column.look_only:
        return
    failures = 0
    for link in _to_fetch(visit, store):
        fetched = await _report(visit, link, fetcher, store)
        failures = failures + 1 if fetched.outcome in NO_MORE else 0
        if failures >= MOST_FAILURES_IN_A_ROW:
            return


async def _look(visit: Visit, fetcher: Fetcher, store: Store) -> None:
    """Read the column, and record what it lists."""

    async def fetch(ask: Ask) -> Fetched:
        page = await fetcher.fetch(ask, visit.site, visit.tally)
        store.record_page(page)
        seen = page.as_seen()
        visit.seen.append(seen if page.is_good else replace(seen, key=ask.key))
        return page

    column = visit.column
    before = store.listed_before(column.key)
    look = await read_column(column, visit.url, fetch)
    if look.report is not None:
        listing = tuple(choose_page(link, column.agencies) for link in look.links[:1])
    else:
        listing = choose(look.links, column.agencies, look.own)
    visit.candidates = store.record_listing(column.key, listing)
    if look.outcome in GOOD and looks_like_another_page(len(visit.candidates), before):
        look = lost(look, visit.url, _ANOTHER)
    elif look.outcome in GOOD and not (visit.candidates or speaks_of_annual_reports(look.links)):
        # A young column may be empty yet: not lost, but no proof of an absence either.
        said = detail(Outcome.INCOMPLETE, visit.url, look.http_status, _NO_REPORT)
        look = replace(look, outcome=Outcome.INCOMPLETE, detail=said)
    visit.look = look


def _to_fetch(visit: Visit, store: Store) -> Iterator[Stored]:
    """Yield what is listed; then, once that is fetched, what was listed once and is no more."""
    yield from visit.candidates
    yield from (link for link in store.unlisted(visit.column.key) if not link.is_file)
    # Asked again: the files of those pages have been fetched with them by now.
    yield from (link for link in store.unlisted(visit.column.key) if link.is_file)


async def _report(visit: Visit, link: Stored, fetcher: Fetcher, store: Store) -> Fetched:
    """Fetch one report and the files that its page offers."""
    page = visit.look.report
    if page is not None and page.url == link.url:
        fetched = page
    else:
        fetched = await fetcher.fetch(Ask(link.url), visit.site, visit.tally)
    if fetched.url != link.url and page_key(fetched.url) in visit.look.own:
        # Sent back to the list: as gone as a report that leads to the home page.
        fetched = ended(fetched.url, Outcome.REDIRECTED_HOME, fetched.http_status)
    _witness(visit, link, fetched)
    for file in _record(visit, link, fetched, store):
        got = await fetcher.fetch(Ask(file.url), visit.site, visit.tally)
        store.record_report(file.id, got)
        _witness(visit, file, got)
    return fetched


def _witness(visit: Visit, link: Stored, fetched: Fetched) -> None:
    """Note a report that could not be read, under the address where it was looked for."""
    if not fetched.is_good:
        visit.seen.append(replace(fetched.as_seen(is_list=False), key=link.url))


def _record(visit: Visit, link: Stored, fetched: Fetched, store: Store) -> Sequence[Stored]:
    """Record a report, and return the files to fetch with it."""
    if link.is_file or not fetched.is_good or not fetched.text:
        return store.record_report(link.id, fetched)
    if link.sha256 == fetched.sha256:
        store.record_report(link.id, fetched)
        return store.attachments(link.id)
    files = files_of(fetched.body or b"", fetched.url, fetched.charset, visit.column.agencies)
    return store.record_report(link.id, fetched, files)


def _incomplete(url: str, why: Words) -> Column:
    return Column(Outcome.INCOMPLETE, detail(Outcome.INCOMPLETE, url, None, why), None)
