"""XLS and ET, the binary workbooks, to blocks: every sheet that is shown. Pure."""

from __future__ import annotations

import io
import struct

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.sheet import Cell, Sheet

from reports.documents.model import Document
from reports.documents.office.ole import MAX_STREAM
from reports.documents.office.workbook import SheetCells, sheet_blocks, shown_number
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.documents.unreadable import damaged, empty, encrypted, too_large
from reports.words import Words

_MAX_SHEETS = 50
_NUMBERS = frozenset({xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE})
# What xlrd lets out for broken files.
_BROKEN = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    IndexError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
    OSError,
    ZeroDivisionError,
    NotImplementedError,
    MemoryError,
)


def read(body: bytes) -> Document:
    """Read a binary workbook. Raises Unreadable for one that is broken, encrypted or oversized."""
    if len(body) > MAX_STREAM:
        raise too_large(Words(f"{MAX_STREAM} 字节", f"{MAX_STREAM} bytes"))
    blocks = sheet_blocks(_sheets(body))
    if not blocks:
        raise empty()
    return Document("application/vnd.ms-excel", None, (), blocks)


def _sheets(body: bytes) -> list[SheetCells]:
    try:
        book = xlrd.open_workbook(
            file_contents=body, formatting_info=True, logfile=io.StringIO(), ragged_rows=True
        )
        shown = [sheet for sheet in book.sheets()[:_MAX_SHEETS] if sheet.visibility == 0]
        return [_sheet(book, sheet) for sheet in shown]
    except _BROKEN as error:
        if "encrypted" in str(error).lower():
            raise encrypted("Excel") from error
        raise damaged(Words("工作簿结构不完整", "its workbook is incomplete")) from error


def _sheet(book: xlrd.book.Book, sheet: Sheet) -> SheetCells:
    cells = SheetCells(
        merged=list(sheet.merged_cells),
        hidden_rows={row for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in sheet.colinfo_map.items() if info.hidden},
    )
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            text = _text(book, cell)
            if text:
                cells.texts[row, column] = text
        if len(cells.texts) > MAX_SLOTS:
            raise grid_too_large()
    return cells


def _text(book: xlrd.book.Book, cell: Cell) -> str:
    if cell.ctype in _NUMBERS:
        key = book.xf_list[cell.xf_index].format_key
        return shown_number(repr(cell.value), book.format_map[key].format_str)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value)
