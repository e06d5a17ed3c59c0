"""Reads one body to the end. It runs in a worker, but is a plain function of the bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from reports.codec import content_key, grids_to_store
from reports.documents.model import Document, Paragraph, Unreadable
from reports.documents.read import read_document
from reports.reading.read import read_report
from sandbox.readings import Body, DocumentFacts, Reading, holds_report, why_no_report


def read_body(body: Body, recognise: Callable[[bytes], Document] | None = None) -> Reading:
    """Read bytes by their format, or by ``recognise``; a refusal is a reading, too."""
    try:
        document = recognise(body.content) if recognise else _document(body)
        report = read_report(document)
    except Unreadable as refusal:
        return refused(body, refusal)
    if not holds_report(report):
        key = hashlib.sha256(body.content).hexdigest()
        return Reading(key, None, _facts(document), why_no_report(document), "no_report")
    return Reading(content_key(report), report, _facts(document, grids_too=True))


def refused(body: Body, refusal: Unreadable) -> Reading:
    """Return the reading of bytes that are no document that we can read."""
    key = hashlib.sha256(body.content).hexdigest()
    return Reading(key, unreadable=refusal.reason, code=refusal.code)


def _document(body: Body) -> Document:
    return read_document(
        body.content, media_type=body.media_type, charset=body.charset, article=body.article
    )


def _facts(document: Document, *, grids_too: bool = False) -> DocumentFacts:
    return DocumentFacts(
        document.media_type,
        document.charset,
        document.titles,
        document.published_on,
        document.attachments,
        document.images,
        document.method,
        grids_to_store(document) if grids_too else [],
        document.metas,
        document.printed_on,
        _characters(document),
    )


def _characters(document: Document) -> int:
    """Count the characters of text and tables, blanks left out."""
    texts = (block.text for block in document.blocks if isinstance(block, Paragraph))
    cells = (
        cell.text
        for grid in document.grids
        for r, row in enumerate(grid.rows)
        for c, cell in enumerate(row)
        if cell.is_origin(r, c)
    )
    return sum(len("".join(text.split())) for text in (*texts, *cells))
