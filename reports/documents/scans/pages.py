"""Bytes of a picture or a scanned PDF to page pictures, one after the other, within bounds. Pure."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps

from reports.documents.model import Unreadable
from reports.documents.pictures import MAX_PIXELS
from reports.documents.sniff import is_pdf
from reports.documents.unreadable import damaged, picture, too_large
from reports.words import Words

Pixels: TypeAlias = np.ndarray

MAX_PAGES = 20
SMALLEST = 200
_DOTS = 200 / 72
"""Pixels per point: 200 dpi, at which the digits of a table are some twenty pixels high."""

_A4_SHORT, _A4_LONG = 595.0, 842.0
_MAX_PAGE_PIXELS = 12_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")
# What Pillow lets out for broken pictures, by its own readers and by what they call.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: its number from 1, its pixels (blue, green, red), and how many of them make a point."""

    number: int
    pixels: Pixels
    dots: float


def pages_of(body: bytes) -> Iterator[PagePicture]:
    """Yield the pages at about 200 dpi. Raises Unreadable for damage and for pictures beyond the limits."""
    return _pdf_pages(body) if is_pdf(body) else _frames(body)


def _pdf_pages(body: bytes) -> Iterator[PagePicture]:
    try:
        with pdfium.PdfDocument(body) as document:
            _bound(len(document))
            for number in range(len(document)):
                yield _rendered(document, number)
    except pdfium.PdfiumError as error:
        raise damaged(Words("PDF 的页面无法打开", "a page of the PDF cannot be opened")) from error


def _rendered(document: pdfium.PdfDocument, number: int) -> PagePicture:
    page = document[number]
    width, height = page.get_size()
    if not (0 < width * height < float("inf")):
        raise damaged(Words("页面没有尺寸", "a page has no size"))
    # Scanners that state no resolution make pages of several metres: a page counts as A4 at least.
    dots = min(_DOTS, _DOTS * _A4_LONG / max(width, height, 1.0) * 1.5)
    bitmap = page.render(scale=dots)
    pixels = bitmap.to_numpy().copy()
    bitmap.close()
    page.close()
    return PagePicture(number + 1, _three_channels(pixels), dots)


def _frames(body: bytes) -> Iterator[PagePicture]:
    try:
        with Image.open(io.BytesIO(body), formats=_FORMATS) as opened:
            frames = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
            _bound(frames)
            for number in range(frames):
                opened.seek(number)
                yield _frame(opened, number + 1)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except _BROKEN as error:
        raise damaged(Words("图片无法解码", "the picture cannot be decoded")) from error


def _frame(opened: Image.Image, number: int) -> PagePicture:
    width, height = opened.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < SMALLEST:
        raise picture()
    upright = ImageOps.exif_transpose(opened)
    if upright.has_transparency_data:
        # Transparent pixels are paper: pictures of tables on web pages often have no ground.
        paper = Image.new("RGBA", upright.size, "white")
        paper.alpha_composite(upright.convert("RGBA"))
        upright = paper
    return _scaled(number, cv2.cvtColor(np.asarray(upright.convert("RGB")), cv2.COLOR_RGB2BGR))


def _scaled(number: int, pixels: Pixels) -> PagePicture:
    """Bring a picture of unknown resolution to 200 dpi, as if its width were that of A4."""
    height, width = pixels.shape[:2]
    points = _A4_LONG if width > height else _A4_SHORT
    wanted = points * _DOTS / width
    factor = min(wanted, (_MAX_PAGE_PIXELS / (width * height)) ** 0.5)
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    resized = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how)
    return PagePicture(number, resized, resized.shape[1] / points)


def _three_channels(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
    return np.ascontiguousarray(pixels[:, :, :3])


def _too_many_pixels() -> Unreadable:
    return too_large(Words(f"图片超过 {MAX_PIXELS} 像素", f"a picture of over {MAX_PIXELS} pixels"))


def _bound(pages: int) -> None:
    if pages > MAX_PAGES:
        raise too_large(Words(f"图片超过 {MAX_PAGES} 页", f"over {MAX_PAGES} pages of pictures"))
