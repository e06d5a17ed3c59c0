"""Plain text to blocks: lines with tabs (or table bars) are rows, other lines are paragraphs. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.documents.dates import shown_date
from reports.documents.model import Block, Document, Grid, GridCell, Paragraph
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.documents.unreadable import empty, too_large
from reports.text import one_line
from reports.words import Words

_MAX_LINES = 50_000
_RULE = re.compile(r"^[\s|:+=-]+$")


def read_text(text: str, charset: str) -> Document:
    """Read plain text. Consecutive rows form one grid; a blank line or a paragraph ends it."""
    if not text.strip():
        raise empty()
    blocks = tuple(_blocks(text))
    head = " ".join(b.text for b in blocks[:6] if isinstance(b, Paragraph) and len(b.text) < 200)
    return Document("text/plain", charset, (), blocks, published_on=shown_date(head))


def _blocks(text: str) -> Iterator[Block]:
    lines = text.splitlines()
    if len(lines) > _MAX_LINES:
        raise too_large(Words(f"超过 {_MAX_LINES} 行", f"more than {_MAX_LINES} lines"))
    rows: list[tuple[str, ...]] = []
    for line in lines:
        fields = _fields(line)
        if fields is not None:
            rows.append(fields)
            continue
        yield from _grid(rows)
        rows = []
        if line.strip():
            yield Paragraph(one_line(line))
    yield from _grid(rows)


def _fields(line: str) -> tuple[str, ...] | None:
    """Return the fields of a table row, None for a line that is none; a rule of dashes has none."""
    if "\t" in line:
        return tuple(one_line(field) for field in line.split("\t"))
    bare = line.strip()
    if bare.startswith("|") and bare.count("|") >= 2:
        if _RULE.match(bare):
            return ()
        return tuple(one_line(field) for field in bare[1:].removesuffix("|").split("|"))
    return None


def _grid(rows: Iterable[tuple[str, ...]]) -> Iterator[Block]:
    kept = [row for row in rows if row]
    if len(kept) == 1 and sum(1 for field in kept[0] if field) == 1:
        # A lone line with a stray tab is a paragraph.
        yield Paragraph("".join(kept[0]))
        return
    if sum(map(len, kept)) > MAX_SLOTS:
        raise grid_too_large()
    if any(field for row in kept for field in row):
        yield Grid(
            tuple(
                tuple(GridCell(text, number, column) for column, text in enumerate(row))
                for number, row in enumerate(kept)
            )
        )
