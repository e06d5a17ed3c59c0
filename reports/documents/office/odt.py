"""OpenDocument text, zipped (ODT) or flat (FODT), to blocks. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reports.documents.archive import is_zip, member, parsed
from reports.documents.model import Document
from reports.documents.office.drafts import blocks_of, check_length
from reports.documents.office.opendocument import (
    COLUMN,
    OFFICE,
    STYLE,
    TABLE,
    drafts_of,
    hidden_columns,
    pictures_in,
    sheet_rows,
)
from reports.documents.office.workbook import SheetCells, sheet_blocks
from reports.documents.unreadable import damaged, empty
from reports.words import Words

_MEDIA_TYPE = "application/vnd.oasis.opendocument."


def read(body: bytes) -> Document:
    """Read an OpenDocument text or spreadsheet. Raises Unreadable for a broken or an oversized one."""
    root = parsed(member(body, "content.xml") if is_zip(body) else body.lstrip())
    text, book = (root.find(f"{OFFICE}body/{OFFICE}{kind}") for kind in ("text", "spreadsheet"))
    if text is not None:
        return _document("text", text)
    if book is not None:
        return _document("spreadsheet", book)
    raise damaged(Words("没有文本或表格内容", "it holds neither text nor a spreadsheet"))


def _document(kind: str, content: etree._Element) -> Document:
    blocks = blocks_of(drafts_of(content)) if kind == "text" else sheet_blocks(_sheets(content))
    pictures = pictures_in(content)
    if not (blocks or pictures):
        raise empty()
    return Document(_MEDIA_TYPE + kind, None, (), blocks, images=pictures)


def _sheets(book: etree._Element) -> Iterator[SheetCells]:
    hidden = _hidden_styles(book)
    for table in book.iterfind(f"{TABLE}table"):
        if table.get(f"{TABLE}style-name") not in hidden:
            yield _sheet(table)


def _hidden_styles(book: etree._Element) -> set[str | None]:
    """Return the names of the table styles that hide a sheet."""
    root = book.getroottree().getroot()
    return {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        for properties in style.iterfind(f"{STYLE}table-properties")
        if properties.get(f"{TABLE}display") == "false"
    }


def _sheet(table: etree._Element) -> SheetCells:
    sheet = SheetCells(hidden_columns=hidden_columns(table))
    length = 0
    for row, cells in enumerate(sheet_rows(table)):
        check_length(length)
        for cell in cells:
            first, end = cell.left // COLUMN, cell.right // COLUMN
            text = "\n".join(item for item in cell.items if isinstance(item, str))
            length += len(text)
            sheet.texts[row, first] = text
            if cell.down > 1 or end - first > 1:
                sheet.merged.append((row, row + cell.down, first, end))
    return sheet
