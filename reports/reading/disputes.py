"""Table 4, disputes: blocks and results from the head, figures from the row below it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.forms.catalogue import FORM_2021
from reports.forms.disputes import is_telling
from reports.forms.form import dispute_key
from reports.model import Cell
from reports.reading.collect import Finds, cells_of
from reports.reading.moved import moved_blocks
from reports.reading.rows import Row, Slot
from reports.reading.turned_disputes import TurnedReader, names_in
from reports.reading.values import is_value_like, read_value
from reports.text import squeeze
from reports.words import Words

_KEYS = FORM_2021.dispute_keys
_RESULTS_IN_ORDER = [key.partition(".")[2] for key in _KEYS]
_FEWEST_COLUMNS = 3
_FEW = 5
_UNITS = frozenset({"件", "单位:件", "(件)", "单位"})


@dataclass(slots=True)
class DisputesReader:
    """Takes the rows one by one; a head of up to three rows is followed by the row of figures."""

    finds: Finds = field(default_factory=Finds)
    turned: TurnedReader = field(default_factory=TurnedReader)
    seen: bool = False
    _head: list[Row] = field(default_factory=list)

    def take(self, row: Row) -> bool:
        """Read a row if it belongs to table 4; say whether it did."""
        is_telling_row = any(is_telling(names_in(s.text)[1]) for s in row.words)
        if self.turned.take(row):
            self._head.clear()
            self.seen = self.seen or is_telling_row
            return True
        if is_telling_row or _names_blocks(row):
            self._head.append(row)
            self.turned.note_head(row)
            self.seen = self.seen or is_telling_row
            return True
        if not self._head or _is_units(row):
            return bool(self._head)
        if _holds_figures(row):
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
        if self.turned.is_whole():
            self.finds.take_over(self.turned.finds)
        elif not self.finds.rows:
            self.finds.doubts.update(self.turned.doubts())
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
        if any(self._is_beside(slot, keys) for slot in slots):
            # The head lost a name, and its neighbour stands over two figures.
            self.finds.doubt(_KEYS, _unclear(slots, len(keys)))
            return
        why = moved_blocks(slots)
        if why is not None:
            self.finds.doubt(_KEYS, why)
            return
        for slot in slots:
            self._give(row, slot, keys)

    def _is_beside(self, slot: Slot, keys: dict[int, str]) -> bool:
        """Say whether a figure stands under a name of the form, but not under its first column."""
        over = keys.keys() & set(range(slot.first, slot.last + 1))
        return bool(slot.text) and not over and not self._has_another_head(slot.first)

    def _is_sound(self, keys: dict[int, str], row: Row) -> bool:
        """Say whether the columns can be trusted: keys once and in order, head as wide as row."""
        found = [keys[column] for column in sorted(keys)]
        in_order = found == [key for key in _KEYS if key in found]
        one_each = len(found) >= _FEWEST_COLUMNS and len(self._results()) == len(found)
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
        return any(names) and not any(any(names_in(name)) for name in names)

    def _columns(self) -> dict[int, str]:
        """Return the key of each column; a block reaches to the next one's first column."""
        blocks: dict[int, str] = {}
        results: dict[int, str] = {}
        for row in self._head:
            for slot in row.words:
                block, result = names_in(slot.text)
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
            names_in(slot.text)[1]
            for row in self._head
            for slot in row.words
            if not slot.from_above
        )
        return [result for result in found if result is not None]


def _unclear(slots: Sequence[Slot], columns: int) -> Words:
    shown = "、".join(slot.text for slot in slots if slot.text)[:60]
    return Words(
        f"表头认出 {columns} 列，数据行为“{shown}”，不能确定各数属于哪一列",
        f"the head names {columns} columns and the row reads “{shown}”: which figure belongs to which "
        "column cannot be told",
    )


def _names_blocks(row: Row) -> bool:
    named = any(names_in(slot.text)[0] is not None for slot in row.words)
    return named and not any(read_value(slot.text)[0] is not None for slot in row.slots)


def _holds_figures(row: Row) -> bool:
    """Say whether figures stand in the row; a few cells may have words in their place, as 约3件."""
    worded = sum(not is_value_like(slot.text) for slot in row.slots)
    return worded * _FEW <= len(row.slots)


def _is_units(row: Row) -> bool:
    """Say whether the row only says in what its columns are counted."""
    texts = {squeeze(slot.text) for slot in row.slots if slot.text}
    return bool(texts) and texts <= _UNITS
