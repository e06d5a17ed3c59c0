"""Write an annual report as HTML, DOCX or TAB text, whole or torn. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from reports.cells import SECTION_HEADINGS
from reports.forms.catalogue import FORM_2021, NO_FORM
from reports.forms.form import Form
from web.sample.tables import (
    Figures,
    Slot,
    SlotTable,
    disputes_table,
    proactive_table,
    requests_table,
)
from web.sample.torn import TEARS, torn_disputes, torn_proactive, torn_requests
from web.sample.word import Block, docx

_NUMERALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """One section as printed: its whole heading and its paragraphs (tables are added by number)."""

    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """One report ready to be printed; ``tear`` names one of TEARS, None is the official form."""

    title: str
    sections: tuple[WrittenSection, ...]
    figures: Figures
    form: Form = FORM_2021
    tear: str | None = None


def headed(number: int, *paragraphs: str) -> WrittenSection:
    """Return a section under its official heading; ``number`` is 1 to 6."""
    heading = f"{_NUMERALS[number - 1]}、{SECTION_HEADINGS[number - 1]}"
    return WrittenSection(heading, paragraphs)


def report_blocks(report: WrittenReport) -> Iterator[Block]:
    """Yield title, headings, paragraphs and tables in reading order."""
    tables = _tables(report)
    yield report.title
    for index, section in enumerate(report.sections):
        yield section.heading
        yield from section.paragraphs
        yield from tables.get(index + 1, ())


def report_html(report: WrittenReport) -> str:
    """Write the report as the inner HTML of an article, without a page around it."""
    return "\n".join(
        f"<p>{escape(block)}</p>" if isinstance(block, str) else table_html(block)
        for block in report_blocks(report)
    )


def report_docx(report: WrittenReport) -> bytes:
    """Write the report as a DOCX file; the same report gives the same bytes."""
    return docx(report_blocks(report))


def report_text(report: WrittenReport) -> str:
    """Write the report as plain text with TAB between cells; a spanning cell leaves blanks."""
    return "\n\n".join(
        block if isinstance(block, str) else table_text(block) for block in report_blocks(report)
    )


def table_html(table: SlotTable) -> str:
    """Write one table with its spans."""
    rows = "\n".join("<tr>" + "".join(_td(slot) for slot in row) + "</tr>" for row in table)
    return (
        f'<table border="1" cellspacing="0" cellpadding="0">\n<tbody>\n{rows}\n</tbody>\n</table>'
    )


def table_text(table: SlotTable) -> str:
    """Write one table as lines of TAB-separated cells, spans filled with blanks."""
    width = sum(slot.columns for slot in table[0])
    grid = [[""] * width for _ in table]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(table):
        free = (x for x in range(width) if (y, x) not in taken)
        for slot in row:
            x = next(free)
            grid[y][x] = slot.text
            taken |= {(y + dy, x + dx) for dy in range(slot.rows) for dx in range(slot.columns)}
    return "\n".join("\t".join(cells) for cells in grid)


def _td(slot: Slot) -> str:
    columns = f' colspan="{slot.columns}"' if slot.columns > 1 else ""
    rows = f' rowspan="{slot.rows}"' if slot.rows > 1 else ""
    return f"<td{columns}{rows}>{escape(slot.text) or '&nbsp;'}</td>"


def _tables(report: WrittenReport) -> dict[int, tuple[SlotTable, ...]]:
    if report.form is NO_FORM:
        return {}
    if report.tear is not None:
        tear = TEARS[report.tear]
        return {
            2: torn_proactive(report.figures, tear),
            3: (torn_requests(report.figures, tear),),
            4: (torn_disputes(report.figures),),
        }
    return {
        2: (proactive_table(report.figures, report.form),),
        3: (requests_table(report.figures, report.form),),
        4: (disputes_table(report.figures),),
    }
