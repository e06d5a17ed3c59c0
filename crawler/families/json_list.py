"""Lists that an address answers as JSON. Pure."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from crawler.families.data import is_data, json_value
from crawler.families.dates import CHINA, last_day
from crawler.families.html import address, parse, short_text
from crawler.families.model import Ask, Family, ListPage, ListReading, ReportLink
from crawler.families.pager import MOST_PAGES
from reports.titles import read_title
from reports.words import Words

MOST_ENTRIES = 5_000
_MOST_NODES = 50_000

_TITLE = ("title", "infotitle", "articletitle", "contenttitle", "subject", "name")
_ADDRESS = ("url", "link", "href", "linkurl", "infourl", "articleurl", "staticurl", "post_url")
_DAY = (
    "display_publish_time", "publishtime", "publishdate", "pubdate", "first_publish_time",
    "date", "showtime", "releasetime", "createdate", "createtime", "created_at",
)  # fmt: skip
_TOTAL = ("total", "totalcount", "totalrecord", "totalrecords", "recordcount", "recordstotal")
_PAGES = ("totalpage", "totalpages", "pagecount", "pages")
_PAGE_IN_QUERY = re.compile(r"([?&](?:page|pageno|pageindex|pagenum|p)=)(\d{1,4})(?!\d)", re.I)

NO_ADDRESS = Words("有报告没有给出地址", "a report is listed without an address")
_MANY = Words(f"超过 {MOST_ENTRIES} 条", f"more than {MOST_ENTRIES} entries")


def read(page: ListPage) -> ListReading:
    """Read the largest array of titled objects, wherever the answer has it."""
    value = json_value(page.text)
    arrays = tuple(_arrays(value))
    if not arrays:
        return ListReading(recognised=_stated(value, _TOTAL) == 0)
    rows = max(arrays, key=len)
    found = tuple(link for row in rows[:MOST_ENTRIES] if (link := link_of(row, page.url)))
    pages, total = _stated(value, _PAGES), _stated(value, _TOTAL)
    return ListReading(
        links=found,
        next_pages=tuple(_next_page(page.url, len(rows), total, pages)),
        recognised=True,
        gap=_gap(rows, page.url),
        records=frozenset(link.url for link in found),
        stated_total=total,
        stated_pages=pages or 0,
    )


def link_of(row: Mapping[str, Any], base: str) -> ReportLink | None:
    """Return the entry that an object describes, None when it lacks a title or an address."""
    title, url = title_of(row), address(base, _text(row, _ADDRESS))
    if not title or url is None:
        return None
    return ReportLink(title, url, _day(_first(row, _DAY)))


def title_of(row: Mapping[str, Any]) -> str:
    """Return the title of an object without markup, "" when it has none."""
    title = _text(row, _TITLE)[:1_000]
    root = parse(title) if "<" in title else None
    return (short_text(root) if root is not None else " ".join(title.split()))[:500]


def names_a_report(title: str) -> bool:
    """Say whether a title is that of an annual report."""
    return read_title(title).refusal is None


def _arrays(value: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield the arrays of titled objects; visits a sane number of nodes, whatever the nesting."""
    waiting = deque([value])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            waiting.extend(node.values())
        elif isinstance(node, list):
            rows = [row for row in node if isinstance(row, dict) and title_of_any(row)]
            if rows:
                yield rows
            else:
                waiting.extend(node[:MOST_ENTRIES])


def title_of_any(row: Mapping[str, Any]) -> bool:
    """Say whether an object has a title at all."""
    return bool(_text(row, _TITLE))


def _stated(value: Any, names: tuple[str, ...]) -> int | None:
    """Return a number that the answer states at its top, or one level below."""
    if not isinstance(value, dict):
        return None
    for level in (value, *(inner for inner in value.values() if isinstance(inner, dict))):
        number = _first(level, names)
        if isinstance(number, str) and number.isdecimal() and len(number) < 10:
            return int(number)
        if isinstance(number, int) and not isinstance(number, bool) and number >= 0:
            return number
    return None


def _next_page(url: str, rows: int, total: int | None, pages: int | None) -> Iterator[Ask]:
    """Yield the page that follows, where the address names this one and the answer states more."""
    asked = _PAGE_IN_QUERY.search(url)
    if asked is None or not rows:
        return
    number = int(asked[2])
    more = number < pages if pages else total is not None and number * rows < total
    if more and number < MOST_PAGES:
        yield Ask(f"{url[: asked.start()]}{asked[1]}{number + 1}{url[asked.end() :]}")


def _gap(rows: list[dict[str, Any]], url: str) -> Words | None:
    if len(rows) > MOST_ENTRIES:
        return _MANY
    closed = (row for row in rows if link_of(row, url) is None and names_a_report(title_of(row)))
    return NO_ADDRESS if next(closed, None) is not None else None


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    known = {key.casefold(): value for key, value in list(row.items())[:200]}
    return next((known[name] for name in names if known.get(name) not in (None, "")), None)


def _text(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    value = _first(row, names)
    return value.strip() if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    """Return the day of a printed date, or of seconds or milliseconds since 1970."""
    text = str(value)[:100]
    if not text.isdecimal() or not 9 <= len(text) <= 13:
        return last_day(text)
    seconds = int(text) / (1_000 if len(text) > 10 else 1)
    return datetime.fromtimestamp(seconds, CHINA).date()


JSON_LIST = Family(
    "json",
    Words("以 JSON 应答的列表接口", "an address that answers its list as JSON"),
    is_it=lambda page: is_data(page.text) and json_value(page.text) is not None,
    reader=read,
)
