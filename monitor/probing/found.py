"""What a look at an unknown column found, and how sure it is that this is the column. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crawler.families.model import ListReading
from crawler.listed import Listed
from reports.titles import read_title
from reports.visits import GOOD, Outcome
from reports.words import Words

_SEVERAL = 3


class Sureness(StrEnum):
    """How sure it is that the column lists annual reports and that all of it can be read."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    NONE = "none"


SURENESS: dict[Sureness, Words] = {
    Sureness.SURE: Words("确定", "sure"),
    Sureness.LIKELY: Words("很可能", "likely"),
    Sureness.DOUBTFUL: Words("存疑", "doubtful"),
    Sureness.NONE: Words("没有找到", "not found"),
}


class Pager(StrEnum):
    """How the column leads from one page of its list to the next."""

    NONE = "none"
    LINKS = "links"
    FORM = "form"
    UNREAD = "unread"


PAGERS: dict[Pager, Words] = {
    Pager.NONE: Words("没有翻页", "one page"),
    Pager.LINKS: Words("翻页地址", "addresses of further pages"),
    Pager.FORM: Words("以表单翻页（POST）", "further pages by a form (POST)"),
    Pager.UNREAD: Words("翻页方式未能读懂", "further pages, but how is not understood"),
}


@dataclass(frozen=True, slots=True)
class ListedReport:
    """An entry that is an annual report by its title: year and unit as the title says them."""

    title: str
    url: str
    listed_on: date | None
    year: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """What one look saw of a column. ``url`` is where the look ended, after redirects.

    ``pages_stated`` and ``entries_stated`` are what the column says of itself, 0 when it does not.
    ``is_cut`` says that only the look ended early, having read as many pages as it may.
    """

    url: str
    family: str
    outcome: Outcome
    said: Words
    pages: int
    pages_stated: int
    entries: int
    entries_stated: int
    dated: int
    pager: Pager
    is_report: bool
    is_cut: bool
    reports: tuple[ListedReport, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Return the report years that the titles name, the newest first."""
        named = {report.year for report in self.reports if report.year is not None}
        return tuple(sorted(named, reverse=True))


def reports_in(entries: Sequence[Listed]) -> tuple[ListedReport, ...]:
    """Return the entries whose titles are those of annual reports, whosever."""
    read = ((entry, read_title(entry.title)) for entry in entries)
    return tuple(
        ListedReport(entry.title, entry.url, entry.listed_on, title.year, title.unit)
        for entry, title in read
        if title.refusal is None
    )


def pager_of(readings: Sequence[ListReading]) -> Pager:
    """Return how the pages lead on."""
    asks = [ask for reading in readings for ask in reading.next_pages]
    if any(ask.form is not None for ask in asks):
        return Pager.FORM
    if asks:
        return Pager.LINKS
    stated = max((reading.stated_pages for reading in readings), default=0)
    return Pager.UNREAD if stated > 1 else Pager.NONE


def sureness_of(column: FoundColumn) -> Sureness:
    """Weigh what was found: only a list that was read well and names several reports is sure."""
    if not column.reports and not column.is_report:
        return Sureness.NONE
    is_source = column.outcome is Outcome.NEWEST_ONLY
    if column.outcome not in GOOD and not column.is_cut and not is_source:
        return Sureness.DOUBTFUL
    if is_source or column.is_cut or column.is_report or len(column.reports) < _SEVERAL:
        return Sureness.LIKELY
    return Sureness.SURE if 2 * len(column.reports) >= column.entries else Sureness.LIKELY


def findings_of(column: FoundColumn) -> Iterator[Words]:
    """Yield what was found, with its figures."""
    dated = Words(f"其中 {column.dated} 条带日期", f"{column.dated} with a day")
    yield Words(
        f"条目 {column.entries} 条，{dated.zh}；年度报告 {len(column.reports)} 份",
        f"{column.entries} entries, {dated.en}; {len(column.reports)} annual reports",
    )
    years = Counter(report.year for report in column.reports if report.year is not None)
    if years:
        listed = sorted(years.items(), reverse=True)
        zh = "、".join(f"{year}（{count}）" for year, count in listed)
        yield Words(f"年度 {zh}", f"years {', '.join(f'{y} ({n})' for y, n in listed)}")
    pager, stated = PAGERS[column.pager], column.pages_stated
    said = Words(f"，页面称共 {stated} 页", f" of {stated} stated") if stated else Words("", "")
    yield Words(
        f"读到 {column.pages} 页{said.zh}；{pager.zh}",
        f"{column.pages} page(s) read{said.en}; {pager.en}",
    )


def gaps_of(column: FoundColumn) -> Iterator[Words]:
    """Yield what could not be seen, and what to do about it."""
    if column.is_cut:
        yield Words(
            f"试看最多读 {column.pages} 页，其余未读；正式巡查会读完",
            f"a probe reads {column.pages} pages at most, a visit reads the others, too",
        )
    elif column.outcome not in GOOD:
        yield column.said
    if column.is_report:
        yield Words(
            "这一页本身就是报告；下一年度若换地址，请改登列表页",
            "the page is itself a report; if next year's has another address, name the list instead",
        )
    elif column.entries and not column.dated:
        yield Words(
            "列表不显示日期，发布日期只能取自报告页",
            "the list shows no days; dates of publication come from the report pages alone",
        )
    nameless = sum(not report.unit for report in column.reports)
    if nameless and not column.is_report:
        yield Words(
            f"{nameless} 份报告的标题没有单位；栏目只属于一个单位时才能据此归属",
            f"{nameless} report titles name no unit; they are assigned only if the column is one unit's",
        )
    undated = sum(report.year is None for report in column.reports)
    if undated:
        yield Words(
            f"{undated} 份报告的标题没有年度或有几个，年度以报告内容为准",
            f"{undated} report titles name no year or several; the document decides",
        )
