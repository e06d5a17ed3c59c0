"""Which entries of a list are followed, for which agency and year, and why others are not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.families.html import address
from crawler.families.model import ReportLink
from crawler.listed import Listed
from reports.agencies import Identity
from reports.canonical import canonical
from reports.documents.formats import is_file
from reports.documents.model import Document, Unreadable
from reports.documents.read import read_document
from reports.names import Assignment, assign
from reports.resemblance import may_hide_report
from reports.titles import TitleReading, is_cut_short, read_title

MOST_LINKS = 3_000
MOST_FILES = 10

_ANNUAL = ("年报", "年度报", "年度工作报告")
_STATUTORY = ("第二十条", "本年新收", "行政复议")
_SHORTEST_NAME = 8


def choose(
    links: Iterable[ReportLink], agencies: Sequence[Identity], own: frozenset[str]
) -> tuple[Listed, ...]:
    """Judge each page of a list once; the column's ``own`` pages are left out.

    A page that is listed at two spellings of its address is one entry.
    """
    of_the_column = {canonical(url) for url in own}
    best: dict[str, ReportLink] = {}
    for link in links:
        key = canonical(link.url)
        if key not in of_the_column and len(best) < MOST_LINKS:
            best[key] = _better(best.get(key), link)
    return tuple(_judged(link, agencies) for link in best.values())


def choose_page(link: ReportLink, agencies: Sequence[Identity]) -> Listed:
    """Take a page that is itself the report, whatever its title says."""
    reading = read_title(link.title)
    sole = agencies[0] if len(agencies) == 1 else None
    agency = assign(reading.unit, reading.year, agencies).agency or sole
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
    found = assign(reading.unit, reading.year, agencies)
    key = found.agency.key if found.agency else None
    return Listed(url, name, None, reading.year, key, found.refusal)


def _better(known: ReportLink | None, link: ReportLink) -> ReportLink:
    """Join two entries of one page: the fuller title, the day, and an address that never depends on order."""
    if known is None:
        return link
    title = max(known.title, link.title, key=lambda text: (not is_cut_short(text), len(text)))
    url = min(known.url, link.url, key=lambda text: (len(text), text))
    return ReportLink(title, url, known.listed_on or link.listed_on)


def _judged(link: ReportLink, agencies: Sequence[Identity]) -> Listed:
    reading = read_title(link.title)
    entry = Listed(link.url, link.title, link.listed_on, reading.year)
    if reading.refusal is not None:
        # The page itself has the title of which the list shows only the beginning.
        follow = is_cut_short(link.title) and _may_be_ours(reading, agencies)
        return entry if follow else replace(entry, refusal=reading.refusal)
    found = _assigned(reading, agencies)
    if found.agency is not None:
        return replace(entry, agency_key=found.agency.key)
    # Where the list names nobody, or not surely one, the document itself will name its agency.
    is_open = not reading.unit or found.is_doubtful
    return entry if is_open else replace(entry, refusal=found.refusal)


def _may_be_ours(reading: TitleReading, agencies: Sequence[Identity]) -> bool:
    return any(
        may_hide_report(reading, agency, year) for agency in agencies for year in set(reading.years)
    )


def _assigned(reading: TitleReading, agencies: Sequence[Identity]) -> Assignment:
    if not reading.unit:
        return Assignment(agencies[0] if len(agencies) == 1 else None)
    return assign(reading.unit, reading.year, agencies)


def _is_report(document: Document) -> bool:
    cells = (cell.text for grid in document.grids for row in grid.rows for cell in row)
    return any(word in cell for cell in cells for word in _STATUTORY)


def _named(text: str, title: str) -> str:
    words = " ".join(text.split())[:300]
    return words if len(words) >= _SHORTEST_NAME or not title else title
