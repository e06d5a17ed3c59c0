"""Names the family by which a page is read, and reads it. Pure."""

from __future__ import annotations

from crawler.families import FAMILIES, feed, jcms, single
from crawler.families.model import ListPage, ListReading


def read_as(family: str, page: ListPage) -> ListReading:
    """Return what a family reads from a page."""
    return FAMILIES[family](page)


def family_of(page: ListPage) -> str:
    """Return the family whose marks the page shows; a list, paged or not, else."""
    if feed.is_feed(page.body):
        return "feed"
    if jcms.is_jcms(page.text):
        return "jcms"
    return "single" if single.is_report_page(page.text) else "paged"
