from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from reports.documents.model import Block, Grid, Paragraph, Unreadable
from reports.documents.read import read_document
from reports.reading.read import read_report
from tests.drawing.office_files import (
    as_full_docx,
    as_mhtml,
    as_ods,
    as_odt,
    as_rtf,
    as_rtf_by_number,
    as_word_xml,
    as_xlsx,
    odt,
    odt_paragraph,
    rtf,
    rtf_text,
)
from tests.figures import Figures, assert_reads_back, balanced
from tests.rendering import TITLE, as_html, docx, docx_table, sheets, zipped

FIGURES = balanced([3, 1, 4, 1, 5, 9, 2])
DRAWN: Mapping[str, Callable[[Figures], bytes]] = {
    "rtf in bytes of gbk": as_rtf,
    "rtf in unicode numbers": as_rtf_by_number,
    "odt": as_odt,
    "ods": as_ods,
    "xlsx in one sheet": as_xlsx,
    "xlsx in several sheets": lambda figures: as_xlsx(figures, one_sheet=False),
    "mhtml in gb2312": as_mhtml,
    "mhtml in utf-8": lambda figures: as_mhtml(figures, charset="utf-8"),
    "word 2003 xml": as_word_xml,
    "zip": lambda figures: zipped({"report.docx": as_full_docx(figures)}),
}


def shown(blocks: tuple[Block, ...]) -> list[str | list[list[str]]]:
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[slot.text for slot in row] for row in block.rows]
        for block in blocks
    ]


def refused(body: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_document(body)
    return refusal.value.code


@pytest.mark.parametrize("form", DRAWN)
def test_a_drawn_report_reads_back_with_its_title_and_sections(form: str) -> None:
    report = read_report(read_document(DRAWN[form](FIGURES)))
    assert_reads_back(FIGURES, report)
    assert (report.title, report.year) == (TITLE, 2025)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("what", "inside", "text"),
    [
        ("bytes of gbk", rtf_text("年报"), "年报"),
        ("numbers with their fall-back", r"\u24180?\u25253\'3f", "年报"),
        ("a number with no fall-back", r"\uc0\u24180 5", "年5"),
        ("a number with two bytes of fall-back", r"{\uc2\u24180\'c4\'ea}5", "年5"),
        ("halves of a far character", r"\u-10179?\u-8960?", "\U0001f500"),
        ("hidden text", r"1{\v 2}3\v 4\v0 5", "135"),
        ("deleted text", r"1{\deleted 2}3", "13"),
        ("a field", r"{\field{\*\fldinst PAGE}{\fldrslt 7}}", "7"),
        ("a foreign destination", r"1{\*\unknown 2}3", "13"),
        ("a list number", r"{\listtext 1.\tab}" + rtf_text("规章"), "规章"),
        ("a footnote", r"1{\footnote 2}3", "13"),
        ("binary data", "1{\\pict\\bin4 }{}\\}2", "12"),
        ("dashes and quotes", r"\ldblquote a\rdblquote\emdash\_b\~c", "“a”—-b c"),
        ("escaped braces", r"\{1\}\\", "{1}\\"),
    ],
)
def test_rtf_shows_what_its_reader_sees(what: str, inside: str, text: str) -> None:
    assert shown(read_document(rtf(f"{inside}\\par ")).blocks) == [text]


def test_rtf_bytes_follow_the_code_page_where_the_font_names_none() -> None:
    assert shown(read_document(rtf(f"\\f1 {rtf_text('年报')}\\par ")).blocks) == ["年报"]


def test_rtf_cells_merged_across_are_one() -> None:
    row = (
        "\\trowd\\clmgf\\cellx1000\\clmrg\\cellx2000\\cellx3000\\intbl 1\\cell\\cell 2\\cell\\row "
    )
    low = "\\trowd\\cellx1000\\cellx2000\\cellx3000\\intbl 3\\cell 4\\cell 5\\cell\\row "
    assert shown(read_document(rtf(row + low)).blocks) == [[["1", "1", "2"], ["3", "4", "5"]]]


def test_rtf_rows_dragged_by_hand_keep_their_columns() -> None:
    rows = "".join(
        f"\\trowd\\cellx{1000 + move}\\cellx{2000 - move}\\cellx3000\\intbl 1\\cell 2\\cell 3\\cell\\row "
        for move in (0, 40, 90)
    )
    assert shown(read_document(rtf(rows)).blocks) == [[["1", "2", "3"]] * 3]


def test_an_inner_table_of_rtf_stays_in_its_cell() -> None:
    inner = (
        "\\intbl\\itap2 7\\nestcell{\\*\\nesttableprops\\trowd\\cellx900\\nestrow}"
        "{\\nonesttables\\par}"
    )
    row = "\\trowd\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl {}\\cell 2\\cell 3\\cell\\row "
    first = read_document(rtf(row.format("1") * 4 + row.format(inner + "\\pard\\intbl"))).blocks[0]
    assert isinstance(first, Grid)
    assert [slot.text for slot in first.rows[4]] == ["7", "2", "3"]


