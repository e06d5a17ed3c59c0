"""Writes the register as a file that reads back the same: CSV (UTF-8 with its mark) or XLSX, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from pydantic import BaseModel

from monitor.register_files.headings import AGENCY_HEADINGS, SITE_HEADINGS, Form, Heading
from monitor.register_settings import AgencySettings
from monitor.site_settings import ColumnSettings, SiteSettings


class FileFormat(StrEnum):
    """The formats in which a register is written."""

    CSV = "csv"
    XLSX = "xlsx"


def register_file(agencies: Sequence[AgencySettings], format_: FileFormat, language: str) -> bytes:
    """Return the agencies as a file whose headings and kinds are in the language."""
    header = [heading.name_in(language) for heading in AGENCY_HEADINGS]
    rows = ([_cell(agency, h, language) for h in AGENCY_HEADINGS] for agency in agencies)
    return _WRITERS[format_](header, rows)


def sites_file(sites: Sequence[SiteSettings], format_: FileFormat, language: str) -> bytes:
    """Return the sites as a file of one row for each column."""
    header = [heading.name_in(language) for heading in SITE_HEADINGS]
    rows = (
        [_cell(column if h.table is ColumnSettings else site, h, language) for h in SITE_HEADINGS]
        for site in sites
        for column in site.columns
    )
    return _WRITERS[format_](header, rows)


def _cell(entry: BaseModel, heading: Heading, language: str) -> str:
    value = getattr(entry, heading.key)
    if value is None:
        return ""
    if heading.form is Form.LIST:
        return "；".join(value) if language == "zh" else ";".join(value)
    if heading.form is Form.HOURS:
        return "-".join(at.strftime("%H:%M") for at in value)
    if heading.form is Form.YES_OR_NO:
        return _YES_OR_NO[language == "zh"][value]
    words = heading.words.get(str(value)) if language == "zh" else None
    return words[0] if words else str(value)


def _csv(header: Sequence[str], rows: Iterator[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    # Without the mark spreadsheets take the file for one in the code page of the machine.
    return text.getvalue().encode("utf-8-sig")


def _xlsx(header: Sequence[str], rows: Iterator[Sequence[str]]) -> bytes:
    # A fifth of a second to load: only who writes a workbook waits for it.
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("register")
    sheet.freeze_panes = "A2"
    sheet.append(list(header))
    for row in rows:
        cells = [WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            # Text as text: a code stays a code, and nothing becomes a formula.
            cell.data_type, cell.number_format = "s", "@"
        sheet.append(cells)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


_YES_OR_NO: Sequence[Mapping[bool, str]] = (
    {True: "true", False: "false"},
    {True: "是", False: "否"},
)
_WRITERS: Mapping[FileFormat, Callable[[Sequence[str], Iterator[Sequence[str]]], bytes]] = {
    FileFormat.CSV: _csv,
    FileFormat.XLSX: _xlsx,
}
