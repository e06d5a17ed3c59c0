"""N rules: what the text claims against what the tables show, and what is no claim at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.case import Case
from reports.findings import Cause, Severity
from reports.rules.registry import assess
from tests.builders import a_report, with_cell, with_raw, with_text, without_cells

CASE = Case(year=2025)


def findings_of(report, code):
    return [f for f in assess(report, CASE).findings if f.code == code]


def told(text, section=1, report=None):
    return with_text(report or a_report(), section, text)


NOTHING_RECEIVED = [
    "2025年，本机关未收到政府信息公开申请。",
    "全年未接到公民、法人或其他组织提出的政府信息公开申请。",
    "本年度没有收到要求公开政府信息的申请。",
    "2025 年度，我局未接收到任何公民、法人或者其他组织提交的政府信息公开申请，无需办理。",
    "全年未收到任何依申请公开请求。",
    "2025年，我镇共收到政府信息公开申请 0 件。",
    "收到０件政府信息公开申请。",
    "全年无依申请公开事项。",
    "畅通受理渠道，规范办理流程，全年未收到依申请公开申请。",
    "２０２５年未收到群众提出的信息公开申请。",
]


@pytest.mark.parametrize("text", NOTHING_RECEIVED)
def test_text_that_denies_requests_contradicts_a_table_that_shows_some(text) -> None:
    (finding,) = findings_of(told(text), "N01")
    assert finding.severity is Severity.ERROR
    assert (finding.expected, finding.actual) == ("0", "60")
    assert finding.cells == ("requests.new.total",)
    assert "60 件" in finding.message.zh
    assert "60 new requests" in finding.message.en


NO_CLAIM = [
    "未收到信函方式的政府信息公开申请。",
    "通过信函渠道，未收到政府信息公开申请。",
    "网站平台未收到政府信息公开申请。",
    "未收到法人或其他组织提出的政府信息公开申请。",
    "第四季度未收到政府信息公开申请。",
    "2024年未收到政府信息公开申请。",
    "去年未收到政府信息公开申请，今年有所增加。",
    "未收到重复的政府信息公开申请。",
    "未收到政府信息公开行政复议申请。",
    "未收到因政府信息公开申请引起的投诉。",
    "对“未收到政府信息公开申请”的单位加强指导。",
    "未收到申请人对公开申请答复的异议。",
    "共收到政府信息公开申请60件，未收到政府信息公开申请补正。",
    "除上述外，未收到政府信息公开申请。",
    "收到政府信息公开申请20件。",
    "未发生信息公开不予受理申请。",
    "下属单位未收到政府信息公开申请。",
]


@pytest.mark.parametrize("text", NO_CLAIM)
def test_sentence_on_a_part_or_another_time_denies_nothing(text) -> None:
    assert findings_of(told(text), "N01") == []


def test_denied_requests_are_found_in_the_parts_when_the_total_is_lost() -> None:
    report = without_cells(told(NOTHING_RECEIVED[0]), "requests.new.total")
    (finding,) = findings_of(report, "N01")
    assert finding.actual == "60"
    assert "requests.new.natural_person" in finding.cells


def test_denied_requests_cannot_be_checked_without_any_figure() -> None:
    keys = [key for key in a_report().tables["requests"].cells if key.startswith("requests.new.")]
    assessment = assess(without_cells(told(NOTHING_RECEIVED[0]), *keys), CASE)
    assert [g.cause for g in assessment.not_assessable if g.code == "N01"] == [Cause.SOURCE]


def test_text_of_a_government_may_speak_of_itself_alone() -> None:
    report = replace(told(NOTHING_RECEIVED[0]), agency="青禾区人民政府")
    assert [f.severity for f in findings_of(report, "N01")] == [Severity.WARNING]


CARRIED = [
    ("结转下年度继续办理5件。", "carried_out", "5", "7"),
    ("收到申请60件，结转至2026年办理 5 件。", "carried_out", "5", "7"),
    ("另有5件结转下一年度。", "carried_out", "5", "7"),
    ("收到申请60件，上年结转6件，办结61件。", "carried_in", "6", "8"),
    ("收到申请60件，2024年结转6件。", "carried_in", "6", "8"),
    ("收到申请60件，上年度转结6件。", "carried_in", "6", "8"),
]


@pytest.mark.parametrize(("text", "row", "stated", "shown"), CARRIED)
def test_stated_carry_over_that_the_table_contradicts_is_an_error(text, row, stated, shown) -> None:
    (finding,) = findings_of(told(text), "N04")
    assert (finding.expected, finding.actual) == (stated, shown)
    assert finding.cells == (f"requests.{row}.total",)
    assert finding.severity is Severity.ERROR
    assert f"行的总计为 {shown}，差 " in finding.message.zh


@pytest.mark.parametrize(
    "text",
    [
        "收到申请60件，上年结转8件，办结61件，结转下年度7件。",
        "答复61件，其中上年结转6件。",
        "上年结转申请6件已全部办结。",
        "行政复议案件结转下年度5件。",
        "2024年结转至2025年5件。",
        "结转下年度5件，后更正为结转下年度6件。",
        "上年结转资金5件。",
        "结转下年度50余件。",
    ],
)
def test_carry_over_that_agrees_or_speaks_of_something_else_is_no_error(text) -> None:
    assert findings_of(told(text), "N04") == []


def test_stated_carry_over_without_a_figure_in_the_table_is_not_assessable() -> None:
    report = with_raw(told("结转下年度5件。"), "", "requests.carried_out.total")
    gaps = [g for g in assess(report, CASE).not_assessable if g.code == "N04"]
    assert [(g.cause, g.cells) for g in gaps] == [(Cause.SOURCE, ("requests.carried_out.total",))]


DENIED_DISPUTES = [
    ("本年度未发生因政府信息公开引起的行政复议、行政诉讼。", 2),
    ("2025年未发生行政复议和行政诉讼案件。", 2),
    ("无行政复议、行政诉讼情况。", 2),
    ("未收到政府信息公开行政复议申请，也未发生行政诉讼案件。", 2),
    ("因政府信息公开被申请行政复议0件。", 1),
    ("没有因政府信息公开工作被提起行政诉讼的情况。", 1),
]


@pytest.mark.parametrize(("text", "number"), DENIED_DISPUTES)
@pytest.mark.parametrize("section", [1, 4])
def test_denied_disputes_contradict_a_table_that_shows_some(text, number, section) -> None:
    found = findings_of(told(text, section), "N06")
    assert [f.severity for f in found] == [Severity.ERROR] * number
    assert {f.actual for f in found} <= {"9", "2 + 4"}


@pytest.mark.parametrize(
    "text",
    [
        "未发生行政复议被纠正的情况。",
        "未发生行政诉讼败诉案件。",
        "2024年未发生行政复议、行政诉讼。",
        "无法提供行政复议材料。",
        "依法做好行政复议、行政诉讼应对工作。",
        "未发生失密泄密事件，行政复议渠道畅通。",
        "行政复议案件9件，行政诉讼6件，均涉及信息公开。",
        "作为复议机关收到信息公开行政复议30件。",
        "全年办理行政复议案件300件。",
    ],
)
def test_sentence_on_outcomes_or_other_duties_denies_no_dispute(text) -> None:
    assert findings_of(told(text), "N06") == []


def test_denied_disputes_agree_with_a_table_of_zeros() -> None:
    report = told("未发生行政复议、行政诉讼。")
    for key in report.tables["disputes"].cells:
        report = with_cell(report, key, 0)
    assert findings_of(report, "N06") == []


def test_count_of_disputes_that_differs_is_a_warning_that_quotes_it() -> None:
    (finding,) = findings_of(told("因政府信息公开引发行政复议12件。"), "N06")
    assert (finding.severity, finding.expected, finding.actual) == (Severity.WARNING, "12", "9")
    assert "因政府信息公开引发行政复议12件" in finding.message.zh


DENIED_FEE = "本年度未收取政府信息公开信息处理费。"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("全年收取信息处理费共计400元。", "400"),
        ("有1件申请收取政府信息公开信息处理费0.038万元。", "380"),
    ],
)
def test_denied_and_stated_fee_contradict_each_other(text, amount) -> None:
    (finding,) = findings_of(told(text), "N12")
    assert (finding.severity, finding.actual) == (Severity.ERROR, amount)
    assert DENIED_FEE.rstrip("。") in finding.message.zh


@pytest.mark.parametrize(
    "text",
    [
        "按件收取信息处理费100元。",
        "2024年收取信息处理费400元。",
        "收取信息处理费标准为每件100元。",
        "收取信息处理费0元。",
        "收取行政事业性收费400元。",
        "减免后收取信息处理费400元。",
    ],
)
def test_rates_other_years_and_other_fees_contradict_nothing(text) -> None:
    assert findings_of(told(text), "N12") == []


def test_one_sentence_that_says_both_is_quoted_once() -> None:
    said = "本年度收取信息处理费共计300元，按照规定，未收取信息处理费"
    report = with_text(told(f"{said}。"), 6, "无其他事项。")
    (finding,) = findings_of(report, "N12")
    assert finding.message.zh == f"“{said}”中既写未收取，又写收取 300 元。请核对并统一。"


def test_denial_for_the_other_requests_agrees_with_an_amount() -> None:
    report = told("收取信息处理费400元，其余申请未收取信息处理费。")
    assert findings_of(with_text(report, 6, "无其他事项。"), "N12") == []


def test_administrative_fees_of_table_two_are_another_figure() -> None:
    assert findings_of(with_cell(a_report(), "fees.amount", 500), "N12") == []
