"""Reads a whole column, page by page, and names how that ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from crawler.choosing import MOST_LINKS
from crawler.ends import detail
from crawler.families import FAMILIES
from crawler.families.html import page_key, parse
from crawler.families.model import Ask, ListPage, ListReading, ReportLink
from crawler.list_quality import is_unreadable, says_nothing_yet
from crawler.plan import ColumnPlan
from crawler.store import Fetched
from crawler.verdict import visible_text
from reports.visits import Outcome
from reports.words import Words

MOST_PAGES = 60

Fetch: TypeAlias = Callable[[Ask], Awaitable[Fetched]]


@dataclass(frozen=True, slots=True)
class Column:
    """What a look at a column found.

    ``own`` are the keys of its own pages, ``first`` is the first of them, ``asked`` the resources of
    them in the order read, none when one was found only by a redirect. ``report`` is set when the column
    page itself is the report. ``says_empty``: the page says that there is nothing in it yet.
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


@dataclass(slots=True)
class _Progress:
    limit: int
    pages: list[Fetched] = field(default_factory=list)
    failed: list[Fetched] = field(default_factory=list)
    links: list[ReportLink] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    waiting: deque[Ask] = field(default_factory=deque)
    is_report: bool = False
    is_whole: bool = True
    records: int = 0
    stated_total: int = 0
    stated_pages: int = 0

    def take(self, page: Fetched, reading: ListReading) -> None:
        """Add what one page lists, and queue the further pages that it names."""
        # Only the first page can be the column's report: behind a pager it is no page of the list.
        is_list = reading.recognised and (not self.pages or not reading.is_report)
        self.is_report = self.is_report or (reading.is_report and not self.pages)
        self.pages.append(page)
        self.links.extend(reading.links)
        self.is_whole = self.is_whole and reading.complete and is_list
        self.records += reading.records
        self.stated_total = max(self.stated_total, reading.stated_total or 0)
        self.stated_pages = max(self.stated_pages, reading.stated_pages)
        self.want(*reading.next_pages)

    def want(self, *pages: Ask) -> None:
        """Queue pages that were not queued before."""
        for page in pages:
            key = page_key(page.key)
            if key not in self.seen:
                self.seen.add(key)
                self.waiting.append(page)


async def read_column(plan: ColumnPlan, url: str, fetch: Fetch) -> Column:
    """Read every page of a column, the first at ``url``."""
    family = FAMILIES.get(plan.family)
    if family is None:
        return Column(Outcome.INCOMPLETE, _unknown_family(plan.family), None)
    progress = _Progress(limit=min(MOST_PAGES, plan.most_pages))
    progress.want(Ask(url))
    while progress.waiting and len(progress.seen) - len(progress.waiting) < progress.limit:
        ask = progress.waiting.popleft()
        page = await fetch(ask)
        if page.is_good:
            progress.asked.append(ask.key)
            progress.take(page, family(ListPage(page.url, page.body or b"", page.text)))
        elif progress.pages:
            progress.failed.append(page)
        else:
            return _unread(page)
    return _read(url, progress)


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


def _read(url: str, progress: _Progress) -> Column:
    first = progress.pages[0]
    outcome, said = _ending(url, progress)
    return Column(
        outcome=outcome,
        detail=said,
        http_status=first.http_status,
        pages=len(progress.pages),
        links=tuple(progress.links),
        asked=tuple(progress.asked) if _is_direct(progress) else (),
        own=frozenset(progress.seen | {page_key(page.url) for page in progress.pages}),
        report=first if progress.is_report else None,
        first=first,
        says_empty=not progress.links and says_nothing_yet(_visible(first)),
    )


def _is_direct(progress: _Progress) -> bool:
    return progress.asked == [page.key for page in progress.pages]


def _visible(page: Fetched) -> str:
    root = parse(page.text) if page.text else None
    return page.text if root is None else visible_text(root)


def _ending(url: str, progress: _Progress) -> tuple[Outcome, Words]:
    status = progress.pages[0].http_status
    if not progress.links and is_unreadable(_visible(progress.pages[0])):
        return Outcome.GARBLED, detail(Outcome.GARBLED, url, status)
    if not progress.links:
        nothing = Words("页面上没有可识别的列表", "nothing on the page reads as a list")
        return Outcome.COLUMN_LOST, detail(Outcome.COLUMN_LOST, url, status, nothing)
    gap = _gap(progress)
    if gap is not None:
        return Outcome.INCOMPLETE, detail(Outcome.INCOMPLETE, url, status, gap)
    is_old = all(page.outcome is Outcome.NOT_MODIFIED for page in progress.pages)
    outcome = Outcome.NOT_MODIFIED if is_old else Outcome.OK
    read = Words(f"{len(progress.pages)} 页", f"{len(progress.pages)} page(s)")
    return outcome, detail(outcome, url, status, read)


def _gap(progress: _Progress) -> Words | None:
    """Return what is missing of the list, None when all of it was read."""
    if progress.failed:
        page, count = progress.failed[0], len(progress.failed)
        return Words(
            f"另有 {count} 页未读到，首个为：{page.detail.zh}",
            f"{count} further page(s) not read, the first: {page.detail.en}",
        )
    if progress.waiting:
        return Words(f"超过 {progress.limit} 页", f"more than {progress.limit} pages")
    if progress.records < progress.stated_total:
        have, stated = progress.records, progress.stated_total
        return Words(
            f"页面称共 {stated} 条，读到 {have} 条", f"{have} of {stated} stated entries read"
        )
    if len(progress.pages) < progress.stated_pages:
        have, stated = len(progress.pages), progress.stated_pages
        return Words(
            f"页面称共 {stated} 页，读到 {have} 页", f"{have} of {stated} stated pages read"
        )
    if len({link.url for link in progress.links}) > MOST_LINKS:
        return Words(f"超过 {MOST_LINKS} 条链接", f"more than {MOST_LINKS} links")
    if not progress.is_whole:
        return Words(
            "列表不完整、有一页无法识别，或有翻页、年报链接只能用脚本打开",
            "the list breaks off, one page of it is no list, or a report or its next page opens by "
            "script alone",
        )
    return None


def _unknown_family(name: str) -> Words:
    known = ", ".join(sorted(FAMILIES))
    return Words(
        f"配置的 family“{name}”未知，可用：{known}", f"unknown family “{name}”; known ones: {known}"
    )
