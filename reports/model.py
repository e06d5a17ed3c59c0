"""What an annual report is once it has been read: sections, tables, cells, remarks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from reports.forms.form import Form
from reports.words import Words

Value: TypeAlias = int | Decimal


class TableName(StrEnum):
    """The three statutory tables, named after the sections that hold them."""

    PROACTIVE = "proactive"
    REQUESTS = "requests"
    DISPUTES = "disputes"


class Quality(StrEnum):
    """How much of a table our copy of the document holds."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    SHIFTED = "shifted"
    IMAGE = "image"
    ABSENT = "absent"


class FeeKind(StrEnum):
    """What section 6 says of the information handling fee (国办函〔2020〕109号)."""

    NONE_COLLECTED = "none_collected"
    AMOUNT = "amount"
    MISSING = "missing"


class Place(NamedTuple):
    """Where a cell stands: ordinal of the grid in the document, row and column in that grid, from 0.

    ``page`` counts from 1 and is None for formats without pages.
    """

    grid: int
    row: int
    column: int
    page: int | None = None


class Cell(NamedTuple):
    """One figure. ``raw`` is None when the document has no such cell; ``value`` is None when it is no number.

    Blank, ``/``, ``—`` and ``无`` keep their raw text and have value None: they are not 0. ``note`` is
    what the publisher wrote beside the number; ``why`` says of every cell without a value why it has none.
    """

    key: str
    raw: str | None = None
    value: Value | None = None
    note: str | None = None
    why: Words | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One statutory table: every cell of the form in the form's order, read or not.

    ``concerned`` are the keys of the cells that are lost or doubtful, for which ``reason`` speaks.
    """

    name: TableName
    quality: Quality
    cells: Mapping[str, Cell] = field(default_factory=dict)
    reason: Words | None = None
    concerned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections: its number (1–6), heading as printed, and narrative without tables."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class FeeStatement:
    """The statement on the information handling fee; the amount is in yuan."""

    kind: FeeKind
    amount_yuan: Decimal | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The period that the report says it covers, both days included, with the words quoted."""

    first: date
    last: date
    quote: str


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """One report as read. ``agency`` is the unit as the title names it; ``year`` the report year.

    ``published_on`` is the publication date that the page shows, ``dated_on`` the date under the text.
    ``by_ocr`` says that the characters were recognised in pictures and may be misread. ``opening`` is the
    text before the first section, ``order`` the numbers of the sections as they stand in the document;
    both are empty in reports that were stored before these were kept.
    """

    title: str | None
    agency: str | None
    year: int | None
    form: Form
    sections: tuple[Section, ...]
    tables: Mapping[TableName, Table]
    fee_statement: FeeStatement
    years_in_title: tuple[int, ...] = ()
    period: Period | None = None
    published_on: date | None = None
    remarks: tuple[Words, ...] = ()
    document_number: str | None = None
    dated_on: date | None = None
    signed_by: str | None = None
    contact: str | None = None
    by_ocr: bool = False
    opening: str = ""
    order: tuple[int, ...] = ()
    _cells: Mapping[str, Cell] = field(init=False, repr=False, compare=False)

    def cell(self, key: str) -> Cell:
        """Return the cell with this full key; a cell that the form lacks comes back empty."""
        return self._cells.get(key) or Cell(key)

    def __post_init__(self) -> None:
        """Lay the cells of all tables together: rules ask for them a thousand times."""
        cells = {key: cell for table in self.tables.values() for key, cell in table.cells.items()}
        object.__setattr__(self, "_cells", cells)

    def section(self, number: int) -> Section | None:
        """Return the section with this number, or None when it was not found."""
        return next((s for s in self.sections if s.number == number), None)
