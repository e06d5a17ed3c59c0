"""I rules on the page: its titles, the names of its files, and who is given as its source. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.cells import Label
from reports.findings import Severity
from reports.rules.engine import Breach, rule
from reports.rules.gaps import NO_IDENTITY, NO_PAGE
from reports.rules.identity.units import is_another_unit, known_unit
from reports.rules.subject import NotTold, Subject
from reports.surroundings import Page
from reports.text import one_line, squeeze
from reports.titles import TitleReading, read_title
from reports.words import Words

_BASIS = Words(
    "《政府信息公开条例》第二十四条（便于检索、查阅）；国办发〔2017〕47号《政府网站发展指引》",
    "Regulation on Disclosure, art. 24 (easy to find); 国办发〔2017〕47号 on government sites",
)
_LONGEST_QUOTE = 80
_FIRST_LINES = 5
_LONGEST_LINE = 120


@rule(
    code="I08",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "网页标题、网页标签中的标题和正文标题的单位、年度一致。",
        "The titles of the page, of its meta tag and of the text name the same unit and year.",
    ),
    clears=Words("把不一致的标题改正。", "The title that differs is corrected."),
    innocent=Words(
        "标题后附网站、栏目名称，省略单位或使用简称，都不算不一致。",
        "Names of site and column behind the title, an absent unit and short names are no difference.",
    ),
)
def titles_of_the_page(subject: Subject, _scope: Label) -> Breach | None:
    """Hold every title of the page and of the text against that of the report."""
    page = _page(subject)
    return next(
        (
            breach
            for title in dict.fromkeys(_titles(subject, page))
            if (breach := _differing_title(subject, title)) is not None
        ),
        None,
    )


def _page(subject: Subject) -> Page:
    if subject.case.page is None:
        raise NotTold(NO_PAGE)
    return subject.case.page


def _titles(subject: Subject, page: Page) -> Iterator[str]:
    yield from page.titles
    yield page.metas.get("articletitle", "")
    lines = subject.report.opening.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    yield from (line for line in lines if len(line) <= _LONGEST_LINE)


def _differing_title(subject: Subject, title: str) -> Breach | None:
    reading = read_title(title)
    if not title.strip() or reading.refusal is not None or _may_be_a_column(reading):
        return None
    what = _difference(subject, reading)
    if what is None:
        return None
    shown = one_line(title)[:_LONGEST_QUOTE]
    ours = subject.report.title or ""
    return Breach(
        cells=(),
        expected=ours or None,
        actual=shown,
        message=Words(
            f"网页与正文的标题{what.zh}不一致：一处为“{ours[:_LONGEST_QUOTE]}”，另一处为“{shown}”。"
            "请核对并改正。",
            f"The titles of page and text differ in the {what.en}: “{ours[:_LONGEST_QUOTE]}” and "
            f"“{shown}”. Please check and correct.",
        ),
    )


def _may_be_a_column(reading: TitleReading) -> bool:
    """Say whether the words may name a column: 2024年政府信息公开年报, of no unit."""
    return not reading.unit and reading.topic.endswith("年报")


def _difference(subject: Subject, reading: TitleReading) -> Words | None:
    year, known = _year(subject), known_unit(subject)
    if year is not None and reading.years and year not in reading.years:
        return Words("年度", "year")
    if reading.unit and known is not None and is_another_unit(reading.unit, known):
        return Words("单位", "unit")
    return None


def _year(subject: Subject) -> int | None:
    titled = set(subject.report.years_in_title)
    return titled.pop() if len(titled) == 1 else None


_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
_YEAR_OF_A_FILE = re.compile(r"(?<!\d)(20\d\d)年?度?[^\d]{0,24}(?:年报|报告)")


@rule(
    code="I09",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "附件文件名中的单位、年度与报告一致。",
        "The names of the attached files name the report's unit and year.",
    ),
    clears=Words(
        "改正附件的文件名，或换上正确的附件。",
        "The name of the file is corrected, or the right file attached.",
    ),
    innocent=Words(
        "由系统生成的文件名、没有年度的文件名不算；另附往年报告而本年附件齐全的不算。",
        "Names made by a system or without a year do not count, nor older reports beside this year's.",
    ),
)
def names_of_files(subject: Subject, _scope: Label) -> Breach | None:
    """Hold the names of the page's files against the report's year and unit."""
    page = _page(subject)
    names = [_EXTENSION.sub("", file.name[:200]) for file in page.files]
    found = _of_another_year(subject, names) or _of_another_unit(subject, names)
    if found is None:
        return None
    name, due = found
    shown = one_line(name)[:_LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected=due,
        actual=shown,
        message=Words(
            f"附件文件名“{shown}”与本报告（{due}）不符。请核对附件是否正确，或改正文件名。",
            f"The file named “{shown}” does not fit this report ({due}). Please check the attachment or "
            "correct its name.",
        ),
    )


def _of_another_year(subject: Subject, names: Iterable[str]) -> tuple[str, str] | None:
    year = _year(subject)
    years = {name: _years_of(name) for name in names}
    if year is None or any(year in found for found in years.values()):
        return None
    return next(((name, str(year)) for name, found in years.items() if found), None)


def _years_of(name: str) -> tuple[int, ...]:
    reading = read_title(name)
    if reading.refusal is None:
        return reading.years
    return tuple(int(year) for year in _YEAR_OF_A_FILE.findall(squeeze(name)))


def _of_another_unit(subject: Subject, names: Iterable[str]) -> tuple[str, str] | None:
    known = known_unit(subject)
    if known is None:
        return None
    readings = ((name, read_title(name)) for name in names)
    return next(
        (
            (name, known.name)
            for name, reading in readings
            if reading.refusal is None and reading.unit and is_another_unit(reading.unit, known)
        ),
        None,
    )


_SOURCE_NAMES = ("contentsource", "source")
# Portals publish for everyone: 县政府办公室, 门户网站, 信息中心.
_PORTAL = re.compile(
    r"政府|网|办公[室厅]$|党政办|政务公开|政务服务|信息(?:中心|公开)|大数据|数据(?:管理)?局|行政审批|融媒体|"
    r"管理员|原创|转载|来源"
)


@rule(
    code="I10",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "网页标注的来源是本单位或其上级办公机构。",
        "The source that the page names is the unit itself or the office above it.",
    ),
    clears=Words("改正网页的来源标注。", "The source that the page names is corrected."),
    innocent=Words(
        "由政府办公室、门户网站、政务公开或数据管理部门统一发布的不算。",
        "Reports published for everyone by a government's office, portal or data bureau do not count.",
    ),
)
def source_of_the_page(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the source in the page's meta tags with the unit."""
    page, known = _page(subject), known_unit(subject)
    if subject.case.identity is None or known is None:
        raise NotTold(NO_IDENTITY)
    sources = (page.metas.get(name, "") for name in _SOURCE_NAMES)
    source = next((squeeze(text[:200]) for text in sources if text.strip()), "")
    if not source or _PORTAL.search(source) or not is_another_unit(source, known):
        return None
    shown = source[:_LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected=known.name,
        actual=shown,
        message=Words(
            f"网页标注的来源为“{shown}”，不是“{known.name}”。请核对来源标注。",
            f"The page names “{shown}” as its source, not “{known.name}”. Please check it.",
        ),
    )
