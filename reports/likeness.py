"""How alike two texts are: runs of eight letters that both hold, figures and signs left out. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from reports.text import normal, one_line

SIZE = 8
"""Letters in one gram."""
FEWEST = 40
"""Grams that a text must have before a share of them says anything."""
LONGEST_PASSAGE = 200

_LONGEST_TEXT = 60_000
_LONGEST_SEARCHED = 20_000
# A gram is a number of 128 bits; the upper half of its product with an odd number stands for it.
_MULTIPLIER = 0x9E3779B97F4A7C15F39CC0605CEDC835
_MASK = (1 << 128) - 1
_NO_LETTERS = re.compile(r"[\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_FOUR_PLACES = Decimal("0.0001")


# Section by section the same texts are asked for by several rules.
@lru_cache(maxsize=16)
def shingles(text: str) -> frozenset[int]:
    """Return the grams of a text as numbers of 64 bits, the same in every run and on every machine."""
    coded = _letters(text).encode("utf-16-le", "surrogatepass")
    step, width = 2, 2 * SIZE
    read = int.from_bytes
    return frozenset(
        [
            (read(coded[at : at + width], "little") * _MULTIPLIER & _MASK) >> 64
            for at in range(0, len(coded) - width + step, step)
        ]
    )


def without(grams: frozenset[int], common: frozenset[int]) -> frozenset[int]:
    """Return the grams that are not common property, such as the sentences of a county's template."""
    return grams - common


def containment(ours: frozenset[int], theirs: frozenset[int]) -> Decimal | None:
    """Return which share of our grams the other text holds too, 0 to 1, rounded down to four places.

    None when ours has too few of them for a share to mean anything.
    """
    if len(ours) < FEWEST:
        return None
    share = Decimal(len(ours & theirs)) / Decimal(len(ours))
    return share.quantize(_FOUR_PLACES, rounding=ROUND_DOWN)


def shared_passage(ours: str, theirs: str) -> str:
    """Return the longest stretch of ours that the other text holds too, as printed in ours.

    At most 200 characters; "" when nothing as long as one gram is shared by their first 20,000. Figures,
    blanks and signs inside the stretch may differ.
    """
    ours, theirs = ours[:_LONGEST_SEARCHED], theirs[:_LONGEST_SEARCHED]
    places = [found.start() for found in _LETTER.finditer(ours)]
    mine = "".join(_letter(ours[place]) for place in places)
    length, at = _longest_shared(mine, _letters(theirs))
    if length < SIZE:
        return ""
    return one_line(ours[places[at] : places[at + length - 1] + 1])[:LONGEST_PASSAGE]


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", normal(text[:_LONGEST_TEXT]))


# A text has few different characters; repairing each once is enough.
@lru_cache(maxsize=8192)
def _letter(sign: str) -> str:
    """Return the normal form of one character, kept as one so that its place stays known."""
    plain = normal(sign)
    return plain if len(plain) == 1 else sign


def _longest_shared(mine: str, other: str) -> tuple[int, int]:
    """Return the length and place of the longest shared stretch, found by halving the lengths left."""
    best = (0, 0)
    least, most = SIZE, min(LONGEST_PASSAGE, len(mine), len(other))
    while least <= most:
        length = (least + most) // 2
        at = _place_of_shared(mine, other, length)
        if at is None:
            most = length - 1
        else:
            best, least = (length, at), length + 1
    return best


def _place_of_shared(mine: str, other: str, length: int) -> int | None:
    stretches = {other[at : at + length] for at in range(len(other) - length + 1)}
    places = range(len(mine) - length + 1)
    return next((at for at in places if mine[at : at + length] in stretches), None)
