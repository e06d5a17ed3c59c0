"""Two reports in one file, whatever it is written in: one is read, the other is told, none lends a figure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from reports.documents.read import read_document
from reports.reading.read import read_report
from tests.figures import assert_reads_back, balanced
from tests.rendering import TITLE, as_docx, as_html, as_text, docx

FIRST, SECOND = balanced(range(1, 40)), balanced(range(50, 90))
OTHER = TITLE.replace("2025", "2024")


def two_texts() -> bytes:
    return as_text(FIRST) + as_text(SECOND).replace(TITLE.encode(), OTHER.encode())


def two_pages() -> bytes:
    second = as_html(SECOND).decode().replace(TITLE, OTHER).partition("<div>")[2]
    return as_html(FIRST).replace(b"</body>", b"") + f"<div>{second}".encode()


def two_in_word() -> bytes:
    return docx(body_of(as_docx(FIRST)) + body_of(as_docx(SECOND)).replace(TITLE, OTHER))


def body_of(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        xml = archive.read("word/document.xml").decode()
    return xml.partition("<w:body>")[2].partition("</w:body>")[0]


@pytest.mark.parametrize("drawn", [two_texts, two_pages, two_in_word])
def test_of_two_years_in_one_file_the_first_is_read_and_the_other_told(
    drawn: Callable[[], bytes],
) -> None:
    report = read_report(read_document(drawn()))
    assert_reads_back(FIRST, report)
    assert [OTHER in remark.zh for remark in report.remarks] == [True]
    assert report.year == 2025


def test_characters_that_were_lost_are_told_of_a_text_file_too() -> None:
    report = read_report(read_document(as_text(FIRST) + "这里有\ufffd\ufffd两处".encode()))
    assert [remark.zh[:10] for remark in report.remarks] == ["有 2 个字符无法解"]
