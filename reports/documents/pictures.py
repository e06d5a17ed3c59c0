"""Picture files as the first reading sees them: named for what they are, never decoded. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error

from reports.documents.model import Document, Unreadable
from reports.documents.unreadable import picture
from reports.words import Words

MAX_PIXELS = 40_000_000
_SMALLEST = 200
_MAX_MARKERS = 400
_BIG, _LITTLE = Struct(">II"), Struct("<II")
_BIG_PAIR, _LITTLE_PAIR = Struct(">HH"), Struct("<HH")
# JPEG markers that carry the size: every start of frame, which DHT, JPG and DAC are not.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def read(body: bytes) -> Document:
    """Refuse a picture: as an icon or ornament when it is small, else as a picture of text.

    Characters are recognised apart from this, by ``reports.documents.ocr``. Always raises Unreadable.
    """
    size = size_of(body)
    if size is not None and min(size) < _SMALLEST:
        raise _too_small(*size)
    raise picture()


def size_of(body: bytes) -> tuple[int, int] | None:
    """Return width and height as the header states them; None where it takes more than the header."""
    try:
        return _stated(body)
    except (error, IndexError):
        return None


def _stated(body: bytes) -> tuple[int, int] | None:
    if body.startswith(b"\x89PNG"):
        width, height = _BIG.unpack_from(body, 16)
        return width, height
    if body.startswith(b"GIF8"):
        width, height = _LITTLE_PAIR.unpack_from(body, 6)
        return width, height
    if body.startswith(b"BM"):
        return _bitmap(body)
    if body.startswith(b"\x00\x00\x01\x00"):
        # Icons state 0 for 256; larger ones hold a PNG and are still icons.
        return body[6] or _SMALLEST - 1, body[7] or _SMALLEST - 1
    return _jpeg(body) if body.startswith(b"\xff\xd8") else None


def _bitmap(body: bytes) -> tuple[int, int]:
    if body[14] == 12:
        width, height = _LITTLE_PAIR.unpack_from(body, 18)
    else:
        width, height = _LITTLE.unpack_from(body, 18)
        # Rows from the top are told by a negative height.
        height = min(height, 2**32 - height)
    return width, height


def _jpeg(body: bytes) -> tuple[int, int] | None:
    for at in _segments(body):
        if body[at + 1] in _FRAMES:
            height, width = _BIG_PAIR.unpack_from(body, at + 5)
            return width, height
    return None


def _segments(body: bytes) -> Iterator[int]:
    """Yield where the segments of a JPEG begin, up to the first that is none."""
    at = 2
    for _ in range(_MAX_MARKERS):
        if body[at] != 0xFF:
            return
        yield at
        at += 2 + int.from_bytes(body[at + 2 : at + 4], "big")


def _too_small(width: int, height: int) -> Unreadable:
    return Unreadable(
        "format",
        Words(
            f"文件是 {width}×{height} 像素的小图片（图标或装饰），不是报告；请核对链接指向的文件。",
            f"The file is a small picture of {width}×{height} pixels (an icon or ornament), no report; "
            "check which file the link leads to.",
        ),
    )
