"""XLSX by openpyxl, row by row, within bounds that a hostile file cannot stretch; no formula is computed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from monitor.errors import Refusal
from monitor.register_files.cells import MOST_COLUMNS, MOST_ROWS, Cell, Sheet, Unusable, rows_of
from reports.words import Words

_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 167_772_160
_MOST_IN_PART = {"xl/sharedStrings.xml": 67_108_864, "xl/styles.xml": 16_777_216}
_MOST_SHEETS = 50
_FORMULA = Words(
    "是公式，不予计算；请“选择性粘贴”为数值",
    "it is a formula, and none is computed; paste its value instead",
)
_FAULT = Words("是公式出错的结果；请改正", "it is the error of a formula; mend it")


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """Return the visible sheets. Raises Refusal for what is broken, too large, or no workbook."""
    # A fifth of a second to load: only who reads a workbook waits for it.
    import openpyxl

    _check_bounds(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if len(visible) > _MOST_SHEETS:
            raise _too_large(f"{_MOST_SHEETS} 个工作表", f"{_MOST_SHEETS} sheets")
        return tuple(Sheet(sheet.title, tuple(rows_of(_lines(sheet)))) for sheet in visible)
    except Refusal:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl lets anything out for a broken file
        raise _damaged() from error


def _lines(sheet: Any) -> Iterator[Iterator[Cell]]:
    """Yield the cells of each row; a lone cell far to the right pads its row, so the cells are counted."""
    # What the sheet says of its own size may be wrong: rows and cells beyond it would be lost.
    sheet.reset_dimensions()
    width = 0
    for row in sheet.iter_rows():
        width += len(row)
        if width > MOST_ROWS * MOST_COLUMNS:
            raise _too_large(f"{MOST_COLUMNS} 列", f"{MOST_COLUMNS} columns")
        yield (_cell(cell) for cell in row)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Unusable(str(value)[:40], _FORMULA)
    if cell.data_type == "e":
        return Unusable(str(value)[:40], _FAULT)
    return _text(value)


def _text(value: object) -> str:
    """Return a value as a person would type it: whole numbers and days without what a sheet adds."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, datetime):
        midnight = not any((value.hour, value.minute, value.second))
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _check_bounds(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged() from error
    # A part that declares less than it holds is cut there by zipfile and fails its checksum.
    vast = [
        part for part in parts if part.file_size > _MOST_IN_PART.get(part.filename, _MOST_UNPACKED)
    ]
    if vast or len(parts) > _MOST_MEMBERS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        size = _MOST_UNPACKED // 1_048_576
        raise _too_large(f"解压后 {size} MB", f"{size} MB unpacked")


def _too_large(zh: str, en: str) -> Refusal:
    return Refusal(
        Words(
            f"工作簿超过{zh}；请只保留名录，另存后重试。",
            f"The workbook exceeds {en}; keep the register alone and save it anew.",
        )
    )


def _damaged() -> Refusal:
    return Refusal(
        Words(
            "工作簿已损坏或加密，无法打开；请另存为 XLSX 或 CSV（UTF-8）。",
            "The workbook is damaged or encrypted; save it as XLSX or CSV (UTF-8).",
        )
    )
