"""A07–A12, Y08: table 2 against last year, other data and what such a body does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.case import Case
from reports.findings import Severity
from reports.model import Cell, Quality, TableName
from reports.surroundings import Source
from tests.builders import (
    IDENTITY,
    a_report,
    with_cell,
    with_cells,
    with_quality,
    with_raw,
    with_text,
    without_cells,
)
from tests.judging import finding_of, holds, lacks_context, lacks_source, said_by

ROWS = [("A07", "regulations"), ("Y08", "normative_documents")]
BOTH = ["A08", "A09"]
SOURCE = Source("https://slj.example.gov.cn/2024.html", "0123456789abcdef" * 4)


def stock(row, made, repealed, in_force, report=None):
    figures = {"made": made, "repealed": repealed, "in_force": in_force}
    cells = [Cell(f"{row}.{m}", str(v), v) for m, v in figures.items()]
    return with_cells(report or a_report(), cells)


def level(report=None):
    """Return a report in which no document was made or repealed, with 6 in force in each row."""
    return stock("normative_documents", 0, 0, 6, stock("regulations", 0, 0, 6, report))


def after(previous=None, **context):
    return Case(identity=IDENTITY, year=2025, previous=previous or level(a_report(2024)), **context)


@pytest.mark.parametrize(("code", "row"), ROWS)
def test_stock_that_does_not_follow_from_last_years(code, row) -> None:
    report = stock(row, 4, 1, 8, level())
    finding = finding_of(code, report, after(previous_source=SOURCE))
    assert finding.cells == tuple(f"{row}.{m}" for m in ("made", "repealed", "in_force"))
    assert (finding.expected, finding.actual) == ("9", "8")
    assert finding.severity is Severity.WARNING
    assert "6 + 4 − 1 = 9" in finding.message.zh
    assert "差 1" in finding.message.zh
    assert f"{SOURCE.url}，SHA-256 0123456789ab）" in finding.message.zh
    assert holds(code, stock(row, 4, 1, 9, level()), after())


REASONS = [
    "2025年对规章和规范性文件开展清理，5件自然失效。",
    "因机构改革，有关规章、规范性文件划转至区住建局。",
    "现行有效规章及文件件数按清理结果重新统计，口径有调整。",
]


@pytest.mark.parametrize(("code", "row"), ROWS)
@pytest.mark.parametrize("said", REASONS)
def test_stock_that_the_report_explains_is_a_notice_that_quotes_it(code, row, said) -> None:
    report = with_text(stock(row, 0, 0, 1, level()), 1, said)
    finding = finding_of(code, report, after())
    assert finding.severity is Severity.NOTICE
    assert said[:10] in finding.message.zh


@pytest.mark.parametrize(("code", "row"), ROWS)
def test_remark_beside_the_figure_explains_it_too(code, row) -> None:
    key = f"{row}.repealed"
    noted = Cell(key, "0(含自然失效5件)", 0, note="(含自然失效5件)")
    finding = finding_of(code, with_cells(stock(row, 0, 0, 1, level()), [noted]), after())
    assert finding.severity is Severity.NOTICE
    assert "自然失效5件" in finding.message.zh


STOCK_CODES = [*ROWS, *((code, "regulations") for code in BOTH)]


@pytest.mark.parametrize(("code", "row"), STOCK_CODES)
def test_stock_is_not_compared_without_a_firm_figure_of_last_year(code, row) -> None:
    report, key = stock(row, 4, 9, 99, level()), f"{row}.in_force"
    before = level(a_report(2024))
    shifted = with_quality(before, TableName.PROACTIVE, Quality.SHIFTED)
    assert lacks_context(code, report, Case(identity=IDENTITY))
    assert lacks_context(code, report, after(replace(before, year=2023)))
    assert lacks_context(code, report, after(replace(before, agency="青禾区教育局")))
    assert lacks_context(code, report, after(with_raw(before, "/", key)))
    assert lacks_context(code, report, after(shifted))
    assert lacks_source(code, without_cells(report, key), after()) == (key,)


@pytest.mark.parametrize(("code", "row"), STOCK_CODES)
def test_last_year_of_another_form_has_no_stock_to_compare(code, row) -> None:
    case = Case(identity=IDENTITY, year=2021, previous=a_report(2020))
    assert holds(code, stock(row, 4, 9, 99, level(a_report(2021))), case)
    report = with_raw(level(), "/", *(f"{row}.{m}" for m in ("made", "repealed", "in_force")))
    assert holds(code, report, after())


def test_more_in_force_than_there_can_be() -> None:
    finding = finding_of("A08", stock("normative_documents", 2, 0, 11, level()), after())
    assert (finding.expected, finding.actual) == ("≤ 8", "11")
    assert "6 + 2 = 8" in finding.message.zh
    assert "多 3" in finding.message.zh
    assert holds("A08", stock("normative_documents", 2, 0, 8, level()), after())


def test_more_repealed_than_there_were() -> None:
    finding = finding_of("A09", stock("regulations", 1, 9, 0, level()), after())
    assert (finding.expected, finding.actual) == ("≤ 7", "9")
    assert holds("A09", stock("regulations", 1, 7, 0, level()), after())


@pytest.mark.parametrize("code", BOTH)
def test_both_rows_beyond_the_possible_are_one_finding(code) -> None:
    report = stock("regulations", 0, 99, 99, stock("normative_documents", 0, 99, 99))
    finding = finding_of(code, report, after())
    assert len(finding.cells) == 6
    assert (finding.expected, finding.actual) == ("≤ 6、≤ 6", "99、99")


@pytest.mark.parametrize("code", BOTH)
def test_corrected_or_taken_over_stock_is_no_breach(code) -> None:
    report = with_text(
        stock("normative_documents", 0, 20, 20, level()),
        1,
        "机构改革后，原县农机局规范性文件划入。",
    )
    assert holds(code, report, after())


def test_figures_that_differ_from_the_enforcement_data() -> None:
    case = Case(enforcement={"licensing.decisions": 18, "penalties.decisions": 20})
    finding = finding_of("A11", a_report(), case)
    assert finding.cells == ("penalties.decisions",)
    assert (finding.expected, finding.actual) == ("20", "21")
    assert "差 1" in finding.message.zh
    assert finding.severity is Severity.NOTICE


def test_enforcement_data_that_agrees_or_is_not_given() -> None:
    same = Case(enforcement={"licensing.decisions": 18})
    assert holds("A11", a_report(), same)
    assert holds("A11", with_raw(a_report(), "/", "licensing.decisions"), same)
    assert lacks_context("A11", a_report(), Case())
    lost = without_cells(a_report(), "licensing.decisions")
    assert lacks_source("A11", lost, same) == ("licensing.decisions",)


LEAPS = [(0, 51, True), (5, 56, True), (600, 20, True), (0, 50, False), (6, 57, False), (60, 10, 0)]


@pytest.mark.parametrize(("before", "now", "leaps"), LEAPS)
def test_decisions_that_leap_tenfold_and_by_many(before, now, leaps) -> None:
    key = "licensing.decisions"
    case = after(with_cell(a_report(2024), key, before))
    report = with_cell(a_report(), key, now)
    if not leaps:
        assert holds("A12", report, case)
        return
    finding = finding_of("A12", report, case)
    assert (finding.cells, finding.actual) == ((key,), str(now))
    assert f"上年 {before}，本年 {now}" in finding.message.zh


def test_powers_given_to_a_township_explain_a_leap() -> None:
    case = after(with_cell(a_report(2024), "penalties.decisions", 0))
    report = with_cell(a_report(), "penalties.decisions", 400)
    assert holds("A12", with_text(report, 1, "今年承接赋权事项85项，行政处罚权下放。"), case)
    assert lacks_context("A12", report, Case(identity=IDENTITY))
    assert lacks_source("A12", without_cells(report, "coercion.decisions"), case) == (
        "coercion.decisions",
    )


def test_leap_from_the_form_before_is_seen_where_both_ask_for_the_same() -> None:
    previous = with_cell(a_report(2020), "licensing.decisions", 2)
    report = with_cell(a_report(2021), "licensing.decisions", 300)
    case = Case(identity=IDENTITY, year=2021, previous=previous)
    assert finding_of("A12", report, case).cells == ("licensing.decisions",)


DECISIONS = ("licensing.decisions", "penalties.decisions", "coercion.decisions")


def idle(name="青禾区公安局"):
    report = said_by(a_report(), name)
    return with_cells(report, [Cell(key, "0", 0) for key in DECISIONS])


@pytest.mark.parametrize(
    "name", ["青禾区公安局", "白石县市场监督管理局", "江南市城市管理局", "青禾区住房和城乡建设局"]
)
def test_enforcement_body_that_decides_nothing_is_a_notice(name) -> None:
    finding = finding_of("A10", idle(name))
    assert (finding.cells, finding.severity) == (DECISIONS, Severity.NOTICE)
    assert name in finding.message.zh


@pytest.mark.parametrize(
    "name", ["青禾区档案局", "江南市公安局高新区分局", "江南市生态环境局青禾分局", "汇源街道办事处"]
)
def test_who_does_not_enforce_or_is_counted_above_may_decide_nothing(name) -> None:
    assert holds("A10", idle(name))


def test_powers_that_were_transferred_explain_zeros() -> None:
    said = "行政处罚权已划转至区综合行政执法局。"
    assert holds("A10", with_text(idle(), 1, said))
    assert holds("A10", with_cell(idle(), "licensing.decisions", 1))


def test_enforcement_without_figures_or_a_name_cannot_be_assessed() -> None:
    assert lacks_context("A10", replace(idle(), agency=None))
    lost = without_cells(idle(), "coercion.decisions")
    assert lacks_source("A10", lost) == ("coercion.decisions",)
    assert holds("A10", with_raw(idle(), "/", "coercion.decisions"))
