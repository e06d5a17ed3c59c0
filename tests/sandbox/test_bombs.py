"""Every kind of bomb, through the real walls: it ends within the limit, with a reason that fits it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reports.cells import CELL_LABELS
from reports.documents.ocr import is_installed
from sandbox.limits import MEGABYTE, Limits
from sandbox.office import Office
from sandbox.pool import Sandbox
from sandbox.readings import NOTHING_RECOGNISED, Body
from tests.drawing.office_files import odt
from tests.rendering import as_html
from tests.sandbox import bombs

GOOD = Body(as_html(dict.fromkeys(CELL_LABELS, "1")))
LIMITS = Limits(seconds=3.0)
SLACK = 2.0
"""What a worker's end and a machine at work on other things may add to the limit."""

CELL = '<w:tc><w:tcPr><w:gridSpan w:val="60000"/></w:tcPr><w:p/></w:tc>'
STROKE = (
    '<ofd:PathObject ID="9" Boundary="0 0 200 200" Stroke="true"><ofd:AbbreviatedData>{}'
    "</ofd:AbbreviatedData></ofd:PathObject>"
)
WORD_2003 = (
    b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
    + b"<w:p/>" * 1_300_000
    + b"</w:body></w:wordDocument>"
)
TOO_LARGE = frozenset({"too_large"})
DAMAGED = frozenset({"damaged"})
EXHAUSTED = frozenset({"time", "memory", "crash", "too_large"})
"""Reasons that a faster or a slower machine may exchange for one another."""

NOTHING = frozenset({"no_report", "empty", "too_large"})
BOMBS: dict[str, tuple[Callable[[], bytes], frozenset[str]]] = {
    "200 MB of text": (lambda: b"a" * 200 * MEGABYTE, TOO_LARGE),
    "gb18030 of four bytes each": (lambda: b"\x81\x30\x81\x30" * 1_000_000, NOTHING),
    "figures without end": (lambda: b"1 2 3 4 5 6 7 8 9 0 " * 200_000, NOTHING),
    "lines of pipes": (lambda: b"|1|2|3|\n" * 4_000_000, TOO_LARGE),
    "10⁶ nested tags": (lambda: b"<div>" * 1_000_000, TOO_LARGE),
    "tables in tables": (lambda: b"<table><tr><td>" * 60_000, DAMAGED),
    "a tag of 10⁶ attributes": (
        lambda: b"<p " + b" ".join(b"a%d" % n for n in range(1_000_000)) + b">",
        EXHAUSTED,
    ),
    "cells that span a million": (
        lambda: b"<table>" + b"<tr><td rowspan=65534 colspan=1000>1</td></tr>" * 20_000,
        NOTHING,
    ),
    "archives in archives": (lambda: bombs.nested_zip(3), TOO_LARGE),
    "an archive of zeros": (
        lambda: bombs.packed({f"{n}.txt": bytes(33_000_000) for n in range(3)}),
        TOO_LARGE,
    ),
    "20,000 members": (lambda: bombs.packed({str(n): b"" for n in range(20_000)}), TOO_LARGE),
    "10⁶ shared strings": (
        lambda: bombs.xlsx("<row/>", "<si><t>a</t></si>" * 1_000_000),
        TOO_LARGE,
    ),
    "one sheet 2,000 times": (
        lambda: bombs.xlsx("<row><c><v>1</v></c></row>" * 20_000, sheets=2_000),
        EXHAUSTED,
    ),
    "a cell at the far end": (
        lambda: bombs.xlsx('<row r="9999999999"><c r="ZZZZZZZ9999999999"><v>1</v></c></row>'),
        NOTHING,
    ),
    "DOCX of 10⁶ tags": (lambda: bombs.docx_of("<w:p><w:r/></w:p>" * 500_000), TOO_LARGE),
    "DOCX of wide cells": (
        lambda: bombs.docx_of(f"<w:tbl>{f'<w:tr>{CELL * 60}</w:tr>' * 1_000}</w:tbl>"),
        TOO_LARGE,
    ),
    "DOCX without a floor": (lambda: bombs.docx_of("<w:tbl><w:tr><w:tc>" * 90_000), DAMAGED),
    "PDF of 10⁵ pages and itself": (lambda: bombs.pdf_of_endless_pages(100_000), TOO_LARGE),
    "PDF that draws what draws itself": (
        lambda: bombs.pdf_stream(b"/X Do ", 1_000_000),
        EXHAUSTED,
    ),
    "PDF of lines": (lambda: bombs.pdf_stream(b"0 0 m 9 9 l S\n", 3_000_000), TOO_LARGE),
    "PDF of saved states": (lambda: bombs.pdf_stream(b"q ", 5_000_000), EXHAUSTED),
    "OFD of one endless path": (
        lambda: bombs.ofd_page(STROKE.format("M 0 0 " + "L 9 9 " * 5_000_000)),
        DAMAGED | TOO_LARGE,
    ),
    "OFD of very many paths": (
        lambda: bombs.ofd_page(STROKE.format("M 0 0 L 9 0") * 90_000),
        TOO_LARGE,
    ),
    "rows that repeat a million times": (
        lambda: bombs.ods_of_repeated_rows(1_000_000, 16_000),
        NOTHING,
    ),
    "blanks by number": (lambda: odt('<text:p><text:s text:c="1000000000"/></text:p>'), NOTHING),
    "ODT without a floor": (lambda: odt("<text:section>" * 80_000), DAMAGED),
    "RTF of 10⁶ groups": (lambda: rb"{\rtf1 " + b"{" * 1_000_000, TOO_LARGE),
    "RTF of words": (lambda: rb"{\rtf1 " + b"{a}" * 3_000_000 + b"}", EXHAUSTED),
    "RTF of missing gigabytes": (lambda: rb"{\rtf1 \bin2000000000 aaa}", DAMAGED),
    "Word 2003 of 10⁶ paragraphs": (lambda: WORD_2003, TOO_LARGE),
    "messages in messages": (lambda: bombs.mhtml_nested(5_000), DAMAGED),
    "a message of 10⁵ parts": (lambda: bombs.mhtml_of_many_parts(100_000), TOO_LARGE),
    "XLS of one sheet 2,000 times": (
        lambda: bombs.xls_of_one_sheet_many_times(2_000, 30_000),
        EXHAUSTED,
    ),
    "XLS of empty records": (
        lambda: bombs.compound("Workbook", bombs.biff(bytes(2_000_000))),
        DAMAGED,
    ),
    "XLS in a circle": (
        lambda: bombs.compound("Workbook", b"\x09\x08" + bytes(9_000), circular=True),
        DAMAGED | TOO_LARGE,
    ),
    "DOC in a circle": (
        lambda: bombs.compound("WordDocument", b"\xec\xa5" + bytes(9_000), circular=True),
        DAMAGED | TOO_LARGE,
    ),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, size=1, office=Office(program=None)) as made:
        yield made


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_with_its_reason_and_the_next_document_is_read(
    sandbox: Sandbox, name: str
) -> None:
    build, codes = BOMBS[name]
    body = Body(build())
    assert sandbox.read(GOOD).report is not None
    started = time.monotonic()
    found = sandbox.read(body)
    assert time.monotonic() - started < LIMITS.seconds + SLACK
    assert found.report is None
    assert found.unreadable is not None
    assert found.code in codes
    assert sandbox.read(GOOD).report is not None


