"""N02, N03, N05, N11: numbers of the text against the tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.agencies import AgencyKind
from reports.case import Case
from reports.findings import Cause, Severity
from reports.forms.catalogue import FORM_2019
from reports.rules.registry import assess
from tests.builders import IDENTITY, a_report, with_cell, with_raw, with_text, without_cells

CASE = Case(year=2025)


def findings_of(report, code, case=CASE):
    return [f for f in assess(report, case).findings if f.code == code]


def told(text, section=1, report=None):
    return with_text(report or a_report(), section, text)


# The built report: new 60, carried in 8, handled 61 (of which other.* 2 + 0 + 3), carried out 7.

RECEIVED_WRONGLY = [
    ("2025年，我局共收到政府信息公开申请59件。", "59"),
    ("全年受理依申请公开六十一件。", "61"),
    ("新收政府信息公开申请6１件。", "61"),
    ("共收到政府信息公开申请1,203件。", "1203"),
    ("共收到政府信息公开申请：网站18件，信函5件，合计23件。", "23"),
    ("收到政府信息公开申请23件，比2024年收到的30件减少。", "23"),
    ("2024年收到政府信息公开申请60件，2025年收到23件。", "23"),
]


@pytest.mark.parametrize(("text", "stated"), RECEIVED_WRONGLY)
def test_other_number_received_than_the_table_shows_is_a_warning(text, stated) -> None:
    (finding,) = findings_of(told(text), "N02")
    assert finding.severity is Severity.WARNING
    assert (finding.expected, finding.actual) == (stated, "60")
    assert finding.cells == ("requests.new.total", "requests.carried_in.total")
    assert "合计 68" in finding.message.zh
    assert "68 in all" in finding.message.en


@pytest.mark.parametrize(
    "text",
    [
        "共收到政府信息公开申请60件。",
        "共收到政府信息公开申请六十件。",
        "共收到政府信息公开申请６０件。",
        "共受理政府信息公开申请68件（含上年结转8件）。",
        "受理政府信息公开申请58件。",
        "受理政府信息公开申请66件。",
        "收到政府信息公开申请50余件。",
        "收到政府信息公开申请约50件。",
        "通过网站收到政府信息公开申请50件。",
        "收到政府信息公开申请50件，信函收到10件，共收到政府信息公开申请60件。",
        "2024年收到政府信息公开申请30件。",
        "2026年将受理政府信息公开申请30件。",
        "未收到申请。受理热线咨询1200件。",
        "主动公开政府信息356条。",
        "全区共收到政府信息公开申请518件。",
        "政府信息公开工作在2024年年度报告中反映的3件问题已整改。",
    ],
)
def test_number_received_that_agrees_or_counts_something_else(text) -> None:
    assert findings_of(told(text), "N02") == []


def test_plain_none_is_judged_once_by_the_rule_on_none() -> None:
    report = told("共收到政府信息公开申请0件。")
    assert findings_of(report, "N02") == []
    assert len(findings_of(report, "N01")) == 1


def test_number_received_cannot_be_checked_against_a_lost_total() -> None:
    report = without_cells(told("共收到政府信息公开申请59件。"), "requests.new.total")
    gaps = [gap for gap in assess(report, CASE).not_assessable if gap.code == "N02"]
    assert [(gap.cause, gap.cells) for gap in gaps] == [(Cause.SOURCE, ("requests.new.total",))]
    report = without_cells(told("共收到政府信息公开申请59件。"), "requests.carried_in.total")
    gaps = [gap for gap in assess(report, CASE).not_assessable if gap.code == "N02"]
    assert [gap.cells for gap in gaps] == [("requests.carried_in.total",)]


@pytest.mark.parametrize(
    ("code", "text"), [("N02", "受理政府信息公开申请58件。"), ("N03", "办结政府信息公开申请59件。")]
)
def test_difference_that_a_lost_row_may_explain_accuses_nobody(code: str, text: str) -> None:
    cell = "requests.other.no_correction.total"
    assert findings_of(told(text), code) == []
    lost = told(text, report=without_cells(a_report(), cell))
    assert findings_of(lost, code) == []
    gaps = [gap for gap in assess(lost, CASE).not_assessable if gap.code == code]
    assert [(gap.cells, gap.cause) for gap in gaps] == [((cell,), Cause.SOURCE)]


def test_region_may_count_more_than_the_government_itself() -> None:
    """A district's table shows 95, its text the 17 of the government itself: a warning with the phrase."""
    report = with_cell(told("区政府共收到政府信息公开申请17件。"), "requests.new.total", 95)
    case = Case(replace(IDENTITY, kind=AgencyKind.GOVERNMENT), 2025)
    (finding,) = findings_of(replace(report, agency="青禾区人民政府"), "N02", case)
    assert finding.severity is Severity.WARNING
    assert "区政府共收到政府信息公开申请17件" in finding.message.zh


