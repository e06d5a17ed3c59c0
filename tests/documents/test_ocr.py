"""Pictures of reports: a figure is read as drawn or not at all, and what cannot be read is refused."""

from __future__ import annotations

import struct
import zlib
from decimal import Decimal

import pytest

from reports.documents import ocr
from reports.documents.model import Method, Unreadable
from reports.documents.read import read_document
from reports.model import AnnualReport, Quality
from reports.reading.read import read_report
from tests.figures import balanced

pytestmark = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")

FIGURES = balanced([12, 0, 345, 6, 89, 0, 1024, 3, 17, 0, 0, 1, 1, 10, 8, 66])


def drawing():
    module = pytest.importorskip("tests.documents.pictures_of")
    if module.BROWSER is None:
        pytest.skip("no browser to print the pages with")
    return module


def wrong(report: AnnualReport) -> dict[str, tuple[object, str]]:
    """The figures that were read as something else than what was drawn."""
    cells = {key: report.cell(key).value for key in FIGURES}
    return {
        key: (value, FIGURES[key])
        for key, value in cells.items()
        if value is not None and value != Decimal(FIGURES[key])
    }


def share_read(report: AnnualReport) -> float:
    return sum(report.cell(key).value is not None for key in FIGURES) / len(FIGURES)


def test_a_scanned_pdf_is_read_cell_by_cell() -> None:
    draw = drawing()
    body = draw.as_scanned_pdf(draw.pages(FIGURES))
    with pytest.raises(Unreadable) as refused:
        read_document(body)
    assert refused.value.code == "image"
    document = ocr.read(body)
    report = read_report(document)
    assert (document.method, document.images, document.published_on) == (Method.OCR, 2, None)
    assert not wrong(report)
    assert share_read(report) >= 0.97
    assert report.year == 2025
    assert {table.quality for table in report.tables.values()} == {Quality.IMAGE}
    places = [report.cell(key).place for key in FIGURES if report.cell(key).value is not None]
    assert {place.page for place in places if place} == {1, 2}


@pytest.mark.parametrize(
    ("way", "least"), [("turned and noisy", 0.97), ("coarse", 0.6), ("sealed", 0.8)]
)
def test_a_bad_scan_gives_the_figure_that_was_drawn_or_none(way: str, least: float) -> None:
    draw = drawing()
    report = read_report(ocr.read(draw.as_tiff([draw.WAYS[way](p) for p in draw.pages(FIGURES)])))
    assert not wrong(report)
    assert share_read(report) >= least


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG that states any size, whatever it holds."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    content = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + head + content + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a bomb", png(60_000, 60_000), "too_large"),
        ("a cut picture", png(600, 600, b"\x00" * 99), "damaged"),
        ("no picture", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "damaged"),
        ("white paper", png(400, 400, (b"\x00" + b"\xff" * 400) * 400), "image"),
        ("black paper", png(400, 400, (b"\x00" + b"\x00" * 400) * 400), "image"),
        ("a small ornament", png(80, 80, (b"\x00" + b"\xff" * 80) * 80), "image"),
        ("a broken PDF", b"%PDF-1.4 nothing", "damaged"),
        ("text", "一、总体情况".encode(), "damaged"),
        ("nothing", b"", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_holds_no_characters_is_refused_with_its_code(
    name: str, body: bytes, code: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        ocr.read(body)
    assert refused.value.code == code
