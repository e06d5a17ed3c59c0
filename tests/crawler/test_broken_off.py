from __future__ import annotations

import io
import zipfile

import pytest

from crawler.broken_off import breaks_off, end_of, ends_like, shows_no_end

FOOT = "</ul></div><div class=foot>主办：甲县人民政府办公室　网站标识码</div>"


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("word/document.xml", "<w:document/>" * 50)
    return held.getvalue()


@pytest.mark.parametrize(
    ("body", "is_cut"),
    [
        (b"<html><body><ul><li>1</li></ul></body></html>", False),
        (b"<!DOCTYPE html><HTML><BODY><p>1</BODY >\n</HTML>\n<!-- 12 ms -->", False),
        (b"<html><body><ul><li>1</li></ul>", True),
        (b"<html><head><title>1</title></head><body class='x'><ul><li><a hre", True),
        (b"<html><head><title>1</ti", True),
        (b"<html><body>1</body>" + b"<script>1</script>" * 9_999, False),
        ("<html><body>年报</body></html>".encode("gb18030"), False),
        ("<html><body>年报".encode("gb18030"), True),
        (b"<ul><li>1</li></ul>", False),
        (b"<html><meta charset=utf-8><title>1</title><h1>1</h1>", False),
        (b"<head-line>1</head-line>", False),
        (b'{"articles": [1, 2', False),
        (b'{"html": "<body>1<\\/body>"}', False),
        (b'show({"html": "<html><body>1"})', False),
        (b"<?xml version='1.0'?><rss><![CDATA[<body >1]]></rss>", False),
        (b"<o:p/><embed src=1><p>1</p>", False),
        (b"<html><head></head><frameset><frame></frameset>", False),
        (b"<html><body><script>w('<body></body></html>')</script>" + b"<p>word</p>" * 9, True),
        (b"<html><body><!-- </body></html> --><ul>" + b"<li>word</li>" * 200, True),
        (b"<html><head>" + b"<style>p {}</style>" * 9_000 + b"</head><body><ul><li>1", True),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<datastore><record>1</record></datastore>', False),
        (b'<?xml version="1.0"?><!-- <a> --><datastore><record>1</record>', True),
        (b'<?xml version="1.0"?><datastore total="0"/>', False),
        (b"\xef\xbb\xbf\r\n\xef\xbb\xbf<html><head></head><body><p>1", True),
        (b"Warning: 1\n<html><head></head><body><p>1", True),
        (b"<html><body><p>1</p></body></html><script>" + b"x" * 30_000 + b"</script>", False),
        (b"<html><body><p>1</p></body></html>" + b"<a href=/1>link</a>" * 40, False),
        (b"%PDF-1.4 1 0 obj startxref 0 %%EOF 2 0 obj", True),
        (b"%PDF-1.4 1 0 obj", True),
        (b"%PDF-1.4 1 0 obj startxref 9 %%EOF\n", False),
        (b"%PDF-1.4 1 0 obj startxref 9 %%EOF" + b"\x00" * 90_000, False),
        (_zip(), False),
        (_zip()[:-30], True),
        ("年报".encode(), False),
        (b"", False),
    ],
)
def test_what_begins_as_its_kind_does_and_does_not_end_so_breaks_off(
    body: bytes, is_cut: bool
) -> None:
    assert breaks_off(body) is is_cut


@pytest.mark.parametrize(
    ("body", "shows_none"),
    [
        (b"<ul><li>1</li></ul>\n", False),
        (b"<style>p {}</style><div><p>1</p></div>", False),
        (b"<ul><li>1</li><li>2</li>", True),
        (b"<ul><li>1</li><li><a href=", True),
        (b"<!-- list --><ul><li>1</li></ul></body>", False),
        (b"<html><meta charset=utf-8><title>1</title><h1>1</h1>", True),
        (b"<html><body>1</body></html>", False),
        (b'{"articles": []}', False),
        (b"<datastore></datastore>", False),
        ("年报".encode(), False),
    ],
)
def test_piece_of_markup_has_no_end_to_look_for(body: bytes, shows_none: bool) -> None:
    assert shows_no_end(body) is shows_none


@pytest.mark.parametrize(
    ("page", "alike"),
    [
        (f"<html><body><h1>年报</h1><p>2025</p>{FOOT}\n<!-- 31 ms -->", True),
        (f"<html><body><ul><li>1</li>{FOOT} 12</body></html>", True),
        (f"<html><body><ul><li>1</li>{FOOT[:-12]}", False),
        ("<html><body><ul><li><a href=/1>2025年年报</a></li><li><a", False),
        ("<html><body><table><tr><td>3</td><td>4</td>", False),
        ("", False),
    ],
)
def test_page_is_known_by_how_those_of_its_site_end(page: str, alike: bool) -> None:
    usual = f"<html><body><ul><li><a href=/1>年报</a></li>{FOOT} 45</body></html>"
    assert ends_like(page.encode(), [usual.encode()]) is alike


@pytest.mark.parametrize(
    "piece", [b"<!---->", b"<!--x>", b"<!", b"<?", b"<a", b"<script>", b"</body ", b"<body><!--"]
)
def test_hostile_markup_costs_no_more_than_its_length(piece: bytes) -> None:
    # Minutes, if each of these could be taken in many ways.
    body = piece * (1_000_000 // len(piece))
    assert breaks_off(body) in (True, False)
    assert shows_no_end(b"<html><body></body>" + body) in (True, False)
    assert end_of(body).tags[:1] in ((), (b"script",), (b"body",))
