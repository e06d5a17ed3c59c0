"""What a rule looks at: the report and its case, and the two ways to say that something is unknown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reports.case import Case
from reports.forms.catalogue import NO_FORM
from reports.model import (
    AnnualReport,
    FeeKind,
    FeeStatement,
    Quality,
    Table,
    TableName,
    Value,
)
from reports.words import Words


class NotStated(Exception):
    """The document does not hold a figure or part that the rule needs: assess what is there instead."""

    def __init__(self, cells: Iterable[str] = (), why: Words | None = None) -> None:
        """Keep the full keys of the lost cells; ``why`` replaces the reason made from the cells."""
        self.cells = tuple(cells)
        self.why = why
        super().__init__(", ".join(self.cells))


class NotTold(Exception):
    """The rule needs context that nobody gave (identity, year, last year's report): provide it."""

    def __init__(self, why: Words) -> None:
        """Keep the reason that the reader will see."""
        self.why = why
        super().__init__(why.en)


NO_REPORT = AnnualReport(
    title=None,
    agency=None,
    year=None,
    form=NO_FORM,
    sections=(),
    tables={},
    fee_statement=FeeStatement(FeeKind.MISSING),
)
"""Stands in where only the obligation is judged; no rule that reads a report ever sees it."""


_TABLE_IN = {2: TableName.PROACTIVE, 3: TableName.REQUESTS, 4: TableName.DISPUTES}


def table_of(key: str) -> TableName:
    """Return the table to which a full cell key belongs."""
    if key.startswith("requests."):
        return TableName.REQUESTS
    if key.startswith(("review.", "litigation_")):
        return TableName.DISPUTES
    return TableName.PROACTIVE


@dataclass(frozen=True, slots=True)
class Subject:
    """One report with its case, and the limits of the rule that looks at it."""

    report: AnnualReport
    case: Case
    limits: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """Return the report year: as the report says, else as the case says."""
        return self.case.year if self.report.year is None else self.report.year

    @property
    def form_year(self) -> int | None:
        """Return the year by which rules apply; the form stands in for a year that nobody states."""
        if self.year is not None:
            return self.year
        return None if self.report.form is NO_FORM else self.report.form.first_year

    def table(self, name: TableName) -> Table:
        """Return a statutory table; one that the report lacks comes back absent."""
        return self.report.tables.get(name, Table(name, Quality.ABSENT))

    @property
    def broken_off_in(self) -> TableName | None:
        """Return the table within which our copy ends: its last rows and all that follows are not there.

        No agency leaves out the end of a table together with every later part; a broken download does.
        """
        last = max((section.number for section in self.report.sections), default=0)
        name = _TABLE_IN.get(last)
        if name is None or self.table(name).quality is not Quality.TRUNCATED:
            return None
        later = (self.table(other) for number, other in _TABLE_IN.items() if number > last)
        is_end = all(table.quality is Quality.ABSENT for table in later)
        *_, final = self.table(name).cells.values()
        return name if is_end and final.raw is None else None

    def value(self, key: str) -> Value | None:
        """Return the figure of a cell, None when it is not there or no number."""
        return self.report.cell(key).value

    def figure(self, key: str) -> Value:
        """Return a figure. Raises NotStated when the cell holds none."""
        value = self.value(key)
        if value is None:
            raise NotStated((key,))
        return value