def test_text_that_names_the_level_itself_is_of_another_scope() -> None:
    report = replace(told("区政府本级收到政府信息公开申请17件。"), agency="青禾区人民政府")
    assert findings_of(report, "N02") == []


def test_number_of_the_region_is_that_of_a_government_alone() -> None:
    text = "全区共收到政府信息公开申请59件。"
    assert findings_of(told(text), "N02") == []
    report = replace(told(text), agency="青禾区人民政府")
    assert [f.expected for f in findings_of(report, "N02")] == ["59"]


@pytest.mark.parametrize("stated", [61, 59, 56, 53, 60, 68])
def test_answered_may_leave_out_the_unanswered_or_count_the_new_ones(stated) -> None:
    assert findings_of(told(f"办结政府信息公开申请{stated}件。"), "N03") == []


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("办结政府信息公开申请50件。", "50"),
        ("收到政府信息公开申请60件，已按时答复六十二件。", "62"),
        ("答复依申请公开政府信息39件。", "39"),
    ],
)
def test_other_number_answered_than_the_results_is_a_warning(text, stated) -> None:
    (finding,) = findings_of(told(text), "N03")
    assert (finding.severity, finding.expected, finding.actual) == (Severity.WARNING, stated, "61")
    assert finding.cells == ("requests.handled_total.total",)


@pytest.mark.parametrize(
    "text",
    [
        "其中办结政府信息公开申请5件。",
        "延期答复政府信息公开申请5件。",
        "办理人大建议5件，均已办结5件。",
        "办结政府信息公开申请50余件。",
        "政府信息公开申请办结率100%。",
        "2024年办结政府信息公开申请5件。",
        "收到政府信息公开申请60件，办理网民留言5件，答复5件。",
    ],
)
def test_answers_of_a_part_or_to_others_are_not_compared(text) -> None:
    assert findings_of(told(text), "N03") == []


def test_number_answered_cannot_be_checked_against_a_blank() -> None:
    report = with_raw(told("办结政府信息公开申请50件。"), "", "requests.handled_total.total")
    gaps = [gap for gap in assess(report, CASE).not_assessable if gap.code == "N03"]
    assert [gap.cells for gap in gaps] == [("requests.handled_total.total",)]


# Results of the built report: granted 26, partly 9, refused 9, unavailable 8, unprocessed 4, other 5.


def test_results_of_the_text_that_agree_one_by_one_and_together() -> None:
    split = "予以公开26件、部分公开9件，不予公开9件，无法提供8件，不予处理4件，其他处理5件"
    merged = "予以公开及部分公开35件，无法提供和不予处理12件"
    assert findings_of(told(f"答复申请中，{split}。答复申请中，{merged}。"), "N05") == []


@pytest.mark.parametrize(
    ("text", "stated", "shown", "cells"),
    [
        ("申请答复中，予以公开27件。", "27", "26", 1),
        ("申请答复结果为部分公开十件。", "10", "9", 1),
        ("申请答复中，不予公开8件。", "8", "9", 8),
        ("申请答复中，无法提供9件。", "9", "8", 3),
        ("申请答复中，不予处理5件。", "5", "4", 5),
        ("申请答复中，其他处理4件。", "4", "5", 3),
        ("其中，予以公开或部分公开42件。申请按期答复。", "42", "35", 2),
    ],
)
def test_result_that_the_table_contradicts_is_a_warning(text, stated, shown, cells) -> None:
    (finding,) = findings_of(told(text), "N05")
    assert finding.severity is Severity.WARNING
    assert (finding.expected, finding.actual, len(finding.cells)) == (stated, shown, cells)


