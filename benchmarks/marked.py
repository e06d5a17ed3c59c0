"""One report in formats that mark rows and cells, taken apart so that they can be moved about."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from tests.drawing.office_files import as_full_docx, as_odt, as_rtf, as_xlsx
from tests.rendering import as_html, zipped

CLOSING_UP = "xlsx, cells closing up"
"""The sheet in which the cells behind a deleted one move left, as a spreadsheet program moves them."""


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell as written: its definition, where the format keeps it apart, and its content."""

    definition: str
    content: str
    join: str
    text: re.Pattern[str]

    @property
    def whole(self) -> str:
        """Return everything that is written of the cell."""
        return self.definition + self.content

    def joined(self, other: MarkedCell) -> MarkedCell:
        """Return one cell with the content of both, a paragraph each, and the definition of the second.

        ``join`` matches what divides them.
        """
        begun = self.content.rpartition(self.join.partition("|")[0])[0]
        rest = re.sub(self.join.partition("|")[2], "", other.content, count=1)
        return replace(self, definition=other.definition, content=begun + rest)

    def emptied(self) -> MarkedCell:
        """Return the cell without its text."""
        return replace(self, content=self.text.sub("", self.content))

    def without(self, pattern: re.Pattern[str]) -> MarkedCell:
        """Return the cell without the first thing that matches."""
        definition, count = pattern.subn("", self.definition, count=1)
        content = self.content if count else pattern.sub("", self.content, count=1)
        return replace(self, definition=definition, content=content)


@dataclass(slots=True)
class Row:
    """A row of a table with what stands around its cells."""

    table: int
    before: str
    begin: str
    cells: list[MarkedCell]
    end: str
    is_left_out: bool = False
    times: int = 1

    def copy(self) -> Row:
        """Return the row with a list of cells of its own."""
        return replace(self, cells=list(self.cells))

    def written(self) -> str:
        """Return the row as text, as often as it stands there."""
        defined = "".join(cell.definition for cell in self.cells)
        content = "".join(cell.content for cell in self.cells)
        row = f"{self.begin}{defined}{content}{self.end}"
        return "" if self.is_left_out else row * self.times


@dataclass(frozen=True, slots=True)
class Markup:
    """A report taken apart: ``lead`` is what stands before each row of the file, ``rest`` behind all."""

    leads: tuple[str, ...]
    rows: tuple[Row, ...]
    rest: str
    pack: Callable[[str], bytes]

    def packed(self, rows: Sequence[Row]) -> bytes:
        """Return the bytes of the report with these rows; what stands between tables keeps its place."""
        parts: list[str] = []
        for table, lead in enumerate(self.leads):
            parts.append(lead)
            parts += [row.before + row.written() for row in rows if row.table == table]
        return self.pack("".join([*parts, self.rest]))


@dataclass(frozen=True, slots=True)
class _Marks:
    row: re.Pattern[str]
    cell: re.Pattern[str]
    join: str
    text: re.Pattern[str]
    definition: re.Pattern[str] | None = None


_HTML = _Marks(
    re.compile(r"(<tr>)(.*?)(</tr>)", re.S),
    re.compile(r"<td.*?</td>", re.S),
    "</td>|<td[^>]*>",
    re.compile(r"(?<=<p>)[^<]+"),
)
_DOCX = _Marks(
    re.compile(r"(<w:tr>)(.*?)(</w:tr>)", re.S),
    re.compile(r"<w:tc>.*?</w:tc>", re.S),
    "</w:tc>|<w:tc><w:tcPr>.*?</w:tcPr>",
    re.compile(r"(?<=<w:t>)[^<]+"),
)
_ODT = _Marks(
    re.compile(r"(<table:table-row>)(.*?)(</table:table-row>)", re.S),
    re.compile(r"<table:table-cell.*?</table:table-cell>|<table:covered-table-cell/>", re.S),
    "</table:table-cell>|<table:table-cell[^>]*>|<table:covered-table-cell/>",
    re.compile(r"(?<=<text:p>)[^<]+"),
)
_RTF = _Marks(
    re.compile(r"(\\trowd\\trleft0)(.*?)(\\row\n)", re.S),
    re.compile(r"\\intbl .*?\\cell(?!x)", re.S),
    "\\cell|\\\\intbl ",
    re.compile(r"(?<=\\intbl ).*(?=\\cell)", re.S),
    re.compile(r"(?:\\clvmrg|\\clvmgf)?\\cellx\d+\n?"),
)
_XLSX = _Marks(
    re.compile(r'(<row r="\d+"[^>]*>)(.*?)(</row>)', re.S),
    re.compile(r"<c [^>]*/>|<c .*?</c>", re.S),
    "</c>|<c [^>]*?/?>",
    re.compile(r"<v>[^<]*</v>"),
)


