"""Table 2 from loose labels and figures: as many figures as the head above names. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.documents.flattened.runs import Turn, by_lines, is_uniform, joined, turns_of
from reports.documents.flattened.tokens import Part, Token
from reports.documents.spans import Spanning
from reports.forms.proactive import measure_of, subject_of

_WIDTH = 3
_FEWEST_ROWS = 2
_LONGEST_JOIN = 4


@dataclass(frozen=True, slots=True)
class _Words:
    """The subjects and the measures in a stretch of words, in order."""

    subjects: tuple[str, ...]
    measures: tuple[str, ...]


def proactive_rows(part: Part) -> list[tuple[Spanning, ...]] | None:
    """Return heads and rows, None when fewer than two subjects with figures or no head were found."""
    rows: list[tuple[Spanning, ...]] = []
    head: tuple[str, ...] = ()
    found, is_torn = 0, False
    for turn in turns_of(part, 1):
        words = _read(turn.words)
        if is_torn and words.measures:
            # Something unreadable stands among the names: what follows is the rest of a head.
            return None
        is_torn = bool(words.measures and turn.figures) and not words.subjects
        if words.measures:
            head = words.measures
            rows.append(_head(head))
        elif not words.subjects and turn.words:
            head = ()
        drawn = list(_drawn(words.subjects, turn, len(head)))
        found += len(drawn)
        rows += drawn
    return rows if found >= _FEWEST_ROWS and len(rows) > found else None


def _head(measures: Sequence[str]) -> tuple[Spanning, ...]:
    wide = _WIDTH if len(measures) == 1 else 1
    return (Spanning("信息内容"), *(Spanning(measure, wide) for measure in measures))


def _drawn(subjects: Sequence[str], turn: Turn, count: int) -> Iterator[tuple[Spanning, ...]]:
    if not subjects or not turn.figures:
        return
    runs = _by_subject(turn.figures, len(subjects), count)
    if not runs:
        return
    for subject, figures in zip(subjects[-len(runs) :], runs, strict=True):
        if len(figures) == count and (count == 1 or is_uniform(figures)):
            wide = _WIDTH if count == 1 else 1
            yield (Spanning(subject), *(Spanning(token.text, wide) for token in figures))
        elif len(figures) > 1:
            # One figure alone would look certain, under a head that names more or none.
            yield (Spanning(subject), Spanning(joined(figures), _WIDTH))


def _by_subject(figures: tuple[Token, ...], subjects: int, count: int) -> list[tuple[Token, ...]]:
    """Divide figures among subjects: the last one has them all, or each has its own line of them."""
    runs = by_lines(figures)
    if subjects > 1 and len(runs) == subjects and len(figures) == subjects * count:
        return runs if all(len(run) == count for run in runs) else []
    return [figures]


def _read(words: Sequence[Token]) -> _Words:
    """Read words piece by piece; names that are wrapped over lines are joined."""
    subjects: list[str] = []
    measures: list[str] = []
    position = 0
    while position < len(words):
        text, taken = _label(words, position)
        if subject_of(text):
            subjects.append(text)
        else:
            # Other words open a new block: the subjects before them had no figures.
            subjects.clear()
            if measure_of(text):
                measures.append(text)
        position += taken
    return _Words(tuple(subjects), tuple(measures))


def _label(words: Sequence[Token], position: int) -> tuple[str, int]:
    """Return the label that begins here and its number of pieces; words of no label come alone."""
    for taken in range(1, _LONGEST_JOIN + 1):
        pieces = [token.text for token in words[position : position + taken]]
        if subject_of("".join(pieces)):
            return "".join(pieces), taken
        if measure_of("".join(pieces)):
            # A measure is found anywhere in a text: it begins here only if it needs the first piece.
            first = pieces[0] if measure_of("".join(pieces[1:])) else "".join(pieces)
            return first, 1 if first == pieces[0] else taken
    return words[position].text, 1
