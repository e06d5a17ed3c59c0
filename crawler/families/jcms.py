"""JCMS columns: the entries lie as records in a data store inside the page. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from crawler.families.html import address, anchors, has_all_anchors, parse_list
from crawler.families.model import Ask, ListPage, ListReading
from crawler.families.static_list import entries

MOST_RECORDS = 5_000

_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,9})|\btotalRecord\s*[:=]\s*['\"]?(\d{1,9})", re.I)


def links(page: ListPage) -> ListReading:
    """Read the records of the data store, and the address of the next group of records."""
    sections = tuple(_sections(page.text))
    records = tuple(text for name, text in sections if name == "record")
    root = parse_list("".join(records)) if records else None
    if root is None:
        return ListReading()
    groups = tuple(text for name, text in sections if name == "nextgroup")
    return ListReading(
        links=tuple(entries(root, page.url)),
        next_pages=tuple(_next_pages("".join(groups), page.url)),
        recognised=True,
        complete=has_all_anchors(root),
        records=len(records),
        stated_total=_total(page.text),
    )


def is_jcms(text: str) -> bool:
    """Say whether a page carries such a data store."""
    return "<datastore" in text and "<record" in text


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield (element name, content) of each CDATA section; linear in the page's size."""
    before = ""
    for chunk in islice(text.split("<![CDATA["), MOST_RECORDS):
        name = "nextgroup" if before.endswith("<nextgroup>") else "record"
        content, end, after = chunk.partition("]]>")
        if end and before.endswith((f"<{name}>",)):
            yield name, content
        before = (after if end else chunk)[-40:].rstrip().lower()


def _next_pages(groups: str, url: str) -> Iterator[Ask]:
    root = parse_list(groups) if groups.strip() else None
    for anchor in anchors(root) if root is not None else ():
        further = address(url, anchor.get("href"))
        if further and further != url and urlsplit(further).netloc == urlsplit(url).netloc:
            yield Ask(further)


def _total(text: str) -> int | None:
    found = _TOTAL.search(text)
    return int(found[1] or found[2]) if found else None
