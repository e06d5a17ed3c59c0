"""Lists whose pages differ in the query alone: ``InfoPublic.aspx?cid=&pid=&page=N``. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from crawler.families.model import Family, ListPage, ListReading
from crawler.families.paged import read_pages
from reports.words import Words

_PAGE = frozenset({"page", "pageno", "pageindex", "pagenum", "p", "curpage", "currentpage"})
_ASPX = re.compile(r"\.(?:aspx|ashx|php|jsp|do|action)$", re.I)


def is_query_paged(page: ListPage) -> bool:
    """Say whether the address is that of a program which is told the page in the query."""
    parts = urlsplit(page.url)
    names = {name.casefold() for name, _ in parse_qsl(parts.query)}
    return _ASPX.search(parts.path) is not None and bool(names & _PAGE)


def read(page: ListPage) -> ListReading:
    """Read a list; a number leads to one of its pages when only the number of the page differs."""
    return read_pages(page, is_page=_is_page)


def _is_page(further: str, url: str) -> bool:
    return _list_of(further) == _list_of(url)


def _list_of(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the program and what it is asked, without the page."""
    parts = urlsplit(url)
    asked = ((name.casefold(), value) for name, value in parse_qsl(parts.query))
    return parts.path, tuple(sorted(pair for pair in asked if pair[0] not in _PAGE))


ASPNET = Family(
    "aspnet",
    Words(
        "页码写在查询里的列表，如 InfoPublic.aspx?cid=&pid=&page=N",
        "lists whose page is named in the query, as InfoPublic.aspx?cid=&pid=&page=N",
    ),
    is_it=is_query_paged,
    reader=read,
)
