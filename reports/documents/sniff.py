"""What a file is, by its first bytes: names and headers lie. Pure."""

from __future__ import annotations

import re
from enum import StrEnum


class Format(StrEnum):
    """The formats that are read."""

    TEXT = "text/plain"
    HTML = "text/html"
    ZIP = "application/zip"


# In the order tried. The names are shown to people.
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/WPS/XLS (OLE)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"II*\x00", "TIFF image"),
    (b"MM\x00*", "TIFF image"),
    (b"Rar!\x1a", "RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"\x1f\x8b\x08", "gzip archive"),
    (b"MIME-Version:", "MHTML"),
    (b"\x00\x00\x01\x00", "ICO image"),
)
_TAGS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|p|div|span|meta|h[1-6]|br|article)\b",
    re.I,
)
_WINDOW = 65_536


def unread_format(body: bytes) -> str | None:
    """Return the name of a known format that cannot be read, None when the bytes are none of these."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, name in _MAGIC:
        if start.startswith(magic):
            return name
    if start[:2] == b"BM" and start[6:10] == b"\x00\x00\x00\x00":
        return "BMP image"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WebP image"
    if b"<w:wordDocument" in body[:4096]:
        return "Word 2003 XML"
    # Some servers put junk before the header; the PDF standard allows 1024 bytes of it.
    return "PDF" if b"%PDF-" in body[:1024] and b"<html" not in body[:1024].lower() else None


def is_zip(body: bytes) -> bool:
    """Say whether the bytes begin as a zip archive does."""
    return body[:4] in {b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"}


def is_html(text: str) -> bool:
    """Say whether the text is HTML: by its tags, wherever the first of them stands."""
    return _TAGS.search(text, 0, _WINDOW) is not None or _TAGS.search(text) is not None
