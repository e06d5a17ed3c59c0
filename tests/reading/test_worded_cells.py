"""Words in the place of a figure stay raw text without a value, and cost no other cell."""

from __future__ import annotations

import pytest

from reports.documents.read import read_document
from reports.model import Quality
from reports.reading.read import read_report
from tests.readings import FIGURES, read
from tests.rendering import C, as_html, html_table, proactive_sheet


@pytest.mark.parametrize("words", ["约3件", "详见附件", "30余件", "警告12件、罚款30件", "未统计"])
@pytest.mark.parametrize(
    "key",
    [
        "regulations.made",
        "licensing.decisions",
        "penalties.decisions",
        "fees.amount",
        "requests.granted.enterprise",
        "review.upheld",
        "litigation_after_review.total",
    ],
)
def test_words_are_kept_as_they_are_and_explained(key: str, words: str) -> None:
    report = read_report(read_document(as_html({**FIGURES, key: words})))
    cells = {cell.key: cell for table in report.tables.values() for cell in table.cells.values()}
    assert {name for name, cell in cells.items() if cell.value is None} == {key}
    assert cells[key].raw == words
    assert cells[key].why is not None
    assert words in cells[key].why.zh
    assert cells[key].place is not None
    assert {table.quality for table in report.tables.values()} == {Quality.COMPLETE}


@pytest.mark.parametrize("words", ["详见行政许可公示专栏。" * 9, "行政处罚", "本年处理决定数量"])
def test_prose_and_labels_beside_a_subject_are_no_cell(words: str) -> None:
    report = read(html_table(proactive_sheet({**FIGURES, "licensing.decisions": words})))
    assert report.cell("licensing.decisions").raw is None


def test_a_row_of_words_before_or_behind_the_table_takes_no_figure_away() -> None:
    sheet = proactive_sheet(FIGURES)
    around = [C("行政许可"), C("详见公示专栏", 3)]
    report = read(html_table([around, *sheet, around]))
    assert report.cell("licensing.decisions").raw == FIGURES["licensing.decisions"]
