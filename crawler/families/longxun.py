"""龙讯: reports at ``/CONTROLLER/show/ID.html``, of which one host may have several. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from crawler.families import json_list
from crawler.families.data import is_data
from crawler.families.html import address
from crawler.families.model import Ask, Family, ListPage, ListReading
from crawler.families.paged import read_pages
from reports.words import Words

_MOST_CALLS = 10

_CONTROLLER = re.compile(r"/(?:Xxgk|Openness)(?:nb|AnnualReport|Content)s?(?:/|$)", re.I)
_LINK = re.compile(r"['\"/](?:Xxgk|Openness)(?:nb|AnnualReport|Content)s?/", re.I)
_SHOWN = re.compile(r"/show/", re.I)
# Addresses that a script puts together are left out: they end where a plus sign follows.
_CALLED = re.compile(
    r"(?:\burl\s*:\s*|\.(?:load|get|getJSON)\(\s*|\bdata-(?:url|src)\s*=\s*)"
    r"['\"]([^'\"<>\s]{1,300})['\"](?!\s*\+)"
)
_PAGE = re.compile(r"/page_\d{1,4}\.html$|[?&]page=\d{1,4}$", re.I)


def is_longxun(page: ListPage) -> bool:
    """Say whether the address is, or the page links, one of the controllers."""
    return _CONTROLLER.search(urlsplit(page.url).path) is not None or bool(_LINK.search(page.text))


def read(page: ListPage) -> ListReading:
    """Read a list, whether page, fragment or JSON, and the lists that its scripts fill in."""
    if is_data(page.text):
        return json_list.read(page)
    reading = read_pages(page, is_page=_is_page)
    called = tuple(dict.fromkeys(islice(_called(page), _MOST_CALLS)))
    if not called:
        return reading
    asks = tuple(Ask(url) for url in called)
    return replace(reading, next_pages=(*reading.next_pages, *asks), recognised=True)


def _called(page: ListPage) -> Iterator[str]:
    for found in _CALLED.finditer(page.text):
        url = address(page.url, found[1].replace("&amp;", "&"))
        if url is None or url == page.url or urlsplit(url).netloc != urlsplit(page.url).netloc:
            continue
        path = urlsplit(url).path
        if _CONTROLLER.search(path) and not _SHOWN.search(path):
            yield url


def _is_page(further: str, url: str) -> bool:
    return further.startswith(urljoin(url, ".")) and _PAGE.search(further) is not None


LONGXUN = Family(
    "longxun",
    Words(
        "龙讯：/Xxgknb/show/编号.html 等，列表可由脚本另行读取（JSON 或网页片段）",
        "Longxun: /Xxgknb/show/ID.html and its like; scripts may fetch the list as JSON or fragment",
    ),
    is_it=is_longxun,
    reader=read,
)
