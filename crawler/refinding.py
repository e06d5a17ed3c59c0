"""Looks for a lost column from the front page of its site, by the names that navigation gives it."""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import html

from crawler.choosing import choose, speaks_of_annual_reports
from crawler.column import Fetch
from crawler.column_rows import KnownReports
from crawler.families import FAMILIES
from crawler.families.html import address, anchors, base_of, page_key, parse, short_text
from crawler.families.model import Ask, ListPage, ReportLink
from crawler.fetched import Fetched
from crawler.guard import is_within
from crawler.listed import Listed
from crawler.plan import ColumnPlan, SitePlan
from reports.agencies import Identity
from reports.titles import read_title
from reports.visits import DOWN, REFUSED

MOST_REQUESTS = 12
MOST_STEPS = 3

_NAMES = frozenset(
    {
        "政府信息公开年报",
        "政府信息公开年度报告",
        "政府信息公开工作年度报告",
        "信息公开年报",
        "信息公开年度报告",
        "公开年报",
        "年度报告",
        "部门年报",
        "工作年报",
    }
)
_ALIKE = re.compile(r"年报|年度报告")
_OTHER_REPORTS = re.compile(r"法治|网站|统计|企业|财政|决算|环境|质量|审计|社会责任|述职|党")
_WAY = re.compile(r"政府信息公开|信息公开|政务公开|公开目录|法定主动公开")
_LONGEST_NAME = 20
_NAMED, _ALIKE_NAMED, _ON_THE_WAY, _FRONT = range(4)
_MOST_LEADS = 200
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Sought:
    """The end of a search: the page that is the column by its content, or one that only may be it."""

    confirmed: str | None = None
    proposed: str | None = None


@dataclass(slots=True)
class _Search:
    """Pages still to ask, the likeliest first and the nearest first among those."""

    waiting: list[tuple[int, int, int, str]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    proposals: list[tuple[int, int, str]] = field(default_factory=list)

    def want(self, rank: int, steps: int, url: str) -> None:
        key = page_key(url)
        if key not in self.seen and len(self.seen) < _MOST_LEADS and steps <= MOST_STEPS:
            self.seen.add(key)
            heapq.heappush(self.waiting, (rank, steps, len(self.seen), url))


async def seek(
    site: SitePlan, plan: ColumnPlan, lost_url: str, known: KnownReports, fetch: Fetch
) -> Sought:
    """Follow the navigation of the site, breadth first, for at most MOST_REQUESTS pages."""
    search = _Search(seen={page_key(lost_url)})
    search.want(_FRONT, 0, site.base_url)
    for _ in range(MOST_REQUESTS):
        if not search.waiting:
            break
        rank, steps, _, url = heapq.heappop(search.waiting)
        page = await fetch(Ask(url))
        if page.outcome in DOWN | REFUSED:
            break
        if not page.is_good or page_key(page.url) == page_key(lost_url):
            continue
        if rank <= _ALIKE_NAMED and _is_it(page, plan, known, rank, search):
            return Sought(confirmed=page.url)
        for lead_rank, lead in leads(page, plan.name):
            if is_within(site, lead):
                search.want(lead_rank, steps + 1, lead)
    return Sought(proposed=min(search.proposals)[2] if search.proposals else None)


def _is_it(
    page: Fetched, plan: ColumnPlan, known: KnownReports, rank: int, search: _Search
) -> bool:
    """Say whether the page is the column; keep it as a proposal when only its name says so."""
    links = read_first_page(page, plan.family)
    listing = choose(links, plan.agencies, frozenset({page_key(page.url)}))
    if confirms(listing, known, plan.agencies):
        return True
    lists_none = not speaks_of_annual_reports(links)
    if rank == _NAMED or not lists_none:
        search.proposals.append((lists_none, rank, page.url))
    return False


def read_first_page(page: Fetched, family: str) -> tuple[ReportLink, ...]:
    """Return what a page lists, read by the family that the column had, or by the one that it shows."""
    listed = ListPage(page.url, page.body or b"", page.text)
    names = [name for name in (family, "auto") if name in FAMILIES]
    readings = (FAMILIES[name].read(listed) for name in names)
    return next((reading.links for reading in readings if reading.links), ())


def confirms(
    listing: Collection[Listed], known: KnownReports, agencies: Sequence[Identity]
) -> bool:
    """Say whether a list is the column's own by what it lists.

    Some of the reports that were known before must be there. Where none were, reports of two of the
    column's agencies must: one report alone may stand in any corner of a site. Titles that name no
    unit are those of every agency, and confirm nothing.
    """
    followed = [entry for entry in listing if entry.refusal is None]
    if known.urls:
        same = sum(
            entry.url in known.urls
            or ("".join(entry.title.split()) in known.titles and _names_a_unit(entry))
            for entry in followed
        )
        return same >= max(1, min(_ENOUGH, len(known.urls) // _ENOUGH))
    found = {entry.agency_key for entry in followed if entry.agency_key and _names_a_unit(entry)}
    return len(found) >= max(1, min(2, len(agencies)))


def _names_a_unit(entry: Listed) -> bool:
    return bool(read_title(entry.title).unit)


def leads(page: Fetched, name: str) -> Iterator[tuple[int, str]]:
    """Yield where the navigation of a page may lead to the column, each with its rank."""
    root = parse(page.text) if page.text else None
    if root is None:
        return
    base = base_of(root, page.url)
    for anchor in anchors(root):
        url = address(base, anchor.get("href"))
        rank = None if url is None else _rank(_words(anchor), "".join(name.split()))
        if url is not None and rank is not None:
            yield rank, url


def _words(anchor: html.HtmlElement) -> str:
    shown = "".join(short_text(anchor, _LONGEST_NAME * 2).split())
    return shown.strip("·•>»›[]【】（）()")


def _rank(words: str, name: str) -> int | None:
    """Say how likely a link of the navigation leads to the column, None when nothing speaks for it."""
    if not words or len(words) > _LONGEST_NAME:
        return None
    if words == name or words in _NAMES:
        return _NAMED
    if _ALIKE.search(words):
        is_report = read_title(words).year is not None
        return None if is_report or _OTHER_REPORTS.search(words) else _ALIKE_NAMED
    return _ON_THE_WAY if _WAY.search(words) else None
