"""What is drawn on a page of a PDF: lines, thin bars and frames as rules; grounds; pictures. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THIN = 3.0
_MAX_DEPTH = 6
_MAX_SEGMENTS = 2_000
_MAX_RULES = 30_000
_MAX_GROUNDS = 2_000
_PALE = 250


class PageTooFull(Exception):
    """A page holds more characters or drawings than a report has."""


@dataclass(slots=True)
class Walk:
    """How many objects may still be looked at."""

    left: int


def walked(page: Any, walk: Walk) -> Iterator[tuple[Any, int, Matrix]]:
    """Yield every object of the page with its kind and the matrix of the forms around it."""
    for index in range(_counted(pdfium.FPDFPage_CountObjects(page), walk)):
        yield from _opened(pdfium.FPDFPage_GetObject(page, index), _UNIT, _MAX_DEPTH, walk)


def _opened(thing: Any, outer: Matrix, depth: int, walk: Walk) -> Iterator[tuple[Any, int, Matrix]]:
    if not thing:
        return
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield thing, kind, outer
    elif depth:
        inner = matrix_of(thing, outer)
        for index in range(_counted(pdfium.FPDFFormObj_CountObjects(thing), walk)):
            yield from _opened(pdfium.FPDFFormObj_GetObject(thing, index), inner, depth - 1, walk)


def _counted(count: int, walk: Walk) -> int:
    walk.left -= max(0, count)
    if walk.left < 0:
        raise PageTooFull
    return count


def matrix_of(thing: Any, outer: Matrix) -> Matrix:
    """Return the matrix of an object on the page, the forms around it included."""
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, byref(own)):
        return outer
    a, b, c, d, e, f = own.a, own.b, own.c, own.d, own.e, own.f
    if outer is _UNIT:
        return a, b, c, d, e, f
    u, v, w, x, y, z = outer
    return (
        a * u + b * w,
        a * v + b * x,
        c * u + d * w,
        c * v + d * x,
        e * u + f * w + y,
        e * v + f * x + z,
    )


def bounds_of(thing: Any, outer: Matrix) -> Box:
    """Return the box of an object on the page: left, bottom, right, top."""
    sides = [c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *map(byref, sides))
    left, bottom, right, top = (side.value for side in sides)
    if outer is _UNIT:
        return left, bottom, right, top
    return _boxed([_moved(left, bottom, outer), _moved(right, top, outer)])


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _boxed(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


@dataclass(slots=True)
class Drawing:
    """The rules, shaded grounds and pictures met so far, as boxes in the page's points."""

    rules: list[Box] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    def add_picture(self, box: Box) -> None:
        """Add a picture."""
        self.pictures.append(box)

    def add_path(self, path: Any, outer: Matrix) -> None:
        """Add what a path draws: its thin parts as rules, its straight strokes as rules."""
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
        if not (fill.value or stroke.value):
            return
        box = bounds_of(path, outer)
        if _is_thin(box):
            self._add(_flattened(box))
            return
        subpaths = _subpaths(path, outer)
        for points in subpaths:
            self._add_subpath(points, is_stroked=bool(stroke.value))
        if fill.value and len(self.grounds) < _MAX_GROUNDS and _is_shade(path):
            self.grounds.append(box)

    def is_shaded(self, box: Box) -> bool:
        """Say whether the middle of the box stands on a ground that is not white."""
        across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(g[0] <= across <= g[2] and g[1] <= down <= g[3] for g in self.grounds)

    def _add(self, rule: Box) -> None:
        self.rules.append(rule)
        if len(self.rules) > _MAX_RULES:
            raise PageTooFull

    def _add_subpath(self, points: Sequence[tuple[float, float]], *, is_stroked: bool) -> None:
        if len(points) < 2:
            return
        box = _boxed(points)
        if _is_thin(box):
            self._add(_flattened(box))
        elif is_stroked:
            for one, other in pairwise(points):
                edge = _boxed([one, other])
                if min(edge[2] - edge[0], edge[3] - edge[1]) <= 0.5:
                    self._add(_flattened(edge))


def _is_thin(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= _THIN < 2 * max(width, height)


def _flattened(box: Box) -> Box:
    """Return the middle line of a thin bar."""
    left, bottom, right, top = box
    if right - left >= top - bottom:
        middle = (bottom + top) / 2
        return left, middle, right, middle
    middle = (left + right) / 2
    return middle, bottom, middle, top


def _is_shade(path: Any) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    pdfium.FPDFPageObj_GetFillColor(path, byref(red), byref(green), byref(blue), byref(alpha))
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _PALE


def _subpaths(path: Any, outer: Matrix) -> list[list[tuple[float, float]]]:
    """Return the corners of each subpath; those with curves, and drawings of many parts, are no rules."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 0 < count <= _MAX_SEGMENTS:
        return []
    matrix = matrix_of(path, outer)
    found: list[list[tuple[float, float]]] = []
    x, y = c_float(), c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not found:
            found.append([])
        found[-1].append(_moved(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            found[-1].append(found[-1][0])
    return found
