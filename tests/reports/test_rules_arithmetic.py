"""B and C rules: the arithmetic of tables 3 and 4."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.case import Case
from reports.cells import REQUEST_COLUMNS, REQUEST_ROWS_2021
from reports.findings import Cause, Severity, Verdict
from reports.forms.catalogue import FORM_2019, form_named
from reports.model import Cell, TableName
from reports.rules.registry import assess
from tests.builders import (
    a_report,
    request_figures,
    scaled,
    with_cell,
    with_cells,
    with_raw,
    without_cells,
)

ENDS = {"new", "carried_in", "carried_out"}
COLUMNS = [label.key for label in REQUEST_COLUMNS]
ROWS = [label.key for label in REQUEST_ROWS_2021]


def codes_of(report):
    return sorted(finding.code for finding in assess(report, Case()).findings)


def finding_of(report, code):
    (finding,) = [f for f in assess(report, Case()).findings if f.code == code]
    return finding


def gaps_of(report, code):
    return [
        gap.cells
        for gap in assess(report, Case()).not_assessable
        if gap.code == code and gap.cause is Cause.SOURCE
    ]


BROKEN = [
    # key, new figure, code, expected, actual, words that the message must hold
    ("requests.new.natural_person", 41, "B01", "45", "44", "41 + 4 = 45"),
    ("requests.carried_out.total", 8, "B02", "68", "69", "60 + 8 = 68"),
    ("requests.granted.enterprise", 5, "B03", "10", "9", "5 + 2 + 1 + 1 + 1 = 10"),
    ("requests.granted.total", 27, "B04", "26", "27", "17 + 4 + 1 + 1 + 2 + 1 = 26"),
    ("requests.handled_total.nonprofit", 0, "B06", "2", "0", "1 + 1 = 2"),
    ("review.total", 0, "C01", "9", "0", "5 + 2 + 1 + 1 = 9"),
    ("litigation_direct.other", 4, "C02", "5", "2", "1 + 0 + 4 + 0 = 5"),
    ("litigation_after_review.total", 9, "C03", "4", "9", "2 + 1 + 0 + 1 = 4"),
]


@pytest.mark.parametrize(("key", "figure", "code", "expected", "actual", "said"), BROKEN)
def test_broken_sum_names_its_cells_and_figures(key, figure, code, expected, actual, said) -> None:
    finding = finding_of(with_cell(a_report(), key, figure), code)
    assert key in finding.cells
    assert (finding.expected, finding.actual) == (expected, actual)
    assert said in finding.message.zh
    assert said in finding.message.en
    assert finding.severity is Severity.ERROR


def test_total_without_any_result_breaks_the_pair_of_result_and_total() -> None:
    report = with_cell(a_report(), "requests.handled_total.research", 0)
    report = with_cell(report, "requests.granted.research", 0)
    report = with_cell(report, "requests.handled_total.research", 7)
    finding = finding_of(report, "B06")
    assert (finding.expected, finding.actual) == ("0", "7")


def test_results_without_a_total_are_seen_although_other_results_are_lost() -> None:
    report = with_cell(a_report(), "requests.handled_total.other", 0)
    report = without_cells(report, "requests.refused.state_secret.other")
    assert "B06" in codes_of(report)
    assert "B03" not in codes_of(report)


def test_total_is_not_accused_of_lacking_results_that_were_lost() -> None:
    report = with_cell(a_report(), "requests.granted.research", 0)
    report = without_cells(report, "requests.refused.state_secret.research")
    assert "B06" not in codes_of(report)
    assert gaps_of(report, "B06") == [("requests.refused.state_secret.research",)]


@pytest.mark.parametrize("figure", [-1, Decimal("2.5")])
@pytest.mark.parametrize(("key", "code"), [("requests.new.other", "B05"), ("review.other", "C04")])
def test_negative_or_broken_number_is_no_count(key, code, figure) -> None:
    finding = finding_of(with_cell(a_report(), key, figure), code)
    assert finding.cells == (key,)
    assert finding.actual == str(figure)


def test_words_in_a_cell_are_not_assessable_rather_than_wrong() -> None:
    report = with_raw(a_report(), "若干", "requests.new.other", "review.other")
    assert codes_of(report) == []
    assert gaps_of(report, "B05") == [("requests.new.other",)]
    assert gaps_of(report, "C01") == [("review.other",)]


def test_decimal_that_is_a_whole_number_is_a_count() -> None:
    assert codes_of(with_cell(a_report(), "requests.new.natural_person", Decimal("40"))) == []


def test_blank_total_is_not_taken_as_nothing() -> None:
    report = with_raw(a_report(2020), "", *(f"requests.{row}.total" for row in ("new", "granted")))
    assert codes_of(report) == []
    assert gaps_of(report, "B04") == [("requests.new.total",), ("requests.granted.total",)]


@pytest.mark.parametrize("mark", ["", "/", "—", "无", "　"])
def test_blank_organisation_column_counts_as_nothing_where_the_total_leaves_nothing(mark) -> None:
    empty = [f"requests.{row}.research" for row in ROWS]
    report = a_report()
    for row in ("new", "granted", "handled_total"):
        report = with_cell(report, f"requests.{row}.research", 0)
        figure = report.cell(f"requests.{row}.total").value - 1
        report = with_cell(report, f"requests.{row}.total", figure)
    assessment = assess(with_raw(report, mark, *empty), Case())
    assert assessment.verdict is Verdict.CONSISTENT


def test_blank_cell_is_never_ground_for_an_accusation() -> None:
    report = with_raw(a_report(), "", "requests.refused.state_secret.enterprise")
    report = with_cell(report, "requests.handled_total.enterprise", 10)
    column = [f for f in assess(report, Case()).findings if f.code == "B03"]
    assert column == []
    assert ("requests.refused.state_secret.enterprise",) in gaps_of(report, "B03")


def test_blank_cell_that_the_total_needs_is_not_assessable() -> None:
    report = with_raw(a_report(), "", "requests.new.enterprise")
    assert codes_of(report) == []
    assert gaps_of(report, "B04") == [("requests.new.enterprise",)]


@pytest.mark.parametrize("year", [2020, 2024])
def test_other_results_printed_as_one_row_are_counted_once(year) -> None:
    report = a_report(year, form=FORM_2019)
    broken = with_cell(report, "requests.other.natural_person", 4)
    assert finding_of(broken, "B03").actual == "40"
    assert "requests.other.natural_person" in finding_of(broken, "B03").cells


def test_form_2021_with_one_row_for_other_results_balances() -> None:
    report = a_report()
    single = [Cell(k, str(v), v) for k, v in request_figures(FORM_2019).items()]
    table = report.tables[TableName.REQUESTS]
    cells = {cell.key: cell for cell in single}
    tables = {**report.tables, TableName.REQUESTS: replace(table, cells=cells)}
    report = replace(report, tables=tables, form=form_named("2021", {"other"}))
    assert assess(report, Case()).verdict is Verdict.CONSISTENT


cells_of_table_three = st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS))


@settings(max_examples=40, deadline=None)
@given(cells_of_table_three, st.integers(1, 9).flatmap(lambda k: st.sampled_from((k, -k))))
def test_one_changed_cell_breaks_exactly_the_sums_that_hold_it(cell, change) -> None:
    row, column = cell
    report = a_report()
    key = f"requests.{row}.{column}"
    figure = report.cell(key).value + change
    findings = assess(with_cell(report, key, figure), Case()).findings
    sums = {f.code for f in findings if f.code in {"B01", "B02", "B03", "B04"}}
    expected = {"B04"}
    if row in ENDS | {"handled_total"}:
        expected.add("B02" if column == "total" else "B01")
    if row not in ENDS:
        expected.add("B03")
    assert sums == expected
    assert all(key in f.cells for f in findings)
    assert ("B05" in {f.code for f in findings}) == (figure < 0)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_scaled_report_still_balances(factor) -> None:
    assert codes_of(scaled(a_report(), factor)) == []


@settings(max_examples=25, deadline=None)
@given(st.sets(cells_of_table_three, max_size=60))
def test_lost_cells_never_make_a_balanced_report_wrong(lost) -> None:
    report = without_cells(a_report(), *(f"requests.{row}.{column}" for row, column in lost))
    assert codes_of(report) == []


@settings(max_examples=25, deadline=None)
@given(st.sets(cells_of_table_three, max_size=60), st.sampled_from(["", "/", "无", "见附件"]))
def test_unfilled_cells_never_make_a_balanced_report_wrong(unfilled, mark) -> None:
    keys = [f"requests.{row}.{column}" for row, column in unfilled]
    assert codes_of(with_raw(a_report(), mark, *keys)) == []


def test_cells_builder_replaces_only_named_cells() -> None:
    report = with_cells(a_report(), [Cell("review.total", "9", 9)])
    assert report == a_report()


def test_message_shows_one_figure_alone_and_a_negative_one_in_brackets() -> None:
    empty = scaled(a_report(), 0)
    alone = finding_of(with_cell(empty, "requests.granted.natural_person", 1), "B06")
    assert "办理结果有 1，（七）总计却写 0" in alone.message.zh
    negative = finding_of(with_cell(empty, "review.corrected", -3), "C01")
    assert "0 + (-3) + 0 + 0 = -3" in negative.message.zh
