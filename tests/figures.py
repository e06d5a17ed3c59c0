"""Figures for whole reports that obey every sum of the form, and the check that they read back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.cells import (
    DISPUTE_BLOCKS,
    DISPUTE_RESULTS,
    PROACTIVE_2021,
    REQUEST_COLUMNS,
    REQUEST_ROWS_2021,
    dispute_key,
    request_key,
)
from reports.model import AnnualReport, Quality

Figures = dict[str, str]
COLUMNS = [column.key for column in REQUEST_COLUMNS]
RESULTS = [row.key for row in REQUEST_ROWS_2021[2:23]]


def balanced(seed: Sequence[int]) -> Figures:
    """Spread numbers over a form that obeys every sum, so that no two columns look alike."""
    numbers = iter(list(seed) * 40)
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


def assert_reads_back(figures: Figures, report: AnnualReport) -> None:
    read = {key: report.cell(key).raw for key in figures}
    assert read == figures
    values = {key: report.cell(key).value for key in figures}
    assert values == {key: Decimal(raw) for key, raw in figures.items()}
    assert {table.quality for table in report.tables.values()} == {Quality.COMPLETE}
