"""A document's blocks with every flattened statutory table as a grid; prose stays as it is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.documents.flattened.bars import with_barred_rows
from reports.documents.flattened.disputes import dispute_rows
from reports.documents.flattened.parts import parts_of
from reports.documents.flattened.proactive import proactive_rows
from reports.documents.flattened.requests import request_rows
from reports.documents.flattened.tokens import Part
from reports.documents.flattened.words import SIGNS
from reports.documents.model import Block, Document, Grid, Paragraph
from reports.documents.spans import expand
from reports.model import TableName

_BUILDERS = {
    TableName.PROACTIVE: proactive_rows,
    TableName.REQUESTS: request_rows,
    TableName.DISPUTES: dispute_rows,
}


def with_restored_tables(document: Document) -> Document:
    """Return the document with its flattened tables as grids; the same one when it has none."""
    if not _may_hold_tables(document.blocks):
        return document
    return replace(document, blocks=restored(document.blocks))


def restored(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks in the same order, flattened tables as grids, empty lines left out.

    A row of the grid holds either all figures of its statutory row or one cell with everything that
    stood there: figures whose columns nothing tells are never spread over them.
    """
    if not _may_hold_tables(blocks):
        return tuple(block for block in blocks if _is_filled(block))
    lines = with_barred_rows(blocks)
    found: list[Block] = []
    done = 0
    for name, part in parts_of(lines):
        grid = _grid(name, part)
        if grid is not None:
            found += lines[done : part.first]
            found.append(grid)
            done = part.last + 1
    return tuple(block for block in (*found, *lines[done:]) if _is_filled(block))


def _may_hold_tables(blocks: Sequence[Block]) -> bool:
    text = "\n".join(_texts(blocks))
    return any(sign in text for sign in SIGNS) or "|" in text or ",," in text


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    return (block.text for block in blocks if isinstance(block, Paragraph))


def _grid(name: TableName, part: Part) -> Grid | None:
    rows = _BUILDERS[name](part)
    return expand(rows) if rows else None


def _is_filled(block: Block) -> bool:
    return isinstance(block, Grid) or bool(block.text)
