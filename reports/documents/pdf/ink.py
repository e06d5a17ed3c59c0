"""One page of a PDF to ink: characters with their boxes, rules, pictures; nothing that is not seen.

Pure. The plain interface of pdfium is used: one call a character instead of an object for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_uint, c_void_p, cast
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from reports.documents.ink import Glyph, Rule, Sheet
from reports.documents.pdf.drawing import (
    Drawing,
    Matrix,
    PageTooFull,
    Walk,
    bounds_of,
    matrix_of,
    walked,
)
from reports.documents.pdf.view import View, view_of
from reports.text import without_radicals

__all__ = ["PageTooFull", "sheet_of"]
_MAX_OBJECTS = 60_000
_INVISIBLE = 3
_PALE = 250
_FAINT = 12
_PICTURE = (60.0, 30.0)


@dataclass(slots=True)
class _Texts:
    """The text objects of a page: which way each runs, and which of them nobody sees."""

    turns: dict[int, int | None]
    hidden: set[int]
    pale: list[tuple[int, tuple[float, float, float, float]]]


def sheet_of(page: Any, text: Any, number: int, most: int) -> Sheet:
    """Return the ink of a page; raises PageTooFull beyond ``most`` characters or too many drawings."""
    count = pdfium.FPDFText_CountChars(text)
    if count > most:
        raise PageTooFull
    drawing, texts = Drawing(), _Texts({}, set(), [])
    for thing, kind, outer in walked(page, Walk(_MAX_OBJECTS)):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            _note(thing, outer, texts)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawing.add_path(thing, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.add_picture(bounds_of(thing, outer))
    turn = _main_turn(texts)
    view = view_of(page, turn)
    hidden = _hidden(texts, turn, drawing)
    glyphs = tuple(_glyphs(text, count, view, hidden))
    return Sheet(
        number,
        view.width,
        view.height,
        glyphs,
        tuple(Rule(*view.box(*rule)) for rule in drawing.rules),
        sum(_is_picture(view.box(*box)) for box in drawing.pictures),
    )


def _note(thing: Any, outer: Matrix, texts: _Texts) -> None:
    key = _address(thing)
    texts.turns[key] = _turn(matrix_of(thing, outer))
    if pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE:
        texts.hidden.add(key)
        return
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint(255)
    pdfium.FPDFPageObj_GetFillColor(thing, byref(red), byref(green), byref(blue), byref(alpha))
    if alpha.value < _FAINT:
        texts.hidden.add(key)
    elif min(red.value, green.value, blue.value) >= _PALE:
        texts.pale.append((key, bounds_of(thing, outer)))


def _address(thing: Any) -> int:
    return cast(thing, c_void_p).value or 0


def _turn(matrix: Matrix) -> int | None:
    """Return in quarters how far the text is turned, None for slanting watermarks."""
    along, rising = matrix[0], matrix[1]
    if abs(rising) <= 0.05 * abs(along):
        return 0 if along > 0 else 2
    if abs(along) <= 0.05 * abs(rising):
        return 1 if rising > 0 else 3
    return None


def _main_turn(texts: _Texts) -> int:
    """Return the way that most text of the page runs: a page may lie on its side."""
    counts = [0, 0, 0, 0]
    for key, turn in texts.turns.items():
        if turn is not None and key not in texts.hidden:
            counts[turn] += 1
    return counts.index(max(counts))


def _hidden(texts: _Texts, turn: int, drawing: Drawing) -> set[int]:
    """Return the text objects to leave out; white text on a dark ground is seen."""
    turned = {key for key, own in texts.turns.items() if own != turn}
    white = {key for key, box in texts.pale if not drawing.is_shaded(box)}
    return texts.hidden | turned | white


def _glyphs(text: Any, count: int, view: View, hidden: set[int]) -> Iterator[Glyph]:
    box = pdfium.FS_RECTF()
    reference = byref(box)
    high = 0
    code_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    for index in range(count):
        code = code_of(text, index)
        if code in _SKIPPED or (hidden and _is_hidden(text, index, hidden)):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = _whole(high, code), 0
        if not code or not box_of(text, index, reference):
            continue
        if code == 32 and box.right - box.left < 0.1:
            continue
        character = chr(code)
        if 0x2E80 <= code < 0x2FD6:
            character = without_radicals(character)
        yield Glyph(character, *view.box(box.left, box.bottom, box.right, box.top))


# Line ends that pdfium adds, and characters without ink.
_SKIPPED = frozenset([0, 9, 10, 13, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF])


def _whole(high: int, low: int) -> int:
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) if high else 0


def _is_hidden(text: Any, index: int, hidden: set[int]) -> bool:
    thing = pdfium.FPDFText_GetTextObject(text, index)
    return bool(thing) and _address(thing) in hidden


def _is_picture(box: tuple[float, float, float, float]) -> bool:
    """Say whether a picture is large enough to hold words or figures."""
    left, top, right, bottom = box
    return right - left >= _PICTURE[0] and bottom - top >= _PICTURE[1]
