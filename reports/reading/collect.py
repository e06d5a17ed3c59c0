"""Figures found for each key, with rivals; then cells: two different figures for one key are none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reports.cells import CELL_LABELS
from reports.model import Cell
from reports.reading.align import Placed
from reports.reading.rows import Row, Slot
from reports.reading.values import is_digits, read_value, why_no_value
from reports.text import squeeze
from reports.words import Words

NO_CELL = Words("副本中没有这一格", "our copy has no such cell")
NO_ROW = Words("副本中没有这一行", "our copy has no such row")
NO_COLUMN = Words("副本的该行中没有这一列", "in our copy this row has no such column")
TORN_RUN = Words(
    "上方标签之下的各行不按表内次序，其间可能缺了标签，不能确定各数属于哪一项",
    "the rows below the label above do not keep the order of the form: a label between them may be lost, "
    "and which subject the figures belong to cannot be told",
)
GONE = frozenset({NO_CELL, NO_ROW, NO_COLUMN})
"""Why a cell is lost rather than doubtful."""

_UNITS = {"fees.amount": "万元", "procurement.amount": "元"}


@dataclass(slots=True)
class Finds:
    """What the rows of one table gave: figures by key, doubtful figures, figures without a column."""

    figures: dict[str, list[tuple[Row, Slot]]] = field(default_factory=dict)
    doubts: dict[str, Words] = field(default_factory=dict)
    homeless: int = 0
    rows: set[str] = field(default_factory=set)

    def add(self, key: str, row: Row, slot: Slot) -> None:
        """Keep a figure for a key; the same slot is kept once."""
        self.figures.setdefault(key, []).append((row, slot))
        self.rows.add(_row_of(key))

    def doubt(self, keys: Iterable[str], why: Words) -> None:
        """Give the keys no figure, for this reason."""
        for key in keys:
            self.doubts[key] = why
            self.rows.add(_row_of(key))

    def take_over(self, other: Finds) -> None:
        """Keep what another reading of the same table found, once."""
        for key, found in other.figures.items():
            self.figures.setdefault(key, []).extend(found)
        self.doubts.update(other.doubts)
        self.rows |= other.rows

    def add_row(self, row: Row, placed: Placed, full: Mapping[str, str]) -> None:
        """Keep the figures of a row; ``full`` gives the full key of each column key."""
        if placed.why is not None:
            self.doubt(full.values(), placed.why)
        for column, slot in placed.figures.items():
            key = full.get(column)
            if key is not None:
                self.figures.setdefault(key, []).append((row, slot))
        if not placed.figures.keys().isdisjoint(full):
            self.rows.add(_row_of(next(iter(full.values()))))
        for columns, slot in placed.doubtful:
            keys = [full[column] for column in columns if column in full]
            self.doubt(keys, _doubt(slot.text, keys))
        self.homeless += len(placed.homeless)


def _row_of(key: str) -> str:
    return key.rpartition(".")[0]


def _doubt(text: str, keys: Sequence[str]) -> Words:
    labels = [CELL_LABELS[key] for key in keys if key in CELL_LABELS]
    zh, en = "”或“".join(w.zh for w in labels), "” or “".join(w.en for w in labels)
    return Words(f"“{text}”可能属于“{zh}”", f"“{text}” may belong to “{en}”")


def cells_of(keys: Iterable[str], finds: Finds) -> dict[str, Cell]:
    """Return a cell for every key, read or not."""
    return {key: _cell(key, finds) for key in keys}


def _cell(key: str, finds: Finds) -> Cell:
    rivals = finds.figures.get(key, ())
    if len(rivals) > 1 and len({squeeze(slot.text) for _, slot in rivals}) > 1:
        return Cell(key, why=_rivals(tuple(dict.fromkeys(slot.text for _, slot in rivals))))
    if not rivals or key in finds.doubts:
        return Cell(key, why=finds.doubts.get(key) or _lost(key, finds))
    row, slot = rivals[0]
    if is_digits(slot.text) and key not in _UNITS:
        return Cell(key, slot.text, int(slot.text), None, None, row.place(slot))
    value, note = read_value(slot.text, unit=_UNITS.get(key))
    if isinstance(value, int) and key in _UNITS:
        value = Decimal(value)
    why = None if value is not None else why_no_value(slot.text)
    return Cell(key, slot.text, value, note, why, row.place(slot))


def _rivals(texts: Sequence[str]) -> Words:
    zh, en = "”“".join(texts), "”, “".join(texts)
    return Words(f"文中有不同的数：“{zh}”", f"the document gives different figures: “{en}”")


def _lost(key: str, finds: Finds) -> Words:
    if _row_of(key) in finds.rows:
        return NO_COLUMN
    return NO_ROW if finds.rows else NO_CELL
