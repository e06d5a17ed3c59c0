"""Table 4 from loose labels and figures: all fifteen figures behind a whole head. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reports.documents.flattened.runs import Turn, adds_up, joined, turns_of
from reports.documents.flattened.tokens import Part, Token
from reports.documents.flattened.words import letters
from reports.documents.spans import Spanning
from reports.forms.catalogue import FORM_2021
from reports.forms.disputes import result_of

_RESULTS = FORM_2021.dispute_results
_BLOCKS = FORM_2021.dispute_blocks
_COUNT = len(_RESULTS) * len(_BLOCKS)
_ORDER = [result.key for _ in _BLOCKS for result in _RESULTS]
_NAMES = Counter(
    letters(
        "".join(block.words.zh for block in _BLOCKS)
        + "".join(result.words.zh for result in _RESULTS) * len(_BLOCKS)
    )
)


def dispute_rows(part: Part) -> list[tuple[Spanning, ...]] | None:
    """Return the head and one row, None when the head is not whole or figures stand apart."""
    turns = [turn for turn in turns_of(part, _COUNT) if turn.figures]
    if len(turns) != 1 or not _is_whole_head(turns[0].words):
        return None
    figures = _without_separator(turns[0])
    if len(figures) == _COUNT and _is_certain(figures, part):
        return [*_head(), tuple(Spanning(token.text) for token in figures)]
    return [*_head(), (Spanning(joined(figures), _COUNT),)]


def _without_separator(turn: Turn) -> tuple[Token, ...]:
    figures = turn.figures
    while len(figures) > _COUNT and not figures[-1].text:
        figures = figures[:-1]
    return figures


def _is_whole_head(words: Sequence[Token]) -> bool:
    """Say whether the head names all columns: in the order of the form, or broken over lines."""
    printed = letters("".join(token.text for token in words))
    if _NAMES - Counter(printed):
        return False
    results = [result for token in words if (result := result_of(token.text))]
    return results == _ORDER or len(results) < _COUNT


def _is_certain(figures: Sequence[Token], part: Part) -> bool:
    if part.is_explicit or len({token.line for token in figures}) == 1:
        return True
    size = len(_RESULTS)
    texts = [token.text for token in figures]
    return all(adds_up(texts[n : n + size]) for n in range(0, _COUNT, size))


def _head() -> list[tuple[Spanning, ...]]:
    names = [result.words.zh for result in _RESULTS]
    size = len(names)
    return [
        tuple(Spanning(block.words.zh, size) for block in _BLOCKS),
        tuple(Spanning(name) for _ in _BLOCKS for name in names),
    ]
