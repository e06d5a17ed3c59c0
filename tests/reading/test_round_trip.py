from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.cells import (
    REQUEST_COLUMNS,
)
from reports.documents.read import read_document
from reports.forms.catalogue import FORM_2021
from reports.model import FeeKind
from reports.reading.read import read_report
from tests.figures import assert_reads_back, balanced
from tests.rendering import TITLE, as_docx, as_html, as_text

FIGURES = Path(__file__).parents[2] / "../shared/corpus/figures"
DRAWN = {"html": as_html, "text": as_text, "docx": as_docx}
each_format = pytest.mark.parametrize("form", DRAWN)
COLUMNS = [column.key for column in REQUEST_COLUMNS]


@each_format
@settings(max_examples=8, deadline=None)
@given(seed=st.lists(st.integers(0, 99_999), min_size=7, max_size=7))
def test_a_drawn_report_reads_back_cell_by_cell(form: str, seed: list[int]) -> None:
    figures = balanced(seed)
    assert_reads_back(figures, read_report(read_document(DRAWN[form](figures))))


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
    assert_reads_back(printed, read_report(read_document(DRAWN[form](printed))))


@each_format
def test_a_drawn_report_keeps_its_title_year_sections_period_and_fee_statement(form: str) -> None:
    report = read_report(read_document(DRAWN[form](balanced([3, 1, 4, 1, 5, 9, 2]))))
    assert (report.title, report.agency, report.year) == (TITLE, "青禾县水磨镇人民政府", 2025)
    assert report.form is FORM_2021
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report.period is not None
    assert report.period.last.year == 2025
    assert report.fee_statement.kind is FeeKind.NONE_COLLECTED
