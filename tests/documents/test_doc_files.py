"""Binary Word files, as LibreOffice writes them, with what a report may hold besides its text."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import olefile
import pytest

from reports.documents.model import Grid, Paragraph, Unreadable
from reports.documents.read import read_document
from reports.reading.read import read_report
from tests.drawing.office_files import as_full_docx, converted, full_docx, word_table, written
from tests.figures import assert_reads_back, balanced
from tests.rendering import C, docx_paragraph

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)
FIGURES = balanced([3, 1, 4, 1, 5, 9, 2])
AUTHOR = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def deleted(text: str) -> str:
    return f"<w:del {AUTHOR}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


ODDITIES = {
    "deleted text": (f"{run('留')}{deleted('删')}", "留"),
    "inserted text": (f"{run('留')}<w:ins {AUTHOR}>{run('增')}</w:ins>", "留增"),
    "hidden text": (run("留") + run("藏", "<w:vanish/>"), "留"),
    "a field": (f'<w:fldSimple w:instr="DATE">{run("2026")}</w:fldSimple>', None),
    "a far character": (run("\U00020b9f字"), "\U00020b9f字"),
    "latin text": (run("A\u2014é“”"), "A\u2014é“”"),
}


@pytest.fixture(scope="module")
def oddities(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    bodies = [full_docx(f"<w:p>{inside}</w:p>") for inside, _ in ODDITIES.values()]
    files = converted(bodies, "docx", "doc", tmp_path_factory.mktemp("oddities"))
    documents = (read_document(body) for body in files)
    shown = [[b.text for b in d.blocks if isinstance(b, Paragraph)] for d in documents]
    return dict(zip(ODDITIES, shown, strict=True))


@pytest.mark.parametrize("what", ODDITIES)
def test_a_binary_file_shows_what_its_reader_sees(
    what: str, oddities: dict[str, list[str]]
) -> None:
    wanted = ODDITIES[what][1]
    if wanted is None:
        assert "DATE" not in "".join(oddities[what])
    else:
        assert oddities[what] == [wanted]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("report")
    return converted([as_full_docx(FIGURES)], "docx", "doc", folder)[0]


def test_an_inner_table_of_a_binary_file_stays_in_its_cell(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        inner = word_table([[C("7")]]) + "<w:p/>"
        return inner if text == "内" else docx_paragraph(text)

    sheet = [[C("项目"), C("件数"), C("注")]] * 4 + [[C("甲"), C("内"), C("")]]
    body = full_docx(word_table(sheet, cell=cell) + docx_paragraph("完"))
    grid = read_document(converted([body], "docx", "doc", tmp_path)[0]).blocks[0]
    assert isinstance(grid, Grid)
    assert [slot.text for slot in grid.rows[4]] == ["甲", "7", ""]


def test_a_report_inside_a_layout_table_of_a_binary_file_reads_back(tmp_path: Path) -> None:
    inside = written(FIGURES, docx_paragraph, word_table)
    row = f"<w:tr><w:tc><w:tcPr><w:tcW w:w='9600' w:type='dxa'/></w:tcPr>{inside}</w:tc></w:tr>"
    outer = f"<w:tbl><w:tblGrid><w:gridCol w:w='9600'/></w:tblGrid>{row}</w:tbl>"
    body = full_docx(outer + docx_paragraph("完"))
    document = read_document(converted([body], "docx", "doc", tmp_path)[0])
    assert_reads_back(FIGURES, read_report(document))


def with_head(body: bytes, place: int, number: int) -> bytes:
    """Return the file with one number in the head of its Word stream changed."""
    changed = io.BytesIO(body)
    with olefile.OleFileIO(changed, write_mode=True) as ole:
        stream = bytearray(ole.openstream("WordDocument").read())
        stream[place : place + 2] = number.to_bytes(2, "little")
        ole.write_stream("WordDocument", bytes(stream))
        changed.seek(0)
        return changed.read()


@pytest.mark.parametrize(
    ("place", "number", "code"),
    [
        (0x00, 0xA5DC, "format"),
        (0x02, 0x0065, "format"),
        (0x00, 0x1234, "damaged"),
        (0x0A, 0x0100, "encrypted"),
        (0x4C, 0x0003, "damaged"),
        (0x1A2, 0xFFFF, "damaged"),
    ],
    ids=["Word 95", "Word 6", "no head", "encrypted", "shorter text", "lost pieces"],
)
def test_a_binary_file_that_cannot_be_read_is_refused(
    report: bytes, place: int, number: int, code: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_document(with_head(report, place, number))
    assert refusal.value.code == code


def test_a_cut_binary_file_is_refused(report: bytes) -> None:
    for share in range(1, 20):
        with pytest.raises(Unreadable):
            read_document(report[: len(report) * share // 20])
