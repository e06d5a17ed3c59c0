"""Draws an annual report as an office file: a full DOCX, ODT, RTF, XLSX, MHTML, Word 2003 XML."""

from __future__ import annotations

import base64
import io
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import openpyxl

from tests.rendering import (
    NARRATIVE,
    SECTION_HEADINGS,
    TITLE,
    Figures,
    Sheet,
    _laid_out,
    as_html,
    docx_paragraph,
    sheets,
    zipped,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org"
PAGE = 9_000
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def parts(figures: Figures) -> list[str | Sheet]:
    """Return the report as paragraphs and sheets in reading order."""
    drawn = sheets(figures)
    found: list[str | Sheet] = [TITLE]
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        found.append(f"{'一二三四五六'[number - 1]}、{heading}")
        found += [NARRATIVE[number]] if number in NARRATIVE else []
        found += [drawn[number]] if number in drawn else []
    return found


def written(
    figures: Figures, paragraph: Callable[[str], str], table: Callable[[Sheet], str]
) -> str:
    return "".join(
        paragraph(part) if isinstance(part, str) else table(part) for part in parts(figures)
    )


def edges_of(width: int) -> list[int]:
    """Return the edges of even columns over the page."""
    return [column * PAGE // width for column in range(width + 1)]


def full_docx(body: str, members: Mapping[str, bytes] | None = None) -> bytes:
    """Wrap a body as a whole DOCX, as other programs want it."""
    types = (
        f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}"/></Types>'
    )
    links = (
        f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": links.encode(),
            "word/document.xml": document.encode(),
            **(members or {}),
        }
    )


def word_table(sheet: Sheet, *, cell: Callable[[str], str] = docx_paragraph) -> str:
    """Draw a table as Word itself does: with a grid, widths, spans and merges down."""
    grid = _laid_out(sheet)
    edges = edges_of(len(grid[0]))
    columns = "".join(
        f'<w:gridCol w:w="{right - left}"/>' for left, right in zip(edges, edges[1:], strict=False)
    )
    rows = []
    for number, row in enumerate(grid):
        cells, column = [], 0
        while column < len(row):
            drawn, begins = row[column]
            merge = "<w:vMerge/>" if number and grid[number - 1][column][0] is drawn else ""
            merge = '<w:vMerge w:val="restart"/>' if drawn.down > 1 and begins else merge
            width = edges[column + drawn.across] - edges[column]
            inside = "<w:p/>" if merge == "<w:vMerge/>" else cell(drawn.text)
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
                f'<w:gridSpan w:val="{drawn.across}"/>{merge}</w:tcPr>{inside}</w:tc>'
            )
            column += drawn.across
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    layout = '<w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    return f"<w:tbl>{layout}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def as_full_docx(figures: Figures) -> bytes:
    return full_docx(written(figures, docx_paragraph, word_table))


def as_word_xml(figures: Figures) -> bytes:
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    hint = "http://schemas.microsoft.com/office/word/2003/auxHint"
    body = written(figures, docx_paragraph, word_table).replace("w:vMerge", "w:vmerge")
    head = '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    return (
        f'{head}<w:wordDocument xmlns:w="{space}" xmlns:wx="{hint}">'
        f"<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    ).encode()


