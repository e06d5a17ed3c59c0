"""An HTML tree to blocks in reading order, each with the element that holds it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from lxml import etree

from reports.documents.flattened.bars import as_grid
from reports.documents.model import Block, Paragraph
from reports.documents.page.sheet import BLOCK_TAGS, sheet_blocks
from reports.documents.unreadable import too_large
from reports.text import one_line
from reports.words import Words

MAX_BLOCKS = 50_000
_UNSEEN = {"head", "title"}
_ESCAPED = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,5});", re.I)
_HARD_BLANK = "\xa0"
_SOURCE_BLANKS = " \t\r\f\v"


@dataclass(slots=True, eq=False)
class Holder:
    """An element that holds blocks: the one around it, and which pieces of the page it holds."""

    element: etree._Element
    above: Holder | None
    depth: int
    first: int
    last: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page and what holds it; ``line`` keeps the tabs of what may be a table row."""

    holder: Holder
    block: Block
    line: str | None = None


@dataclass(slots=True)
class _Walk:
    """One pass over the tree: text gathers until a block boundary, then it is a paragraph."""

    root: etree._Element
    open: list[Holder]
    text: list[str] = field(default_factory=list)
    found: list[Piece] = field(default_factory=list)

    def run(self) -> None:
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._begin(element, element.tag):
                    walk.skip_subtree()
            else:
                self._finish(element, element.tag)
        self._flush()
        self.open[0].last = len(self.found)

    def _begin(self, element: etree._Element, tag: object) -> bool:
        """Enter an element; True when nothing below it is to be read here."""
        if tag in _UNSEEN:
            return True
        if tag in BLOCK_TAGS:
            self._flush()
            above = self.open[-1]
            holder = Holder(element, above, above.depth + 1, len(self.found))
            if tag == "table" and self._add_table(holder):
                return True
            self.open.append(holder)
        if element.text:
            self.text.append(element.text)
        return False

    def _finish(self, element: etree._Element, tag: object) -> None:
        if tag in BLOCK_TAGS:
            self._flush()
            if self.open[-1].element is element and len(self.open) > 1:
                self.open.pop().last = len(self.found)
        if element.tail and element is not self.root:
            self.text.append(element.tail)

    def _flush(self) -> None:
        if not self.text:
            return
        raw = "".join(self.text)
        self.text.clear()
        if "&" in raw:
            # Some editors escape what is escaped already, and readers would see "&nbsp;".
            raw = _ESCAPED.sub(lambda found: unescape(found.group()), raw)
        holder = self.open[-1]
        if "\t" not in raw and "|" not in raw and holder.element.tag != "pre":
            text = one_line(raw)
            if text or (_HARD_BLANK in raw and self._follows_bar()):
                self._add(Piece(holder, Paragraph(text)))
            return
        for line in _lines(raw, is_preformatted=holder.element.tag == "pre"):
            text = one_line(line)
            if text:
                self._add(Piece(holder, Paragraph(text), line if _is_row(line) else None))

    def _follows_bar(self) -> bool:
        """Say whether a cell that ended in a bar stands before: the blank is then a cell too."""
        block = self.found[-1].block if self.found else None
        return isinstance(block, Paragraph) and (not block.text or block.text.endswith("|"))

    def _add_table(self, holder: Holder) -> bool:
        """Add the blocks of a table; False when it only arranges the page and is walked through."""
        blocks = sheet_blocks(holder.element)
        if blocks is None:
            return False
        for block in blocks:
            self._add(Piece(holder, block))
        holder.last = len(self.found)
        return True

    def _add(self, piece: Piece) -> None:
        self.found.append(piece)
        if len(self.found) > MAX_BLOCKS:
            raise too_large(Words(f"超过 {MAX_BLOCKS} 段", f"more than {MAX_BLOCKS} blocks"))


def pieces(root: etree._Element) -> tuple[Sequence[Piece], Holder]:
    """Return the paragraphs and grids of a page, and what holds all. Raises Unreadable beyond the limits."""
    top = Holder(root, None, 0, 0)
    walk = _Walk(root, [top])
    walk.run()
    return walk.found, top


def blocks_of(found: Sequence[Piece]) -> Iterator[Block]:
    """Yield the blocks; two or more lines in a row that are divided by tabs are one grid."""
    rows: list[Piece] = []
    for piece in found:
        if piece.line is None:
            yield from _grid(rows)
            rows = []
            yield piece.block
        else:
            rows.append(piece)
    yield from _grid(rows)


def _grid(rows: Sequence[Piece]) -> Iterator[Block]:
    if len(rows) > 1:
        fields = ((piece.line or "").split("\t") for piece in rows)
        yield as_grid([[one_line(field) for field in line] for line in fields], padded=True)
    else:
        yield from (piece.block for piece in rows)


def _lines(raw: str, *, is_preformatted: bool) -> Sequence[str]:
    """Return the lines that a reader sees: line ends of the source count only where they are shown."""
    if is_preformatted or raw.count("\n|") > 1:
        return raw.split("\n")
    if "\t" in raw and "\n" in raw:
        return (" ".join(part.strip(_SOURCE_BLANKS) for part in raw.split("\n")),)
    return (raw,)


def _is_row(line: str) -> bool:
    return "\t" in line and "\t" in line.strip()