def marked_formats(figures: Mapping[str, str]) -> dict[str, Markup]:
    """Return the report in every format that marks its cells."""
    docx, odt, xlsx = as_full_docx(figures), as_odt(figures), as_xlsx(figures)
    sheet = "xl/worksheets/sheet1.xml"
    return {
        "page": _taken(as_html(figures).decode(), _HTML, str.encode),
        "docx": _taken(*_member(docx, "word/document.xml", _DOCX)),
        "odt": _taken(*_member(odt, "content.xml", _ODT)),
        "rtf": _taken(as_rtf(figures).decode(), _RTF, str.encode),
        "xlsx": _taken(*_member(xlsx, sheet, _XLSX)),
        CLOSING_UP: _taken(*_member(xlsx, sheet, _XLSX, _filled, _renumbered)),
    }


def _member(
    body: bytes,
    name: str,
    marks: _Marks,
    first: Callable[[str], str] = str,
    then: Callable[[str], str] = str,
) -> tuple[str, _Marks, Callable[[str], bytes]]:
    """Return the text of one member of a ZIP, and how to put it back."""
    archive = zipfile.ZipFile(io.BytesIO(body))
    members = {member: archive.read(member) for member in archive.namelist()}
    text = first(members[name].decode())
    return text, marks, lambda changed: zipped({**members, name: then(changed).encode()})


def _taken(text: str, marks: _Marks, pack: Callable[[str], bytes]) -> Markup:
    """Divide a text into tables and rows: rows that follow one another are one table."""
    leads: list[str] = []
    rows: list[Row] = []
    end = 0
    for found in marks.row.finditer(text):
        between = text[end : found.start()]
        if between.strip() or not leads:
            leads.append(between)
            between = ""
        rows.append(_row(found, marks, len(leads) - 1, between))
        end = found.end()
    return Markup(tuple(leads), tuple(rows), text[end:], pack)


def _row(found: re.Match[str], marks: _Marks, table: int, before: str) -> Row:
    begin, inside, end = found.groups()
    contents = marks.cell.findall(inside)
    definitions = marks.definition.findall(inside) if marks.definition else [""] * len(contents)
    cells = [
        MarkedCell(definition, content, marks.join, marks.text)
        for definition, content in zip(definitions, contents, strict=True)
    ]
    return Row(table, before, begin, cells, end)


def _filled(sheet: str) -> str:
    """Write the blank cells too, so that every row begins in the first column."""

    def row(found: re.Match[str]) -> str:
        begin, inside, end = found.groups()
        number = re.findall(r"\d+", begin)[0]
        written = {cell[6]: cell for cell in _XLSX.cell.findall(inside)}
        columns = map(chr, range(65, ord(max(written, default="A")) + 1))
        cells = (written.get(column, f'<c r="{column}{number}"/>') for column in columns)
        return begin + "".join(cells) + end

    return _XLSX.row.sub(row, sheet)


def _renumbered(sheet: str) -> str:
    """Give the cells of every row the columns one by one, as deleting cells in a sheet does."""

    def row(found: re.Match[str]) -> str:
        begin, inside, end = found.groups()
        number = re.findall(r"\d+", begin)[0]
        cells = (
            re.sub(r'r="[A-Z]+\d+"', f'r="{get_column_letter(column)}{number}"', cell, count=1)
            for column, cell in enumerate(_XLSX.cell.findall(inside), 1)
        )
        return begin + "".join(cells) + end

    return _XLSX.row.sub(row, sheet)
