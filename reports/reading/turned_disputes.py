"""Table 4 turned on its side, or as a list of labels each with its figure. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reports.forms.catalogue import FORM_2021
from reports.forms.disputes import TELLING, block_of, is_telling, result_of
from reports.forms.form import dispute_key
from reports.reading.collect import TORN_RUN, Finds
from reports.reading.rows import Row, Slot
from reports.reading.values import holds_several, is_value_like
from reports.text import squeeze
from reports.words import Words

_BLOCKS = tuple(block.words.zh for block in FORM_2021.dispute_blocks)
_RESULTS = tuple(result.key for result in FORM_2021.dispute_results)
_FEWEST_BLOCKS = 2
_MAX_HEAD = 4
_BETWEEN = "-—–:：·.、/|"

_INCOMPLETE = Words(
    "该表没有列全三类案件的各种结果，不能确定这一格的数属于它",
    "the table does not name all results of its kinds of cases: that the figure is this cell's cannot "
    "be told",
)
Names = tuple[str | None, str | None]


@lru_cache(maxsize=4096)
def names_in(text: str) -> Names:
    """Return the block and the result that a cell names, alone or both in one, as 行政复议结果维持."""
    block, result = block_of(text), result_of(text)
    if block or result:
        return block, result
    plain = squeeze(text).removeprefix("行政诉讼").lstrip(_BETWEEN)
    for name in _BLOCKS:
        rest = plain.removeprefix(name).lstrip(_BETWEEN)
        if rest != plain and result_of(rest):
            return block_of(name), result_of(rest)
    return None, None


@dataclass(slots=True)
class TurnedReader:
    """Takes rows that hold both labels and figures: blocks by rows, results by rows, or one cell each.

    What it finds counts only as a whole table: a single such line may speak of other cases.
    """

    finds: Finds = field(default_factory=Finds)
    _head: list[Row] = field(default_factory=list)
    _is_open: bool = True
    _block: str | None = None
    _grid: int | None = None
    _last: str | None = None

    def note_head(self, row: Row) -> None:
        """Remember a row of labels without figures; rows of figures end the head."""
        if not self._is_open or len(self._head) == _MAX_HEAD or self._is_elsewhere(row):
            self._head.clear()
        self._head.append(row)
        self._is_open, self._block, self._grid = True, None, None

    def take(self, row: Row) -> bool:
        """Read a row if it names a block or a result before its figures; say whether it did."""
        label, block, result = self._labels(row)
        figures = _figures_after(row, label)
        if label is None or not figures:
            return False
        if self._is_elsewhere(row):
            self._head.clear()
        if self._grid != row.grid:
            self._block = None
        self._grid, self._is_open = row.grid, False
        self._block = block or self._block
        is_new = any(names_in(slot.text)[0] and not slot.from_above for slot in row.words)
        self._last = None if is_new else self._last
        if result is None:
            columns, own = self._over(1), self._block
            keys = {name: dispute_key(own, name) for name in columns.values() if own}
            return self._give(row, figures, columns, keys)
        if len(columns := self._over(0)) > 1:
            keys = {name: dispute_key(name, result) for name in columns.values()}
            return self._give(row, figures, columns, keys)
        filled = [slot for slot in figures if slot.text]
        if self._block is None or len(filled) != 1:
            return False
        if not is_new and not self._follows(result):
            self.finds.doubt([dispute_key(self._block, r) for r in _RESULTS], TORN_RUN)
        self.finds.add(dispute_key(self._block, result), row, filled[0])
        self._last = result
        return True

    def _follows(self, result: str) -> bool:
        """Say whether the result comes behind the last one in the form: else a label is lost between."""
        return self._last is None or _RESULTS.index(result) > _RESULTS.index(self._last)

    def is_whole(self) -> bool:
        """Say whether at least two blocks have the same results, among them all that tell the table."""
        known = self.finds.figures.keys() | self.finds.doubts.keys()
        blocks = {key.partition(".")[0] for key in known}
        results = {key.partition(".")[2] for key in known}
        wanted = {dispute_key(block, result) for block in blocks for result in results}
        if len(blocks) < _FEWEST_BLOCKS or not results >= TELLING or known != wanted:
            return False
        # With a name lost everywhere, one doubtful row says that the others may have lost it too.
        return len(known) == len(FORM_2021.dispute_keys) or not self._is_doubtful()

    def doubts(self) -> dict[str, Words]:
        """Return why the cells of a table that is not whole have no figure."""
        known = self.finds.figures.keys() | self.finds.doubts.keys()
        return {key: self.finds.doubts.get(key, _INCOMPLETE) for key in known}

    def _is_doubtful(self) -> bool:
        figures = self.finds.figures.values()
        return bool(self.finds.doubts) or any(
            holds_several(slot.text) for found in figures for _, slot in found
        )

    def _is_elsewhere(self, row: Row) -> bool:
        return bool(self._head) and self._head[-1].grid != row.grid

    def _labels(self, row: Row) -> tuple[Slot | None, str | None, str | None]:
        """Return the innermost label, the block and the result that the labels of the row name."""
        label, block, result = None, None, None
        for slot in row.words:
            names = names_in(slot.text)
            if names == (None, None) or (result and names[1]):
                continue
            label, block, result = slot, names[0] or block, names[1] or result
        goes_on = self._grid == row.grid or is_telling(result) or block is not None
        return (label, block, result) if goes_on else (None, None, None)

    def _over(self, side: int) -> dict[int, str]:
        """Return the names over each column: of blocks (0) or of results (1); none where both stand."""
        found: tuple[dict[int, str], dict[int, str]] = ({}, {})
        for row in self._head:
            for slot in row.words:
                names = names_in(slot.text)
                for own, name in zip(found, names, strict=True):
                    own.update(
                        dict.fromkeys(range(slot.first, slot.last + 1), name) if name else {}
                    )
        return {} if found[1 - side] else found[side]

    def _give(
        self,
        row: Row,
        figures: Sequence[Slot],
        columns: Mapping[int, str],
        keys: Mapping[str, str],
    ) -> bool:
        """Give figures to the names over them, one to each; else none of them to any."""
        under = [slot for slot in figures if slot.first in columns]
        over = [columns[slot.first] for slot in under]
        if not keys:
            return False
        is_wide = any(columns.get(slot.last) != columns[slot.first] for slot in under)
        stray = any(slot.text for slot in figures if slot.first not in columns)
        as_wide = all(line.width == row.width for line in self._head)
        if is_wide or stray or not as_wide or sorted(over) != sorted(keys):
            self.finds.doubt(keys.values(), _unclear(figures, len(keys)))
            return True
        for name, slot in zip(over, under, strict=True):
            self.finds.add(keys[name], row, slot)
        return True


def _figures_after(row: Row, label: Slot | None) -> tuple[Slot, ...]:
    """Return what stands behind the label if it is figures and blanks alone, and one figure at least."""
    if label is None:
        return ()
    slots = tuple(slot for slot in row.after(label.last) if not slot.from_above)
    has_figure = any(any(sign.isdigit() for sign in slot.text) for slot in slots)
    return slots if has_figure and all(is_value_like(slot.text) for slot in slots) else ()


def _unclear(slots: Sequence[Slot], columns: int) -> Words:
    shown = "、".join(slot.text for slot in slots if slot.text)[:60]
    return Words(
        f"表头有 {columns} 个名称，该行为“{shown}”，不能确定各数属于哪一列",
        f"the head has {columns} name(s) and the row reads “{shown}”: which figure belongs to which "
        "column cannot be told",
    )
