"""Lists in pages: the pager's links, and the scripts that write a pager (TRS). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawler.families.html import address, anchors, base_of, page_key, parse, short_text
from crawler.families.model import ListPage, ListReading
from crawler.families.static_list import entries

MOST_PAGES = 60
"""More pages than any column has; a script may claim a million."""

_NEXT = frozenset({"下一页", "下页", "后一页", "下一頁", "next", ">", "›", "»", ">>"})
_PAGE_CALL = re.compile(
    r"createPageHTML\(\s*(?:['\"][\w-]*['\"]\s*,\s*)?(\d{1,9})\s*,\s*\d{1,9}\s*,"
    r"\s*['\"]([\w-]{1,40})['\"]\s*,\s*['\"](\w{2,5})['\"]"
)
_COUNT = re.compile(r"\bcountPage\s*=\s*(\d{1,9})")
_FILE = re.compile(r"/([\w-]+?)(?:_\d+)?\.(\w{2,5})$")


def links(page: ListPage) -> ListReading:
    """Read a list and the addresses of its further pages."""
    root = parse(page.text)
    if root is None:
        return ListReading()
    base = base_of(root, page.url)
    pages = tuple(dict.fromkeys((*_scripted(page), *_linked(root, base, page.url))))
    further = {page_key(url) for url in (*pages, page.url)}
    found = tuple(entry for entry in entries(root, base) if page_key(entry.url) not in further)
    return ListReading(links=found, next_pages=pages[:MOST_PAGES], recognised=bool(found))


def _scripted(page: ListPage) -> Iterator[str]:
    """Yield the pages that a TRS script would link: index.html, then index_1.html and so on."""
    called = _PAGE_CALL.search(page.text)
    counted = _COUNT.search(page.text)
    if called:
        total, (name, extension) = int(called[1]), (called[2], called[3])
    elif counted:
        total, (name, extension) = int(counted[1]), _file_of(page.url)
    else:
        return
    for number in range(1, min(total, MOST_PAGES + 1)):
        yield urljoin(page.url, f"{name}_{number}.{extension}")


def _file_of(url: str) -> tuple[str, str]:
    found = _FILE.search(urlsplit(url).path)
    return (found[1], found[2]) if found else ("index", "html")


def _linked(root: html.HtmlElement, base: str, url: str) -> Iterator[str]:
    """Yield the pager's links: next, and bare page numbers beside this page's own address."""
    host = urlsplit(url).netloc
    folder = urljoin(url, ".")
    for anchor in anchors(root):
        words = short_text(anchor, 20).casefold()
        if not (words in _NEXT or anchor.get("rel") == "next" or _is_number(words)):
            continue
        further = address(base, anchor.get("href"))
        if further is None or further == url or urlsplit(further).netloc != host:
            continue
        if words in _NEXT or further.startswith(folder):
            yield further


def _is_number(words: str) -> bool:
    return words.isdecimal() and len(words) <= 3
