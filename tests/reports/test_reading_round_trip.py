from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.cells import (
    DISPUTE_BLOCKS,
    DISPUTE_RESULTS,
    PROACTIVE_2021,
    REQUEST_COLUMNS,
    REQUEST_ROWS_2021,
    dispute_key,
    request_key,
)
from reports.documents.read import read_document
from reports.model import AnnualReport, FeeKind, FormName, Quality
from reports.reading.read import read_report
from tests.rendering import TITLE, Figures, as_docx, as_html, as_text

FIGURES = Path(__file__).parents[2] / "../shared/corpus/figures"
DRAWN = {"html": as_html, "text": as_text, "docx": as_docx}
each_format = pytest.mark.parametrize("form", DRAWN)
COLUMNS = [column.key for column in REQUEST_COLUMNS]
RESULTS = [row.key for row in REQUEST_ROWS_2021[2:23]]


def _balanced(seed: list[int]) -> Figures:
    """Spread numbers over a form that obeys every sum, so that no two columns look alike."""
    numbers = iter(seed * 40)
    rows = {row: [next(numbers) for _ in COLUMNS[:6]] for row in RESULTS}
    rows["handled_total"] = [sum(rows[row][c] for row in RESULTS) for c in range(6)]
    rows["carried_out"] = [next(numbers) for _ in range(6)]
    rows["carried_in"] = [next(numbers) % (rows["handled_total"][c] + 1) for c in range(6)]
    rows["new"] = [
        rows["handled_total"][c] + rows["carried_out"][c] - rows["carried_in"][c] for c in range(6)
    ]
    figures = {label.key: str(next(numbers)) for label in PROACTIVE_2021}
    for row, values in rows.items():
        for column, value in zip(COLUMNS, [*values, sum(values)], strict=True):
            figures[request_key(row, column)] = str(value)
    for block in DISPUTE_BLOCKS:
        parts = [next(numbers) for _ in range(4)]
        for result, value in zip(DISPUTE_RESULTS, [*parts, sum(parts)], strict=True):
            figures[dispute_key(block.key, result.key)] = str(value)
    return figures


def _assert_reads_back(figures: Figures, report: AnnualReport) -> None:
    read = {key: report.cell(key).raw for key in figures}
    assert read == figures
    values = {key: report.cell(key).value for key in figures}
    assert values == {key: Decimal(raw) for key, raw in figures.items()}
    assert {table.quality for table in report.tables.values()} == {Quality.COMPLETE}


@each_format
@settings(max_examples=8, deadline=None)
@given(seed=st.lists(st.integers(0, 99_999), min_size=7, max_size=7))
def test_a_drawn_report_reads_back_cell_by_cell(form: str, seed: list[int]) -> None:
    figures = _balanced(seed)
    _assert_reads_back(figures, read_report(read_document(DRAWN[form](figures))))


@each_format
@pytest.mark.parametrize("name", ["hangzhou_2025", "suqian_2023"])
def test_real_figures_read_back_cell_by_cell(form: str, name: str) -> None:
    path = FIGURES / f"{name}.json"
    if not path.exists():
        pytest.skip("the real figures are not beside the checkout")
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    figures = {**tables["proactive"], **tables["disputes"]}
    figures |= {
        f"requests.{r}.{c}": v for r, row in tables["requests"].items() for c, v in row.items()
    }
    printed = {key: str(value) for key, value in figures.items()}
    _assert_reads_back(printed, read_report(read_document(DRAWN[form](printed))))


@each_format
def test_a_drawn_report_keeps_its_title_year_sections_period_and_fee_statement(form: str) -> None:
    report = read_report(read_document(DRAWN[form](_balanced([3, 1, 4, 1, 5, 9, 2]))))
    assert (report.title, report.agency, report.year) == (TITLE, "青禾县水磨镇人民政府", 2025)
    assert report.form is FormName.FORM_2021
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report.period is not None
    assert report.period.last.year == 2025
    assert report.fee_statement.kind is FeeKind.NONE_COLLECTED
