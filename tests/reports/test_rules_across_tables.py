"""X01 and X02: one table against another, the fee of the text against table 2."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.case import Case
from reports.findings import Severity
from reports.model import Cell, FeeKind, FeeStatement, Quality, TableName
from tests.builders import (
    IDENTITY,
    a_report,
    scaled,
    with_cell,
    with_cells,
    with_quality,
    with_raw,
    without_cells,
)
from tests.judging import (
    bears_hostile_texts,
    finding_of,
    gap_of,
    holds,
    judged,
    lacks_context,
    lacks_source,
)

FEE = "fees.amount"
RECEIVED = ("requests.new.total", "requests.carried_in.total")


def without_requests(report):
    table = report.tables[TableName.REQUESTS]
    return with_cells(report, [Cell(key, "0", 0) for key in table.cells])


def after(previous):
    return Case(identity=IDENTITY, year=2025, previous=previous)


@pytest.mark.parametrize("code", ["X01", "X02"])
@pytest.mark.parametrize("year", [2019, 2020, 2025])
def test_balanced_report_breaks_nothing(code, year) -> None:
    assert holds(code, a_report(year), Case(identity=IDENTITY))
    assert bears_hostile_texts(code, a_report(year))


def test_disputes_without_a_request_in_two_years() -> None:
    finding = finding_of(
        "X01", without_requests(a_report()), after(without_requests(a_report(2024)))
    )
    assert finding.cells[0] == "review.total"
    assert finding.cells[-2:] == RECEIVED
    assert (finding.expected, finding.actual) == ("0", "15")
    assert "9 + 2 + 4 = 15" in finding.message.zh
    assert finding.severity is Severity.NOTICE


def test_requests_of_last_year_explain_disputes_of_this_year() -> None:
    assert holds("X01", without_requests(a_report()), after(a_report(2024)))
    carried = with_cell(without_requests(a_report()), RECEIVED[1], 1)
    assert holds("X01", carried, after(without_requests(a_report(2024))))
    assert holds("X01", scaled(a_report(), 0))


def test_disputes_without_the_other_figures_cannot_be_assessed() -> None:
    report, before = without_requests(a_report()), without_requests(a_report(2024))
    assert lacks_context("X01", report)
    assert lacks_context("X01", report, after(without_cells(before, RECEIVED[0])))
    assert lacks_source("X01", without_cells(report, RECEIVED[0]), after(before)) == RECEIVED[:1]
    none = without_cells(scaled(a_report(), 0), "review.total")
    assert lacks_source("X01", none) == ("review.total",)
    absent = with_quality(report, TableName.REQUESTS, Quality.ABSENT)
    assert "第三表" in gap_of("X01", absent, after(before)).reason.zh
    for name in (TableName.REQUESTS, TableName.DISPUTES):
        shifted = with_quality(report, name, Quality.SHIFTED)
        assert judged("X01", shifted, after(before))[0] == ()


def charged(yuan, fees, report=None):
    statement = FeeStatement(FeeKind.AMOUNT, Decimal(yuan), f"收取信息处理费{yuan}元")
    report = replace(report or a_report(), fee_statement=statement)
    return with_cell(report, FEE, Decimal(fees))


@pytest.mark.parametrize(("yuan", "fees"), [("380", "0"), ("40000", "3.5"), ("101", "0")])
def test_handling_fee_above_all_fees_together(yuan, fees) -> None:
    finding = finding_of("X02", charged(yuan, fees))
    assert (finding.cells, finding.actual) == ((FEE,), fees)
    assert finding.severity is Severity.NOTICE
    assert f"{yuan} 元" in finding.message.zh


@pytest.mark.parametrize(("yuan", "fees"), [("100", "0"), ("100", "0.00"), ("400", "12.34")])
def test_handling_fee_that_is_contained_or_rounded_away(yuan, fees) -> None:
    assert holds("X02", charged(yuan, fees))


def test_other_fees_without_a_handling_fee_are_no_contradiction() -> None:
    silent = replace(scaled(a_report(), 0), fee_statement=FeeStatement(FeeKind.MISSING))
    assert holds("X02", with_cell(silent, FEE, Decimal("12.5")))


def test_fee_that_is_lost_is_a_gap_and_one_that_does_not_apply_is_none() -> None:
    assert lacks_source("X02", without_cells(charged("380", "0"), FEE)) == (FEE,)
    assert holds("X02", with_raw(charged("380", "0"), "/", FEE))
    shifted = with_quality(charged("380", "0"), TableName.PROACTIVE, Quality.SHIFTED)
    assert judged("X02", shifted)[0] == ()
