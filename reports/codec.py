"""A report as JSON: the published contract, the stored form with its way back, and its content key. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from reports.documents.model import Document, Grid
from reports.forms.catalogue import form_named
from reports.model import (
    AnnualReport,
    Cell,
    FeeKind,
    FeeStatement,
    Period,
    Place,
    Quality,
    Section,
    Table,
    TableName,
    Value,
)
from reports.text import squeeze
from reports.words import Words

Json: TypeAlias = dict[str, Any]

StoredCell: TypeAlias = list[Any]
"""``[text, rowspan, colspan, row, column]`` of a cell where it begins."""


def to_contract(report: AnnualReport) -> Json:
    """Return the ``report`` object of ``nianshao check --format json``."""
    return {
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "form": report.form.name,
        "sections": [
            {"number": s.number, "heading": s.heading, "characters": len("".join(s.text.split()))}
            for s in report.sections
        ],
        "tables": {name.value: _contract_cells(report.tables, name) for name in TableName},
        "quality": {name.value: table.quality.value for name, table in report.tables.items()},
        "fee_statement": {
            "kind": report.fee_statement.kind.value,
            "amount_yuan": _number(report.fee_statement.amount_yuan),
        },
    }


def to_store(report: AnnualReport) -> Json:
    """Return everything of the report as plain JSON values; decimals and dates are strings."""
    return {
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "form": report.form.name,
        "sections": [[s.number, s.heading, s.text] for s in report.sections],
        "tables": [_store_table(table) for table in report.tables.values()],
        "fee_statement": [
            report.fee_statement.kind.value,
            _text(report.fee_statement.amount_yuan),
            report.fee_statement.quote,
        ],
        "years_in_title": list(report.years_in_title),
        "period": report.period
        and [report.period.first.isoformat(), report.period.last.isoformat(), report.period.quote],
        "published_on": report.published_on and report.published_on.isoformat(),
        "remarks": [[remark.zh, remark.en] for remark in report.remarks],
        "document_number": report.document_number,
        "dated_on": report.dated_on and report.dated_on.isoformat(),
        "signed_by": report.signed_by,
        "contact": report.contact,
        "by_ocr": report.by_ocr,
        "opening": report.opening,
        "order": list(report.order),
    }


def from_store(stored: Json) -> AnnualReport:
    """Return the report that ``to_store`` wrote. Raises KeyError or ValueError for anything else."""
    kind, amount, quote = stored["fee_statement"]
    period, shown, dated = stored["period"], stored["published_on"], stored.get("dated_on")
    return AnnualReport(
        title=stored["title"],
        agency=stored["agency"],
        year=stored["year"],
        form=form_named(stored["form"], _rows_of(stored)),
        sections=tuple(Section(*section) for section in stored["sections"]),
        tables={table.name: table for table in map(_load_table, stored["tables"])},
        fee_statement=FeeStatement(
            FeeKind(kind), None if amount is None else Decimal(amount), quote
        ),
        years_in_title=tuple(stored["years_in_title"]),
        period=period
        and Period(date.fromisoformat(period[0]), date.fromisoformat(period[1]), period[2]),
        published_on=shown and date.fromisoformat(shown),
        remarks=tuple(Words(*remark) for remark in stored["remarks"]),
        document_number=stored.get("document_number"),
        dated_on=dated and date.fromisoformat(dated),
        signed_by=stored.get("signed_by"),
        contact=stored.get("contact"),
        by_ocr=stored.get("by_ocr", False),
        opening=stored.get("opening", ""),
        order=tuple(stored.get("order", ())),
    )


def _rows_of(stored: Json) -> set[str]:
    """Return the rows of table 3 that were stored: they tell in which of two ways a form was printed."""
    keys = (cell[0] for table in stored["tables"] for cell in table["cells"])
    return {key.split(".", 1)[1].rpartition(".")[0] for key in keys if key.startswith("requests.")}


def content_key(report: AnnualReport) -> str:
    """Return the SHA-256 of what the report says: title, section texts without blanks, cells.

    Equal for two pages that differ only in spacing, markup or furniture; headings count as text.
    """
    cells = {
        key: _text(cell.value) if cell.value is not None else squeeze(cell.raw or "")
        for table in report.tables.values()
        for key, cell in table.cells.items()
    }
    said = {
        "title": squeeze(report.title or ""),
        "sections": [[s.number, squeeze(s.heading), squeeze(s.text)] for s in report.sections],
        "cells": cells,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def grids_to_store(document: Document) -> list[list[list[StoredCell]]]:
    """Return the tables as published: grids → rows → cells that begin in the row.

    A cell is ``[text, rowspan, colspan, row, column]``; row and column are those of ``Place``, and the
    position of a grid in the list is ``Place.grid``.
    """
    return [
        [list(_row_cells(grid, number)) for number in range(len(grid.rows))]
        for grid in document.grids
    ]


def _row_cells(grid: Grid, number: int) -> Iterator[StoredCell]:
    row = grid.rows[number]
    column = 0
    while column < len(row):
        cell, end = row[column], column + 1
        while end < len(row) and row[end] is cell:
            end += 1
        if cell.is_origin(number, column):
            yield [cell.text, _rows_down(grid, number, column), end - column, number, column]
        column = end


def _rows_down(grid: Grid, number: int, column: int) -> int:
    cell, end = grid.rows[number][column], number + 1
    while end < len(grid.rows) and column < len(grid.rows[end]) and grid.rows[end][column] is cell:
        end += 1
    return end - number


def _contract_cells(tables: Mapping[TableName, Table], name: TableName) -> Json:
    cells = tables[name].cells if name in tables else {}
    if name is not TableName.REQUESTS:
        return {key: _number(cell.value) for key, cell in cells.items()}
    rows: dict[str, Json] = {}
    for key, cell in cells.items():
        row, _, column = key.removeprefix("requests.").rpartition(".")
        rows.setdefault(row, {})[column] = _number(cell.value)
    return rows


def _number(value: Value | None) -> int | float | None:
    """Return a JSON number; a whole decimal has no fraction there."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _text(value: Value | None) -> str | None:
    return (
        None if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)
    )


def _store_table(table: Table) -> Json:
    return {
        "name": table.name.value,
        "quality": table.quality.value,
        "reason": table.reason and [table.reason.zh, table.reason.en],
        "concerned": list(table.concerned),
        "cells": [_store_cell(cell) for cell in table.cells.values()],
    }


def _load_table(stored: Json) -> Table:
    cells = map(_load_cell, stored["cells"])
    return Table(
        TableName(stored["name"]),
        Quality(stored["quality"]),
        {cell.key: cell for cell in cells},
        stored["reason"] and Words(*stored["reason"]),
        tuple(stored.get("concerned", ())),
    )


def _store_cell(cell: Cell) -> list[Any]:
    """Return ``[key, raw, value, note, place, why]``; a decimal value is a string, a count a number."""
    value = _text(cell.value) if isinstance(cell.value, Decimal) else cell.value
    at = cell.place
    place = at and [at.grid, at.row, at.column, *([] if at.page is None else [at.page])]
    why = [] if cell.why is None else [[cell.why.zh, cell.why.en]]
    return [cell.key, cell.raw, value, cell.note, place, *why]


def _load_cell(stored: list[Any]) -> Cell:
    key, raw, value, note, place, *why = stored
    return Cell(
        key,
        raw,
        Decimal(value) if isinstance(value, str) else value,
        note,
        Words(*why[0]) if why else None,
        place and Place(*place),
    )