def odt_paragraph(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>"


def odt_table(sheet: Sheet) -> str:
    rows = []
    for row in _laid_out(sheet):
        cells = [
            f'<table:table-cell table:number-columns-spanned="{cell.across}" '
            f'table:number-rows-spanned="{cell.down}">{odt_paragraph(cell.text)}</table:table-cell>'
            if begins
            else "<table:covered-table-cell/>"
            for cell, begins in row
        ]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f"<table:table>{''.join(rows)}</table:table>"


def odt(body: str, *, kind: str = "text") -> bytes:
    content = (
        f"<office:document-content {_SPACES}><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )
    media = b"application/vnd.oasis.opendocument." + kind.encode()
    return zipped({"mimetype": media, "content.xml": content.encode()})


def as_odt(figures: Figures) -> bytes:
    return odt(written(figures, odt_paragraph, odt_table))


def as_ods(figures: Figures) -> bytes:
    line = "<table:table-row><table:table-cell>{}</table:table-cell></table:table-row>"
    body = written(
        figures,
        lambda text: line.format(odt_paragraph(text)),
        lambda sheet: odt_table(sheet).removeprefix("<table:table>").removesuffix("</table:table>"),
    )
    return odt(f"<table:table>{body}</table:table>", kind="spreadsheet")


def rtf_text(text: str) -> str:
    """Write Chinese as bytes of GBK in hexadecimal."""
    pieces = []
    for sign in text:
        if sign in "\\{}":
            pieces.append(f"\\{sign}")
        elif sign.isascii():
            pieces.append(sign)
        else:
            pieces.append("".join(f"\\'{byte:02x}" for byte in sign.encode("gbk")))
    return "".join(pieces)


def rtf_table(sheet: Sheet, *, text: Callable[[str], str] = rtf_text) -> str:
    grid = _laid_out(sheet)
    edges = edges_of(len(grid[0]))
    rows = []
    for number, row in enumerate(grid):
        definitions, contents, column = [], [], 0
        while column < len(row):
            cell, begins = row[column]
            goes_on = number > 0 and grid[number - 1][column][0] is cell
            merge = "\\clvmrg" if goes_on else "\\clvmgf" if cell.down > 1 and begins else ""
            column += cell.across
            definitions.append(f"{merge}\\cellx{edges[column]}")
            contents.append(f"\\intbl {'' if goes_on else text(cell.text)}\\cell")
        rows.append(f"\\trowd\\trleft0{''.join(definitions)}\n{''.join(contents)}\\row\n")
    return "".join(rows)


def rtf(body: str) -> bytes:
    fonts = "{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}{\\f1\\froman\\fcharset0 Times;}}"
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1\\deff0{fonts}\\f0\n{body}}}".encode("ascii")


def as_rtf(figures: Figures) -> bytes:
    return rtf(written(figures, lambda text: f"\\pard {rtf_text(text)}\\par\n", rtf_table))


def as_rtf_by_number(figures: Figures) -> bytes:
    """Write every character by its Unicode number, with a question mark for old readers."""

    def text(words: str) -> str:
        return "".join(f"\\u{n if (n := ord(s)) < 32768 else n - 65536}?" for s in words)

    return rtf(
        written(figures, lambda s: f"\\pard {text(s)}\\par\n", lambda s: rtf_table(s, text=text))
    )


def as_xlsx(figures: Figures, *, one_sheet: bool = True) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    row = 1
    for part in parts(figures):
        if isinstance(part, str):
            sheet.cell(row, 1, part)
            row += 1
            continue
        if not one_sheet:
            sheet, row = book.create_sheet(), 1
        row = _put(sheet, part, row) + 1
        if not one_sheet:
            sheet, row = book.create_sheet(), 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _put(sheet: Any, drawn: Sheet, top: int) -> int:
    """Write a table with its first row at ``top``; return the row behind it."""
    grid = _laid_out(drawn)
    for r, row in enumerate(grid):
        for c, (cell, begins) in enumerate(row):
            if not begins:
                continue
            sheet.cell(top + r, c + 1, int(cell.text) if cell.text.isdigit() else cell.text)
            if cell.across > 1 or cell.down > 1:
                last, end = top + r + cell.down - 1, c + cell.across
                sheet.merge_cells(
                    start_row=top + r, start_column=c + 1, end_row=last, end_column=end
                )
    return top + len(grid)


def as_mhtml(figures: Figures, *, charset: str = "gb2312") -> bytes:
    page = as_html(figures).decode().replace("utf-8", charset).encode(charset, "xmlcharrefreplace")
    lines = base64.encodebytes(page).decode()
    return (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_Next"\r\n\r\n'
        "------=_Next\r\nContent-Location: file:///C:/report.htm\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f'Content-Type: text/html; charset="{charset}"\r\n\r\n{lines}\r\n'
        "------=_Next\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "iVBORw0KGgo=\r\n------=_Next--\r\n"
    ).encode()


def converted(bodies: Iterable[bytes], suffix: str, to: str, folder: Path) -> Sequence[bytes]:
    """Convert documents through LibreOffice in one call; the results in the same order."""
    (folder / "in").mkdir()
    names = []
    for number, body in enumerate(bodies):
        path = folder / "in" / f"{number:04}.{suffix}"
        path.write_bytes(body)
        names.append(path)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, *map(str, names)], check=True, capture_output=True, timeout=500)
    return [(folder / "out" / f"{path.stem}.{to}").read_bytes() for path in names]
