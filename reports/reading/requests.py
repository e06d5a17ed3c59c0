"""Table 3, requests: rows and applicant columns found by their labels. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from reports.forms.catalogue import FORM_2021, form_named
from reports.forms.disputes import is_telling, result_of
from reports.forms.form import Form, request_key
from reports.forms.requests import COMMON_ROWS, column_of, is_header, row_of
from reports.model import Cell
from reports.reading.align import REMARKS, Header, place
from reports.reading.collect import Finds, cells_of
from reports.reading.halves import halves_of, second_half
from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like
from reports.text import squeeze

_COLUMNS = tuple(column.key for column in FORM_2021.request_columns)
_IN_ORDER = Header({}, _COLUMNS, 0, positional=False, is_named=False)
_FEWEST_LABELS = 4
_FEWEST_ROWS = 8
_ENDS = frozenset({"natural_person", "total"})
_ORGANISATIONS = "法人"
_TOTAL = "handled_total"
_SEVENTH = "七"


@dataclass(slots=True)
class RequestsReader:
    """Takes the rows one by one; remembers the head and what was found."""

    header: Header | None = None
    finds: Finds = field(default_factory=Finds)
    rows: set[str] = field(default_factory=set)
    _head: list[Row] = field(default_factory=list)
    _divided: tuple[int, int] | None = None
    _sums: Finds = field(default_factory=Finds)

    def take(self, row: Row) -> bool:
        """Read a row if it belongs to table 3; say whether it did."""
        if is_header(slot.text for slot in row.words):
            if self._head and self._head[-1].grid != row.grid:
                self._head.clear()
            self._head.append(row)
            return True
        if self._label(row) is None:
            return False
        if self._head:
            at = second_half(self._head)
            self._divided = (row.grid, at) if at else None
            self._adopt(
                _header([halves_of(line, at)[0] for line in self._head] if at else self._head)
            )
            self._head.clear()
        if self._divided is None or self._divided[0] != row.grid:
            self._read(row)
        else:
            for half in halves_of(row, self._divided[1]):
                self._read(half)
        return True

    def _read(self, row: Row) -> None:
        found = self._label(row)
        if found is None:
            return
        key, label = found
        # A bare 合计 beside （七）总计 is a sum that the form does not have.
        is_sum = key == _TOTAL and _SEVENTH not in label.text
        finds = self._sums if is_sum else self.finds
        finds.add_row(row, place(row, label, self._header_for(row)), _full(key))
        self.rows.add(key)

    def cells(self, form: Form) -> dict[str, Cell]:
        """Return all cells of the form."""
        if f"requests.{_TOTAL}" not in self.finds.rows:
            self.finds.take_over(self._sums)
        return cells_of(form.request_keys, self.finds)

    def printed_form(self, name: str) -> Form:
        """Return the form of this name that has the rows found: （六） may be one row in either."""
        return form_named(name, self.rows)

    def found(self) -> bool:
        """Say whether the document has a table 3: its head, or most of its rows."""
        own = self.rows - COMMON_ROWS
        return len(own) >= _FEWEST_ROWS or (self.header is not None and bool(own))

    def _label(self, row: Row) -> tuple[str, Slot] | None:
        """Return the row's key and the slot of its innermost label."""
        if any(is_telling(result_of(slot.text)) for slot in row.words):
            return None
        for slot in reversed(row.words):
            key = row_of(slot.text)
            if key is None or (key in COMMON_ROWS and not self.rows):
                continue
            values = row.after(slot.last)
            if 2 * sum(is_value_like(value.text) for value in values) > len(values):
                return key, slot
        return None

    def _adopt(self, header: Header | None) -> None:
        """Take a head; one that is repeated after a page break may have lost its first cell."""
        if header is None:
            return
        known = self.header
        if known is None or not known.positional or known.width != header.width:
            self.header = header

    def _header_for(self, row: Row) -> Header:
        if self.header is None:
            return _IN_ORDER
        if self.header.positional and row.width < self.header.first + 2:
            return _IN_ORDER
        if self.header.count() < len(_COLUMNS) and row.width < row.widest:
            # Head and row both lost something: that as many are left of each proves nothing.
            return replace(self.header, positional=False)
        return self.header


@lru_cache(maxsize=64)
def _full(row: str) -> Mapping[str, str]:
    return {column: request_key(row, column) for column in _COLUMNS}


def _header(rows: Sequence[Row]) -> Header | None:
    """Build the head from its rows: each column's leaf labels."""
    columns: dict[int, tuple[str, ...]] = {}
    printed: list[str] = []
    width, remarks, grouped = 0, set[int](), set[int]()
    for row in rows:
        width = max(width, row.width)
        for slot in row.words:
            key = column_of(slot.text)
            if key is None:
                over = range(slot.first, slot.last + 1)
                remarks.update(over if _is_remark(slot.text) else ())
                grouped.update(over if _ORGANISATIONS in slot.text else ())
                continue
            printed.append(key)
            for column in range(slot.first, slot.last + 1):
                columns[column] = tuple(dict.fromkeys((*columns.get(column, ()), key)))
    if len(set(printed)) < _FEWEST_LABELS and (
        not columns.keys() >= grouped or not set(printed) >= _ENDS
    ):
        return None
    sound = _is_sound(columns) and not any(_is_damaged(row, width) for row in rows)
    beside = frozenset(remarks - columns.keys())
    return Header(columns, _order(printed), width, positional=sound, remarks=beside)


def _is_remark(text: str) -> bool:
    return squeeze(text) in REMARKS


def _is_damaged(row: Row, width: int) -> bool:
    """Say whether a row of the head has a name twice, or ends early though its columns are wide."""
    leaves = [slot for slot in row.words if column_of(slot.text)]
    names = {column_of(slot.text) for slot in leaves}
    lost_a_span = row.width < width and any(slot.last > slot.first for slot in leaves)
    return lost_a_span or len(names) < len(leaves)


def _order(printed: Iterable[str]) -> tuple[str, ...]:
    """Return the columns from left to right where spans are lost: organisations as they are printed.

    Natural persons and totals have a row of the head to themselves, so that their place there says
    nothing.
    """
    keys = dict.fromkeys(printed)
    ends = (_COLUMNS[0], _COLUMNS[-1])
    inner = [key for key in keys if key not in ends]
    return tuple(key for key in (ends[0], *inner, ends[1]) if key in keys)


def _is_sound(columns: dict[int, tuple[str, ...]]) -> bool:
    """Say whether the columns can be trusted: natural persons first, totals last, each label once.

    Only 其他 and 总计 may share a column: cut tables do that, and the figure then fits either.
    """
    shared = {keys for keys in columns.values() if len(keys) > 1}
    if not shared <= {("other", "total"), ("total", "other")}:
        return False
    starts = [columns[column][0] for column in sorted(columns)]
    runs = [key for n, key in enumerate(starts) if n == 0 or starts[n - 1] != key]
    total_is_last = "total" not in runs or runs[-1] == "total"
    return runs[0] == "natural_person" and total_is_last and len(runs) == len(set(runs))
