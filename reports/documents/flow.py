"""An HTML tree to blocks in reading order, each with the element that holds it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from reports.documents.model import Block, Grid, Paragraph
from reports.documents.spans import Spanning, expand
from reports.documents.unreadable import too_large
from reports.text import one_line
from reports.words import Words

MAX_BLOCKS = 50_000
_BLOCK = frozenset(
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
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
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
    ]
)
_DROPPED = frozenset(
    [
        "aside",
        "button",
        "footer",
        "head",
        "header",
        "iframe",
        "input",
        "nav",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
    ]
)
_PROSE = 60
_LAYOUT_TEXT = 120
_LAYOUT_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page and the element that it stands in."""

    holder: etree._Element
    block: Block


class _Walk:
    """One pass over the tree: text gathers until a block boundary, then it is a paragraph."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.open: list[etree._Element] = [root]
        self.text: list[str] = []
        self.found: list[Piece] = []
        self.layout = _layout_tables(root)

    def run(self) -> Sequence[Piece]:
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if self._begin(element, tag):
                    walk.skip_subtree()
            else:
                self._finish(element, tag)
        self._flush()
        return self.found

    def _begin(self, element: etree._Element, tag: object) -> bool:
        """Enter an element; True when nothing below it is to be read here."""
        if tag in _DROPPED:
            return True
        if tag in _BLOCK:
            self._flush()
            if tag == "table" and element not in self.layout:
                self._add_table(element)
                return True
            self.open.append(element)
        if element.text:
            self.text.append(element.text)
        return False

    def _finish(self, element: etree._Element, tag: object) -> None:
        if tag in _BLOCK:
            self._flush()
            if self.open[-1] is element and len(self.open) > 1:
                self.open.pop()
        if element.tail and element is not self.root:
            self.text.append(element.tail)

    def _flush(self) -> None:
        if self.text:
            text = one_line("".join(self.text))
            self.text.clear()
            if text:
                self._add(Piece(self.open[-1], Paragraph(text)))

    def _add_table(self, table: etree._Element) -> None:
        for block in table_blocks(table):
            self._add(Piece(table, block))

    def _add(self, piece: Piece) -> None:
        self.found.append(piece)
        if len(self.found) > MAX_BLOCKS:
            raise too_large(Words(f"超过 {MAX_BLOCKS} 段", f"more than {MAX_BLOCKS} blocks"))


def pieces(root: etree._Element) -> Sequence[Piece]:
    """Return the paragraphs and grids of a page. Raises Unreadable beyond the limits."""
    return _Walk(root).run()


def table_blocks(table: etree._Element) -> Iterator[Block]:
    """Yield the grid of a table without inner tables.

    A row that is one wide cell of prose or a section heading is a paragraph and divides the grid: some
    publishers put the whole article into one sheet.
    """
    rows: list[tuple[Spanning, ...]] = []
    for element in table.iter("tr"):
        cells = tuple(_spanning(cell) for cell in element if cell.tag in {"td", "th"})
        filled = [cell for cell in cells if cell.text]
        if len(cells) == 1 and len(filled) == 1 and _is_prose(filled[0].text):
            yield from _grid(rows)
            rows = []
            yield Paragraph(filled[0].text)
        elif cells:
            rows.append(cells)
    yield from _grid(rows)


def _grid(rows: Sequence[tuple[Spanning, ...]]) -> Iterator[Grid]:
    if any(cell.text for row in rows for cell in row):
        yield expand(rows)


def _is_prose(text: str) -> bool:
    sentence = text.endswith(("。", "；")) or text.endswith("年度报告")
    return sentence or len(text) > _PROSE or text[1:2] == "、" or text[:1] in "#"


def _spanning(cell: etree._Element) -> Spanning:
    return Spanning(_cell_text(cell), _span(cell, "colspan", 1), _span(cell, "rowspan", 0))


def _span(cell: etree._Element, name: str, least: int) -> int:
    raw = (cell.get(name) or "").strip()
    if not (raw.isascii() and raw.isdigit()):
        return 1
    return max(least, int(raw[:6]))


def _cell_text(cell: etree._Element) -> str:
    """Return the text with a blank where a line or paragraph ends: two figures never run together."""
    parts: list[str] = []
    for node in cell.iter():
        if node.tag in _DROPPED:
            parts.append(" ")
        else:
            if node.tag in _BLOCK:
                parts.append(" ")
            parts.append(node.text or "")
        if node is not cell:
            if node.tag in _BLOCK:
                parts.append(" ")
            parts.append(node.tail or "")
    return one_line("".join(parts))


def _layout_tables(root: etree._Element) -> set[etree._Element]:
    """Return the tables that only arrange the page: those around tables, and columns of prose."""
    layout: set[etree._Element] = set()
    for table in root.iter("table"):
        around = next(table.iterancestors("table"), None)
        while around is not None and around not in layout:
            layout.add(around)
            around = next(around.iterancestors("table"), None)
    return layout | {table for table in root.iter("table") if _holds_article(table)}


def _holds_article(table: etree._Element) -> bool:
    """Say whether a cell holds headings, a list or several paragraphs, or every row is one cell."""
    widest = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        widest = max(widest, len(cells))
        if any(_is_article(cell) for cell in cells):
            return True
    return widest <= 1


def _is_article(cell: etree._Element) -> bool:
    if next(cell.iter("h1", "h2", "ul", "ol"), None) is not None:
        return True
    blocks = sum(1 for _ in cell.iter("p", "div", "br"))
    return blocks >= _LAYOUT_BLOCKS and len("".join(map(str, cell.itertext()))) > _LAYOUT_TEXT
