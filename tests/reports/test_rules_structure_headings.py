"""S rules on the six headings: their order and their wording."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from reports.case import Case
from reports.cells import SECTION_HEADINGS
from reports.documents.read import read_document
from reports.findings import Severity
from reports.reading.read import read_report
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from tests.builders import a_report, without_section

CODES = ("S02", "S03")
NUMERALS = "一二三四五六"


def judged(code, report):
    return run([rule_named(code)], Subject(report, Case()))


def found(code, report):
    return [(f.severity, f.actual) for f in judged(code, report).findings]


def with_heading(report, number, heading):
    sections = (
        replace(section, heading=heading) if section.number == number else section
        for section in report.sections
    )
    return replace(report, sections=tuple(sections))


@pytest.mark.parametrize("code", CODES)
def test_headings_of_the_form_hold_and_without_any_another_rule_speaks(code) -> None:
    for report in (a_report(), a_report(2020), replace(a_report(), sections=())):
        assessment = judged(code, report)
        assert assessment.findings == assessment.not_assessable == ()


@pytest.mark.parametrize("code", CODES)
def test_reports_before_the_form_are_not_judged(code) -> None:
    assert (
        found(code, replace(renumbered(*"一三二四五六"), year=2017, years_in_title=(2017,))) == []
    )


def drawn(*headings):
    parts = ["青禾区水务局2025年政府信息公开工作年度报告"]
    for heading in headings:
        parts += [heading, "这一部分的文字说明了本年度的情况。"]
    return read_report(read_document("\n\n".join(parts).encode()))


INTENDED = [f"{sign}、{words}" for sign, words in zip(NUMERALS, SECTION_HEADINGS, strict=True)]


def test_sections_in_the_order_of_the_form_hold() -> None:
    assert drawn(*INTENDED).order == (1, 2, 3, 4, 5, 6)
    assert found("S02", drawn(*INTENDED)) == []


def test_sections_in_another_order_are_listed_as_they_stand() -> None:
    report = drawn(*(INTENDED[n] for n in (0, 2, 1, 3, 4, 5)))
    (finding,) = judged("S02", report).findings
    assert finding.severity is Severity.WARNING
    assert (finding.expected, finding.actual) == (
        "一、二、三、四、五、六",
        "一、三、二、四、五、六",
    )
    assert "三、收到和处理政府信息公开申请情况 → 二、主动公开政府信息情况" in finding.message.zh


def test_a_table_of_contents_is_no_other_order() -> None:
    title = "青禾区水务局2025年政府信息公开工作年度报告"
    body = [part for heading in INTENDED for part in (heading, "本年度的情况如下所述。")]
    text = "\n\n".join([title, *INTENDED, *body])
    assert found("S02", read_report(read_document(text.encode()))) == []


def renumbered(*signs):
    report = a_report()
    for number, sign in enumerate(signs, start=1):
        report = with_heading(report, number, f"{sign}、{SECTION_HEADINGS[number - 1]}")
    return report


@pytest.mark.parametrize(
    ("signs", "actual"),
    [
        ("一二三四五六", None),
        ("二三四五六七", None),
        ("一一二三五六", None),
        ("一三二四五六", "一、三、二、四、五、六"),
        ("四一二三五六", "二、三、四、一、五、六"),
    ],
    ids=["in order", "seven announced", "chapters numbered anew", "two and three", "tables first"],
)
def test_numerals_tell_the_order_where_the_reader_kept_none(signs, actual) -> None:
    expected = [] if actual is None else [(Severity.WARNING, actual)]
    assert found("S02", renumbered(*signs)) == expected


def test_missing_sections_are_no_disorder() -> None:
    assert found("S02", replace(without_section(a_report(), 3, 5), order=(1, 2, 4, 6))) == []


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、总体情况、"),
        (1, "## 一、总体情况"),
        (1, "（一）总体情况："),
        (1, "第一部分 总体情况"),
        (1, "总 体 情 况"),
        (1, "一、总体情况(宋体加粗小四号字)"),
        (2, "一、主动公开政府信息情况"),
        (3, "三、收到与处理政府信息公开申请的情况"),
        (4, "四、政府信息公开行政复议和行政诉讼情况"),
        (5, "五、存在主要问题和改进情况"),
        (6, "六、其它需要报告的事项。"),
    ],
)
def test_numbering_signs_and_small_words_of_a_heading_do_not_count(number, heading) -> None:
    assert found("S03", with_heading(a_report(), number, heading)) == []


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、2021政府信息公开情况"),
        (1, "一、2023年政务公开总体情况"),
        (1, "一、工作总体推进情况"),
        (5, "五、存在的主要问题及整改措施"),
        (5, "五、政府信息公开工作存在的主要问题及改进情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    ],
)
def test_other_words_in_a_heading_are_only_noted(number, heading) -> None:
    (finding,) = judged("S03", with_heading(a_report(), number, heading)).findings
    assert (finding.severity, finding.expected) == (Severity.NOTICE, SECTION_HEADINGS[number - 1])
    assert finding.actual == heading
    assert heading in finding.message.zh


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (5, "五、政府信息公开工作存在的主要问题及改进情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    ],
)
def test_headings_of_the_old_form_are_right_in_old_reports(number, heading) -> None:
    assert found("S03", with_heading(a_report(2020), number, heading)) == []


HOSTILE = ("一、" * 30_000, "（一）" * 20_000, "#" * 60_000, "总体情况" * 15_000, "(" * 60_000)


@pytest.mark.parametrize("code", CODES)
def test_long_headings_are_judged_in_linear_time(code) -> None:
    for text in HOSTILE:
        report = with_heading(a_report(), 1, text)
        started = process_time()
        judged(code, report)
        assert process_time() - started < 1.5, text[:8]
