"""Page pictures to sheets of ink: recognised runs of text and straight lines, in points. Pure."""

from __future__ import annotations

import cv2
from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError
from rapidocr.main import RapidOCRError

from reports.documents.ink import Glyph, Rule, Sheet
from reports.documents.scans.characters import Reading, characters
from reports.documents.scans.pages import PagePicture, pages_of
from reports.documents.scans.ruling import ruled
from reports.documents.unreadable import damaged
from reports.words import Words

# What the recogniser and its parts let out for pictures that they cannot take.
_FAILURES = (cv2.error, ONNXRuntimeError, RapidOCRError, ValueError, TypeError, MemoryError)


def sheets_of(body: bytes) -> tuple[Sheet, ...]:
    """Return the pages of a picture or a scanned PDF. Raises Unreadable."""
    try:
        return tuple(_sheet(page) for page in pages_of(body))
    except _FAILURES as error:
        raise damaged(
            Words("图片无法识别", "character recognition failed on the picture")
        ) from error


def _sheet(page: PagePicture) -> Sheet:
    straight = ruled(page)
    height, width = straight.grey.shape
    return Sheet(
        page.number,
        width / page.dots,
        height / page.dots,
        tuple(_glyph(reading, page.dots) for reading in characters(straight, page.dots)),
        tuple(Rule(*(place / page.dots for place in line)) for line in straight.lines),
        images=1,
    )


def _glyph(reading: Reading, dots: float) -> Glyph:
    left, top, right, bottom = (place / dots for place in reading.box)
    return Glyph(reading.text.strip(), left, top, right, bottom)
