from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from reports.documents.model import Block, Paragraph
from reports.documents.read import read_document
from tests.rendering import zipped


def shown(blocks: tuple[Block, ...]) -> list[str | list[list[str]]]:
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[slot.text for slot in row] for row in block.rows]
        for block in blocks
    ]


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0, "General", "0"),
        (7.0, "General", "7"),
        (59237.2449, "General", "59237.2449"),
        (4068.208, "General", "4068.208"),
        (0.1 + 0.2, "General", "0.3"),
        (1113, "#,##0", "1,113"),
        (5, "0.00", "5.00"),
        (4.6, "0", "5"),
        (0.183, "0%", "18%"),
        (45658, "yyyy-mm-dd", "2025-01-01"),
        (-3, "General", "-3"),
        ("251000元", "General", "251000元"),
        ("#DIV/0!", "General", "#DIV/0!"),
        (True, "General", "TRUE"),
    ],
)
def test_a_number_of_a_sheet_is_read_as_its_format_shows_it(
    value: object, form: str, text: str
) -> None:
    def fill(book: Any) -> None:
        book.active["A1"], book.active["B1"] = "件数", value
        book.active["B1"].number_format = form

    assert shown(read_document(workbook(fill)).blocks) == [[["件数", text]]]


def test_hidden_rows_columns_and_sheets_are_not_read() -> None:
    def fill(book: Any) -> None:
        for row in (("甲", 1, 2, 3), ("乙", 4, 5, 6), ("丙", 7, 8, 9)):
            book.active.append(row)
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["C"].hidden = True
        other = book.create_sheet("旧")
        other.append(("旧", 1))
        other.sheet_state = "hidden"

    assert shown(read_document(workbook(fill)).blocks) == [[["甲", "1", "3"], ["丙", "7", "9"]]]


def test_a_formula_gives_its_stored_value_and_none_gives_a_blank() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row><c t="inlineStr"><is><t>计</t></is></c><c><f>1+1</f><v>2</v></c><c><f>A9</f></c>'
        "<c><v>3</v></c></row></sheetData></worksheet>"
    )
    blank = workbook(lambda book: book.active.append((1,)))
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = sheet.encode()
    assert shown(read_document(zipped(members)).blocks) == [[["计", "2", "", "3"]]]


def test_a_row_of_a_sheet_with_a_label_and_blanks_stays_a_row() -> None:
    def fill(book: Any) -> None:
        book.active.append(("", "自然人", "总计"))
        book.active.append(("一、本年新收政府信息公开申请数量", None, None))

    blocks = shown(read_document(workbook(fill)).blocks)
    assert blocks == [[["", "自然人", "总计"], ["一、本年新收政府信息公开申请数量", "", ""]]]
