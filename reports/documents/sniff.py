"""What a file is, by its first bytes: names and headers lie. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

_TAGS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|p|div|span|meta|h[1-6]|br|article)\b",
    re.I,
)
_WINDOW = 65_536
_HEAD = 1024


def begins(*marks: bytes) -> Callable[[bytes], bool]:
    """Return a test for bytes that begin with one of the marks, blanks and a byte order mark aside."""
    return lambda body: body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(marks)


def is_pdf(body: bytes) -> bool:
    """Say whether the bytes are a PDF: up to 1024 bytes of junk may stand before it, and do."""
    head = body[:_HEAD]
    return b"%PDF-" in head and b"<html" not in head.lower()


def is_bmp(body: bytes) -> bool:
    """Say whether the bytes are a Windows bitmap."""
    return body[:2] == b"BM" and body[6:10] == b"\x00\x00\x00\x00"


def is_webp(body: bytes) -> bool:
    """Say whether the bytes are a WebP picture."""
    return body[:4] == b"RIFF" and body[8:12] == b"WEBP"


def is_word_xml(body: bytes) -> bool:
    """Say whether the bytes are a Word 2003 document in one XML file."""
    return b"<w:wordDocument" in body[:4096]


def is_html(text: str) -> bool:
    """Say whether the text is HTML: by its tags, wherever the first of them stands."""
    return _TAGS.search(text, 0, _WINDOW) is not None or _TAGS.search(text) is not None
