"""Damages drawn tables as conversions do: rows, columns, cells and labels lost, cells joined or split."""

from __future__ import annotations

import random

from tests.rendering import C, Sheet


def mutilated(sheet: Sheet, chance: random.Random) -> Sheet:
    """Return the sheet with up to two damages.

    One table never loses a cell and splits another, nor splits two: they would hide each other.
    """
    ways = (_losses, _splits)[chance.randrange(2)]
    damaged = [list(row) for row in sheet]
    for _ in range(chance.randrange(3 if ways is _losses else 2)):
        damaged = chance.choice(ways)(damaged, chance)
    return [row for row in damaged if row]


def _without_row(sheet: Sheet, chance: random.Random) -> Sheet:
    gone = chance.randrange(len(sheet))
    return [row for number, row in enumerate(sheet) if number != gone]


def _without_last_column(sheet: Sheet, _chance: random.Random) -> Sheet:
    return [row[:-1] or row for row in sheet]


def _without_cell(sheet: Sheet, chance: random.Random) -> Sheet:
    row = chance.choice([row for row in sheet if len(row) > 1] or sheet)
    del row[chance.randrange(len(row))]
    return sheet


def _without_label(sheet: Sheet, chance: random.Random) -> Sheet:
    row = chance.choice([row for row in sheet if row] or [[C("")]])
    row[0] = C("", row[0].across, row[0].down)
    return sheet


def _joined(sheet: Sheet, chance: random.Random) -> Sheet:
    row = chance.choice([row for row in sheet if len(row) > 1] or [[C(""), C("")]])
    first = chance.randrange(len(row) - 1)
    row[first : first + 2] = [C(f"{row[first].text} {row[first + 1].text}".strip())]
    return sheet


def _split(sheet: Sheet, chance: random.Random) -> Sheet:
    row = chance.choice([row for row in sheet if row])
    at = chance.randrange(len(row))
    text = row[at].text
    if len(text) > 1:
        row[at : at + 1] = [C(text[:1]), C(text[1:])]
    return sheet


_losses = (_without_row, _without_last_column, _without_cell, _without_label, _joined)
_splits = (_split,)