@pytest.mark.skipif(not is_installed(), reason="needs the extra ocr")
def test_a_vast_picture_is_told_by_its_size(sandbox: Sandbox) -> None:
    found = sandbox.read(Body(bombs.png(50_000, 50_000)))
    assert (found.report, found.code) == (None, "too_large")
    assert found.unreadable is not None
    assert "40000000" in found.unreadable.en


@pytest.mark.skipif(not is_installed(), reason="needs the extra ocr")
def test_a_picture_without_a_report_is_told_as_one_and_nothing_to_install(sandbox: Sandbox) -> None:
    found = sandbox.read(Body(bombs.png(300, 300)))
    assert (found.code, found.unreadable) == ("image", NOTHING_RECOGNISED)


def test_bombs_beside_good_documents_cost_those_nothing() -> None:
    hanging = bombs.pdf_stream(b"/X Do ", 1_000_000)
    bodies = [Body(hanging) if n % 7 == 0 else GOOD for n in range(20)]
    with Sandbox(LIMITS) as made:
        found = made.read_many(bodies)
    assert [reading.report is not None for reading in found] == [n % 7 != 0 for n in range(20)]


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux")
@pytest.mark.skipif(os.geteuid() != 0, reason="a system may forbid it to others")
def test_a_worker_stands_in_a_network_of_its_own(sandbox: Sandbox) -> None:
    assert sandbox.read(GOOD).report is not None
    (pid, *_) = sandbox.pids
    assert os.readlink(f"/proc/{pid}/ns/net") != os.readlink("/proc/self/ns/net")
    devices = Path(f"/proc/{pid}/net/dev").read_text(encoding="ascii").splitlines()[2:]
    assert [line.split(":")[0].strip() for line in devices] == ["lo"]
