"""Figures found for each key, with rivals; then cells: two different figures for one key are none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reports.cells import CELL_LABELS
from reports.model import Cell
from reports.reading.align import Placed
from reports.reading.rows import Row, Slot
from reports.reading.values import read_value
from reports.text import squeeze

_UNITS = {"fees.amount": "万元", "procurement.amount": "元"}


@dataclass(slots=True)
class Finds:
    """What the rows of one table gave: figures by key, doubtful figures, figures without a column."""

    figures: dict[str, list[tuple[Row, Slot]]] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    homeless: int = 0

    def add(self, key: str, row: Row, slot: Slot) -> None:
        """Keep a figure for a key; the same slot is kept once."""
        self.figures.setdefault(key, []).append((row, slot))

    def add_row(self, row: Row, placed: Placed, full: Mapping[str, str]) -> None:
        """Keep the figures of a row; ``full`` gives the full key of each column key."""
        for column, slot in placed.figures.items():
            if column in full:
                self.add(full[column], row, slot)
        for columns, slot in placed.doubtful:
            keys = [full[column] for column in columns if column in full]
            names = "”或“".join(CELL_LABELS[key].zh for key in keys if key in CELL_LABELS)
            self.doubts.update(dict.fromkeys(keys, f"{slot.text}（可能属于“{names}”）"))
        self.homeless += len(placed.homeless)


def cells_of(keys: Iterable[str], finds: Finds) -> dict[str, Cell]:
    """Return a cell for every key, read or not."""
    return {key: _cell(key, finds) for key in keys}


def _cell(key: str, finds: Finds) -> Cell:
    rivals = finds.figures.get(key, [])
    if len({squeeze(slot.text) for _, slot in rivals}) > 1:
        texts = "”“".join(dict.fromkeys(slot.text for _, slot in rivals))
        return Cell(key, remark=f"文中有不同的数：“{texts}”")
    if not rivals or key in finds.doubts:
        return Cell(key, remark=finds.doubts.get(key))
    row, slot = rivals[0]
    value, remark = read_value(slot.text, unit=_UNITS.get(key))
    if isinstance(value, int) and key in _UNITS:
        value = Decimal(value)
    return Cell(key, slot.text, value, remark, row.place(slot))
