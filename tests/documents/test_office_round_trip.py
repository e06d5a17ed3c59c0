from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.documents.model import Unreadable
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
    converted,
    full_docx,
    parts,
    word_table,
    written,
)
from tests.figures import Figures, assert_reads_back, balanced
from tests.rendering import Sheet, as_docx, docx_paragraph, zipped

EXAMPLES = 200
BATCH = 50


def runs(text: str) -> str:
    """Draw every character as a run of its own, as editors leave them."""
    drawn = (f'<w:r><w:t xml:space="preserve">{escape(sign)}</w:t></w:r>' for sign in text)
    return f"<w:p>{''.join(drawn)}</w:p>"


def two_paragraphs(text: str) -> str:
    """Draw a label over two paragraphs, a figure over one and a blank one."""
    middle = len(text) // 2 if not text.isdigit() else len(text)
    return docx_paragraph(text[:middle]) + docx_paragraph(text[middle:])


def one_table(figures: Figures) -> bytes:
    """Draw the whole article as the rows of one table."""
    rows = (
        f"<w:tr><w:tc>{docx_paragraph(part)}</w:tc></w:tr>"
        if isinstance(part, str)
        else word_table(part).partition("</w:tblGrid>")[2].removesuffix("</w:tbl>")
        for part in parts(figures)
    )
    return full_docx(f"<w:tbl>{''.join(rows)}</w:tbl>")


def boxed(figures: Figures) -> bytes:
    """Draw every table in a text box."""

    def table(sheet: Sheet) -> str:
        return f"<w:p><w:r><w:txbxContent>{word_table(sheet)}</w:txbxContent></w:r></w:p>"

    return full_docx(written(figures, docx_paragraph, table))


Draw = Callable[[Figures], bytes]
DRAWN: Mapping[str, tuple[Draw, ...]] = {
    "docx": (
        as_docx,
        as_full_docx,
        lambda f: full_docx(written(f, runs, lambda sheet: word_table(sheet, cell=runs))),
        lambda f: full_docx(
            written(f, docx_paragraph, lambda sheet: word_table(sheet, cell=two_paragraphs))
        ),
        one_table,
        boxed,
    ),
    "odt": (as_odt,),
    "ods": (as_ods,),
    "rtf": (as_rtf, as_rtf_by_number),
    "xlsx": (as_xlsx, lambda f: as_xlsx(f, one_sheet=False)),
    "mhtml": (as_mhtml, lambda f: as_mhtml(f, charset="utf-8")),
    "word xml": (as_word_xml,),
    "zip": (lambda f: zipped({"report.docx": as_docx(f), "readme.txt": "说明".encode()}),),
}
SEEDS = st.lists(st.integers(0, 99_999), min_size=7, max_size=7)


@pytest.mark.parametrize("form", DRAWN)
@settings(max_examples=EXAMPLES, deadline=None)
@given(seed=SEEDS, layout=st.integers(0, 5))
def test_every_cell_of_a_drawn_report_reads_back(form: str, seed: list[int], layout: int) -> None:
    figures = balanced(seed)
    draw = DRAWN[form][layout % len(DRAWN[form])]
    assert_reads_back(figures, read_report(read_document(draw(figures))))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("to", "suffix", "draw"),
    [
        ("doc", "docx", as_full_docx),
        ("rtf", "docx", as_full_docx),
        ("odt", "docx", as_full_docx),
        ("xls", "xlsx", as_xlsx),
        ("docx", "docx", as_full_docx),
        ("ods", "xlsx", as_xlsx),
    ],
)
def test_every_cell_reads_back_from_what_another_program_writes(
    to: str, suffix: str, draw: Draw, tmp_path: Path
) -> None:
    count = EXAMPLES if to in {"doc", "xls"} else BATCH
    sets = [
        balanced([(number * step * 7919) % 99_991 for step in range(1, 8)])
        for number in range(count)
    ]
    for start in range(0, count, BATCH):
        folder = tmp_path / str(start)
        folder.mkdir()
        drawn = sets[start : start + BATCH]
        bodies = converted(map(draw, drawn), suffix, to, folder)
        for figures, body in zip(drawn, bodies, strict=True):
            assert_reads_back(figures, read_report(read_document(body)))


def test_an_rtf_of_endless_words_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_document(b"{\\rtf1 " + b"\\b" * 2_100_000 + b"}")
    assert refusal.value.code == "too_large"
