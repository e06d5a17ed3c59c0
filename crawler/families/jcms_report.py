"""大汉 annual reports by unit and year: ``xxgkAnnualReport.jsp?area=UNIT&fbtime=YEAR``. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree, html

from crawler.families.html import address, anchors, parse_list
from crawler.families.model import Ask, Family, ListPage, ListReading, ReportLink
from crawler.families.single import is_report_page, page_title
from reports.titles import read_title
from reports.words import Words

_FIRST, _LAST = 2000, 2099
_GUESSED = 2
"""Years after a report's own that are asked for: an office may leave one out."""

_NO_TITLE = Words(
    "页面不是空白，却读不出报告的标题和年度",
    "the page is not empty, yet no title with a year can be read from it",
)


def is_jcms_report(page: ListPage) -> bool:
    """Say whether the address is that of one unit's report of one year."""
    return urlsplit(page.url).path.casefold().endswith("/xxgkannualreport.jsp")


def read(page: ListPage) -> ListReading:
    """Read the report of the year in the address, and name the years that have a page of their own."""
    root, year = parse_list(page.text), _year_of(page.url)
    if root is None:
        return ListReading()
    named = dict.fromkeys(y for y in _named_years(root, page.url) if y != year)
    reading = read_title(page_title(page.text))
    is_titled = reading.refusal is None and reading.year is not None
    if not is_titled:
        gap = None if not is_report_page(page) and _is_empty(root, year) else _NO_TITLE
        return ListReading(folders=_asks(page.url, named), recognised=True, gap=gap)
    # Asked for a year that it lacks, a server may show another: that one has its own address.
    own = reading.year or year or _FIRST
    guesses = (y for y in range(own + 1, own + 1 + _GUESSED) if y not in named)
    return ListReading(
        links=(ReportLink(reading.text, _at(page.url, own)),),
        folders=_asks(page.url, named),
        guesses=_asks(page.url, dict.fromkeys(guesses)) if own == year else (),
        recognised=True,
        is_report=own == year,
    )


def _named_years(root: html.HtmlElement, url: str) -> Iterator[int]:
    """Yield the years of links to the same unit's reports, and of the choices in a form."""
    unit = _unit_of(url)
    for anchor in anchors(root):
        further = address(url, anchor.get("href")) or ""
        year = _year_of(further)
        if year and urlsplit(further)[:3] == urlsplit(url)[:3] and _unit_of(further) == unit:
            yield year
    for option in root.iter("option"):
        value = (option.get("value") or option.text or "").strip().removesuffix("年")
        if re.fullmatch(r"20\d\d", value):
            yield int(value)


def _is_empty(root: html.HtmlElement, year: int | None) -> bool:
    """Say whether the frame, without its links and choices, nowhere speaks of the year."""
    etree.strip_elements(root, "a", "option", "title", with_tail=False)
    return year is None or str(year) not in "".join(root.itertext())


def _query(url: str) -> dict[str, str]:
    return {name.casefold(): value for name, value in parse_qsl(urlsplit(url).query)}


def _unit_of(url: str) -> str:
    return _query(url).get("area", "")


def _year_of(url: str) -> int | None:
    written = _query(url).get("fbtime", "")
    is_year = written.isdecimal() and len(written) == 4 and _FIRST <= int(written) <= _LAST
    return int(written) if is_year else None


def _asks(url: str, years: dict[int, None]) -> tuple[Ask, ...]:
    return tuple(Ask(_at(url, year)) for year in sorted(years, reverse=True))


def _at(url: str, year: int) -> str:
    """Return the address of the same unit's report of another year; its order is always the same."""
    rest = {name: value for name, value in _query(url).items() if name not in ("area", "fbtime")}
    query = urlencode({"area": _unit_of(url), "fbtime": year, **rest})
    return urlunsplit((*urlsplit(url)[:3], query, ""))


JCMS_REPORT = Family(
    "jcms_report",
    Words(
        "大汉年报页 xxgkAnnualReport.jsp?area=机构码&fbtime=年度：逐年读取",
        "xxgkAnnualReport.jsp?area=UNIT&fbtime=YEAR: read year by year",
    ),
    is_it=is_jcms_report,
    reader=read,
)
