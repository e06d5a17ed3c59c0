"""OpenDocument XML, zipped or flat, to drafts: paragraphs, tables with their spans, sheets. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reports.documents.office.drafts import MAX_DEPTH, DraftCell, DraftTable, Item, too_deep
from reports.documents.spans import MAX_SLOTS, grid_too_large

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, TEXT, OFFICE, DRAW, STYLE = (
    f"{_SPACE}{name}:1.0}}" for name in ("table", "text", "office", "drawing", "style")
)
COLUMN = 1_000
_MAX_SPAN = 1_000
_DIGITS = re.compile(r"[0-9]{1,6}")
_LINES = frozenset({f"{TEXT}p", f"{TEXT}h"})
_DROPPED = frozenset(
    {
        f"{TEXT}tracked-changes",
        f"{TEXT}note",
        f"{OFFICE}annotation",
        f"{TEXT}ruby-text",
        f"{OFFICE}forms",
        f"{TEXT}sequence-decls",
        f"{_SPACE}svg-compatible:1.0}}title",
        f"{_SPACE}svg-compatible:1.0}}desc",
    }
)
_CELL, _COVERED = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
_ROW = f"{TABLE}table-row"
_ROW_GROUPS = frozenset(
    f"{TABLE}{name}" for name in ("table-rows", "table-header-rows", "table-row-group")
)
_WHOLE = frozenset({f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"})


def drafts_of(container: etree._Element, depth: int = 0) -> Iterator[Item]:
    """Yield the paragraphs and tables below an element in reading order."""
    if depth > MAX_DEPTH:
        raise too_deep()
    for child in container:
        if child.tag in _LINES:
            yield from _line(child, depth)
        elif child.tag == f"{TABLE}table":
            yield DraftTable([list(row) for row in _rows(child, depth)])
        elif child.tag not in _DROPPED:
            yield from drafts_of(child, depth + 1)


def sheet_rows(table: etree._Element) -> Iterator[list[DraftCell]]:
    """Yield the rows of a sheet that are shown; rows repeated without text come once."""
    return _rows(table, 0)


def is_shown(element: etree._Element) -> bool:
    """Say whether a row or column is neither collapsed nor filtered away."""
    return element.get(f"{TABLE}visibility", "visible") == "visible"


def hidden_columns(table: etree._Element) -> set[int]:
    """Return the columns of a sheet that are not shown."""
    hidden: set[int] = set()
    column = 0
    for element in table.iter(f"{TABLE}table-column"):
        again = _number(element, f"{TABLE}number-columns-repeated")
        if not is_shown(element):
            hidden.update(range(column, column + again))
        column += again
    return hidden


def pictures_in(body: etree._Element) -> int:
    """Return how many pictures are drawn."""
    return sum(1 for _ in body.iter(f"{DRAW}image"))


def _line(paragraph: etree._Element, depth: int) -> Iterator[Item]:
    """Yield the text of a paragraph, then what stands in the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    _gather(paragraph, pieces, boxes, depth)
    yield "".join(pieces)
    for box in boxes:
        yield from drafts_of(box, depth + 1)


def _gather(
    element: etree._Element, pieces: list[str], boxes: list[etree._Element], depth: int
) -> None:
    if depth > 6 * MAX_DEPTH:
        raise too_deep()
    pieces.append(_own(element.text))
    for child in element:
        if child.tag == f"{DRAW}text-box":
            boxes.append(child)
        elif child.tag in _WHOLE:
            pieces.append(_sign(child))
        elif child.tag not in _DROPPED:
            _gather(child, pieces, boxes, depth + 1)
        pieces.append(_own(child.tail))


def _own(text: str | None) -> str:
    """Return text with the breaks and tabs of the XML as the blanks that they are."""
    return re.sub(r"[\t\r\n ]+", " ", text) if text else ""


def _sign(element: etree._Element) -> str:
    if element.tag == f"{TEXT}s":
        return " "
    return "\t" if element.tag == f"{TEXT}tab" else "\n"


def _rows(table: etree._Element, depth: int) -> Iterator[list[DraftCell]]:
    """Yield rows, each as often as it is repeated; slots are counted against the limit."""
    slots = 0
    for element in _row_elements(table, 0):
        row = list(_cells(element, depth))
        again = _number(element, f"{TABLE}number-rows-repeated")
        if not any(cell.items for cell in row):
            again = 1
        slots += (sum(cell.right - cell.left for cell in row) // COLUMN + 1) * again
        if slots > MAX_SLOTS:
            raise grid_too_large()
        yield from [row] * again


def _row_elements(table: etree._Element, depth: int) -> Iterator[etree._Element]:
    if depth > MAX_DEPTH:
        raise too_deep()
    for child in table:
        if child.tag == _ROW and is_shown(child):
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _row_elements(child, depth + 1)


def _cells(row: etree._Element, depth: int) -> Iterator[DraftCell]:
    """Yield the cells at their columns; covered ones only take up room."""
    column = 0
    for cell in row:
        if cell.tag not in {_CELL, _COVERED}:
            continue
        again = _number(cell, f"{TABLE}number-columns-repeated")
        across = _number(cell, f"{TABLE}number-columns-spanned")
        items = list(drafts_of(cell, depth + 1)) if cell.tag == _CELL else []
        if cell.tag == _COVERED or (not items and again > 1 and cell.getnext() is None):
            # Blanks to the end of the sheet are no cells.
            column += again
            continue
        for _ in range(again):
            left, right = column * COLUMN, (column + across) * COLUMN
            down = _number(cell, f"{TABLE}number-rows-spanned")
            yield DraftCell(items, left, right, down=down)
            column += 1


def _number(element: etree._Element, name: str) -> int:
    raw = element.get(name, "1")
    return max(1, min(int(raw), _MAX_SPAN)) if _DIGITS.fullmatch(raw) else 1
