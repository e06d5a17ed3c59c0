"""A small DOCX writer: paragraphs and tables, the same bytes every time. Pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from html import escape
from typing import TypeAlias

from web.sample.tables import Slot, SlotTable

Block: TypeAlias = str | SlotTable

# A zip member carries a time; a fixed one keeps the bytes equal at every start.
_FIXED_TIME = (2026, 1, 28, 9, 0, 0)
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def docx(blocks: Iterable[Block]) -> bytes:
    """Write paragraphs (texts) and tables, in this order, as a DOCX file."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": _document(blocks),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text.encode("utf-8"))
    return buffer.getvalue()


def _document(blocks: Iterable[Block]) -> str:
    body = "".join(_paragraph(b) if isinstance(b, str) else _table(b) for b in blocks)
    return (
        f'{_HEAD}<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    )


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'


def _table(table: SlotTable) -> str:
    width = sum(slot.columns for slot in table[0])
    grid = '<w:gridCol w:w="900"/>' * width
    rows = "".join(f"<w:tr>{row}</w:tr>" for row in _rows(table, width))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"


def _rows(table: SlotTable, width: int) -> Iterator[str]:
    # column → (rows still to cover, width) of a cell that began further up
    hanging: dict[int, tuple[int, int]] = {}
    for row in table:
        slots = iter(row)
        cells: list[str] = []
        column = 0
        while column < width:
            if column in hanging:
                left, span = hanging.pop(column)
                cells.append(_cell("", span, "<w:vMerge/>"))
                rest = left - 1
            else:
                slot = next(slots, Slot(""))
                span, rest = slot.columns, slot.rows - 1
                cells.append(_cell(slot.text, span, _merge_start(slot)))
            if rest:
                hanging[column] = (rest, span)
            column += span
        yield "".join(cells)


def _merge_start(slot: Slot) -> str:
    return '<w:vMerge w:val="restart"/>' if slot.rows > 1 else ""


def _cell(text: str, span: int, merge: str) -> str:
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{grid}{merge}</w:tcPr>{_paragraph(text)}</w:tc>"
