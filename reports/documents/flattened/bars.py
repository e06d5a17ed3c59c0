"""Lines with bars or commas that are whole rows: they become grids. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

from reports.documents.flattened.words import is_table_text
from reports.documents.model import Block, Grid, GridCell, Paragraph
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.text import one_line

_RULE = re.compile(r"^[\s|:+=-]+$")
_FEWEST_COMMAS = 3
_FEWEST_LINES = 3


def with_barred_rows(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with every run of barred or comma-separated rows as one grid."""
    found: list[Block] = []
    position = 0
    while position < len(blocks):
        first, end = _run(blocks, position)
        if end > position:
            grid = _grid(blocks[first:end])
            found += blocks[position:first]
            found += [grid] if grid is not None else blocks[first:end]
            position = end
        else:
            found.append(blocks[position])
            position += 1
    return found


def _run(blocks: Sequence[Block], start: int) -> tuple[int, int]:
    """Return where the table in the run of lines that begins here begins, and where the run ends.

    Both are the end when the lines are no table, and the start itself when no run begins here.
    """
    end = start
    while end < len(blocks) and _is_barred(blocks[end]):
        end += 1
    if end > start:
        return _first_row(blocks, start, end), end
    commas = _commas(blocks[start])
    if commas < _FEWEST_COMMAS:
        return start, start
    while end < len(blocks) and _commas(blocks[end]) == commas:
        end += 1
    lines = [block.text for block in blocks[start:end] if isinstance(block, Paragraph)]
    is_table = len(lines) >= _FEWEST_LINES and any(
        is_table_text(field) for line in lines for field in line.split(",") if len(field) > 1
    )
    return (start if is_table else end), end


def _first_row(blocks: Sequence[Block], start: int, end: int) -> int:
    """Return where at least half of the lines to the end are rows; the end if nowhere.

    One bar a line is one cell a line, which is another style.
    """
    first, surplus = end, 0
    for number in range(end - 1, start - 1, -1):
        surplus += 1 if _bars(blocks[number]) > 1 else -1
        if surplus >= 0:
            first = number
    return first


def _is_barred(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = block.text.strip()
    return len(text) > 1 and (text.endswith("|") or (text.startswith("|") and text.count("|") > 1))


def _bars(block: Block) -> int:
    return block.text.count("|") if isinstance(block, Paragraph) else 0


def _commas(block: Block) -> int:
    """Return how many commas divide the line; sentences have none that count."""
    if not isinstance(block, Paragraph) or "," not in block.text or "。" in block.text:
        return 0
    return len(_by_commas(block.text)) - 1


def _by_commas(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def _grid(run: Iterable[Block]) -> Grid | None:
    lines = [block.text.strip() for block in run if isinstance(block, Paragraph)]
    rows = [_fields(line) for line in lines if not _RULE.match(line)]
    rows = _without_padding(rows)
    if not any(field for row in rows for field in row):
        return None
    return as_grid(rows)


def _fields(line: str) -> list[str]:
    if "|" in line:
        return [one_line(field) for field in line.removeprefix("|").removesuffix("|").split("|")]
    return [one_line(field) for field in _by_commas(line)]


def _without_padding(rows: list[list[str]]) -> list[list[str]]:
    """Drop the bars that end every row: they are the style's, not blank cells."""
    wide = [row for row in rows if len(row) > 1]
    spare = min((_trailing_blanks(row) for row in wide), default=0)
    if len(wide) < 2:
        return rows
    return [row[: max(1, len(row) - spare)] if len(row) > 1 else row for row in rows]


def _trailing_blanks(row: Sequence[str]) -> int:
    return next((n for n, field in enumerate(reversed(row)) if field), len(row))


def as_grid(rows: Sequence[Sequence[str]], *, padded: bool = False) -> Grid:
    """Return rows of texts as a grid. Raises Unreadable beyond the limit of slots."""
    if sum(map(len, rows)) > MAX_SLOTS:
        raise grid_too_large()
    cells = (
        tuple(GridCell(text, number, column) for column, text in enumerate(row))
        for number, row in enumerate(rows)
    )
    return Grid(tuple(cells), padded=padded)
