"""Lines of a flattened table to tokens: labels, figures, and cells that were left blank. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.documents.flattened.words import is_table_text

BAR = "|"
_LONGEST_CELL = 60
_LONGEST_LINE = 400
_MOST_PIECES = 60
_ENUMERATOR = r"(?![（(][一二三四五六七八九十\d]{1,2}[）)])"
_NUMBER = r"[+\-－−]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
_FIGURE = re.compile(
    rf"(?<!\S)(?:{_NUMBER}(?:{_ENUMERATOR}[（(][^（）()]{{2,40}}[）)])?|[-－—―─]{{1,3}}|[/／]|无)(?!\S)"
)
_PAGE_NUMBER = re.compile(
    r"[-－—–·]+\s*\d{1,4}\s*[-－—–·]+|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*[/／]\s*\d{1,4}"
)


class Kind(StrEnum):
    """What a token is: words of a label, what stands in a figure's place, or a blank cell."""

    WORDS = "words"
    FIGURE = "figure"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line; ``line`` is its ordinal among the blocks of the document."""

    kind: Kind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens that follow one another without prose between; ``first`` to ``last`` are their lines.

    ``is_explicit`` says that bars mark every cell, so that blanks are there too.
    """

    tokens: tuple[Token, ...]
    first: int
    last: int
    is_explicit: bool = False


def is_page_number(text: str) -> bool:
    """Say whether the line is the number of a page, dashes around it."""
    return len(text) <= _LONGEST_CELL and _PAGE_NUMBER.fullmatch(text.strip()) is not None


def line_tokens(text: str, line: int) -> tuple[Token, ...] | None:
    """Split a line without bars into labels and figures; None when it holds anything else."""
    if len(text) > _LONGEST_LINE or text.count(" ") > _MOST_PIECES:
        return None
    found: list[Token] = []
    end = 0
    for figure in _FIGURE.finditer(text):
        found += _words(text[end : figure.start()], line)
        found.append(Token(Kind.FIGURE, figure.group(), line))
        end = figure.end()
    found += _words(text[end:], line)
    known = all(token.kind is Kind.FIGURE or is_table_text(token.text) for token in found)
    return tuple(found) if known else None


def _words(text: str, line: int) -> Iterator[Token]:
    """Yield the words between two figures: piece by piece when each is known, else whole."""
    pieces = text.split()
    if len(pieces) > 1 and not all(is_table_text(piece) for piece in pieces):
        pieces = [text.strip()]
    for piece in pieces:
        yield Token(Kind.WORDS, piece, line)


def cell_tokens(cells: Sequence[str], line: int) -> Iterator[Token]:
    """Yield one token for each marked cell: what is no label stands in a figure's place."""
    for cell in cells:
        text = cell.strip()
        if not text:
            yield Token(Kind.BLANK, "", line)
        elif _FIGURE.fullmatch(text) or not is_table_text(text):
            yield Token(Kind.FIGURE, text, line)
        else:
            yield Token(Kind.WORDS, text, line)


def is_cell(text: str) -> bool:
    """Say whether a text between bars is short enough for a cell and no sentence."""
    return len(text) <= _LONGEST_CELL + 20 and "。" not in text
