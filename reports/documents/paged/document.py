"""Pages of ink to a document: its blocks, its pictures, and a title where the text shows none. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reports.dates import shown_date
from reports.documents.ink import Sheet
from reports.documents.model import Document, Paragraph
from reports.documents.paged.blocks import blocks_of
from reports.documents.unreadable import empty, garbage, picture
from reports.text import one_line
from reports.titles import read_title

_TITLE_LINES = 12
_LONGEST_LINE = 120
_FEWEST_CHARACTERS = 30
_UNKNOWN = 0.3


def document_of(media_type: str, sheets: Sequence[Sheet], title: str = "") -> Document:
    """Return the document on these pages.

    ``title`` is that of the file's properties: templates carry an old one on, so it counts only when no
    line reads as a title. Raises Unreadable when the pages are pictures, empty, or without known letters.
    """
    blocks = blocks_of(sheets)
    images = sum(sheet.images for sheet in sheets)
    characters = sum(len(glyph.text) for sheet in sheets for glyph in sheet.glyphs)
    if images and characters < _FEWEST_CHARACTERS * len(sheets) and not _says_enough(sheets):
        raise picture(len(sheets))
    if not blocks:
        raise empty()
    if _unknown(sheets) > _UNKNOWN * characters:
        raise garbage()
    lines = [block.text for block in blocks[:_TITLE_LINES] if isinstance(block, Paragraph)]
    head = " ".join(line for line in lines[:6] if len(line) < 200)
    titles = () if _shows_title(lines) else _usable(title)
    return Document(
        media_type, None, titles, tuple(blocks), published_on=shown_date(head), images=images
    )


def _says_enough(sheets: Sequence[Sheet]) -> bool:
    """Say whether one of the pages at least holds text as a page of text does."""
    return any(
        sum(len(glyph.text) for glyph in sheet.glyphs) > 5 * _FEWEST_CHARACTERS for sheet in sheets
    )


def _unknown(sheets: Sequence[Sheet]) -> int:
    """Count the characters that a broken font table leaves without a meaning."""
    return sum(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff"
        for sheet in sheets
        for glyph in sheet.glyphs
        for character in glyph.text
    )


def _shows_title(lines: Sequence[str]) -> bool:
    joined = [
        " ".join(lines[start : start + count])
        for count in (1, 2, 3)
        for start in range(len(lines) - count + 1)
    ]
    return any(len(text) <= _LONGEST_LINE and _reads(text) for text in joined)


def _usable(title: str) -> tuple[str, ...]:
    plain = one_line(title)
    return (plain,) if 0 < len(plain) <= _LONGEST_LINE and _reads(plain) else ()


def _reads(text: str) -> bool:
    return read_title(text).refusal is None
