"""Columns of ``.shtml`` pages: ``list.shtml``, ``index_N.shtml``, ``column-index-N.shtml``. Pure."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.families.model import Family, ListPage, ListReading
from crawler.families.paged import read_pages
from reports.words import Words

_LIST = re.compile(r"/(?:list|index|column-index)(?:[_-]\d{1,4})?\.shtml$", re.I)
_ENTRY = re.compile(r"href=['\"][^'\"]{0,200}?/\d{6}/[0-9a-f]{32}\.shtml\b", re.I)


def is_shtml(page: ListPage) -> bool:
    """Say whether the address, or the entries, have the shape of such columns."""
    return _LIST.search(urlsplit(page.url).path) is not None or bool(_ENTRY.search(page.text))


def read(page: ListPage) -> ListReading:
    """Read a list; neighbours of one make count their second page as 1 or as 2: links alone tell."""
    return read_pages(page, is_page=_is_page)


def _is_page(further: str, url: str) -> bool:
    path = urlsplit(further).path
    return further.startswith(urljoin(url, ".")) and _LIST.search(path) is not None


SHTML = Family(
    "shtml",
    Words(
        "list.shtml、index_N.shtml、column-index-N.shtml 一类的列表，报告地址含 32 位编号",
        "lists such as list.shtml, index_N.shtml, column-index-N.shtml; reports named by 32 hex digits",
    ),
    is_it=is_shtml,
    reader=read,
)
