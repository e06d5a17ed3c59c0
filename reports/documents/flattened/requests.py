"""Table 3 from loose labels and figures: seven figures under a known head, or one unread cell. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reports.documents.flattened.labels import Labels, labels_of
from reports.documents.flattened.order import filled_by_order, without_doubtful
from reports.documents.flattened.runs import Turn, adds_up, by_lines, joined, turns_of
from reports.documents.flattened.tokens import Part, Token
from reports.documents.flattened.words import letters
from reports.documents.spans import Spanning
from reports.forms.catalogue import CELL_LABELS, FORM_2021
from reports.forms.form import request_key
from reports.forms.requests import row_of

_COLUMNS = tuple(letters(column.words.zh) for column in FORM_2021.request_columns)
_WIDTH = len(_COLUMNS)
_NOT_LEAVES = re.compile("法人[和或及、]?其[他它]组.?|申请人情况")
_FEWEST_ROWS = 2


@dataclass(slots=True)
class FoundRow:
    """Figures with the row that they belong to, None while no label says so.

    ``is_whole`` says that there are exactly as many figures as columns; ``is_direct`` that the label
    stands on the figures' own line.
    """

    key: str | None
    label: str
    figures: tuple[Token, ...]
    is_whole: bool
    is_direct: bool = False

    def adds_up(self) -> bool:
        """Say whether the total is the sum of the other columns."""
        return adds_up([token.text for token in self.figures])


def request_rows(part: Part) -> list[tuple[Spanning, ...]] | None:
    """Return the head and the rows that were found, None when the part is no such table."""
    turns = turns_of(part, _WIDTH)
    if not any(len(turn.figures) >= _WIDTH for turn in turns):
        return None
    labels = [labels_of(turn.words, is_first=n == 0) for n, turn in enumerate(turns)]
    if (
        not labels[0].heads
        and not turns[0].is_one_line
        and labels[-1].heads
        and not turns[-1].figures
    ):
        # Figures before labels: which row a figure belongs to cannot be told by what stands before it.
        return None
    rows = _rows(_without_separators(turns), labels)
    filled_by_order(rows, has_head=bool(labels[0].before))
    without_doubtful(rows, [key for found in labels for _, key in found.heads if key])
    _refuse_uncertain(rows, part)
    known = [row for row in rows if row.key is not None]
    if len(known) < _FEWEST_ROWS:
        return None
    order = _column_order(labels[0].before)
    head = [(Spanning(""), *map(Spanning, order))] if order else []
    is_known = bool(order) or not labels[0].before
    return [*head, *(_drawn(row, is_known=is_known) for row in known)]


def _without_separators(turns: Sequence[Turn]) -> list[Turn]:
    """Drop the blank that ends (or opens) nearly every row: it divides rows and is no cell."""
    kept = list(turns)
    for place in (-1, 0):
        runs = [turn.figures for turn in kept if turn.figures]
        spare = sum(len(run) == _WIDTH + 1 and not run[place].text for run in runs)
        if 2 * spare >= len(runs):
            kept = [_trimmed(turn, place) for turn in kept]
    return kept


def _trimmed(turn: Turn, place: int) -> Turn:
    if not turn.figures or turn.figures[place].text:
        return turn
    figures = turn.figures[:-1] if place else turn.figures[1:]
    return Turn(turn.words, figures)


def _rows(turns: Sequence[Turn], labels: Sequence[Labels]) -> list[FoundRow]:
    rows: list[FoundRow] = []
    by_line = any(_most_on_a_line(turn.figures) >= _WIDTH for turn in turns)
    for turn, found in zip(turns, labels, strict=True):
        if rows and rows[-1].key is None and rows[-1].label:
            rows[-1].key = row_of(rows[-1].label + found.tail)
        if turn.figures:
            rows += _labelled(found, _chunks(turn.figures, by_line=by_line), turn)
    return rows


def _most_on_a_line(figures: Sequence[Token]) -> int:
    return max(Counter(token.line for token in figures).values(), default=0)


def _chunks(figures: tuple[Token, ...], *, by_line: bool) -> list[tuple[Token, ...]]:
    """Divide figures into rows: by their lines where lines are rows, else by sevens that fit exactly."""
    if by_line:
        return by_lines(figures)
    if len(figures) % _WIDTH:
        return [figures]
    return [figures[n : n + _WIDTH] for n in range(0, len(figures), _WIDTH)]


def _labelled(found: Labels, chunks: list[tuple[Token, ...]], turn: Turn) -> list[FoundRow]:
    rows = [FoundRow(None, "", chunk, len(chunk) == _WIDTH) for chunk in chunks]
    named = [(text, key) for text, key in found.heads if key]
    if len(rows) > 1 and len(named) == len(rows):
        # A block of labels, then as many rows of figures: one by one.
        for row, (text, key) in zip(rows, named, strict=True):
            row.label, row.key = text, key
        return rows
    if len(rows) > 1 and len(named) > 1:
        return rows
    if found.heads:
        rows[0].label, rows[0].key = found.heads[-1]
        rows[0].is_direct = turn.is_one_line
    return rows


def _refuse_uncertain(rows: Sequence[FoundRow], part: Part) -> None:
    """Refuse rows whose total disagrees, where nothing but their number holds the figures together.

    Figures on lines of their own may have lost a blank and gained the number of a page.
    """
    for row in rows:
        on_one_line = len({token.line for token in row.figures}) == 1
        if not (part.is_explicit or on_one_line or row.adds_up()):
            row.is_whole = False


def _column_order(words: str) -> tuple[str, ...]:
    """Return the columns as the head names them; none when it names other ones or cannot be read."""
    leaves = _NOT_LEAVES.sub("", words)
    if any(leaves.count(name) > 1 for name in _COLUMNS[1:-1]):
        return ()
    inner = sorted((leaves.find(name), name) for name in _COLUMNS[1:-1])
    if inner[0][0] >= 0 and _COLUMNS[0] in leaves and _COLUMNS[-1] in leaves:
        return (_COLUMNS[0], *(name for _, name in inner), _COLUMNS[-1])
    # Narrow columns break their names over lines that are read one after the other.
    if all(name not in leaves for name in _COLUMNS[1:-2]):
        missing = Counter("".join(_COLUMNS)) - Counter(leaves)
        return () if missing else _COLUMNS
    return ()


def _drawn(row: FoundRow, *, is_known: bool) -> tuple[Spanning, ...]:
    key = row.key or ""
    label = row.label if row_of(row.label) == key else _official(key)
    if row.is_whole and is_known:
        return (Spanning(label), *(Spanning(token.text) for token in row.figures))
    return (Spanning(label), Spanning(joined(row.figures), _WIDTH))


def _official(key: str) -> str:
    """Return the label of the form: its own is torn, but its place among the others is certain."""
    return CELL_LABELS[request_key(key, "total")].zh.partition("·")[0]
