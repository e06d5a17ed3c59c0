"""Reads a whole column, page by page, and names how that ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from urllib.parse import urldefrag

from crawler.broken_off import End, breaks_off, end_of, shows_no_end
from crawler.choosing import MOST_LINKS
from crawler.ends import detail
from crawler.families import FAMILIES
from crawler.families.html import page_key, parse
from crawler.families.model import NEWEST_ONLY, Ask, Family, ListPage, ListReading, ReportLink
from crawler.fetched import Fetched
from crawler.full_titles import with_full_titles
from crawler.list_quality import is_unreadable, says_nothing_yet
from crawler.plan import ColumnPlan
from crawler.verdict import visible_text
from reports.canonical import canonical
from reports.visits import Outcome
from reports.words import Words

MOST_PAGES = 60

_NO_ENTRY = Words("列表中没有条目", "the list has no entry")
_NOT_THERE = frozenset({Outcome.NOT_FOUND, Outcome.SOFT_404, Outcome.EMPTY})

Fetch: TypeAlias = Callable[[Ask], Awaitable[Fetched]]


@dataclass(frozen=True, slots=True)
class Column:
    """What a look at a column found.

    ``own`` are the keys of its own pages, ``first`` is the first of them, ``asked`` the resources of
    them in the order read, none when they do not tell all that was read. ``report`` is set when the column
    page itself is the report. ``says_empty``: the page says that there is nothing in it yet.
    ``breaks_off``: a page of it does; ``endless`` is how those of its pages end that show no end;
    ``keys`` are the resources of all that were read.
    """

    outcome: Outcome
    detail: Words
    http_status: int | None
    pages: int = 0
    links: tuple[ReportLink, ...] = ()
    own: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    report: Fetched | None = None
    first: Fetched | None = None
    says_empty: bool = False
    breaks_off: bool = False
    endless: frozenset[End] = frozenset()
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class _List:
    """One list of the column as it is read: the column's own, or that of a folder in it."""

    pages: list[Fetched] = field(default_factory=list)
    failed: list[Fetched] = field(default_factory=list)
    readings: list[ListReading] = field(default_factory=list)
    waiting: deque[Ask] = field(default_factory=deque)

    @property
    def links(self) -> tuple[ReportLink, ...]:
        return tuple(link for reading in self.readings for link in reading.links)

    @property
    def is_report(self) -> bool:
        # Only the first page can be the column's report: behind a pager it is no page of the list.
        return bool(self.readings) and self.readings[0].is_report


class _Reader:
    """Reads lists within the bounds of one visit; asks for nothing twice."""

    def __init__(self, family: Family, fetch: Fetch, limit: int) -> None:
        self._family = family
        self._fetch = fetch
        self.limit = limit
        self.seen: set[str] = set()
        self.asked: list[Ask] = []

    async def read(self, start: Ask) -> _List:
        """Read one list from its first page on, as far as the bounds let."""
        found = _List()
        self._want(found, (start,))
        while found.waiting and len(self.asked) < self.limit:
            ask = found.waiting.popleft()
            page = await self.fetch(ask)
            if not page.is_good:
                found.failed.append(page)
                if not found.pages:
                    break
                continue
            fragment = urldefrag(ask.url).fragment
            reading = self._family.read(
                ListPage(page.url, page.body or b"", page.text, fragment=fragment)
            )
            found.pages.append(page)
            found.readings.append(reading)
            self._want(found, reading.next_pages)
        return found

    async def fetch(self, ask: Ask) -> Fetched:
        """Fetch one page more of those that the visit may ask for."""
        self.asked.append(ask)
        return await self._fetch(ask)

    def tells_all(self, pages: Sequence[Fetched]) -> bool:
        """Say whether these pages are all that was asked for, each at the address asked."""
        return [ask.key for ask in self.asked] == [page.key for page in pages]

    def _want(self, found: _List, asks: Iterable[Ask]) -> None:
        """Queue pages that were not queued before."""
        for ask in asks:
            key = page_key(ask.key)
            if key not in self.seen:
                self.seen.add(key)
                found.waiting.append(ask)


async def read_column(plan: ColumnPlan, url: str, fetch: Fetch) -> Column:
    """Read every page of a column, the first at ``url``, and of the folders in it."""
    family = FAMILIES.get(plan.family)
    if family is None:
        return Column(Outcome.INCOMPLETE, _unknown_family(plan.family), None)
    reader = _Reader(family, fetch, min(MOST_PAGES, plan.most_pages))
    top = await reader.read(Ask(url))
    if not top.pages:
        return _unread(top.failed[0])
    lists = [top]
    for folder in _folders(top):
        lists.append(await reader.read(folder))
    for guess in _guesses(lists):
        found = await reader.read(guess)
        if found.pages or any(page.outcome not in _NOT_THERE for page in found.failed):
            lists.append(found)
    links = tuple(link for found in lists for link in found.links)
    if top.is_report and len(lists) == 1:
        return _read(url, lists, links, reader)
    titled = await with_full_titles(links, reader.fetch, reader.limit - len(reader.asked))
    return _read(url, lists, titled.links, reader, titled.gap)


def _folders(top: _List) -> Iterator[Ask]:
    return (ask for reading in top.readings for ask in reading.folders)


def _guesses(lists: Iterable[_List]) -> Iterator[Ask]:
    """Yield what readings guess, also those of lists that are added while this goes on."""
    return (ask for found in lists for reading in found.readings for ask in reading.guesses)


def renamed(column: Column, outcome: Outcome, more: Words) -> Column:
    """Return the same look under another name, with what makes it one."""
    url = column.first.url if column.first else ""
    return replace(column, outcome=outcome, detail=detail(outcome, url, column.http_status, more))


