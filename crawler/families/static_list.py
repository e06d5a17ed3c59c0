"""Lists that stand on one page. Pure."""

from __future__ import annotations

from dataclasses import replace

from crawler.families.model import Family, ListPage, ListReading
from crawler.families.paged import read_pages
from reports.words import Words

_MORE_PAGES = Words(
    "列表还有其他页，而栏目类型“list”只读一页；请改为 paged 或 auto",
    "the list has further pages, and family “list” reads one; make it paged or auto",
)


def read(page: ListPage) -> ListReading:
    """Read every entry of the page, and follow no pager; what that leaves away is said."""
    reading = read_pages(page)
    if not reading.next_pages and not reading.folders:
        return reading
    return replace(reading, next_pages=(), folders=(), gap=reading.gap or _MORE_PAGES)


STATIC_LIST = Family(
    "list",
    Words("只有一页的列表", "lists that stand on one page"),
    is_it=lambda page: False,
    reader=read,
)
