"""Plain HTML lists: a link with its title, the day inside or beside it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.families.dates import last_day, without_days
from crawler.families.html import (
    address,
    anchors,
    base_of,
    has_all_anchors,
    parse_list,
    short_text,
)
from crawler.families.model import ListPage, ListReading, ReportLink
from reports.titles import read_title

_YEAR = re.compile(r"20\d\d|２０[０-９]{2}|二[〇○零ＯO0][〇○零一二三四五六七八九]{2}")
_TOPIC = re.compile(r"年报|年度报告|工作报告|报表|信息公开.{0,8}总结")
_INDEX = re.compile(r"(?:/|/(?:index|list|default)(?:_\d+)?\.\w{2,5})$", re.I)
_LABEL = re.compile(r"^(?:标题|题名)\s*[:：]\s*")
_CONTAINERS = 3
_LARGEST_BOX = 200
_SHORTEST_TITLE = 4
# Shorter ones with a day beside them stand in footers and headers.
_SHORTEST_DATED = 8


def links(page: ListPage) -> ListReading:
    """Read every link that stands as an entry of a list; navigation is left out."""
    root = parse_list(page.text)
    if root is None:
        return ListReading()
    base = base_of(root, page.url)
    found = tuple(entries(root, base))
    return ListReading(found, recognised=bool(found), complete=is_whole(root, base, found))


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


def is_whole(root: html.HtmlElement, base: str, found: Iterable[ReportLink]) -> bool:
    """Say whether nothing that the list names is out of reach.

    A report whose link only a script can open is there, although we cannot fetch it.
    """
    named = {link.title for link in found}
    scripted = (_title(a) for a in anchors(root) if address(base, a.get("href")) is None)
    closed = (title for title in scripted if title not in named and _names_a_report(title))
    return has_all_anchors(root) and next(closed, None) is None


def _names_a_report(title: str) -> bool:
    """Say whether a title is that of one report; names of columns have neither unit nor year."""
    reading = read_title(title)
    return reading.refusal is None and reading.year is not None


def _title(anchor: html.HtmlElement) -> str:
    """Prefer the title attribute: the visible text is often cut short."""
    shown = without_days(short_text(anchor))
    attribute = (anchor.get("title") or "").strip()
    # Some systems put a whole card into the attribute: the title is its first line.
    first = attribute.splitlines()[0] if attribute else ""
    named = without_days(" ".join(_LABEL.sub("", first).split()))[:500]
    if len(named) < _SHORTEST_TITLE:
        return shown
    # Other systems tell there what a click does.
    is_hint = read_title(named).refusal is not None and read_title(shown).refusal is None
    return shown if is_hint else named


def _day_beside(anchor: html.HtmlElement) -> date | None:
    """Look in the link, then in the nearest boxes that hold no other entry."""
    day = last_day(short_text(anchor)) or last_day((anchor.tail or "")[:100])
    box = anchor.getparent()
    for _ in range(_CONTAINERS):
        if day is not None or box is None or not _is_of_one_entry(box):
            break
        day = last_day(short_text(box))
        box = box.getparent()
    return day


def _is_of_one_entry(box: html.HtmlElement) -> bool:
    """Say whether a box is small and holds one address; never walks further than that."""
    nodes = list(islice(box.iter(), _LARGEST_BOX + 1))
    addresses = {node.get("href") for node in nodes if node.tag == "a"}
    return len(nodes) <= _LARGEST_BOX and len(addresses) <= 1


def _reads_as_entry(title: str, url: str) -> bool:
    """Say whether an undated link is an entry: a year, or our topic at an address of its own."""
    if _YEAR.search(title):
        return True
    return bool(_TOPIC.search(title)) and not _INDEX.search(urlsplit(url).path or "/")
