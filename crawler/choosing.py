"""Which entries of a list are followed, for which agency and year, and why others are not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.families.html import address, page_key
from crawler.families.model import ReportLink
from crawler.listed import Listed
from reports.agencies import Identity
from reports.documents.formats import is_file
from reports.documents.model import Document, Unreadable
from reports.documents.read import read_document
from reports.names import match_agency
from reports.titles import TitleReading, read_title
from reports.words import Words

MOST_LINKS = 3_000
MOST_FILES = 10

_ANNUAL = ("年报", "年度报", "年度工作报告")
_STATUTORY = ("第二十条", "本年新收", "行政复议")
_SHORTEST_NAME = 8


def choose(
    links: Iterable[ReportLink], agencies: Sequence[Identity], own: frozenset[str]
) -> tuple[Listed, ...]:
    """Judge each distinct address of a list once; the column's ``own`` page keys are left out."""
    best: dict[str, ReportLink] = {}
    for link in links:
        if page_key(link.url) not in own and len(best) < MOST_LINKS:
            best[link.url] = _better(best.get(link.url), link)
    return tuple(_judged(link, agencies) for link in best.values())


def choose_page(link: ReportLink, agencies: Sequence[Identity]) -> Listed:
    """Take a page that is itself the report, whatever its title says."""
    reading = read_title(link.title)
    sole = agencies[0] if len(agencies) == 1 else None
    agency = match_agency(reading.unit, agencies) or sole
    key = agency.key if agency else None
    return Listed(link.url, link.title, link.listed_on, reading.year, key)


def speaks_of_annual_reports(links: Iterable[ReportLink]) -> bool:
    """Say whether any entry is an annual report of some kind, whosever: else it may be any list."""
    return any(word in link.title for link in links for word in _ANNUAL)


def files_of(
    body: bytes, url: str, charset: str | None, agencies: Sequence[Identity]
) -> tuple[Listed, ...]:
    """Return the files that a page offers when it holds no report tables of its own.

    Year and agency are set where the name of the file says them: pages offer those of others, too. A
    body that is itself a file is for the readers behind their walls; this process opens no such thing.
    """
    if is_file(body):
        return ()
    try:
        document = read_document(body, charset=charset)
    except Unreadable:
        # The reader of reports names what is wrong with it; there is nothing here to follow.
        return ()
    if _is_report(document):
        return ()
    title = document.titles[0] if document.titles else ""
    files: dict[str, Listed] = {}
    for file in document.attachments:
        target = address(url, file.href)
        if target is not None and target != url:
            files.setdefault(
                target, _judged_file(target, _named(file.text, title), title, agencies)
            )
    return tuple(files.values())[:MOST_FILES]


def _judged_file(url: str, name: str, title: str, agencies: Sequence[Identity]) -> Listed:
    reading = read_title(name)
    if reading.refusal is not None or not reading.unit or reading.unit == read_title(title).unit:
        return Listed(url, name, None, reading.year)
    agency = match_agency(reading.unit, agencies)
    refusal = None if agency else _no_agency(reading, len(agencies))
    return Listed(url, name, None, reading.year, agency.key if agency else None, refusal)


def _better(known: ReportLink | None, link: ReportLink) -> ReportLink:
    if known is None:
        return link
    title = max(known.title, link.title, key=len)
    return ReportLink(title, link.url, known.listed_on or link.listed_on)


def _judged(link: ReportLink, agencies: Sequence[Identity]) -> Listed:
    reading = read_title(link.title)
    if reading.refusal is not None:
        return Listed(link.url, link.title, link.listed_on, reading.year, None, reading.refusal)
    agency = _agency(reading.unit, agencies)
    if agency is not None:
        return Listed(link.url, link.title, link.listed_on, reading.year, agency.key)
    if not reading.unit:
        # The list says only that it is a report: the document itself will name its agency.
        return Listed(link.url, link.title, link.listed_on, reading.year, None)
    refusal = _no_agency(reading, len(agencies))
    return Listed(link.url, link.title, link.listed_on, reading.year, None, refusal)


def _agency(unit: str, agencies: Sequence[Identity]) -> Identity | None:
    if not unit:
        return agencies[0] if len(agencies) == 1 else None
    return match_agency(unit, agencies)


def _no_agency(reading: TitleReading, count: int) -> Words:
    return Words(
        f"标题中的“{reading.unit}”不能对应本栏目登记的 {count} 个机关中的唯一一个；"
        "如属应报机关，请在名册中补登或补充别名",
        f"“{reading.unit}” in the title fits none, or more than one, of the {count} agencies of this "
        "column; if it must report, add it or an alias to the register",
    )


def _is_report(document: Document) -> bool:
    cells = (cell.text for grid in document.grids for row in grid.rows for cell in row)
    return any(word in cell for cell in cells for word in _STATUTORY)


def _named(text: str, title: str) -> str:
    words = " ".join(text.split())[:300]
    return words if len(words) >= _SHORTEST_NAME or not title else title
