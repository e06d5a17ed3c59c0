"""Plain HTML lists: a link with its title, the day inside or beside it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.families.dates import last_day, without_days
from crawler.families.html import address, anchors, base_of, parse, short_text
from crawler.families.model import ListPage, ListReading, ReportLink

_YEAR = re.compile(r"20\d\d|２０[０-９]{2}|二[〇○零ＯO0][〇○零一二三四五六七八九]{2}")
_TOPIC = re.compile(r"年报|年度报告|工作报告|报表|信息公开.{0,8}总结")
_INDEX = re.compile(r"(?:/|/(?:index|list|default)(?:_\d+)?\.\w{2,5})$", re.I)
_LABEL = re.compile(r"^(?:标题|题名)\s*[:：]\s*")
_CONTAINERS = 3
_SHORTEST_TITLE = 4
# Shorter ones with a day beside them stand in footers and headers.
_SHORTEST_DATED = 8


def links(page: ListPage) -> ListReading:
    """Read every link that stands as an entry of a list; navigation is left out."""
    root = parse(page.text)
    if root is None:
        return ListReading()
    found = tuple(entries(root, base_of(root, page.url)))
    return ListReading(links=found, recognised=bool(found))


def entries(root: html.HtmlElement, base: str) -> Iterator[ReportLink]:
    """Yield the entries among the links of a tree, in order, with repeats."""
    for anchor in anchors(root):
        url = address(base, anchor.get("href"))
        title = _title(anchor)
        if url is None or len(title) < _SHORTEST_TITLE:
            continue
        listed_on = _day_beside(anchor)
        is_dated = listed_on is not None and len(title) >= _SHORTEST_DATED
        if is_dated or _reads_as_entry(title, url):
            yield ReportLink(title, url, listed_on)


def _title(anchor: html.HtmlElement) -> str:
    """Prefer the title attribute: the visible text is often cut short."""
    shown = without_days(short_text(anchor))
    attribute = (anchor.get("title") or "").strip()
    # Some systems put a whole card into the attribute: the title is its first line.
    first = attribute.splitlines()[0] if attribute else ""
    named = without_days(" ".join(_LABEL.sub("", first).split()))[:500]
    return named if len(named) >= _SHORTEST_TITLE else shown


def _day_beside(anchor: html.HtmlElement) -> date | None:
    """Look in the link, then in the nearest boxes that hold no other entry."""
    day = last_day(short_text(anchor)) or last_day((anchor.tail or "")[:100])
    box = anchor.getparent()
    for _ in range(_CONTAINERS):
        if day is not None or box is None or _addresses(box) > 1:
            break
        day = last_day(short_text(box))
        box = box.getparent()
    return day


def _addresses(box: html.HtmlElement) -> int:
    return len({anchor.get("href") for anchor in islice(box.iter("a"), 4)})


def _reads_as_entry(title: str, url: str) -> bool:
    """Say whether an undated link is an entry: a year, or our topic at an address of its own."""
    if _YEAR.search(title):
        return True
    return bool(_TOPIC.search(title)) and not _INDEX.search(urlsplit(url).path or "/")
