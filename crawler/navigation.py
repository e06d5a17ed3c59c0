"""Finds the way from a page of a site to its column of annual reports, by name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urlsplit

from lxml import html

from crawler.families.html import address, anchors, base_of, page_key, parse_list, short_text
from crawler.guard import place_of
from reports.titles import read_title

MOST_WAYS = 60
_LONGEST_NAME = 24

_COLUMN = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?年度?报告?(?!表)|公开(?:工作)?年报(?!表)|公开年度报告"
)
_REPORTS = re.compile(r"年报(?!表)|年度报告")
_OTHER_REPORTS = re.compile(r"网站|法治|统计|决算|预算|财务|质量|环境|社会责任|互联网\+|新媒体")
_ARTICLE = re.compile(r"关于|通知|解读|制度|指南")
_SECTION = re.compile(r"信息公开|政务公开|政府公开|法定主动公开")
_FOLDER = re.compile(r"/(?:zfxxgk|xxgk|gk|bm|jd)?(?:gz)?(?:ndbg|nb)(?:_\d+)?(?:/|$)", re.I)


class Nearness(IntEnum):
    """How near a link's name comes to that of the column."""

    COLUMN = 0
    REPORTS = 1
    SECTION = 2


@dataclass(frozen=True, slots=True)
class Way:
    """A link that may lead to the column: where it leads and what it is called."""

    url: str
    name: str
    nearness: Nearness


def ways_from(text: str, url: str) -> tuple[Way, ...]:
    """Return the links of a page that may lead to the column, the nearest names first.

    Only addresses of the same host and port count, each once; single reports are no ways.
    """
    root = parse_list(text) if "<" in text else None
    if root is None:
        return ()
    best: dict[str, Way] = {}
    for way in _ways(root, base_of(root, url), url):
        known = best.get(page_key(way.url))
        if known is None or way.nearness < known.nearness:
            best[page_key(way.url)] = way
    return tuple(sorted(best.values(), key=lambda way: way.nearness))[:MOST_WAYS]


def _ways(root: html.HtmlElement, base: str, url: str) -> Iterator[Way]:
    here = place_of(url)
    for anchor in anchors(root):
        target = address(base, anchor.get("href"))
        place = place_of(target) if target else None
        if target is None or place is None or here is None or not place.is_same_site(here):
            continue
        name = _name(anchor)
        nearness = _nearness(name, target)
        if nearness is not None and page_key(target) != page_key(url):
            yield Way(target, name, nearness)


def _name(anchor: html.HtmlElement) -> str:
    """Return the link's words; those of its picture where it has none."""
    pictures = (image.get("alt") or image.get("title") or "" for image in anchor.iter("img"))
    shown = short_text(anchor, 60) or (anchor.get("title") or "") or next(pictures, "")
    return " ".join(shown.split())[:60]


def _nearness(name: str, url: str) -> Nearness | None:
    if len(name) > _LONGEST_NAME or _ARTICLE.search(name) or _is_report(name):
        return None
    if _COLUMN.search(name):
        return Nearness.COLUMN
    if _REPORTS.search(name) and not _OTHER_REPORTS.search(name):
        return Nearness.REPORTS
    if not name and _FOLDER.search(urlsplit(url).path):
        return Nearness.REPORTS
    return Nearness.SECTION if _SECTION.search(name) else None


def _is_report(name: str) -> bool:
    reading = read_title(name)
    return reading.refusal is None and reading.year is not None and bool(reading.unit)
