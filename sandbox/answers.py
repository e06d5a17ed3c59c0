"""A reading as JSON on its way from the worker; what arrives is checked before it is believed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from reports.codec import from_store, to_store
from reports.documents.model import Attachment, Method
from reports.words import Words
from sandbox.readings import DocumentFacts, Reading
from sandbox.shapes import has_declared_shape

FAILED = "failed"
"""What a worker calls a mistake of our own reader."""

_KEY_LENGTH = 64
_MISSHAPEN = (LookupError, ValueError, TypeError, AttributeError, RecursionError, ArithmeticError)
_FAILURE = b'{"failure": '


class Unbelievable(Exception):
    """The answer is none that our worker gives."""


def to_answer(reading: Reading) -> bytes:
    """Return the reading as JSON bytes that hold nothing which a database refuses."""
    answer = {
        "content_key": reading.content_key,
        "report": reading.report and to_store(reading.report),
        "document": reading.document and _document_to_answer(reading.document),
        "unreadable": reading.unreadable and [reading.unreadable.zh, reading.unreadable.en],
        "code": reading.code,
    }
    text = json.dumps(answer, ensure_ascii=False)
    if "\\u0000" in text:
        text = json.dumps(_without_nul(answer), ensure_ascii=False)
    # A lone half of a surrogate pair is no character: it becomes a question mark.
    return text.encode("utf-8", "replace")


def failure_to_answer(name: str, trace: str = "") -> bytes:
    """Return the answer of a worker that has no reading to give."""
    return json.dumps({"failure": name, "trace": trace}).encode()


def failure_of(message: bytes) -> tuple[str, str] | None:
    """Return name and trace of a failure, None for any other answer. Raises Unbelievable."""
    if not message.startswith(_FAILURE):
        return None
    try:
        failure = json.loads(message)
        return str(failure["failure"]), str(failure["trace"])
    except _MISSHAPEN as error:
        raise Unbelievable from error


def from_answer(message: bytes) -> Reading:
    """Return the reading that ``to_answer`` wrote. Raises Unbelievable for anything else."""
    try:
        answer = json.loads(message)
        reading = _reading(answer)
    except _MISSHAPEN as error:
        raise Unbelievable from error
    if not has_declared_shape(reading) or len(reading.content_key) != _KEY_LENGTH:
        raise Unbelievable
    if reading.document is not None and not _are_grids(reading.document.grids):
        raise Unbelievable
    if (reading.report is None) == (reading.unreadable is None):
        raise Unbelievable
    return reading


def _reading(answer: dict[str, Any]) -> Reading:
    report, document, words = answer["report"], answer["document"], answer["unreadable"]
    return Reading(
        answer["content_key"],
        None if report is None else from_store(report),
        None if document is None else _document_of(document),
        None if words is None else Words(*words),
        answer["code"],
    )


def _document_to_answer(document: DocumentFacts) -> dict[str, Any]:
    return {
        "media_type": document.media_type,
        "charset": document.charset,
        "titles": list(document.titles),
        "published_on": document.published_on and document.published_on.isoformat(),
        "attachments": [[file.href, file.text] for file in document.attachments],
        "images": document.images,
        "method": document.method.value,
        "grids": document.grids,
        "metas": dict(document.metas),
        "printed_on": document.printed_on and document.printed_on.isoformat(),
        "characters": document.characters,
    }


def _document_of(answer: dict[str, Any]) -> DocumentFacts:
    return DocumentFacts(
        answer["media_type"],
        answer["charset"],
        tuple(answer["titles"]),
        _day(answer["published_on"]),
        tuple(Attachment(*file) for file in answer["attachments"]),
        answer["images"],
        Method(answer["method"]),
        answer["grids"],
        answer["metas"],
        _day(answer["printed_on"]),
        answer["characters"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _are_grids(grids: Any) -> bool:
    """Say whether these are lists of rows of cells ``[text, rowspan, colspan, row, column]``."""
    return isinstance(grids, list) and all(
        isinstance(rows, list)
        and all(isinstance(row, list) and all(map(_is_cell, row)) for row in rows)
        for rows in grids
    )


def _is_cell(cell: Any) -> bool:
    return (
        isinstance(cell, list)
        and len(cell) == 5
        and type(cell[0]) is str
        and all(type(number) is int for number in cell[1:])
    )


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_nul(item) for key, item in value.items()}
    return value