def remarked(column: Column, more: Words) -> Column:
    """Return the same look with one more thing said of it."""
    said = Words(f"{column.detail.zh}；{more.zh}", f"{column.detail.en}; {more.en}")
    return replace(column, detail=said)


def _unread(page: Fetched) -> Column:
    """A column page that answers 404 is a lost column; every other end keeps its name."""
    if page.outcome is not Outcome.NOT_FOUND:
        return Column(page.outcome, page.detail, page.http_status)
    said = detail(Outcome.COLUMN_LOST, page.url, page.http_status)
    return Column(Outcome.COLUMN_LOST, said, page.http_status)


def _read(
    url: str,
    lists: Sequence[_List],
    links: tuple[ReportLink, ...],
    reader: _Reader,
    gap: Words | None = None,
) -> Column:
    pages = [page for found in lists for page in found.pages]
    is_list = any(reading.recognised for reading in lists[0].readings)
    gap = _gap(lists, links, reader.limit) or gap or (_NO_ENTRY if is_list and not links else None)
    outcome, said = _ending(url, pages, is_list, gap)
    reports = {canonical(found.links[0].url) for found in lists if found.is_report and found.links}
    pages_of_it = reader.seen | {page_key(page.url) for page in pages}
    is_report = lists[0].is_report and len(lists) == 1
    bodies = [page.body or b"" for page in pages]
    return Column(
        outcome=outcome,
        detail=said,
        http_status=pages[0].http_status,
        pages=len(pages),
        links=links,
        asked=tuple(page.key for page in pages) if reader.tells_all(pages) else (),
        own=frozenset(key for key in pages_of_it if canonical(key) not in reports),
        report=pages[0] if is_report else None,
        first=pages[0],
        says_empty=not links and says_nothing_yet(_visible(pages[0])),
        breaks_off=any(breaks_off(body) for body in bodies),
        keys=tuple(page.key for page in pages),
        endless=frozenset(end_of(body) for body in bodies if shows_no_end(body)),
    )


def _visible(page: Fetched) -> str:
    root = parse(page.text) if page.text else None
    return page.text if root is None else visible_text(root)


def _ending(
    url: str, pages: Sequence[Fetched], is_list: bool, gap: Words | None
) -> tuple[Outcome, Words]:
    status = pages[0].http_status
    if not is_list and is_unreadable(_visible(pages[0])):
        return Outcome.GARBLED, detail(Outcome.GARBLED, url, status)
    if not is_list:
        nothing = Words("页面上没有可识别的列表", "nothing on the page reads as a list")
        return Outcome.COLUMN_LOST, detail(Outcome.COLUMN_LOST, url, status, nothing)
    if gap == NEWEST_ONLY:
        return Outcome.NEWEST_ONLY, detail(Outcome.NEWEST_ONLY, url, status)
    if gap is not None:
        return Outcome.INCOMPLETE, detail(Outcome.INCOMPLETE, url, status, gap)
    is_old = all(page.outcome is Outcome.NOT_MODIFIED for page in pages)
    outcome = Outcome.NOT_MODIFIED if is_old else Outcome.OK
    read = Words(f"{len(pages)} 页", f"{len(pages)} page(s)")
    return outcome, detail(outcome, url, status, read)


def _gap(lists: Sequence[_List], links: Sequence[ReportLink], limit: int) -> Words | None:
    """Return what is missing of the column, None when all of it was read."""
    if len({link.url for link in links}) > MOST_LINKS:
        return Words(f"超过 {MOST_LINKS} 条链接", f"more than {MOST_LINKS} links")
    if any(found.waiting for found in lists):
        return Words(f"超过 {limit} 页", f"more than {limit} pages")
    gaps = (_gap_of(found) for found in lists)
    return next((gap for gap in gaps if gap is not None), None)


def _gap_of(found: _List) -> Words | None:
    have = len(frozenset().union(*(reading.records for reading in found.readings)))
    stated = max((reading.stated_total or 0 for reading in found.readings), default=0)
    if have < stated:
        return _failed(found) or Words(
            f"页面称共 {stated} 条，读到 {have} 条", f"{have} of {stated} stated entries read"
        )
    # A list that states how many entries it has, and gave them all, needs no further page.
    counts = all(reading.records or reading.stated_total for reading in found.readings)
    further = None if stated and counts else _failed(found) or _pages_missing(found)
    return _unlisted(found) or further


def _failed(found: _List) -> Words | None:
    if not found.failed:
        return None
    page, count = found.failed[0], len(found.failed)
    return Words(
        f"另有 {count} 页未读到，首个为：{page.detail.zh}",
        f"{count} further page(s) not read, the first: {page.detail.en}",
    )


def _pages_missing(found: _List) -> Words | None:
    have = len(found.pages)
    stated = max((reading.stated_pages for reading in found.readings), default=0)
    if have >= stated:
        return None
    return Words(f"页面称共 {stated} 页，读到 {have} 页", f"{have} of {stated} stated pages read")


def _unlisted(found: _List) -> Words | None:
    """Return what the pages themselves say that they do not show."""
    behind = found.readings[1:]
    if not all(reading.recognised for reading in found.readings) or any(
        reading.is_report for reading in behind
    ):
        return Words("有一页无法识别为列表", "one page of the list is no list")
    gaps = (*(page.gap for page in found.pages), *(reading.gap for reading in found.readings))
    return next((gap for gap in gaps if gap is not None), None)


def _unknown_family(name: str) -> Words:
    known = ", ".join(sorted(FAMILIES))
    return Words(
        f"配置的 family“{name}”未知，可用：{known}", f"unknown family “{name}”; known ones: {known}"
    )
