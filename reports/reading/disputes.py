"""Table 4, disputes: blocks and results from the head, figures from the row below it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.forms.catalogue import FORM_2021
from reports.forms.disputes import block_of, is_telling, result_of
from reports.forms.form import dispute_key
from reports.model import Cell
from reports.reading.collect import Finds, cells_of
from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like, read_value
from reports.words import Words

_KEYS = FORM_2021.dispute_keys
_RESULTS_IN_ORDER = [key.partition(".")[2] for key in _KEYS]


@dataclass(slots=True)
class DisputesReader:
    """Takes the rows one by one; a head of up to three rows is followed by the row of figures."""

    finds: Finds = field(default_factory=Finds)
    seen: bool = False
    _head: list[Row] = field(default_factory=list)

    def take(self, row: Row) -> bool:
        """Read a row if it belongs to table 4; say whether it did."""
        if _is_head(row):
            self._head.append(row)
            self.seen = self.seen or any(is_telling(result_of(s.text)) for s in row.slots)
            return True
        if not self._head:
            return False
        if all(is_value_like(slot.text) for slot in row.slots):
            if any(any(sign.isdigit() for sign in slot.text) for slot in row.slots):
                self._read(row)
                self._head.clear()
            return True
        self._head.clear()
        return False

    def found(self) -> bool:
        """Say whether the document has a table 4."""
        return self.seen

    def cells(self) -> dict[str, Cell]:
        """Return the fifteen cells."""
        return cells_of(_KEYS, self.finds)

    def _read(self, row: Row) -> None:
        keys = self._columns()
        slots = [slot for slot in row.slots if not slot.from_above]
        while len(slots) > len(_KEYS) and not slots[-1].text:
            slots.pop()
        if not self._is_sound(keys, row):
            whole = len(slots) == len(_KEYS) and self._results() == _RESULTS_IN_ORDER
            if whole:
                # The head lost its spans but names all fifteen columns in order, and all are there.
                keys = {slot.first: key for key, slot in zip(_KEYS, slots, strict=True)}
            else:
                self.finds.doubt(_KEYS, _unclear(slots, len(self._results())))
                return
        for slot in slots:
            self._give(row, slot, keys)

    def _is_sound(self, keys: dict[int, str], row: Row) -> bool:
        """Say whether the columns can be trusted: keys once and in order, head as wide as row."""
        found = [keys[column] for column in sorted(keys)]
        in_order = found == [key for key in _KEYS if key in found]
        one_each = bool(found) and len(self._results()) == len(found)
        return in_order and one_each and all(line.width == row.width for line in self._head)

    def _give(self, row: Row, slot: Slot, keys: dict[int, str]) -> None:
        covered = [keys[column] for column in range(slot.first, slot.last + 1) if column in keys]
        if len(covered) > 1:
            self.finds.doubt(covered, _unclear([slot], len(covered)))
        elif covered:
            self.finds.add(covered[0], row, slot)
        elif slot.text and not self._has_another_head(slot.first):
            self.finds.homeless += 1

    def _has_another_head(self, column: int) -> bool:
        """Say whether the head gives the column a name that is none of the form's, as 序号."""
        names = {
            line_slot.text
            for line in self._head
            for line_slot in line.slots
            if line_slot.first <= column <= line_slot.last
        }
        return any(names) and not any(block_of(name) or result_of(name) for name in names)

    def _columns(self) -> dict[int, str]:
        """Return the key of each column; a block reaches to the next one's first column."""
        blocks: dict[int, str] = {}
        results: dict[int, str] = {}
        for row in self._head:
            for slot in row.slots:
                block, result = block_of(slot.text), result_of(slot.text)
                if block is not None:
                    blocks[slot.first] = block
                if result is not None:
                    results[slot.first] = result
        keys: dict[int, str] = {}
        for column, result in results.items():
            start = max((first for first in blocks if first <= column), default=None)
            if start is not None:
                keys[column] = dispute_key(blocks[start], result)
        return keys

    def _results(self) -> list[str]:
        found = (
            result_of(slot.text) for row in self._head for slot in row.slots if not slot.from_above
        )
        return [result for result in found if result is not None]


def _unclear(slots: Sequence[Slot], columns: int) -> Words:
    shown = "、".join(slot.text for slot in slots if slot.text)[:60]
    return Words(
        f"表头认出 {columns} 列，数据行为“{shown}”，不能确定各数属于哪一列",
        f"the head names {columns} columns and the row reads “{shown}”: which figure belongs to which "
        "column cannot be told",
    )


def _is_head(row: Row) -> bool:
    if any(is_telling(result_of(slot.text)) for slot in row.words):
        return True
    names_blocks = any(block_of(slot.text) is not None for slot in row.words)
    return names_blocks and not any(read_value(slot.text)[0] is not None for slot in row.slots)
