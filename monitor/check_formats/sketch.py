"""Draws an excerpt of a table in columns: the cell in question is marked, with or without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.check_formats.columns import cut, left, printable, right, width
from monitor.check_formats.excerpt import Excerpt, Row, Square
from monitor.check_formats.terminal import Paint, Terminal
from reports.words import Language, Words

_INDENT, _GAP, _ELLIPSIS = "     ", 2, "…"
_UNLIMITED = 110
_LONGEST_LABEL, _SHORTEST_LABEL = 34, 10
_LONGEST_HEAD, _SHORTEST_HEAD = 12, 8


def sketched(excerpt: Excerpt, language: Language, terminal: Terminal) -> Iterator[str]:
    """Yield the lines of the table part: heads, then rows; as many columns as there is room for."""
    room = (terminal.columns or _UNLIMITED) - len(_INDENT)
    drawn = [[_drawn(square, language) for square in row.squares] for row in excerpt.rows]
    heads, widths = _heads(excerpt, drawn, language, room)
    label = _label_width(excerpt, language, room, widths)
    chosen = _chosen(excerpt.concerned, widths, room - label - 2)
    table = excerpt.table.in_language(language)
    yield _line("  ", left(table, label), _spaced(heads, widths, chosen))
    for row, texts in zip(excerpt.rows, drawn, strict=True):
        mark = "> " if row.concerned else "  "
        name = left(printable(row.label.in_language(language)), label)
        cells = _spaced(texts, widths, chosen, row, terminal)
        yield _line(mark, name, cells)
    if excerpt.left_out:
        yield _line("  ", cut(_rest(excerpt).in_language(language), room - 2), "")


def _rest(excerpt: Excerpt) -> Words:
    figures = excerpt.left_out - excerpt.zeros
    if not excerpt.zeros:
        return Words(f"（另 {figures} 行未列出）", f"({figures} more rows not shown)")
    if not figures:
        return Words(f"（另 {excerpt.zeros} 行均为 0）", f"({excerpt.zeros} more rows, all 0)")
    return Words(
        f"（另 {figures} 行有数字，{excerpt.zeros} 行为 0，未列出）",
        f"(not shown: {figures} more rows with figures, {excerpt.zeros} with 0)",
    )


def _line(mark: str, label: str, cells: str) -> str:
    return f"{_INDENT}{mark}{label}{cells}".rstrip()


def _heads(
    excerpt: Excerpt, drawn: Sequence[Sequence[str]], language: Language, room: int
) -> tuple[list[str], list[int]]:
    """Return the heads and the widths of the columns; heads are cut where the line would not hold all."""
    names = [printable(words.in_language(language)) for words in excerpt.columns]
    for longest in (_LONGEST_HEAD, _SHORTEST_HEAD):
        heads = [cut(name, longest) for name in names]
        widths = [
            max(width(head), *(width(row[n]) for row in drawn)) for n, head in enumerate(heads)
        ]
        if sum(widths) + _GAP * len(widths) + _SHORTEST_LABEL * 2 <= room:
            break
    return heads, widths


def _drawn(square: Square | None, language: Language) -> str:
    """Return a cell with its marks: [5≠4] is in question, 5* is to be compared with it."""
    if square is None:
        return ""
    text = cut(printable(square.text.in_language(language)), _LONGEST_HEAD)
    if square.wrong:
        return f"[{text}≠{square.expected}]" if square.expected is not None else f"[{text}]"
    return f"{text}*" if square.concerned else f"{text} "


def _label_width(excerpt: Excerpt, language: Language, room: int, widths: Sequence[int]) -> int:
    """Return the columns for the labels: what they need, as long as the cells concerned have theirs."""
    labels = [excerpt.table, *(row.label for row in excerpt.rows)]
    needed = min(_LONGEST_LABEL, max(width(words.in_language(language)) for words in labels))
    if needed + 2 + sum(wide + _GAP for wide in widths) <= room:
        return needed
    pairs = zip(widths, excerpt.concerned, strict=True)
    cells = sum(wide + _GAP for wide, concerned in pairs if concerned)
    marks = 0 if all(excerpt.concerned) else 2 * (_GAP + width(_ELLIPSIS))
    return max(_SHORTEST_LABEL, min(needed, room - cells - marks - 2))


def _chosen(concerned: Sequence[bool], widths: Sequence[int], room: int) -> list[int]:
    """Return the columns that there is room for: first the last one concerned, then its nearest."""
    important = [n for n, is_concerned in enumerate(concerned) if is_concerned] or [0]
    last = important[-1]
    order = sorted(range(len(widths)), key=lambda n: (n not in important, abs(n - last)))
    chosen: list[int] = []
    for n in order:
        wider = sorted((*chosen, n))
        if chosen and sum(widths[c] + _GAP for c in wider) + _left_out(wider, len(widths)) > room:
            break
        chosen = wider
    return chosen


def _left_out(chosen: Sequence[int], count: int) -> int:
    """Return the columns that the marks of what is left out take."""
    pairs = zip((-1, *chosen), (*chosen, count), strict=True)
    return sum(after != before + 1 for before, after in pairs) * (_GAP + width(_ELLIPSIS))


def _spaced(
    texts: Sequence[str],
    widths: Sequence[int],
    chosen: Sequence[int],
    row: Row | None = None,
    terminal: Terminal | None = None,
) -> str:
    """Return the cells chosen, each right in its column, with a mark where columns are left out."""
    parts, before = [], -1
    for n in chosen:
        if n != before + 1:
            parts.append(" " * _GAP + _ELLIPSIS)
        parts.append(" " * _GAP + _painted(right(texts[n], widths[n]), n, row, terminal))
        before = n
    if before != len(widths) - 1:
        parts.append(" " * _GAP + _ELLIPSIS)
    return "".join(parts)


def _painted(text: str, column: int, row: Row | None, terminal: Terminal | None) -> str:
    square = row.squares[column] if row else None
    if square is None or terminal is None or not square.concerned:
        return text
    figure = text.lstrip()
    paints = (Paint.RED, Paint.BOLD, Paint.REVERSED) if square.wrong else (Paint.BOLD,)
    return text[: len(text) - len(figure)] + terminal.painted(figure, *paints)
