"""Table 3, requests: rows and applicant columns found by their labels. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from reports.forms.catalogue import FORM_2021, form_named
from reports.forms.disputes import is_telling, result_of
from reports.forms.form import Form, request_key
from reports.forms.requests import COMMON_ROWS, column_of, is_header, row_of
from reports.model import Cell
from reports.reading.align import Header, place
from reports.reading.collect import Finds, cells_of
from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like

_COLUMNS = tuple(column.key for column in FORM_2021.request_columns)
_IN_ORDER = Header({}, _COLUMNS, 0, positional=False, is_named=False)
_FEWEST_LABELS = 4
_FEWEST_ROWS = 8


@dataclass(slots=True)
class RequestsReader:
    """Takes the rows one by one; remembers the head and what was found."""

    header: Header | None = None
    finds: Finds = field(default_factory=Finds)
    rows: set[str] = field(default_factory=set)
    _head: list[Row] = field(default_factory=list)

    def take(self, row: Row) -> bool:
        """Read a row if it belongs to table 3; say whether it did."""
        if is_header(slot.text for slot in row.words):
            if self._head and self._head[-1].grid != row.grid:
                self._head.clear()
            self._head.append(row)
            return True
        found = self._label(row)
        if found is None:
            return False
        if self._head:
            self._adopt(_header(self._head))
            self._head.clear()
        key, label = found
        self.finds.add_row(row, place(row, label, self._header_for(row)), _full(key))
        self.rows.add(key)
        return True

    def cells(self, form: Form) -> dict[str, Cell]:
        """Return all cells of the form."""
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


def _header(rows: Iterable[Row]) -> Header | None:
    """Build the head from its rows: each column's leaf labels."""
    columns: dict[int, tuple[str, ...]] = {}
    printed: list[str] = []
    width = 0
    for row in rows:
        width = max(width, row.width)
        for slot in row.words:
            key = column_of(slot.text)
            if key is None:
                continue
            printed.append(key)
            for column in range(slot.first, slot.last + 1):
                columns[column] = tuple(dict.fromkeys((*columns.get(column, ()), key)))
    if len(set(printed)) < _FEWEST_LABELS:
        return None
    return Header(columns, _order(printed), width, positional=_is_sound(columns))


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
