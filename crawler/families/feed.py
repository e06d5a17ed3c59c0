"""RSS and Atom feeds. Pure: the bytes are given, and nothing is fetched or opened."""

from __future__ import annotations

import io
import re
from typing import Any

import feedparser

from crawler.families.dates import feed_day
from crawler.families.html import address, parse, short_text
from crawler.families.model import Family, ListPage, ListReading, ReportLink
from reports.words import Words

MOST_ENTRIES = 5_000
LONGEST = 1 << 20
"""Bytes: reading takes seconds for each million of a broken feed."""

_BROKEN = Words("订阅源损坏或不完整", "the feed is broken or cut short")
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)\b")
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b")
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>\s*$")


def read(page: ListPage) -> ListReading:
    """Read the entries of a feed; not recognised when the bytes are no feed any more."""
    if not is_feed(page.body):
        return ListReading()
    # A stream: anything else could be taken for an address or a file name.
    feed = feedparser.parse(io.BytesIO(page.body[:LONGEST]))
    if not feed.get("version"):
        return ListReading()
    found = tuple(link for entry in feed.entries[:MOST_ENTRIES] if (link := _link(entry, page.url)))
    whole = not feed.get("bozo") or _END.search(page.body[-200:]) is not None
    # A broken entry may swallow those behind it, up to an end that looks well.
    lost = len(_ENTRY.findall(page.body)) > len(feed.entries) or len(feed.entries) > MOST_ENTRIES
    gap = None if whole and not lost else _BROKEN
    return ListReading(links=found, recognised=bool(found), gap=gap)


def is_feed(body: bytes) -> bool:
    """Say whether the bytes begin as a feed does."""
    start = body[:2_000]
    return _ROOT.search(start) is not None and b"<html" not in start.lower()


def _link(entry: Any, base: str) -> ReportLink | None:
    title = _plain(str(entry.get("title", ""))[:1_000])
    url = address(base, str(entry.get("link", "")))
    if not title or url is None:
        return None
    # Plain look-ups: the entry's own ones guess a day from other fields, and warn.
    printed = str(dict.get(entry, "published") or dict.get(entry, "updated") or "")
    return ReportLink(title, url, feed_day(printed))


def _plain(title: str) -> str:
    """Return the title without the markup that feeds let through."""
    root = parse(title) if "<" in title else None
    return short_text(root) if root is not None else " ".join(title.split())


FEED = Family(
    "feed",
    Words("RSS 或 Atom 订阅源", "an RSS or Atom feed"),
    is_it=lambda page: is_feed(page.body),
    reader=read,
    proves_absence=False,
)
