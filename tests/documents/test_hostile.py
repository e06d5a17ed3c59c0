from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.cells import CELL_LABELS
from reports.codec import content_key, grids_to_store, to_contract
from reports.documents.model import Unreadable
from reports.documents.read import MAX_BYTES, read_document
from reports.reading.read import read_report
from tests.rendering import as_docx, as_html, as_text, docx, docx_paragraph, zipped

ONES = dict.fromkeys(CELL_LABELS, "1")
GOOD = {"docx": as_docx(ONES), "html": as_html(ONES), "text": as_text(ONES)}
TABLE_ROW = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="900000"/></w:tcPr><w:p/></w:tc><w:tc/></w:tr>'
BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


def code_of(body: bytes) -> str | None:
    """Read the bytes all the way; return the code of a refusal, None when they were read."""
    try:
        document = read_document(body)
    except Unreadable as refusal:
        return refusal.code if refusal.reason.zh and refusal.reason.en else "no words"
    report = read_report(document)
    to_contract(report)
    content_key(report)
    grids_to_store(document)
    return None


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("nothing", b"", "empty"),
        ("blanks", b" \r\n\t ", "empty"),
        ("an empty page", b"<html><body><script>location=1</script></body></html>", "empty"),
        ("an empty docx", docx(""), "empty"),
        ("a pdf of nothing", b"%PDF-1.7\n%...", "damaged"),
        ("a pdf of nothing behind junk", b"\r\n\x00junk%PDF-1.4", "damaged"),
        ("a doc of nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "damaged"),
        ("an empty rtf", rb"{\rtf1\ansi}", "empty"),
        ("png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "format"),
        ("jpeg", b"\xff\xd8\xff\xe0" + b"\x00" * 64, "image"),
        ("an ofd of nothing", zipped({"OFD.xml": b"<a/>"}), "damaged"),
        ("an xlsx of nothing", zipped({"xl/workbook.xml": b"<a/>"}), "damaged"),
        ("slides", zipped({"ppt/presentation.xml": b"<a/>"}), "format"),
        ("rar", b"Rar!\x1a\x07\x00", "format"),
        ("an archive of programs", zipped({"a.exe": b"MZ\x00\x01" * 9}), "empty"),
        ("zero bytes", b"\x00" * 5000, "garbage"),
        ("binary", bytes(range(256)) * 40, "garbage"),
        ("a false zip", b"PK\x03\x04" + b"\x00" * 90, "damaged"),
        ("a cut docx", GOOD["docx"][: len(GOOD["docx"]) // 2], "damaged"),
        ("a docx without body", zipped({"word/document.xml": b"<a/>"}), "damaged"),
        ("a docx of no xml", zipped({"word/document.xml": b"<a>"}), "damaged"),
        ("a docx with entities", docx("<w:p/>", head=BOMB), "damaged"),
        ("a docx nested deeply", docx("<w:tbl><w:tr><w:tc>" * 2000), "damaged"),
        (
            "entities hidden by UTF-16",
            zipped({"word/document.xml": f"{BOMB}<a/>".encode("utf-16")}),
            "damaged",
        ),
        ("a page nested deeply", b"<div>" * 100_000 + b"x", "damaged"),
        ("tables nested deeply", b"<table><tr><td>" * 60_000 + b"1", "damaged"),
        ("a zip bomb", zipped({"word/document.xml": b"0" * 40_000_000}), "too_large"),
        (
            "a docx of endless elements",
            zipped({"word/document.xml": b"<a>" + b"<b/>" * 1_300_000}),
            "too_large",
        ),
        ("an archive of many members", zipped({f"{n}": b"" for n in range(2100)}), "too_large"),
        ("huge spans in a docx", docx(f"<w:tbl>{TABLE_ROW * 300}</w:tbl>"), "too_large"),
        (
            "huge spans in a page",
            b"<table>" + b"<tr><td colspan=999999999 rowspan=9>1<td>2" * 900,
            "too_large",
        ),
        ("endless tags", b"<p>" * 400_000, "too_large"),
        ("endless lines", b"a\n" * 60_000, "too_large"),
        ("endless fields", b"1\t" * 210_000, "too_large"),
        ("too many bytes", b"a" * (MAX_BYTES + 1), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_its_code(name: str, body: bytes, code: str) -> None:
    assert code_of(body) == code


@pytest.mark.parametrize(
    "body",
    [
        b"<table>" + b"<tr><td rowspan=0>1</td><td>2</td></tr>" * 200 + b"</table>",
        b"<p>" + b"&amp;&#x4e00;&nbsp;&bogus;" * 5000,
        b"<!DOCTYPE html [<!ENTITY a 'x'>]><html><p>&a;</p></html>",
        ("一、本年新收\t" + "1\t" * 20_000).encode(),
        ("<table><tr><td>一、本年新收<td>" + "1" * 200_000 + "</table>").encode(),
        "总体情况".encode() * 50_000,
    ],
    ids=["rowspan 0", "entities", "own entities", "wide row", "long figure", "long line"],
)
def test_odd_but_harmless_bytes_are_read(body: bytes) -> None:
    assert code_of(body) is None


@settings(max_examples=60, deadline=None)
@given(
    body=st.binary(max_size=400),
    head=st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"<table><tr>", b"\xfe\xff"]),
)
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(body: bytes, head: bytes) -> None:
    code_of(head + body)


@pytest.mark.parametrize("kind", GOOD)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_damaged_reports_are_read_or_refused_and_nothing_else_happens(
    kind: str, data: st.DataObject
) -> None:
    body = bytearray(GOOD[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    code_of(bytes(body[: data.draw(st.integers(1, len(body)))]))


def test_a_docx_paragraph_with_deleted_text_shows_what_is_left() -> None:
    body = "<w:p><w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    document = read_document(docx(body + docx_paragraph("二")))
    assert [getattr(block, "text", None) for block in document.blocks] == ["留", "二"]