@pytest.mark.parametrize(
    "text",
    [
        "制发公文707件，予以公开673件，不予公开34件。",
        "建议提案答复予以公开30件，部分公开2件。",
        "自然人申请中，予以公开3件，部分公开1件。",
        "申请答复中，予以公开20余件。",
        "去年申请答复中，予以公开3件。",
        "申请答复中，予以公开27件。后经核对，申请答复中，予以公开26件。",
    ],
)
def test_results_of_other_papers_groups_and_years_are_not_compared(text) -> None:
    assert findings_of(told(text), "N05") == []


def test_result_with_a_lost_row_is_not_assessable() -> None:
    key = "requests.refused.forbidden_by_law.total"
    report = without_cells(told("申请答复中，不予公开8件。"), key)
    gaps = [gap for gap in assess(report, CASE).not_assessable if gap.code == "N05"]
    assert [gap.cells for gap in gaps] == [(key,)]


def test_form_with_one_row_for_other_results_is_compared_as_printed() -> None:
    text = "申请答复中，其他处理4件。"
    (finding,) = findings_of(
        told(text, report=a_report(2020, form=FORM_2019)), "N05", Case(year=2020)
    )
    assert (finding.cells, finding.actual) == (("requests.other.total",), "5")


# Table 2 of the built report: regulations 0 / 3 / 6, normative documents 9 / 12 / 15.


@pytest.mark.parametrize(
    ("text", "kind", "stated", "shown"),
    [
        ("制定行政规范性文件8件。", "normative_documents.made", "8", "9"),
        ("未制定行政规范性文件。", "normative_documents.made", "0", "9"),
        ("制发规范性文件9件，废止两件。", "normative_documents.repealed", "2", "12"),
        ("现行有效规范性文件16件。", "normative_documents.in_force", "16", "15"),
        ("废止规章1部。", "regulations.repealed", "1", "3"),
    ],
)
def test_documents_that_table_2_contradicts_are_a_warning(text, kind, stated, shown) -> None:
    (finding,) = findings_of(told(text), "N11")
    assert (finding.severity, finding.cells) == (Severity.WARNING, (kind,))
    assert (finding.expected, finding.actual) == (stated, shown)


@pytest.mark.parametrize(
    "text",
    [
        "制定行政规范性文件9件，废止12件，现行有效15件。",
        "制定规范性文件九件。",
        "发布规范性文件5件。",
        "以区政府名义制定规范性文件4件。",
        "区政府制定规范性文件4件。",
        "代拟区政府规范性文件4件。",
        "审查规范性文件12件。",
        "清理规范性文件30件，废止2件，宣布失效5件。",
        "2024年制定规范性文件4件。",
        "修订规章制度2项，制定规章制度1项。",
        "制定规范性文件10余件。",
    ],
)
def test_documents_that_agree_or_are_others_are_no_finding(text) -> None:
    assert findings_of(told(text), "N11") == []


def test_documents_cannot_be_checked_against_a_slash() -> None:
    report = with_raw(told("制定行政规范性文件8件。"), "/", "normative_documents.made")
    gaps = [gap for gap in assess(report, CASE).not_assessable if gap.code == "N11"]
    assert [gap.cells for gap in gaps] == [("normative_documents.made",)]


@pytest.mark.parametrize(
    ("text", "stated"),
    [("行政复议五件。", "5"), ("行政诉讼三件。", "3"), ("行政复议维持4件，其他1件，共5件。", "5")],
)
def test_disputes_in_numerals_and_summed_up_are_compared(text, stated) -> None:
    (finding,) = findings_of(told(f"政府信息公开{text}", 4), "N06")
    assert (finding.severity, finding.expected) == (Severity.WARNING, stated)


def test_table_that_says_it_includes_older_cases_contradicts_no_count() -> None:
    """As a city's report does: its table also holds cases carried in from the year before."""
    report = told("行政复议5件。", 4)
    assert len(findings_of(report, "N06")) == 1
    report = with_text(report, 6, "第四表数据含往年结转案件。")
    assert findings_of(report, "N06") == []


@pytest.mark.parametrize(
    ("text", "row", "stated"),
    [
        ("结转下年度继续办理五件。", "carried_out", "5"),
        ("另有十二件结转下一年度。", "carried_out", "12"),
        ("收到申请六十件，上年结转九件。", "carried_in", "9"),
    ],
)
def test_carry_over_in_numerals_is_compared_too(text, row, stated) -> None:
    (finding,) = findings_of(told(text), "N04")
    assert (finding.severity, finding.expected) == (Severity.ERROR, stated)
    assert finding.cells == (f"requests.{row}.total",)