def test_a_text_box_of_rtf_stands_behind_its_paragraph() -> None:
    box = "{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 1}}{\\shptxt \\pard 2\\par}}{\\shprslt 9}}"
    assert shown(read_document(rtf(f"1{box}\\par 3\\par ")).blocks) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "body",
    [
        b"{\\rtf1\\ansi 1\\par",
        b"{\\rtf1 \\trowd\\cellx1000\\intbl 1\\cell 2\\cell\\row}",
        b"{\\rtf1 \\trowd\\cellx1000\\cellx2000\\intbl 1\\cell\\row}",
        b"{\\rtf1 \\trowd\\cellx1000\\intbl 1\\cell}",
    ],
    ids=["cut", "a cell too many", "a cell too few", "a row without its end"],
)
def test_rtf_that_contradicts_itself_is_refused(body: bytes) -> None:
    assert refused(body) == "damaged"


def test_odt_shows_blanks_breaks_and_boxes_and_no_deletions() -> None:
    deleted = "<text:tracked-changes><text:p>删</text:p></text:tracked-changes>"
    box = (
        '<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">'
        f"<draw:text-box>{odt_paragraph('框')}</draw:text-box></draw:frame>"
    )
    line = "<text:p>甲<text:s/>乙<text:line-break/>丙<text:note><text:p>注</text:p></text:note></text:p>"
    body = deleted + line + f"<text:p>{box}</text:p>"
    assert shown(read_document(odt(body)).blocks) == ["甲 乙", "丙", "框"]


def test_odt_repeated_cells_are_as_many_cells() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell>'
        f"{odt_paragraph('甲')}</table:table-cell>"
        f'<table:table-cell table:number-columns-repeated="3">{odt_paragraph("0")}</table:table-cell>'
        "</table:table-row>"
    )
    document = read_document(odt(f"<table:table>{row}</table:table>"))
    assert shown(document.blocks) == [[["甲", "0", "0", "0"]] * 2]


def test_a_flat_odt_is_read() -> None:
    packed = as_odt(FIGURES)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        content = archive.read("content.xml")
    flat = content.replace(b"office:document-content", b"office:document")
    assert_reads_back(FIGURES, read_report(read_document(flat)))


DOCX, PAGE = as_full_docx(FIGURES), as_html(FIGURES)
OTHER = as_full_docx(balanced([2, 7, 1, 8, 2, 8, 1]))
NOTE = "说明：请见附件。".encode()


@pytest.mark.parametrize(
    "members",
    [
        {"说明.txt": NOTE, "年报.docx": DOCX},
        {"a/年报.docx": DOCX, "__MACOSX/._年报.docx": b"\x00\x05\x16"},
        {"inner.zip": zipped({"年报.docx": DOCX})},
        {"年报.docx": DOCX, "年报.html": PAGE},
        {"年报.docx": DOCX, "broken.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600},
    ],
    ids=["with a note", "by a Mac", "in an archive", "in two forms", "with a broken file"],
)
def test_the_report_in_an_archive_is_found(members: Mapping[str, bytes]) -> None:
    document = read_document(zipped(members))
    assert_reads_back(FIGURES, read_report(document))
    assert "wordprocessingml" in document.media_type


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"一.docx": DOCX, "二.docx": OTHER}, "several"),
        ({"一.txt": NOTE, "二.txt": "另一份说明。".encode()}, "several"),
        ({"a.zip": zipped({"b.zip": zipped({"年报.docx": DOCX})})}, "too_large"),
        ({f"{n}.txt": b"a" for n in range(30)}, "too_large"),
        ({"a/": b""}, "empty"),
    ],
    ids=["two reports", "no report", "too deep", "too many", "nothing"],
)
def test_an_archive_without_one_clear_report_is_refused(
    members: Mapping[str, bytes], code: str
) -> None:
    assert refused(zipped(members)) == code


def test_a_name_written_in_gbk_tells_the_report_among_two_tables() -> None:
    names = {"a" * 80: TITLE, "b" * 80: "样表"}
    bodies = (untitled(FIGURES), untitled(balanced([1] * 7)))
    packed = stored(dict(zip(names, bodies, strict=True)))
    for plain, name in names.items():
        # Of equal length, so that every place in the archive stays right.
        packed = packed.replace(plain.encode(), f"{name}.docx".encode("gbk").rjust(80, b"/"))
    assert_reads_back(FIGURES, read_report(read_document(packed)))


def untitled(figures: Figures) -> bytes:
    return docx("".join(docx_table(sheet) for sheet in sheets(figures).values()))


def stored(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (rb"{\rtf1\ansi}", "empty"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "damaged"),
        (zipped({"content.xml": b"<a/>"}), "damaged"),
        (zipped({"content.xml": b"<a>"}), "damaged"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nx", "damaged"),
        (b"<?xml version='1.0'?><w:wordDocument xmlns:w='a'/>", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "damaged"),
        (b"{\\rtf1 " + b"{" * 3000, "too_large"),
    ],
    ids=["rtf", "xlsx", "ods", "no xml", "mhtml", "word xml", "ole", "deep groups"],
)
def test_what_cannot_be_read_is_refused_with_its_code(body: bytes, code: str) -> None:
    assert refused(body) == code
