"""Digits below digits in one drawn cell: one figure that had no room, or the figures of two rows."""

from __future__ import annotations

import pytest

from reports.documents.read import read_document
from tests.drawing.pdf import pdf
from tests.drawing.strip import Bar, Layout, Page, Text


@pytest.mark.parametrize(
    ("beside", "shown"),
    [
        ([""], ["2719 873", ""]),
        (["3 4"], ["2719 873", "3 4"]),
        (["7"], ["2719873", "7"]),
        (["2719 5", "2719 6"], ["2719873", "27195", "27196"]),
        (["2719 004", "1,113, 402"], ["2719 873", "2719004", "1,113,402"]),
    ],
)
def test_digits_below_digits_are_one_figure_only_in_what_is_surely_one_row(beside, shown) -> None:
    cells = ["2719 873", *beside]
    lines = [
        (105 + 32 * n, 115 + 15 * m, t)
        for n, c in enumerate(cells)
        for m, t in enumerate(c.split())
    ]
    xs = [100 + 32 * n for n in range(len(cells) + 1)]
    bars = [*(Bar(xs[0], y, xs[-1], y) for y in (100, 140)), *(Bar(x, 100, x, 140) for x in xs)]
    page = Page([Text(x, y, 10, t) for x, y, t in lines], bars)
    (row,) = read_document(pdf([page], Layout())).grids[0].rows
    assert [cell.text for cell in row] == shown
