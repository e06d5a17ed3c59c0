"""B10 and B15: what explains a sum of table 3 that does not hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.case import Case
from reports.cells import REQUEST_COLUMNS, REQUEST_ROWS_2021, request_key
from reports.findings import Cause, Severity, Verdict
from reports.model import Cell, Quality, TableName
from reports.rules.registry import assess
from tests.builders import a_report, scaled, with_cell, with_cells, with_quality, without_cells
from tests.judging import finding_of, holds, judged

COLUMNS = [column.key for column in REQUEST_COLUMNS]
ROWS = [row.key for row in REQUEST_ROWS_2021]
SUB_ROWS = [row for row in ROWS if "." in row]
SUMS = {"B01", "B02", "B03", "B04", "B06"}


def row_of(report, row):
    return [report.cell(request_key(row, column)).value for column in COLUMNS]


def with_row(report, row, figures):
    keys = [request_key(row, column) for column in COLUMNS]
    cells = [Cell(k, "" if v is None else str(v), v) for k, v in zip(keys, figures, strict=True)]
    return with_cells(report, cells)


def moved(report, rows, move):
    for row in rows:
        report = with_row(report, row, move(row_of(report, row)))
    return report


def total_first(figures):
    return [figures[-1], *figures[:-1]]


def without_column(gap):
    """Lose the empty cell of one column: what follows moves left, the last cell stays blank."""
    return lambda figures: [*figures[:gap], *figures[gap + 1 :], None]


def test_partly_granted_counted_again_among_the_refusals() -> None:
    report = with_cell(a_report(), "requests.refused.third_party_rights.natural_person", 8)
    finding = finding_of("B10", report)
    assert "requests.partly_granted.natural_person" in finding.cells
    assert (finding.expected, finding.actual) == ("44", "50")
    assert finding.severity is Severity.WARNING
    assert "多 6，恰等于“部分公开”的 6 件" in finding.message.zh


def test_partly_granted_counted_twice_in_the_total_too() -> None:
    report = with_cell(a_report(), "requests.handled_total.natural_person", 46)
    assert finding_of("B10", report).expected == "44"


def test_surplus_of_one_may_well_be_chance() -> None:
    report = with_cell(a_report(), "requests.granted.legal_service", 3)
    assert finding_of("B10", report).severity is Severity.NOTICE


def test_other_surplus_is_not_explained_and_balance_needs_no_explanation() -> None:
    assert holds("B10", a_report())
    assert holds("B10", with_cell(a_report(), "requests.new.natural_person", 41))
    assert holds("B10", scaled(a_report(), 0))


def test_column_with_lost_cells_has_no_known_surplus_to_explain() -> None:
    report = with_cell(a_report(), "requests.refused.third_party_rights.natural_person", 8)
    assert holds("B10", without_cells(report, "requests.granted.natural_person"))


SHIFTS = [
    (["granted", "partly_granted"], total_first),
    (ROWS, total_first),
    (["new", "granted"], without_column(2)),
]


def with_empty_column():
    """Return a balanced report whose column of research institutions is empty."""
    report = a_report()
    for row in ("new", "granted", "handled_total"):
        figures = row_of(report, row)
        report = with_row(report, row, [*figures[:2], 0, *figures[3:6], figures[6] - figures[2]])
    return report


@pytest.mark.parametrize(("rows", "move"), SHIFTS, ids=["some rows", "all rows", "blank lost"])
def test_rows_moved_by_one_column_are_explained_and_not_accused(rows, move) -> None:
    report = moved(with_empty_column(), rows, move)
    assessment = assess(report, Case())
    assert {f.code for f in assessment.findings} & SUMS == set()
    (finding,) = [f for f in assessment.findings if f.code == "B15"]
    assert finding.severity is Severity.NOTICE
    beside = {row for row in rows if any(row_of(report, row))}
    assert finding.cells == tuple(
        request_key(row, column) for row in ROWS if row in beside for column in COLUMNS
    )
    told = {g.code for g in assessment.not_assessable if "B15" in g.reason.zh}
    assert told <= SUMS
    assert assessment.verdict is Verdict.INCOMPLETE


def test_finding_shows_one_row_as_read_and_as_it_adds_up() -> None:
    finding = finding_of("B15", moved(with_empty_column(), ["new"], total_first))
    assert finding.actual == "59、40、9、0、2、5、3"
    assert finding.expected == "40、9、0、2、5、3、59"
    assert finding.actual in finding.message.zh


def test_balanced_or_merely_wrong_table_is_not_displaced() -> None:
    assert holds("B15", a_report())
    assert holds("B15", with_cell(a_report(), "requests.new.total", 61))
    assert holds("B15", without_cells(a_report(), "requests.new.total"))


def test_table_that_the_reader_calls_shifted_is_a_gap_here_too() -> None:
    report = moved(with_empty_column(), ["new"], total_first)
    findings, (gap,) = judged("B15", with_quality(report, TableName.REQUESTS, Quality.SHIFTED))
    assert findings == ()
    assert gap.cause is Cause.SOURCE


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([1, 2, 5]),
    st.sampled_from(ROWS),
    st.sampled_from(COLUMNS),
    st.integers(1, 40).flatmap(lambda k: st.sampled_from((k, -k))),
)
def test_one_wrong_figure_is_never_taken_for_a_shift(factor, row, column, change) -> None:
    report, key = scaled(a_report(), factor), request_key(row, column)
    wrong = with_cell(report, key, report.cell(key).value + change)
    assert holds("B15", wrong)
    assert any(key in f.cells and f.code in SUMS for f in assess(wrong, Case()).findings)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ROWS), st.sampled_from(COLUMNS), st.integers(1, 9))
def test_one_figure_in_an_empty_table_is_never_taken_for_a_shift(row, column, figure) -> None:
    wrong = with_cell(scaled(a_report(), 0), request_key(row, column), figure)
    assert holds("B15", wrong)
    assert {f.code for f in assess(wrong, Case()).findings} & SUMS
