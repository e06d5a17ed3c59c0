"""One HTML table to blocks: its grid, divided where a row is a line of the article. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from reports.documents.model import Block, Grid, Paragraph
from reports.documents.spans import Spanned, expand
from reports.forms.headings import read_heading
from reports.text import one_line

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
_PROSE = 60
_LAYOUT_TEXT = 120
_LAYOUT_BLOCKS = 3
_CELLS = frozenset(["td", "th"])
_ARTICLE_TAGS = frozenset(["h1", "h2", "ul", "ol"])
_ROWS_OF_THE_FORM = re.compile(r"^[一二三四]、\s*(?:本年|上年|结转)")


def sheet_blocks(table: etree._Element) -> Sequence[Block] | None:
    """Return the blocks of a table, None when it only arranges the page.

    Tables around tables, columns of prose and tables of one column arrange. A row that is one wide cell
    of prose or a section heading gives paragraphs and divides the grid: some publishers put the whole
    article into one sheet.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return None
    blocks: list[Block] = []
    rows: list[Sequence[Spanned]] = []
    widest = 0
    has_lists = next(table.iter(*_ARTICLE_TAGS), None) is not None
    for element in _rows(table):
        cells = [cell for cell in element if cell.tag in _CELLS]
        row = [_spanning(cell) for cell in cells]
        widest = max(widest, len(row))
        filled = [cell for cell, spanning in zip(cells, row, strict=True) if spanning[0]]
        is_long = has_lists or any([len(text) > _LAYOUT_TEXT for text, _, _ in row])
        if is_long and len(filled) > 1 and any(map(_is_article, filled)):
            return None
        lines = _prose_lines(element, cells, filled)
        if lines:
            blocks += [*_grid(rows), *map(Paragraph, lines)]
            rows = []
        elif row:
            rows.append(row)
    return None if widest <= 1 else [*blocks, *_grid(rows)]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows, and what stands between them where no row is."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag != "colgroup":
            rows = list(child.iter("tr"))
            yield from rows or (child,)


def _grid(rows: Sequence[Sequence[Spanned]]) -> Iterator[Grid]:
    if any(text for row in rows for text, _, _ in row):
        yield expand(rows)


def _prose_lines(
    row: etree._Element, cells: Sequence[etree._Element], filled: Sequence[etree._Element]
) -> list[str]:
    """Return the lines of a row that is a part of the article, none for a row of figures."""
    if not cells:
        return _lines(row)
    if len(filled) != 1:
        return []
    lines = _lines(filled[0])
    is_alone = len(cells) == 1
    return lines if any(_is_prose(line, is_alone=is_alone) for line in lines) else []


def _is_prose(text: str, *, is_alone: bool) -> bool:
    if len(text) > _PROSE or text.endswith(("。", "；", "年度报告")):
        return True
    if not is_alone or _ROWS_OF_THE_FORM.match(text):
        heading = read_heading(text)
        return heading is not None and heading.number is not None
    return text[1:2] == "、" or text[:1] == "#" or read_heading(text) is not None


def _lines(element: etree._Element) -> list[str]:
    lines = (one_line(line) for line in _broken(element).split("\n"))
    return [line for line in lines if line]


def _spanning(cell: etree._Element) -> Spanned:
    across, down = cell.get("colspan"), cell.get("rowspan")
    if across is None and down is None:
        return _cell_text(cell), 1, 1
    return _cell_text(cell), _span(across, 1), _span(down, 0)


def _span(raw: str | None, least: int) -> int:
    if raw is None or raw == "1":
        return 1
    raw = raw.strip()
    return max(least, int(raw[:6])) if raw.isascii() and raw.isdigit() else 1


def _cell_text(cell: etree._Element) -> str:
    """Return the text with a blank where a line or paragraph ends: two figures never run together."""
    count = len(cell)
    if count == 0:
        return one_line(cell.text or "")
    if count == 1:
        # Nearly every cell is one paragraph.
        inner = cell[0]
        if inner.tag == "p" and len(inner) == 0:
            around = (cell.text or "", inner.tail or "")
            text = inner.text or ""
            return one_line(f" {text} ".join(around) if any(around) else text)
    return one_line(_broken(cell))


def _broken(element: etree._Element) -> str:
    """Return the text with a line end at every end of a block, and nowhere else."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in BLOCK_TAGS:
            parts.append("\n")
        if event == "start":
            parts.append(_flat(node.text))
        elif node is not element:
            parts.append(_flat(node.tail))
    return "".join(parts)


def _flat(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""


def _is_article(cell: etree._Element) -> bool:
    """Say whether a cell holds headings, a list or several paragraphs."""
    if next(cell.iter(*_ARTICLE_TAGS), None) is not None:
        return True
    blocks = sum(1 for _ in cell.iter("p", "div", "br"))
    return blocks >= _LAYOUT_BLOCKS and len("".join(map(str, cell.itertext()))) > _LAYOUT_TEXT
