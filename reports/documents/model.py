"""A document as any format yields it: paragraphs and grids in reading order. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from reports.words import Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of text, blanks at both ends removed, inner text as published."""

    text: str


class GridCell(NamedTuple):
    """One slot of the expanded grid. A spanned slot repeats its text and points to its origin.

    A named tuple, since a report makes hundreds of them: it is made in a third of a dataclass's time.
    """

    text: str
    row: int
    column: int

    def is_origin(self, row: int, column: int) -> bool:
        """Say whether the slot at this position is where the cell itself stands."""
        return (self.row, self.column) == (row, column)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with all spans expanded; rows may differ in length (torn text keeps its shape).

    ``pages`` is the page of each row, from 1; empty for formats without pages. ``padded`` says that the
    blanks at the end of a row only fill it up: they are not cells that were left blank.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    pages: tuple[int, ...] = ()
    padded: bool = False


Block: TypeAlias = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the page offers: its address as written and the words of the link."""

    href: str
    text: str


class Method(StrEnum):
    """How the characters were had: as written in the file, or recognised in a picture of the text."""

    TEXT = "text"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader found: media type and charset used, titles, printed date, blocks, attachments.

    ``titles`` are candidates, best first (article title, headings, page title). ``published_on`` is the
    publication date that the document shows of itself (Asia/Shanghai), None when it shows none.
    ``remarks`` tell what was left out or could not be decoded. ``metas`` are the page's own tags that are
    known, by name in small letters; ``printed_on`` is the date that stands in its text, tags aside.
    """

    media_type: str
    charset: str | None
    titles: tuple[str, ...]
    blocks: tuple[Block, ...]
    published_on: date | None = None
    attachments: tuple[Attachment, ...] = ()
    images: int = 0
    method: Method = Method.TEXT
    remarks: tuple[Words, ...] = ()
    metas: Mapping[str, str] = field(default_factory=dict)
    printed_on: date | None = None

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Return the grids in reading order; ``Place.grid`` counts in this tuple."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))


class Unreadable(Exception):
    """The bytes cannot be read as a document; ``reason`` says why and what to do."""

    def __init__(self, code: str, reason: Words) -> None:
        """Keep a stable code (``empty``, ``image``, ``format`` …) beside the sentence."""
        super().__init__(reason.both())
        self.code = code
        self.reason = reason
