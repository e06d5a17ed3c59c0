from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.documents.read import read_document
from reports.reading.read import read_report
from tests.drawing.ofd import as_ofd
from tests.drawing.office import by_chromium, by_libreoffice
from tests.drawing.pdf import as_pdf
from tests.drawing.strip import Layout
from tests.figures import assert_reads_back, balanced
from tests.rendering import Figures

PAPERS = ((595, 842), (842, 595), (612, 792), (842, 1191))
LAYOUTS = st.builds(
    lambda paper, **others: Layout(width=paper[0], height=paper[1], **others),
    paper=st.sampled_from(PAPERS),
    margin=st.sampled_from([40.0, 56.0, 72.0]),
    size=st.sampled_from([8.0, 9.0, 10.0, 10.5, 12.0]),
    pad=st.sampled_from([3.0, 5.0, 7.0]),
    torn=st.booleans(),
    closed=st.booleans(),
    heads=st.booleans(),
    start=st.floats(0, 400),
)
SEEDS = st.lists(st.integers(0, 99_999), min_size=7, max_size=7)
FIGURES = balanced([3, 14, 159, 26, 5358, 97, 9])


@pytest.mark.parametrize("drawn", [as_pdf, as_ofd], ids=["pdf", "ofd"])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS, layout=LAYOUTS)
def test_ruled_tables_read_back_wherever_a_page_breaks(
    drawn: Callable[[Figures, Layout], bytes], seed: list[int], layout: Layout
) -> None:
    figures = balanced(seed)
    assert_reads_back(figures, read_report(read_document(drawn(figures, layout))))


@pytest.mark.parametrize("drawn", [as_pdf, as_ofd], ids=["pdf", "ofd"])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS, layout=LAYOUTS)
def test_tables_without_rules_never_give_a_figure_that_is_not_there(
    drawn: Callable[[Figures, Layout], bytes], seed: list[int], layout: Layout
) -> None:
    figures = balanced(seed)
    report = read_report(read_document(drawn(figures, replace(layout, ruled=False))))
    wrong = {
        key: (report.cell(key).value, printed)
        for key, printed in figures.items()
        if report.cell(key).value is not None and str(report.cell(key).value) != printed
    }
    assert wrong == {}


@pytest.mark.parametrize("by", [by_libreoffice, by_chromium])
def test_what_office_programs_draw_reads_back(
    by: Callable[[Figures, Path], bytes], tmp_path: Path
) -> None:
    document = read_document(by(FIGURES, tmp_path))
    assert [(len(grid.rows), len(grid.rows[0])) for grid in document.grids] == [
        (14, 4),
        (28, 10),
        (4, 15),
    ]
    assert_reads_back(FIGURES, read_report(document))


def test_borders_drawn_cell_by_cell_read_back(tmp_path: Path) -> None:
    printed = by_chromium(FIGURES, tmp_path, style=b"")
    assert_reads_back(FIGURES, read_report(read_document(printed)))
