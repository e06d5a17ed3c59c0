"""S rules on the six headings: their order and their wording. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from reports.cells import SECTION_HEADINGS, Label
from reports.findings import Severity
from reports.forms.catalogue import FORM_2019
from reports.forms.headings import read_heading
from reports.model import AnnualReport
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.subject import Subject
from reports.text import one_line, squeeze
from reports.words import Words

_BASIS = Words(
    "国办公开办函〔2021〕30号（2019—2020 年为〔2019〕60号）规定的六个部分及其标题",
    "The six sections and their headings in 国办公开办函〔2021〕30号 (〔2019〕60号 for 2019–2020)",
)
_NUMERALS = "一二三四五六"
_LONGEST_QUOTE = 80


@rule(
    code="S02",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "六个部分按格式规定的次序排列。", "The six sections stand in the order of the form."
    ),
    clears=Words(
        "按一至六的次序重排各部分。", "The sections are put into the order from one to six."
    ),
    innocent=Words(
        "文首目录重复各部分名称、各章另行编号但先后次序不变，都不算次序颠倒。",
        "A table of contents that repeats the names, and chapters numbered anew in the same order, are "
        "no disorder.",
    ),
    reach=Reach(first_year=2019),
)
def sections_in_order(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the order in which the sections are printed with that of the form."""
    found = _printed_order(subject.report)
    due = sorted(found)
    if list(found) == due:
        return None
    expected, actual = ("、".join(_NUMERALS[number - 1] for number in row) for row in (due, found))
    spoken = " → ".join(f"{_NUMERALS[n - 1]}、{SECTION_HEADINGS[n - 1]}" for n in found)
    numbers = ", ".join(map(str, found))
    return Breach(
        cells=(),
        expected=expected,
        actual=actual,
        message=Words(
            f"各部分的排列次序与格式不同，文中依次为：{spoken}。请按一至六的次序排列。",
            f"The sections stand in another order than that of the form: {numbers}. Please put them into "
            "the order from one to six.",
        ),
    )


def _printed_order(report: AnnualReport) -> tuple[int, ...]:
    """Return the sections as they stand in the document, else by the numerals of their headings."""
    if report.order:
        return report.order
    numerals = {number: _numeral(heading) for number, heading in _headings(report)}
    printed = [numeral for numeral in numerals.values() if numeral is not None]
    if len(printed) < len(numerals) or len(set(printed)) < len(printed):
        return ()
    return tuple(sorted(numerals, key=lambda number: numerals[number] or 0))


def _headings(report: AnnualReport) -> tuple[tuple[int, str], ...]:
    return tuple((section.number, section.heading) for section in report.sections)


def _numeral(heading: str) -> int | None:
    read = read_heading(heading)
    return None if read is None else read.numeral


_ENUMERATOR = re.compile(
    r"^[#*>■◆●★▶]*(?:第[一二三四五六七八九十](?:部分|章|节)|[(\[【〔]?[一二三四五六七八九十\d]{1,2}[)\]】〕]?(?!\d))?"
    r"[、.,:;]*"
)
# Notes of the draft that were left in are another rule's matter: (宋体加粗小四号字).
_NOTE = re.compile(r"\([^()]{1,30}\)$")
_TRAILING = "。:;、,.-*"
_SAME = str.maketrans({"和": "、", "与": "、", "及": "、", "的": "", "它": "他"})
_OLD_WORDINGS = {
    2: ("行政机关主动公开政府信息情况",),
    3: ("行政机关收到和处理政府信息公开申请情况",),
    4: (
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    5: ("政府信息公开工作存在的主要问题及改进情况",),
}


def _each_heading(report: AnnualReport) -> tuple[Label, ...]:
    return tuple(_PLACES[section.number - 1] for section in report.sections)


_PLACES = tuple(
    Label(str(number), Words(f"第{_NUMERALS[number - 1]}部分", f"section {number}"))
    for number in range(1, len(SECTION_HEADINGS) + 1)
)


@rule(
    code="S03",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "各部分标题使用格式规定的文字。", "The headings of the sections use the words of the form."
    ),
    clears=Words("把标题改为格式规定的文字。", "The heading is changed to the words of the form."),
    innocent=Words(
        "编号写法、标点、空格、“和／及／与／的”的差异不计；2019—2020 年的报告可用当年格式的标题。",
        "Numbering, punctuation, blanks and small connecting words do not count; reports of 2019 and 2020 "
        "may use the headings of their form.",
    ),
    reach=Reach(scopes=_each_heading, first_year=2019),
    default=Default.NOTICE,
)
def heading_wording(subject: Subject, scope: Label) -> Breach | None:
    """Compare one heading with the form's, enumerators and small words left out."""
    number = int(scope.key)
    section = subject.report.section(number)
    if section is None or _is_usual(section.heading, number, _old(subject)):
        return None
    due, printed = SECTION_HEADINGS[number - 1], one_line(section.heading)[:_LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected=due,
        actual=printed,
        message=Words(
            f"{scope.words.zh}的标题写作“{printed}”，格式规定为“{due}”。如无特殊原因，请改用规定的标题。",
            f"The heading of {scope.words.en} reads “{printed}”; the form has “{due}”. Please use the "
            "heading of the form unless there is a reason not to.",
        ),
    )


def _old(subject: Subject) -> bool:
    year = subject.form_year
    return year is not None and year <= (FORM_2019.last_year or 0)


@lru_cache(maxsize=256)
def _is_usual(heading: str, number: int, is_old: bool) -> bool:
    """Say whether a heading has the words of the form; one that only lost its words says nothing."""
    words = _comparable(heading)
    usual = (SECTION_HEADINGS[number - 1], *(_OLD_WORDINGS.get(number, ()) if is_old else ()))
    return not words or words in {_comparable(wording) for wording in usual}


def _comparable(heading: str) -> str:
    words = _ENUMERATOR.sub("", squeeze(heading[:200])).rstrip(_TRAILING)
    return _NOTE.sub("", words).rstrip(_TRAILING).translate(_SAME)
