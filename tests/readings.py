"""Reads drawn reports back, and says which cells differ from what was drawn."""

from __future__ import annotations

from reports.cells import CELL_LABELS, REQUEST_COLUMNS
from reports.documents.read import read_document
from reports.model import AnnualReport, TableName
from reports.reading.read import read_report

FIGURES = {key: str(100 + number) for number, key in enumerate(CELL_LABELS)}
COLUMNS = [column.key for column in REQUEST_COLUMNS]


def read(*parts: str) -> AnnualReport:
    return read_report(read_document("\n\n".join(parts).encode()))


def row(report: AnnualReport, name: str) -> list[str | None]:
    return [report.cell(f"requests.{name}.{column}").raw for column in COLUMNS]


def printed(name: str) -> list[str | None]:
    return [FIGURES[f"requests.{name}.{column}"] for column in COLUMNS]


def wrong(report: AnnualReport, table: TableName) -> dict[str, tuple[str | None, str]]:
    cells = report.tables[table].cells
    return {
        key: (cell.raw, FIGURES[key]) for key, cell in cells.items() if cell.raw != FIGURES[key]
    }
