"""WordprocessingML, in DOCX or in Word 2003 XML, to drafts of paragraphs and tables. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from reports.documents.office.drafts import MAX_DEPTH, DraftCell, DraftTable, Item, too_deep
from reports.documents.office.numbering import Numbering
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.text import one_line

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAX_SPAN = 1_000
_DIGITS = re.compile(r"[0-9]{1,6}")
# Without a declared width a column counts as this wide, so that no two columns are taken for one.
_COLUMN = 1_000
_TEXT, _TAB, _BREAK, _RETURN = f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_HYPHEN = f"{W}noBreakHyphen"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_INK = (_TEXT, _TAB, _BREAK, _RETURN, _HYPHEN, _MATH)
_THROUGH = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "txbxContent")
) | {
    "{http://schemas.microsoft.com/office/word/2003/auxHint}sect",
    "{http://schemas.microsoft.com/office/word/2003/auxHint}sub-section",
    "{http://schemas.microsoft.com/aml/2001/core}annotation",
    "{http://schemas.microsoft.com/aml/2001/core}content",
}
_GONE = (
    *(f"{W}{name}" for name in ("del", "moveFrom", "rt", "tabs", "delText", "instrText")),
    *(
        f"{W}{name}"
        for name in ("rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange")
    ),
)
_OFF = frozenset({"0", "false", "off"})


def drafts_of(body: etree._Element, numbering: Numbering | None = None) -> Iterator[Item]:
    """Yield the paragraphs and tables of a body that ``settle`` has prepared."""
    yield from _flow(body, numbering or Numbering(), 0)


def settle(body: etree._Element) -> None:
    """Leave only what a reader of the page sees: no deletions, no hidden text, each text box once."""
    _drop_deleted_rows(body)
    for choice in list(body.iter(f"{_MC}AlternateContent")):
        _keep_one(choice)
    for mark in list(body.iter(f"{W}vanish", f"{W}specVanish")):
        _hide(mark)
    etree.strip_elements(body, *_GONE, with_tail=False)
    # The last first, so that those of one paragraph keep their order.
    for box in reversed(list(body.iter(f"{W}txbxContent"))):
        _set_behind_its_paragraph(box)


def titles_of(body: etree._Element) -> tuple[str, ...]:
    """Return the paragraphs in a Title style; most reports have none and begin with plain text."""
    found: list[str] = []
    for style in body.iterfind(f"{W}p/{W}pPr/{W}pStyle"):
        owner = next(style.iterancestors(_PARAGRAPH), None)
        if owner is not None and style.get(f"{W}val", "").lower() in {"title", "标题"}:
            found.append(one_line(_text(owner)))
    return tuple(text for text in found[:5] if text)


def pictures_in(body: etree._Element) -> int:
    """Return how many pictures are drawn."""
    return sum(1 for _ in body.iter("{*}blip", "{*}imagedata"))


def _drop_deleted_rows(body: etree._Element) -> None:
    for mark in [*body.iter(f"{W}del"), *body.iter(f"{W}cellDel")]:
        properties = mark.getparent()
        if properties is None or properties.tag not in {f"{W}trPr", f"{W}tcPr"}:
            continue
        gone = properties.getparent()
        holder = None if gone is None else gone.getparent()
        if gone is not None and holder is not None:
            holder.remove(gone)


def _keep_one(choice: etree._Element) -> None:
    """Keep the first alternative that has text, else the first: all of them draw the same thing."""
    options = list(choice)
    kept = next((o for o in options if next(o.iter(_TEXT), None) is not None), None)
    for option in options:
        if option is not (kept if kept is not None else options[0]):
            choice.remove(option)


def _hide(mark: etree._Element) -> None:
    run = mark.getparent()
    run = None if run is None else run.getparent()
    if run is None or run.tag != f"{W}r" or mark.get(f"{W}val", "1").lower() in _OFF:
        return
    for text in list(run.iter(*_INK)):
        text.tag = f"{W}hidden"


def _set_behind_its_paragraph(box: etree._Element) -> None:
    """Move what stands in a text box behind the paragraph, or the table, that the box hangs on."""
    anchor: etree._Element | None = None
    for around in box.iterancestors(_PARAGRAPH, _TABLE, f"{W}txbxContent"):
        if around.tag == f"{W}txbxContent":
            break
        if anchor is None or around.tag == _TABLE:
            anchor = around
    if anchor is not None:
        box.tail = None
        anchor.addnext(box)


def _flow(container: Iterable[etree._Element], numbering: Numbering, depth: int) -> Iterator[Item]:
    if depth > MAX_DEPTH:
        raise too_deep()
    for child in container:
        if child.tag == _PARAGRAPH:
            yield numbering.before(child) + _text(child)
        elif child.tag == _TABLE:
            yield _table(child, numbering, depth)
        elif child.tag in _THROUGH:
            yield from _flow(child, numbering, depth + 1)


def _text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for node in paragraph.iter(*_INK):
        tag = node.tag
        if tag in (_TEXT, _MATH):
            pieces.append(node.text or "")
        elif tag == _TAB:
            pieces.append("\t")
        else:
            pieces.append("-" if tag == _HYPHEN else "\n")
    return "".join(pieces)


def _below(container: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Yield the rows or cells, also those inside content controls and insertions."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag in _THROUGH:
            yield from _below(child, wanted)


def _table(table: etree._Element, numbering: Numbering, depth: int) -> DraftTable:
    edges = _edges(table)
    drawn = DraftTable()
    slots = 0
    for row in _below(table, _ROW):
        cells = list(_cells(row, edges, numbering, depth))
        slots += sum(cell.right - cell.left for cell in cells) // _COLUMN + len(cells)
        if slots > MAX_SLOTS:
            raise grid_too_large()
        drawn.rows.append(cells)
    return drawn


def _edges(table: etree._Element) -> list[int]:
    """Return where the declared columns begin and end, in twips."""
    edges = [0]
    for column in table.iterfind(f"{W}tblGrid/{W}gridCol"):
        width = _number(column.get(f"{W}w"), 0, limit=100_000)
        if width == 0:
            return [0]
        edges.append(edges[-1] + width)
    return edges


def _cells(
    row: etree._Element, edges: list[int], numbering: Numbering, depth: int
) -> Iterator[DraftCell]:
    column = _value(row.find(f"{W}trPr/{W}gridBefore"), 0)
    last: DraftCell | None = None
    for cell in _below(row, _CELL):
        properties = cell.find(f"{W}tcPr")
        span = _span(properties)
        if last is not None and _continues(properties, "hMerge", "hmerge"):
            column += span
            last.right = _edge(edges, column)
            continue
        last = DraftCell(
            list(_flow(cell, numbering, depth + 1)),
            _edge(edges, column),
            _edge(edges, column + span),
            _continues(properties, "vMerge", "vmerge"),
        )
        column += span
        yield last


def _edge(edges: list[int], column: int) -> int:
    """Return where a column begins; columns beyond the declared ones follow at an even width."""
    if column < len(edges):
        return edges[column]
    return edges[-1] + _COLUMN * (column - len(edges) + 1)


def _span(properties: etree._Element | None) -> int:
    return 1 if properties is None else _value(properties.find(f"{W}gridSpan"), 1)


def _continues(properties: etree._Element | None, *names: str) -> bool:
    if properties is None:
        return False
    for name in names:
        merge = properties.find(f"{W}{name}")
        if merge is not None:
            return merge.get(f"{W}val", "continue") == "continue"
    return False


def _value(element: etree._Element | None, least: int) -> int:
    return least if element is None else _number(element.get(f"{W}val"), least)


def _number(raw: str | None, least: int, limit: int = _MAX_SPAN) -> int:
    return max(least, min(int(raw), limit)) if raw and _DIGITS.fullmatch(raw) else least
