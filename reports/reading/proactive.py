"""Table 2, proactive disclosure: subjects by rows, measures by the head above them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.forms.catalogue import FORM_2021, NO_FORM, form_named
from reports.forms.form import Form
from reports.forms.proactive import forms_with, measure_of, subject_of
from reports.model import Cell
from reports.reading.align import REMARKS, Header, place
from reports.reading.collect import Finds, cells_of
from reports.reading.proactive_lists import Pair, is_head_of_subjects, pairs_of, under_heads
from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like


@dataclass(slots=True)
class ProactiveReader:
    """Takes the rows one by one. The head goes on over a gap: some tables are cut in two.

    ``signs`` counts, by the name of a form, the labels that this form alone has.
    """

    header: Header | None = None
    finds: Finds = field(default_factory=Finds)
    signs: Counter[str] = field(default_factory=Counter)
    subjects: set[str] = field(default_factory=set)
    _heads: list[Row] = field(default_factory=list)
    _above: str | None = None

    def take(self, row: Row) -> bool:
        """Read a row if it belongs to table 2; say whether it did."""
        if self._heads and self._heads[-1].grid != row.grid:
            self._heads, self._above = [], None
        if is_head_of_subjects(row):
            self._heads = [row]
            self._take_header(row)
            return True
        pairs = pairs_of(row, self._above) or under_heads(self._heads, row)
        if pairs is not None:
            self._above = pairs[-1].subject if pairs else None
            self._give(row, pairs)
            return True
        self._above = None
        return self._take_usual(row)

    def _take_usual(self, row: Row) -> bool:
        """Read a row that begins with its subject, or the head above such rows."""
        label = next((slot for slot in row.words if subject_of(slot.text)), None)
        subject = subject_of(label.text) if label else None
        if label is None or subject is None:
            is_header = self._take_header(row)
            self._heads = [*self._heads, row] if is_header and self._heads else []
            return is_header
        self._heads = []
        slots = row.after(label.last)
        if not slots or not any(is_value_like(slot.text) for slot in slots):
            return False
        self.subjects.add(subject)
        self._note(forms_with(subject))
        self._read(row, label, subject)
        return True

    def form(self) -> Form:
        """Return the form that most of the telling labels belong to; the newer of two equals."""
        if not self.signs:
            return NO_FORM
        return form_named(max(self.signs, key=lambda name: (self.signs[name], name)))

    def found(self) -> bool:
        """Say whether the document has a table 2."""
        return len(self.subjects) > 1 and self.form() is not NO_FORM

    def cells(self, form: Form) -> dict[str, Cell]:
        """Return all cells of the form."""
        return cells_of((label.key for label in form.proactive), self.finds)

    def _give(self, row: Row, pairs: Sequence[Pair]) -> None:
        """Keep figures that stand with their own labels; without pairs they belong to no column."""
        if not pairs:
            self.finds.homeless += sum(bool(slot.text) for slot in row.slots)
        for pair in pairs:
            self.subjects.add(pair.subject)
            self._note(frozenset(pair.measures))
            self._note(forms_with(pair.subject))
        form = self.form().name
        for pair in pairs:
            measure = pair.measures.get(form) or next(iter(pair.measures.values()))
            self.finds.add(f"{pair.subject}.{measure}", row, pair.slot)

    def _note(self, names: frozenset[str]) -> None:
        if len(names) == 1:
            self.signs.update(names)

    def _take_header(self, row: Row) -> bool:
        columns: dict[int, tuple[str, ...]] = {}
        order: list[str] = []
        is_known = True
        for slot in row.words:
            measures = measure_of(slot.text)
            if not measures:
                is_known = is_known and not (order and slot.text and slot.text not in REMARKS)
                continue
            self._note(frozenset(measures))
            key = measures.get(self.form().name) or next(iter(measures.values()))
            order.append(key)
            columns.update(dict.fromkeys(range(slot.first, slot.last + 1), (key,)))
        if columns:
            self.header = Header(columns, tuple(order), row.width, positional=is_known)
        return bool(columns)

    def _read(self, row: Row, label: Slot, subject: str) -> None:
        form = self.form()
        keys = {cell.key for cell in (FORM_2021 if form is NO_FORM else form).proactive}
        own = [key for key in keys if key.startswith(f"{subject}.")]
        filled = [slot for slot in row.after(label.last) if slot.text]
        if len(own) == 1 and len(filled) <= 1:
            # One figure for the only key of the subject needs no head.
            slots = filled or row.after(label.last)[:1]
            self.finds.add(own[0], row, slots[0])
            return
        if self.header is None:
            self.finds.homeless += len(filled)
            return
        full = {key: f"{subject}.{key}" for key in self.header.order if f"{subject}.{key}" in keys}
        self.finds.add_row(row, place(row, label, self.header), full)
