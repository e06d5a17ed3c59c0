"""The ways from one page of an HTML list to the others, as links and as scripts. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawler.families.entries import title_of
from crawler.families.html import address, anchors, page_key, short_text
from reports.titles import read_title
from reports.words import Words

MOST_PAGES = 60
"""More pages than any column has; a script may claim a million."""

IsPage = Callable[[str, str], bool]
"""Says whether an address behind a bare number is a page of the list at the second address."""

BY_SCRIPT = Words("翻页只能用脚本打开", "the next page opens by a script alone")

_NEXT = frozenset({"下一页", "下页", "后一页", "下一頁", "next", ">", "›", "»", ">>"})
_MORE = frozenset({"更多", "查看更多", "加载更多", "点击更多", "查看全部", "more", "全部"})
_SIGNS = re.compile(r"[^\w]+")
_PAGE_SCRIPT = re.compile(r"\b(?!void\b|alert\b)\w+\s*\(")
_STATED = re.compile(r"共(\d{1,4})页|页次[:：]?\d{1,4}/(\d{1,4})|第?\d{1,4}/(\d{1,4})页")
_MOST_MORE = 20
_BOXES = 6
_LARGEST_BOX = 600


def is_below(further: str, url: str) -> bool:
    """Say whether an address lies in the folder of the list."""
    return further.startswith(urljoin(url, "."))


def linked_pages(
    root: html.HtmlElement, base: str, url: str, is_page: IsPage = is_below
) -> Iterator[str]:
    """Yield the pager's links: next, and bare page numbers that lead to pages of the same list."""
    host = urlsplit(url).netloc
    for anchor in anchors(root):
        words = short_text(anchor, 20).casefold()
        is_next = words in _NEXT or anchor.get("rel") == "next"
        if not (is_next or _is_number(words)):
            continue
        further = address(base, anchor.get("href"))
        if further is None or further == url or urlsplit(further).netloc != host:
            continue
        if is_next or is_page(further, url):
            yield further


def fuller_lists(root: html.HtmlElement, base: str, url: str) -> Iterator[str | None]:
    """Yield where a “更多” beside reports leads; None when only a script could open it."""
    for anchor in islice(_more(root), _MOST_MORE):
        if not _stands_beside_a_report(anchor):
            continue
        further = address(base, anchor.get("href"))
        if further is not None and urlsplit(further).netloc == urlsplit(url).netloc:
            yield further
        elif _is_scripted(anchor):
            yield None


def is_closed(root: html.HtmlElement) -> bool:
    """Say whether the way to the next page is a script, which only a browser could go."""
    ways = (a for a in anchors(root) if short_text(a, 20).casefold() in _NEXT)
    return any(_is_scripted(anchor) for anchor in ways)


def stated_pages(root: html.HtmlElement) -> int:
    """Return how many pages the column says it has, 0 when it does not say."""
    text = "".join("".join(root.itertext()).split())
    numbers = (int(number) for found in _STATED.findall(text) for number in found if number)
    return max(numbers, default=0)


def _more(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (a for a in anchors(root) if _SIGNS.sub("", short_text(a, 20)).casefold() in _MORE)


def _stands_beside_a_report(anchor: html.HtmlElement) -> bool:
    """Say whether the nearest box with other links around a “更多” lists annual reports."""
    box = anchor.getparent()
    for _ in range(_BOXES):
        if box is None:
            return False
        links = [node for node in islice(box.iter(), _LARGEST_BOX) if node.tag == "a"]
        titles = [title_of(link) for link in links if link is not anchor]
        if any(len(title) > len("更多") * 2 for title in titles):
            return any(read_title(title).refusal is None for title in titles)
        box = box.getparent()
    return False


def _is_scripted(anchor: html.HtmlElement) -> bool:
    script = f"{anchor.get('href') or ''} {anchor.get('onclick') or ''}"
    return bool(_PAGE_SCRIPT.search(script)) and address("http://a/", anchor.get("href")) is None


def _is_number(words: str) -> bool:
    return words.isdecimal() and len(words) <= 3


def without_reports(pages: Iterator[str], reports: frozenset[str]) -> tuple[str, ...]:
    """Return the pages in order: tables link the numbers of their rows, and that is no pager."""
    return tuple(url for url in dict.fromkeys(pages) if page_key(url) not in reports)
