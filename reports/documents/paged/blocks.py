"""Pages of ink to blocks in reading order: the one entry of this package. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import isfinite

from reports.documents.ink import Glyph, Rule, Sheet
from reports.documents.model import Block
from reports.documents.paged.grids import blocks_of_table
from reports.documents.paged.joining import Table, single_column
from reports.documents.paged.lines import Line, lines_of
from reports.documents.paged.prose import paragraphs, rim_lines
from reports.documents.paged.ruled import Part, part_of
from reports.documents.paged.rules import Lattice, lattices
from reports.documents.paged.unruled import Found, tables_in

Item = Line | Part


def blocks_of(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """Return the paragraphs and grids of the pages; a table that pages cut is one grid again.

    Ink outside a page is left out. Raises Unreadable for drawings beyond every table.
    """
    pages = [(sheet, *_read(sheet)) for sheet in sheets]
    dropped = rim_lines(sheets, {sheet.number: lines for sheet, _, lines in pages})
    stream: list[tuple[Sheet, Item]] = []
    for sheet, parts, lines in pages:
        kept = [line for line in lines if id(line) not in dropped]
        items: list[Item] = sorted([*parts, *kept], key=lambda item: item.top)
        stream += [(sheet, item) for item in items]
    return tuple(_blocks(_without_frames(stream)))


def _read(sheet: Sheet) -> tuple[list[Part], tuple[Line, ...]]:
    """Return the parts of tables on the page and the lines outside them."""
    left = [glyph for glyph in sheet.glyphs if _is_inside(glyph, sheet)]
    parts: list[Part] = []
    released: list[Glyph] = []
    known: list[Lattice] = []
    for lattice in lattices(filter(_is_drawn, sheet.rules)):
        inner = [glyph for glyph in left if _holds(lattice, glyph)]
        if not inner:
            continue
        taken = set(map(id, inner))
        left = [glyph for glyph in left if id(glyph) not in taken]
        if any(_surrounds(lattice, other) for other in known):
            # A frame round tables only arranges the page.
            released += inner
        else:
            parts.append(part_of(sheet.number, lattice, inner))
        known.append(lattice)
    return parts, lines_of((*left, *released))


def _is_inside(glyph: Glyph, sheet: Sheet) -> bool:
    across, down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return 0 <= across <= sheet.width and 0 <= down <= sheet.height


def _is_drawn(rule: Rule) -> bool:
    return all(map(isfinite, (rule.left, rule.top, rule.right, rule.bottom)))


def _holds(lattice: Lattice, glyph: Glyph) -> bool:
    across, down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return lattice.xs[0] <= across <= lattice.xs[-1] and lattice.ys[0] <= down <= lattice.ys[-1]


def _surrounds(outer: Lattice, inner: Lattice) -> bool:
    across = outer.xs[0] <= inner.xs[0] and inner.xs[-1] <= outer.xs[-1]
    down = outer.ys[0] <= inner.ys[0] and inner.ys[-1] <= outer.ys[-1]
    return across and down and len(inner.xs) > 2 and len(inner.ys) > 2


def _without_frames(stream: Sequence[tuple[Sheet, Item]]) -> Iterator[tuple[Sheet, Item]]:
    """Yield the items; a frame round text gives its lines, unless a table goes on in it."""
    for number, (sheet, item) in enumerate(stream):
        if isinstance(item, Line) or not single_column(item.areas):
            yield sheet, item
            continue
        beside = [stream[n][1] for n in (number - 1, number + 1) if 0 <= n < len(stream)]
        if any(isinstance(other, Part) and _is_same_table(item, other) for other in beside):
            yield sheet, item
        else:
            yield from ((sheet, line) for area in item.areas for line in area.lines)


def _is_same_table(part: Part, other: Part) -> bool:
    earlier, later = sorted((part, other), key=lambda one: one.page)
    return not single_column(other.areas) and Table.begun(earlier).is_continued_by(later)


def _blocks(items: Iterable[tuple[Sheet, Item]]) -> Iterator[Block]:
    for is_part, group in groupby(items, key=lambda pair: isinstance(pair[1], Part)):
        if is_part:
            parts = [item for _, item in group if isinstance(item, Part)]
            for table in _tables(parts):
                yield from blocks_of_table(table)
        else:
            lines = [(sheet, item) for sheet, item in group if isinstance(item, Line)]
            yield from _unruled(lines)


def _tables(parts: Iterable[Part]) -> Iterator[Table]:
    table: Table | None = None
    for part in parts:
        if table is not None and table.is_continued_by(part):
            table.add(part)
            continue
        if table is not None:
            yield table
        table = Table.begun(part)
    if table is not None:
        yield table


def _unruled(lines: Sequence[tuple[Sheet, Line]]) -> Iterator[Block]:
    """Yield the tables that only the arrangement of their figures shows, and prose between them."""
    for found in tables_in(lines):
        if isinstance(found, Found):
            yield found.grid
        else:
            right = max((line.right for line in found if len(line.glyphs) > 1), default=0.0)
            yield from paragraphs(found, right)
