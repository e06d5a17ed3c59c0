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
from reports.reading.collect import TORN_RUN, Finds, cells_of
from reports.reading.proactive_lists import (
    Pair,
    is_head_of_subjects,
    named_in,
    pairs_of,
    unclear,
    under_heads,
)
from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like
from reports.text import squeeze

_LONGEST_WORDS = 40


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
    _last: str = ""

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
        has_figures = any(is_value_like(slot.text) for slot in slots)
        if not has_figures and not self._is_worded(slots, subject):
            return False
        self.subjects.add(subject)
        self._note(forms_with(subject))
        self._read(row, label, subject)
        return True

    def _is_worded(self, slots: Sequence[Slot], subject: str) -> bool:
        """Say whether words stand in place of the only figure of a subject, as 约30件 or 详见附件."""
        texts = [slot.text for slot in slots if slot.text]
        if len(texts) != 1 or len(texts[0]) > _LONGEST_WORDS or len(self._own_keys(subject)) != 1:
            return False
        is_label = bool(measure_of(texts[0])) or subject_of(texts[0]) is not None
        # Elsewhere in a document such a row is prose: here the table has begun, and lacks this row.
        return bool(self.subjects) and subject not in self.subjects and not is_label

    def _own_keys(self, subject: str) -> list[str]:
        form = self.form()
        keys = (cell.key for cell in (FORM_2021 if form is NO_FORM else form).proactive)
        return [key for key in keys if key.startswith(f"{subject}.")]

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
        """Keep figures that stand with their own labels; without pairs they belong to none of them."""
        if not pairs:
            self._refuse(row)
        for pair in pairs:
            self.subjects.add(pair.subject)
            self._note(frozenset(pair.measures))
            self._note(forms_with(pair.subject))
        form = self.form().name
        for pair in pairs:
            measure = pair.measures.get(form) or next(iter(pair.measures.values()))
            key = f"{pair.subject}.{measure}"
            if pair.is_below and not self._follows(key):
                own = (cell.key for cell in self.form().proactive)
                self.finds.doubt((k for k in own if k.startswith(f"{pair.subject}.")), TORN_RUN)
            self.finds.add(key, row, pair.slot)
            self._last = key

    def _refuse(self, row: Row) -> None:
        """Give no figure to what the row and the heads above it name: which is whose cannot be told."""
        named = named_in((*self._heads, row))
        self.subjects |= named.keys()
        for subject, measures in named.items():
            self._note(forms_with(subject))
            for names in measures:
                self._note(frozenset(names))
        own = (cell.key for cell in self.form().proactive)
        self.finds.doubt((k for k in own if k.partition(".")[0] in named), unclear(row))

    def _follows(self, key: str) -> bool:
        """Say whether the cell comes behind the last one in the form: else a label between is lost."""
        order = [cell.key for cell in self.form().proactive]
        if key not in order or self._last not in order:
            return False
        return order.index(key) > order.index(self._last)

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
                is_known = is_known and not (
                    order and slot.text and squeeze(slot.text) not in REMARKS
                )
                continue
            self._note(frozenset(measures))
            key = measures.get(self.form().name) or next(iter(measures.values()))
            order.append(key)
            columns.update(dict.fromkeys(range(slot.first, slot.last + 1), (key,)))
        if columns:
            remarks = frozenset(s.first for s in row.words if squeeze(s.text) in REMARKS)
            self.header = Header(
                columns, tuple(order), row.width, positional=is_known, remarks=remarks
            )
        return bool(columns)

    def _read(self, row: Row, label: Slot, subject: str) -> None:
        own = self._own_keys(subject)
        filled = [slot for slot in row.after(label.last) if slot.text]
        if len(own) == 1 and len(filled) <= 1:
            # One figure for the only key of the subject needs no head.
            slots = filled or row.after(label.last)[:1]
            self.finds.add(own[0], row, slots[0])
            return
        if self.header is None:
            self.finds.homeless += len(filled)
            return
        full = {key: f"{subject}.{key}" for key in self.header.order if f"{subject}.{key}" in own}
        self.finds.add_row(row, place(row, label, self.header), full)
