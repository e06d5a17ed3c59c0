"""Table 4, disputes: blocks and results from the head, figures from the row below it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.forms.catalogue import FORM_2021
from reports.forms.disputes import block_of, is_telling, result_of
from reports.forms.form import dispute_key
from reports.model import Cell
from reports.reading.collect import Finds, cells_of
from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like, read_value

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
            if any(read_value(slot.text)[0] is not None for slot in row.slots):
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
        whole = len(slots) == len(_KEYS) and self._results() == _RESULTS_IN_ORDER
        if len(set(keys.values())) < len(_KEYS) and whole:
            # The head lost its spans but names all fifteen columns in order, and all are there.
            for key, slot in zip(_KEYS, slots, strict=True):
                self.finds.add(key, row, slot)
            return
        for slot in slots:
            self._give(row, slot, keys)

    def _give(self, row: Row, slot: Slot, keys: dict[int, str]) -> None:
        key = keys.get(slot.first)
        if key is not None:
            self.finds.add(key, row, slot)
        elif slot.text:
            self.finds.homeless += 1

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


def _is_head(row: Row) -> bool:
    texts = [slot.text for slot in row.slots]
    if any(is_telling(result_of(text)) for text in texts):
        return True
    blocks = sum(block_of(text) is not None for text in texts)
    return bool(blocks) and not any(read_value(text)[0] is not None for text in texts)
