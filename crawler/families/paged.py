"""Lists in pages: the pager's links, and the scripts that write a pager (TRS). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawler.families.html import (
    address,
    anchors,
    base_of,
    page_key,
    parse_list,
    short_text,
)
from crawler.families.model import Ask, ListPage, ListReading
from crawler.families.static_list import entries, is_whole
from reports.titles import read_title

MOST_PAGES = 60
"""More pages than any column has; a script may claim a million."""

_NEXT = frozenset({"下一页", "下页", "后一页", "下一頁", "next", ">", "›", "»", ">>"})
_PAGE_CALL = re.compile(
    r"createPageHTML\(\s*(?:['\"][\w-]*['\"]\s*,\s*)?(\d{1,9})\s*,\s*\d{1,9}\s*,"
    r"\s*['\"]([\w-]{1,40})['\"]\s*,\s*['\"](\w{2,5})['\"]"
)
_COUNT = re.compile(r"\bcountPage\s*=\s*(\d{1,9})")
_PAGE_SCRIPT = re.compile(r"\b(?!void\b|alert\b)\w+\s*\(")
_STATED = re.compile(r"共(\d{1,4})页|页次[:：]?\d{1,4}/(\d{1,4})|第?\d{1,4}/(\d{1,4})页")
_FILE = re.compile(r"/([\w-]+?)(?:_\d+)?\.(\w{2,5})$")


def links(page: ListPage) -> ListReading:
    """Read a list and the addresses of its further pages."""
    root = parse_list(page.text)
    if root is None:
        return ListReading()
    base = base_of(root, page.url)
    listed = tuple(entries(root, base))
    # Tables number their rows, and the number of a row may be a link to its report.
    reports = {page_key(entry.url) for entry in listed if read_title(entry.title).refusal is None}
    named = dict.fromkeys((*_scripted(page), *_linked(root, base, page.url)))
    pages = tuple(url for url in named if page_key(url) not in reports)
    further = {page_key(url) for url in (*pages, page.url)}
    found = tuple(entry for entry in listed if page_key(entry.url) not in further)
    stated = _stated_pages(root)
    return ListReading(
        links=found,
        next_pages=tuple(Ask(url) for url in pages[:MOST_PAGES]),
        recognised=bool(found),
        complete=is_whole(root, base, found) and (stated == 1 or not _has_closed_pager(root)),
        stated_pages=stated,
    )


def _has_closed_pager(root: html.HtmlElement) -> bool:
    """Say whether the way to the next page is a script, which only a browser could go."""
    for anchor in anchors(root):
        if short_text(anchor, 20).casefold() in _NEXT:
            script = f"{anchor.get('href') or ''} {anchor.get('onclick') or ''}"
            if _PAGE_SCRIPT.search(script) and address("http://a/", anchor.get("href")) is None:
                return True
    return False


def _stated_pages(root: html.HtmlElement) -> int:
    """Return how many pages the column says it has, 0 when it does not say."""
    text = "".join("".join(root.itertext()).split())
    numbers = (int(number) for found in _STATED.findall(text) for number in found if number)
    return max(numbers, default=0)


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
