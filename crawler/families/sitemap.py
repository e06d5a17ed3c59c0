"""Sitemaps: addresses with the day of their last change, and no titles. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit

from crawler.families.dates import last_day
from crawler.families.html import address
from crawler.families.model import Ask, Family, ListPage, ListReading, ReportLink
from reports.words import Words

MOST_ADDRESSES = 50_000
MOST_SITEMAPS = 20
MOST_UNTITLED = 40
"""The newest; each costs a request, since only the page itself tells its title."""

_ROOT = re.compile(r"<(?:\w+:)?(urlset|sitemapindex)\b")
_ENTRY = re.compile(r"<(?:\w+:)?(?:url|sitemap)\s*>")
_LOC = re.compile(r"<(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[\s*)?([^<>\s\]]{1,2000})")
_CHANGED = re.compile(r"<(?:\w+:)?lastmod\s*>\s*([^<>]{1,40})")
# How the columns of annual reports are called in addresses.
_COLUMN = re.compile(r"xxgk\w{0,4}n(?:db|b)|/gkn(?:db|b)|/nd?bg?(?:/|_)|/bmnb|annualreport", re.I)
_INDEX = re.compile(r"/(?:index|list|default)(?:_\d+)?\.\w{2,5}$|/$", re.I)


def is_sitemap(page: ListPage) -> bool:
    """Say whether the page begins as a sitemap, or an index of sitemaps, does."""
    return _ROOT.search(page.text[:2_000]) is not None


def read(page: ListPage) -> ListReading:
    """List the newest addresses of the column, without titles; of an index, its sitemaps.

    The column is named behind ``#`` in the address of the sitemap; else it is the sitemap's own
    folder; else, at the root, whatever lies in a folder called as columns of annual reports are.
    """
    root = _ROOT.search(page.text[:2_000])
    if root is None:
        return ListReading()
    found = tuple(islice(_addresses(page), MOST_ADDRESSES))
    if root[1] == "sitemapindex":
        behind = f"#{page.fragment}" if page.fragment else ""
        asks = (Ask(f"{link.url}{behind}") for link in found)
        return ListReading(next_pages=tuple(islice(asks, MOST_SITEMAPS)), recognised=bool(found))
    ours = [link for link in found if _is_in_column(link.url, page)]
    newest = sorted(ours, key=_age, reverse=True)
    return ListReading(links=tuple(newest[:MOST_UNTITLED]), recognised=bool(found))


def _addresses(page: ListPage) -> Iterator[ReportLink]:
    host = urlsplit(page.url).netloc
    for entry in islice(_ENTRY.split(page.text), 1, None):
        loc, changed = _LOC.search(entry), _CHANGED.search(entry)
        url = address(page.url, unescape(loc[1])) if loc else None
        if url is not None and urlsplit(url).netloc == host:
            yield ReportLink("", url, last_day(changed[1]) if changed else None)


def _is_in_column(url: str, sitemap: ListPage) -> bool:
    path, named = urlsplit(url).path, sitemap.fragment
    folder = named if named.startswith("/") else urlsplit(urljoin(sitemap.url, ".")).path
    is_named = path.startswith(folder) if folder != "/" else _COLUMN.search(path) is not None
    return is_named and _INDEX.search(path) is None


def _age(link: ReportLink) -> str:
    return link.listed_on.isoformat() if link.listed_on else ""


SITEMAP = Family(
    "sitemap",
    Words(
        "sitemap.xml：取栏目之下最新的地址（可在地址后写 #/栏目/路径/），标题取自各页",
        "sitemap.xml: the newest addresses of the column (#/ITS/PATH/ in the address); pages tell titles",
    ),
    is_it=is_sitemap,
    reader=read,
    proves_absence=False,
)
