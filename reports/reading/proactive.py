"""Table 2, proactive disclosure: subjects by rows, measures by the head above them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.cells import PROACTIVE_2019, PROACTIVE_2021
from reports.forms.proactive import (
    FORM_2019_KEYS,
    FORM_2021_KEYS,
    ONLY_2019_SUBJECTS,
    measure_of,
    subject_of,
)
from reports.model import Cell, FormName
from reports.reading.align import Header, place
from reports.reading.collect import Finds, cells_of
from reports.reading.rows import Row, Slot
from reports.reading.values import is_value_like


@dataclass(slots=True)
class ProactiveReader:
    """Takes the rows one by one. The head goes on over a gap: some tables are cut in two."""

    header: Header | None = None
    finds: Finds = field(default_factory=Finds)
    signs_2019: int = 0
    signs_2021: int = 0
    subjects: set[str] = field(default_factory=set)

    def take(self, row: Row) -> bool:
        """Read a row if it belongs to table 2; say whether it did."""
        label = next((slot for slot in row.slots if subject_of(slot.text)), None)
        subject = subject_of(label.text) if label else None
        if label is None or subject is None:
            return self._take_header(row)
        slots = row.after(label.last)
        if not slots or not any(is_value_like(slot.text) for slot in slots):
            return False
        self.subjects.add(subject)
        self.signs_2019 += subject in ONLY_2019_SUBJECTS
        self._read(row, label, subject)
        return True

    def form(self) -> FormName:
        """Return the form that the labels belong to."""
        if self.signs_2019 > self.signs_2021:
            return FormName.FORM_2019
        return FormName.FORM_2021 if self.signs_2021 else FormName.NONE

    def found(self) -> bool:
        """Say whether the document has a table 2."""
        return len(self.subjects) > 1 and self.form() is not FormName.NONE

    def cells(self, form: FormName) -> dict[str, Cell]:
        """Return all cells of the form."""
        labels = PROACTIVE_2019 if form is FormName.FORM_2019 else PROACTIVE_2021
        return cells_of((label.key for label in labels), self.finds)

    def _take_header(self, row: Row) -> bool:
        columns: dict[int, tuple[str, ...]] = {}
        order: list[str] = []
        for slot in row.slots:
            measure = measure_of(slot.text)
            if measure is None:
                continue
            key, is_2019 = measure
            self.signs_2019 += is_2019
            self.signs_2021 += not is_2019
            order.append(key)
            columns.update(dict.fromkeys(range(slot.first, slot.last + 1), (key,)))
        if columns:
            self.header = Header(columns, tuple(order), row.width)
        return bool(columns)

    def _read(self, row: Row, label: Slot, subject: str) -> None:
        form_keys = FORM_2019_KEYS if self.form() is FormName.FORM_2019 else FORM_2021_KEYS
        own = [key for key in form_keys if key.startswith(f"{subject}.")]
        filled = [slot for slot in row.after(label.last) if slot.text]
        if len(own) == 1 and len(filled) <= 1:
            # One figure for the only key of the subject needs no head.
            slots = filled or row.after(label.last)[:1]
            self.finds.add(own[0], row, slots[0])
            return
        if self.header is None:
            self.finds.homeless += len(filled)
            return
        full = {
            key: f"{subject}.{key}" for key in self.header.order if f"{subject}.{key}" in form_keys
        }
        self.finds.add_row(row, place(row, label, self.header), full)
