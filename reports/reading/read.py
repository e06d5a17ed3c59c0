"""The one entry: a document to an annual report. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reports.documents.model import Document, Method, Paragraph
from reports.forms.catalogue import FORM_2021, NO_FORM, required_form
from reports.forms.form import Form
from reports.forms.traces import traces_of
from reports.model import AnnualReport, Cell, Table, TableName
from reports.reading.caption import caption_of
from reports.reading.disputes import DisputesReader
from reports.reading.header import header_of
from reports.reading.proactive import ProactiveReader
from reports.reading.quality import (
    attached_table,
    missing_table,
    recognised_table,
    scattered_table,
    table_of,
)
from reports.reading.requests import RequestsReader
from reports.reading.rows import Row, rows_of
from reports.reading.sections import outline
from reports.reading.statements import fee_statement, period_of

READER_VERSION = "3"
"""Changes whenever the same bytes may read differently, so that stored readings can be renewed."""

_LONGEST_OPENING = 4_000


def read_report(document: Document) -> AnnualReport:
    """Read whatever the document holds of a report; what it lacks is None, absent or left out."""
    parts = outline(document)
    caption = caption_of(document, parts.before)
    texts = (*(section.text for section in parts.sections), *parts.before, *parts.apart)
    header = header_of(document, parts)
    period = period_of(texts)
    year = caption.year or (period.last.year if period else None)
    tables = _Tables()
    for row in rows_of(document):
        tables.take(row)
    form = tables.form(year)
    return AnnualReport(
        title=caption.title,
        agency=caption.agency,
        year=year,
        form=form,
        sections=parts.sections,
        tables=tables.read(form, document),
        fee_statement=fee_statement(parts.sections, parts.before),
        years_in_title=caption.years,
        period=period,
        published_on=document.published_on,
        remarks=(*document.remarks, *((caption.remark,) if caption.remark else ())),
        document_number=header.document_number,
        dated_on=header.dated_on,
        signed_by=header.signed_by,
        contact=header.contact,
        by_ocr=document.method is Method.OCR,
        opening="\n".join(parts.before)[:_LONGEST_OPENING],
        order=parts.order,
    )


@dataclass(slots=True)
class _Tables:
    """The three readers, each offered every row: one sheet may hold all three tables."""

    proactive: ProactiveReader = field(default_factory=ProactiveReader)
    requests: RequestsReader = field(default_factory=RequestsReader)
    disputes: DisputesReader = field(default_factory=DisputesReader)

    def take(self, row: Row) -> None:
        """Offer a row to the readers until one takes it."""
        _ = self.disputes.take(row) or self.requests.take(row) or self.proactive.take(row)

    def form(self, year: int | None) -> Form:
        """Return the form by the labels of table 2, else by table 3 and the year."""
        if not (self.proactive.found() or self.requests.found() or self.disputes.found()):
            return NO_FORM
        if self.proactive.found():
            return self.requests.printed_form(self.proactive.form().name)
        printed = self.requests.printed_form(FORM_2021.name)
        due = NO_FORM if year is None else required_form(year)
        # Without table 2 the short table 3 tells the two generations apart only by the year.
        return due if due.request_rows == printed.request_rows else printed

    def read(self, form: Form, document: Document) -> dict[TableName, Table]:
        """Return the three tables; of no form there are no cells."""
        found = {
            TableName.PROACTIVE: (self.proactive.found(), self.proactive.finds),
            TableName.REQUESTS: (self.requests.found(), self.requests.finds),
            TableName.DISPUTES: (self.disputes.found(), self.disputes.finds),
        }
        cells = {
            TableName.PROACTIVE: self.proactive.cells(form),
            TableName.REQUESTS: self.requests.cells(form),
            TableName.DISPUTES: self.disputes.cells(),
        }
        tables = {
            name: table_of(name, cells[name], finds.homeless)
            if there
            else _lost(name, {} if form is NO_FORM else cells[name], document)
            for name, (there, finds) in found.items()
        }
        if document.method is not Method.OCR:
            return tables
        return {name: recognised_table(table) for name, table in tables.items()}


def _lost(name: TableName, cells: Mapping[str, Cell], document: Document) -> Table:
    """Judge a table that was not found: absent only when nothing says that it is elsewhere."""
    if name in traces_of(_texts(document)):
        return scattered_table(name, cells)
    if document.attachments and not document.images:
        return attached_table(name, cells, len(document.attachments))
    return missing_table(name, cells, document.images)


def _texts(document: Document) -> Iterator[str]:
    """Yield every line and every cell of the document."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row)
