"""I rules on the words of the title: a year twice, and another kind of document. Pure."""

from __future__ import annotations

import re

from reports.cells import Label
from reports.findings import Severity
from reports.rules.engine import Breach, rule
from reports.rules.subject import Subject
from reports.text import squeeze
from reports.titles import read_title
from reports.words import Words

_BASIS = Words(
    "《政府信息公开条例》第四十九条、第五十条：“政府信息公开工作年度报告”",
    "Regulation on Disclosure, arts. 49 and 50: annual report on disclosure work",
)
_LONGEST_QUOTE = 80


@rule(
    code="I03",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words("标题只写一次年度。", "The title names the year once."),
    clears=Words("删去标题中重复的年度。", "The second year is taken out of the title."),
    innocent=Words(
        "只有一个年份而“年度”二字重复的不算。", "The word 年度 twice with one year is no doubling."
    ),
)
def one_year_in_the_title(subject: Subject, _scope: Label) -> Breach | None:
    """Count the years of the title."""
    years = subject.report.years_in_title
    if len(years) < 2:
        return None
    listed, title = "、".join(map(str, years)), (subject.report.title or "")[:_LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected=str(subject.case.year or years[-1]),
        actual=listed,
        message=Words(
            f"标题“{title}”写了 {len(years)} 个年份：{listed}。请只保留报告年度。",
            f"The title “{title}” names {len(years)} years: {listed}. Please keep the report year only.",
        ),
    )


_LETTER = re.compile(r"公开涵|[的之]?(?:复?函|涵)$")
_CUT_SHORT = "年度报"
_YEARLY = re.compile(r"年度|年报")


@rule(
    code="I07",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "标题称“年度报告”，不称工作报告、工作总结或函。",
        "The title says annual report, not work report, summary or letter.",
    ),
    clears=Words(
        "标题改为“……年政府信息公开工作年度报告”。",
        "The title is changed to that of an annual report.",
    ),
    innocent=Words(
        "“年报”“信息公开年度报告”等简称，“年度工作报告”“2025年度……工作报告”等已写明年度的说法，只要看得出是"
        "年度报告就不算或只作提示；标题被列表截断的不算。",
        "Short forms such as 年报 do not count; a work report whose title says that it is of the year is "
        "only noted; nor does a title that a list cut short.",
    ),
)
def word_of_the_title(subject: Subject, _scope: Label) -> Breach | None:
    """Look at the words by which the title calls the document."""
    title = squeeze((subject.report.title or "")[:400])
    topic = squeeze(read_title(title).topic)
    found = _wrong_word(title, topic)
    if found is None or (found == _CUT_SHORT and _is_whole_elsewhere(subject)):
        return None
    is_yearly = found == "工作报告" and "年度" in title
    return Breach(
        cells=(),
        expected="年度报告",
        actual=found,
        severity=Severity.NOTICE if is_yearly else None,
        message=Words(
            f"标题“{title[:_LONGEST_QUOTE]}”称为“{found}”，应为“政府信息公开工作年度报告”。请改正标题。",
            f"The title “{title[:_LONGEST_QUOTE]}” says “{found}”; it should say annual report. Please "
            "correct it.",
        ),
    )


def _wrong_word(title: str, topic: str) -> str | None:
    """Return the word that is not that of an annual report; None when there is none."""
    letter = _LETTER.search(title)
    if letter is not None:
        return letter.group().lstrip("的之")
    if not topic:
        return None
    if topic.endswith(_CUT_SHORT):
        return _CUT_SHORT
    if topic.endswith("总结"):
        return "工作总结"
    return None if _YEARLY.search(topic) else "工作报告"


def _is_whole_elsewhere(subject: Subject) -> bool:
    """Say whether another title of the page, or the text, has the word that a list cut short."""
    page = subject.case.page
    titles = () if page is None else page.titles
    return any("年度报告" in squeeze(text[:2000]) for text in (*titles, subject.report.opening))
