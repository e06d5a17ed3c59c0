"""DOCX to blocks: lxml on the zip, with limits on members, bytes and depth. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reports.documents.archive import member, parsed
from reports.documents.model import Block, Document, Grid, GridCell, Paragraph
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.documents.unreadable import damaged, empty
from reports.text import one_line
from reports.words import Words

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAIN = "word/document.xml"
_MAX_SPAN = 1_000
_DIGITS = re.compile(r"[0-9]{1,6}")
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "fldData", "delText", "pPr", "rPr", "tblPr"})


def read(body: bytes) -> Document:
    """Read a DOCX. Raises Unreadable for a broken or an oversized one."""
    part = member(body, _MAIN)
    if _STRICT[1:-1].encode() in part:
        part = part.replace(_STRICT[1:-1].encode(), _W[1:-1].encode())
    root = parsed(part)
    content = root.find(f"{_W}body")
    if content is None:
        raise damaged(Words("DOCX 没有正文", "the DOCX has no body"))
    blocks = tuple(_flow(content))
    if not blocks:
        raise empty()
    pictures = sum(1 for el in root.iter("{*}blip", "{*}imagedata"))
    return Document(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        None,
        _titles(content),
        blocks,
        images=pictures,
    )


def _flow(container: etree._Element) -> Iterator[Block]:
    """Yield the blocks below an element; tables that hold tables or prose are walked through."""
    for child in container:
        if child.tag == f"{_W}p":
            lines = map(one_line, _text(child).split("\n"))
            yield from (Paragraph(line) for line in lines if line)
        elif child.tag == f"{_W}tbl":
            yield from _flow(child) if _is_layout(child) else _grid(child)
        elif child.tag in _THROUGH:
            yield from _flow(child)


_THROUGH = frozenset(
    f"{_W}{name}"
    for name in ("tr", "tc", "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)


def _is_layout(table: etree._Element) -> bool:
    if next(table.iterdescendants(f"{_W}tbl"), None) is not None:
        return True
    return all(len(row.findall(f"{_W}tc")) <= 1 for row in table.iterfind(f"{_W}tr"))


def _text(element: etree._Element) -> str:
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start",))
    for _, node in walk:
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name in _SKIPPED or name == "txbxContent":
            walk.skip_subtree()
        elif name == "t":
            pieces.append(node.text or "")
        elif name in {"br", "cr"}:
            pieces.append("\n")
        elif name == "tab":
            pieces.append(" ")
        elif name == "p" and node is not element and pieces:
            pieces.append("\n")
    return "".join(pieces)


def _grid(table: etree._Element) -> Iterator[Block]:
    rows: list[tuple[GridCell, ...]] = []
    slots = 0
    for element in table.iter(f"{_W}tr"):
        row = _row(element, len(rows), rows[-1] if rows else ())
        slots += len(row)
        if slots > MAX_SLOTS:
            raise grid_too_large()
        rows.append(row)
    if any(cell.text for row in rows for cell in row):
        yield Grid(tuple(rows))


def _row(element: etree._Element, number: int, above: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    line = [GridCell("", number, column) for column in range(_before(element))]
    for cell in element.iter(f"{_W}tc"):
        properties = cell.find(f"{_W}tcPr")
        merge = None if properties is None else properties.find(f"{_W}vMerge")
        continues = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        column = len(line)
        origin = GridCell(one_line(_text(cell)), number, column)
        if continues and column < len(above):
            origin = above[column]
        span = 1 if properties is None else _number(properties.find(f"{_W}gridSpan"), 1)
        line.extend([origin] * span)
        if len(line) > MAX_SLOTS:
            raise grid_too_large()
    return tuple(line)


def _before(row: etree._Element) -> int:
    return _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)


def _number(element: etree._Element | None, default: int) -> int:
    raw = "" if element is None else element.get(f"{_W}val", "")
    return max(default, min(int(raw), _MAX_SPAN)) if _DIGITS.fullmatch(raw) else default


def _titles(content: etree._Element) -> tuple[str, ...]:
    """Return the paragraphs in a Title style; most reports have none and begin with plain text."""
    found: list[str] = []
    for style in content.iterfind(f"{_W}p/{_W}pPr/{_W}pStyle"):
        paragraph = style.getparent()
        owner = None if paragraph is None else paragraph.getparent()
        if owner is not None and style.get(f"{_W}val", "").lower() in {"title", "标题"}:
            found.append(one_line(_text(owner)))
    return tuple(text for text in found[:5] if text)
