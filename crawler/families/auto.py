"""Recognises the family from the page. Pure."""

from __future__ import annotations

from crawler.families import feed, jcms, paged, single
from crawler.families.model import ListPage, ListReading


def links(page: ListPage) -> ListReading:
    """Read the page by the first family that it shows the marks of; a plain or paged list else."""
    if feed.is_feed(page.body):
        return feed.links(page)
    if jcms.is_jcms(page.text):
        return jcms.links(page)
    if single.is_report_page(page.text):
        return single.links(page)
    return paged.links(page)
