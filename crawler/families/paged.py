"""Lists in pages, whoever made them: entries, the pager's links, folders of years. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html

from crawler.families.entries import entries, gap_of
from crawler.families.folders import MOST_FOLDERS, year_folders
from crawler.families.html import base_of, page_key, parse_list
from crawler.families.model import Ask, Family, ListPage, ListReading
from crawler.families.page_scripts import scripted_pages
from crawler.families.pager import (
    BY_SCRIPT,
    MOST_PAGES,
    IsPage,
    fuller_lists,
    is_below,
    is_closed,
    linked_pages,
    stated_pages,
    without_reports,
)
from reports.titles import read_title
from reports.words import Words

_MANY_YEARS = Words(
    f"年度目录超过 {MOST_FOLDERS} 个", f"more than {MOST_FOLDERS} folders of single years"
)


def read_pages(page: ListPage, is_page: IsPage = is_below, stated: int = 0) -> ListReading:
    """Read a list, its further pages and its folders.

    ``stated`` is how many pages the family knows the list to have. Pages are computed only where a
    script states their number, and no link leads to any of them.
    """
    root = parse_list(page.text)
    if root is None:
        return ListReading()
    base = base_of(root, page.url)
    listed = tuple(entries(root, base))
    reports = frozenset(page_key(e.url) for e in listed if read_title(e.title).refusal is None)
    more = tuple(fuller_lists(root, base, page.url))
    linked = without_reports(linked_pages(root, base, page.url, is_page), reports)
    total, computed = scripted_pages(page)
    pages = tuple(dict.fromkeys((*(linked or computed), *(url for url in more if url))))
    folders = tuple(url for url in year_folders(root, base, page.url) if url not in pages)
    ways = {page_key(url) for url in (*pages, *folders, page.url)}
    found = tuple(entry for entry in listed if page_key(entry.url) not in ways)
    said = max(stated, total, stated_pages(root))
    return ListReading(
        links=found,
        next_pages=tuple(Ask(url) for url in pages[:MOST_PAGES]),
        folders=tuple(Ask(url) for url in folders[:MOST_FOLDERS]),
        recognised=bool(found or folders),
        gap=gap_of(root, base, found) or _gap(root, said, more, folders),
        stated_pages=said,
    )


def _gap(
    root: html.HtmlElement, said: int, more: Sequence[str | None], folders: Sequence[str]
) -> Words | None:
    if None in more or (said != 1 and is_closed(root)):
        return BY_SCRIPT
    return _MANY_YEARS if len(folders) > MOST_FOLDERS else None


PAGED = Family(
    "paged",
    Words(
        "任何网站的分页列表：沿翻页链接读取，也读年度子目录",
        "lists of any site, page by page along the pager's links, with the folders of single years",
    ),
    is_it=lambda page: "<a" in page.text,
    reader=read_pages,
)
