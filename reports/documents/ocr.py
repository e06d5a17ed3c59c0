"""Pictures of text and scanned PDFs to a document, by the optional extra ``ocr``; works offline. Pure.

Takes seconds a page and up to 700 MB: run it apart from the readers of text.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from reports.documents.formats import format_of
from reports.documents.model import Document, Method
from reports.documents.paged.blocks import blocks_of
from reports.documents.unreadable import picture

_NEEDED = ("rapidocr", "onnxruntime", "cv2")


def is_installed() -> bool:
    """Say whether the extra that recognises characters is there."""
    return all(find_spec(name) is not None for name in _NEEDED)


def read(body: bytes) -> Document:
    """Read a picture or every page of a scanned PDF. Raises Unreadable and nothing else.

    The text of a figure that was not read surely ends in ``?``; ``images`` counts the pages.
    """
    if not is_installed():
        raise picture()
    sheets = import_module("reports.documents.scans.sheets").sheets_of(body)
    blocks = blocks_of(sheets)
    if not blocks:
        raise picture(len(sheets))
    known = format_of(body)
    media_type = known.media_type if known else "image/*"
    # No date is taken from a picture: a misread day would call a report late.
    return Document(media_type, None, (), blocks, images=len(sheets), method=Method.OCR)
