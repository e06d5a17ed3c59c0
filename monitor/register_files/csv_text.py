"""CSV as spreadsheets save it: UTF-8, UTF-16 or GB18030; with commas, semicolons or tabs. Pure."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from monitor.errors import Refusal
from monitor.register_files.cells import Cell, Row, Sheet, rows_of
from reports.words import Words

_DELIMITERS = (",", ";", "\t")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_csv(data: bytes) -> Sheet:
    """Return the rows. Raises Refusal with the line for bytes of no known encoding and broken quotes."""
    text = _decoded(data)
    if "\0" in text:
        raise Refusal(
            Words(
                "内容不是文字表格；请另存为 CSV（UTF-8）或 XLSX。",
                "It is no table of text; save it as CSV (UTF-8) or XLSX.",
            )
        )
    return Sheet("", tuple(_rows(text, _delimiter(text))))


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from rows_of(_cells(reader))
    except csv.Error as error:
        raise Refusal(
            Words(
                f"第 {reader.line_num} 行附近引号不成对或内容过长，无法分列；请用表格软件重新保存。",
                f"Near line {reader.line_num} quotes do not match or a cell is vast: {error}; save the "
                "file again from a spreadsheet.",
            )
        ) from None


def _cells(reader: Iterator[list[str]]) -> Iterator[list[Cell]]:
    for line in reader:
        yield list(line)


def _delimiter(text: str) -> str:
    """Return the sign that parts the first line most often; a comma where none does."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF_16):
        return _strictly(data, "utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data, "utf-8-sig")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if _is_mostly_utf_8(data):
        # As GB18030 it would read, as other characters: names that nobody bears.
        raise _undecoded(data, broken)
    return _strictly(data, "gb18030")


def _is_mostly_utf_8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    broken, whole = text.count("\ufffd"), sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    return whole > broken


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecoded(data, error) from None


def _undecoded(data: bytes, error: UnicodeDecodeError) -> Refusal:
    line = data.count(b"\n", 0, error.start) + 1
    return Refusal(
        Words(
            f"第 {line} 行有无法识别的字符；请另存为 CSV（UTF-8）或 XLSX。",
            f"Line {line} holds signs of no known encoding; save it as CSV (UTF-8) or XLSX.",
        )
    )
