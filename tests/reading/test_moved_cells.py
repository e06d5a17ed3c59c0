"""Cells that moved, lost a span or were torn: their figures are null with a reason, never another number."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from reports.documents.model import Unreadable
from reports.documents.read import read_document
from reports.model import AnnualReport
from reports.reading.read import read_report
from tests.drawing import flattening as styles
from tests.drawing.office_files import as_full_docx, as_odt, as_rtf, as_xlsx
from tests.drawing.pdf import as_pdf, pdf
from tests.drawing.strip import Bar, Layout, Page, Text
from tests.figures import balanced
from tests.rendering import C, as_html, html_table, sheets, zipped

FIGURES = balanced([*range(1_003, 4_000, 13)])
GRANTED = [FIGURES[f"requests.granted.{column}"] for column in styles.COLUMNS]


def read(body: str | bytes) -> AnnualReport:
    return read_report(read_document(body.encode() if isinstance(body, str) else body))


def assert_never_another(report: AnnualReport) -> None:
    for key, figure in FIGURES.items():
        cell = report.cell(key)
        assert cell.value is None or str(cell.value) == figure, key
        assert cell.value is not None or cell.why is not None, key


def assert_granted_is_null(report: AnnualReport) -> None:
    assert_never_another(report)
    assert report.cell("requests.granted.enterprise").value is None
    assert report.cell("requests.partly_granted.enterprise").value is not None


@pytest.mark.parametrize("name", ["法人或其他组经", "法人和其他组织"])
def test_a_misspelt_group_over_the_columns_is_not_the_column_of_others(name: str) -> None:
    body = styles.STYLES["3 a cell and a bar a line"](FIGURES).decode()
    assert_never_another(read(body.replace("法人或其他组织", name)))


def test_a_bar_that_lost_its_line_moves_no_figure() -> None:
    body = styles.STYLES["5 bars on their own lines"](FIGURES).decode()
    report = read(body.replace(f"{GRANTED[1]}\n|\n", f"{GRANTED[1]}|\n"))
    assert [report.cell(f"requests.granted.{c}").raw for c in styles.COLUMNS] == GRANTED


def test_a_cell_of_a_wide_sheet_that_lost_its_span_makes_its_row_null() -> None:
    body = styles.STYLES["9 one sheet"](FIGURES).decode()
    lost = re.sub(rf'<td colspan="33"([^>]*>{GRANTED[1]}<)', r"<td\1", body)
    assert_granted_is_null(read(lost))


def test_a_figure_before_its_label_makes_the_row_null() -> None:
    drawn = sheets(FIGURES)
    row = next(row for row in drawn[3] if row[-1].text == GRANTED[-1])
    row[1], row[2] = row[2], row[1]
    assert_granted_is_null(read(styles.article(drawn, html_table, "<p>{}</p>".format)))


def test_a_name_twice_in_the_head_trusts_no_column_below_it() -> None:
    drawn = sheets(FIGURES)
    drawn[2][1].insert(1, drawn[2][1][1])
    drawn[3][2].insert(1, drawn[3][2][1])
    assert_never_another(read(styles.article(drawn, html_table, "<p>{}</p>".format)))


@pytest.mark.parametrize("gone", range(7))
def test_a_row_that_moved_left_in_a_sheet_is_known_by_its_sum(gone: int) -> None:
    drawn = sheets(FIGURES)
    row = next(row for row in drawn[3] if row[-1].text == GRANTED[-1])
    del row[len(row) - 7 + gone]
    row.append(C(""))
    report = read(styles.article(drawn, html_table, "<p>{}</p>".format))
    assert_never_another(report)
    why = report.cell("requests.granted.natural_person").why
    assert (why is not None and "左移" in why.zh) is (gone < 6)


@pytest.mark.parametrize("gone", range(14))
def test_a_row_of_table_4_that_moved_left_is_known_by_its_sums(gone: int) -> None:
    drawn = sheets(FIGURES)
    drawn[4][3] = [*drawn[4][3][:gone], *drawn[4][3][gone + 1 :], C("")]
    assert_never_another(read(styles.article(drawn, html_table, "<p>{}</p>".format)))


@pytest.mark.parametrize("draw", [as_html, as_full_docx, as_odt, as_rtf, as_xlsx])
def test_figures_all_different_read_back(draw: object) -> None:
    assert callable(draw)
    report = read(draw(FIGURES))
    assert {key: str(report.cell(key).value) for key in FIGURES} == FIGURES


@pytest.mark.parametrize(("old", "new"), [('r="D30"', 'r="D31"'), ('r="D30"', 'r="E30"')])
def test_a_sheet_whose_cells_have_the_address_of_others_is_damaged(old: str, new: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(as_xlsx(FIGURES)))
    members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old.encode() in members[sheet]
    members[sheet] = members[sheet].replace(old.encode(), new.encode())
    with pytest.raises(Unreadable) as refused:
        read_document(zipped(members))
    assert refused.value.code == "damaged"


def test_a_pdf_with_a_changed_page_is_damaged() -> None:
    body = as_pdf(FIGURES)
    at = body.index(b"stream\n") + 600
    changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
    with pytest.raises(Unreadable) as refused:
        read_document(changed)
    assert refused.value.code == "damaged"


def test_a_figure_printed_across_the_side_of_a_cell_is_in_neither() -> None:
    texts = [Text(104, 115, 10, "12345678"), Text(172, 115, 10, "9")]
    sides = (100, 124, 164, 190)
    bars = (
        *(Bar(x, 100, x, 140) for x in sides),
        *(Bar(sides[0], y, sides[-1], y) for y in (100, 140)),
    )
    layout = Layout()
    document = read_document(pdf([Page(texts, list(bars))], layout))
    assert [cell.text for cell in document.grids[0].rows[0]][2] == "9"
    first, second = [cell.text for cell in document.grids[0].rows[0]][:2]
    assert first == second
    assert " " in first


def test_a_pdf_whose_font_names_no_real_encoding_is_damaged() -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(as_pdf(FIGURES).replace(b"/UniGB-UCS2-H", b"/UniGB-QCS2-H"))
    assert refused.value.code == "damaged"
