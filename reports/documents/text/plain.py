"""Plain text to blocks: lines with tabs are rows, other lines are paragraphs or cells of a table. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.dates import shown_date
from reports.documents.flattened.bars import as_grid
from reports.documents.flattened.restore import restored
from reports.documents.model import Block, Document, Paragraph
from reports.documents.unreadable import empty, too_large
from reports.text import one_line
from reports.words import Words

_MAX_LINES = 50_000


def read_text(text: str, charset: str) -> Document:
    """Read plain text. Consecutive rows form one grid; a blank line or a paragraph ends it."""
    if not text.strip():
        raise empty()
    blocks = restored(tuple(_blocks(text)))
    head = " ".join(b.text for b in blocks[:6] if isinstance(b, Paragraph) and len(b.text) < 200)
    return Document("text/plain", charset, (), blocks, published_on=shown_date(head))


def _blocks(text: str) -> Iterator[Block]:
    """Yield the lines; an empty line is an empty paragraph, which may be a blank cell."""
    lines = text.splitlines()
    if len(lines) > _MAX_LINES:
        raise too_large(Words(f"超过 {_MAX_LINES} 行", f"more than {_MAX_LINES} lines"))
    rows: list[tuple[str, ...]] = []
    for line in lines:
        if "\t" in line:
            rows.append(tuple(one_line(field) for field in line.split("\t")))
            continue
        yield from _grid(rows)
        rows = []
        yield Paragraph(one_line(line))
    yield from _grid(rows)


def _grid(rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    if len(rows) == 1 and sum(1 for field in rows[0] if field) == 1:
        # A lone line with a stray tab is a paragraph.
        yield Paragraph("".join(rows[0]))
        return
    if any(field for row in rows for field in row):
        yield as_grid(rows, padded=True)
