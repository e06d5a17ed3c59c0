"""The entries of HTML lists: a link with its title, the day inside or beside it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from lxml import html

from crawler.families.dates import last_day, without_days
from crawler.families.html import (
    address,
    anchors,
    has_all_anchors,
    short_text,
)
from crawler.families.model import ReportLink
from reports.titles import read_title
from reports.words import Words

_YEAR = re.compile(r"20\d\d|２０[０-９]{2}|二[〇○零ＯO0][〇○零一二三四五六七八九]{2}")
_TOPIC = re.compile(r"年报|年度报告|工作报告|报表|信息公开.{0,8}总结")
_INDEX = re.compile(r"(?:/|/(?:index|list|default)(?:_\d+)?\.\w{2,5})$", re.I)
_LABEL = re.compile(r"^(?:标题|题名)\s*[:：]\s*")
_PINNED = re.compile(r"^[\[【(（]?置顶[\]】)）]?\s*")
TOO_MANY = Words("链接过多，未全部读取", "more links than are read")
_CONTAINERS = 3
_LARGEST_BOX = 200
_CUT = re.compile(r"\s*(?:…+|\.{2,}|。{2,})$")
_SHORTEST_TITLE = 4
# Shorter ones with a day beside them stand in footers and headers.
_SHORTEST_DATED = 8


def entries(root: html.HtmlElement, base: str) -> Iterator[ReportLink]:
    """Yield the entries among the links of a tree, in order, with repeats."""
    boxes: dict[html.HtmlElement, bool] = {}
    for anchor in anchors(root):
        title = title_of(anchor)
        is_ours = _YEAR.search(title) is not None or _TOPIC.search(title) is not None
        if len(title) < (_SHORTEST_TITLE if is_ours else _SHORTEST_DATED):
            continue
        listed_on = _day_beside(anchor, boxes)
        is_dated = listed_on is not None and len(title) >= _SHORTEST_DATED
        # The address last: working it out is the dearest part.
        url = address(base, anchor.get("href")) if is_ours or is_dated else None
        if url is not None and (is_dated or _reads_as_entry(title, url)):
            yield ReportLink(title, url, listed_on)


def gap_of(root: html.HtmlElement, base: str, found: Iterable[ReportLink]) -> Words | None:
    """Return what the page names but keeps out of reach; None when every entry can be followed.

    A report whose link only a script can open is there, although we cannot fetch it.
    """
    if not has_all_anchors(root):
        return TOO_MANY
    named = {link.title for link in found}
    scripted = (title_of(a) for a in anchors(root) if _opens_nothing(a, base))
    closed = (title for title in scripted if title not in named and _names_a_report(title))
    title = next(closed, None)
    if title is None:
        return None
    return Words(f"“{title[:80]}”只能用脚本打开", f"“{title[:80]}” opens by a script alone")


def _opens_nothing(anchor: html.HtmlElement, base: str) -> bool:
    href = (anchor.get("href") or "").strip()
    is_plain = href and href[0] not in "#?" and ":" not in href and "[" not in href
    return not is_plain and address(base, href) is None


def _names_a_report(title: str) -> bool:
    """Say whether a title is that of one report; names of columns have neither unit nor year."""
    reading = read_title(title)
    return reading.refusal is None and reading.year is not None


def title_of(anchor: html.HtmlElement) -> str:
    """Return the title of an entry; its attribute before its text, which is often cut short."""
    shown = _PINNED.sub("", without_days(short_text(anchor)))
    attribute = (anchor.get("title") or "").strip()
    # Some systems put a whole card into the attribute: the title is its first line.
    first = attribute.splitlines()[0] if attribute else ""
    named = _PINNED.sub("", without_days(" ".join(_LABEL.sub("", first).split())))[:500]
    if len(named) < _SHORTEST_TITLE:
        return shown
    if _is_cut_from(shown, named):
        return named
    # Other systems tell there what a click does.
    is_hint = read_title(named).refusal is not None and read_title(shown).refusal is None
    return shown if is_hint else named


def _is_cut_from(shown: str, named: str) -> bool:
    """Say whether what is shown is the beginning of the whole title, cut short by the list."""
    begun = _CUT.sub("", shown)
    return _SHORTEST_TITLE <= len(begun) < len(shown) and named.startswith(begun)


def _day_beside(anchor: html.HtmlElement, boxes: dict[html.HtmlElement, bool]) -> date | None:
    """Look in the link, then in the nearest boxes that hold no other entry; ``boxes`` are judged."""
    day = last_day(short_text(anchor)) or last_day((anchor.tail or "")[:100])
    box = anchor.getparent()
    for _ in range(_CONTAINERS):
        if day is not None or box is None:
            break
        if box not in boxes:
            boxes[box] = _is_of_one_entry(box)
        if not boxes[box]:
            break
        day = last_day(short_text(box))
        box = box.getparent()
    return day


def _is_of_one_entry(box: html.HtmlElement) -> bool:
    """Say whether a box is small and holds one address; never walks further than that."""
    addresses: set[str | None] = set()
    for count, node in enumerate(box.iter()):
        if node.tag == "a":
            addresses.add(node.get("href"))
        if count >= _LARGEST_BOX or len(addresses) > 1:
            return False
    return True


def _reads_as_entry(title: str, url: str) -> bool:
    """Say whether an undated link is an entry: a year, or our topic at an address of its own."""
    if _YEAR.search(title):
        return True
    return bool(_TOPIC.search(title)) and not _INDEX.search(urlsplit(url).path or "/")
