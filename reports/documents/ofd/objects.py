"""The objects of an OFD page to ink in millimetres: text runs, paths, pictures. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot, isfinite

from lxml import etree

from reports.documents.ink import Glyph, Rule
from reports.text import without_radicals

Matrix = tuple[float, float, float, float, float, float]
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_COMMAND = re.compile(r"[SMLQBAC]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_MAX_DEPTH = 20
_MAX_NUMBERS = 40_000
_MAX_RULES = 30_000
_MAX_RUN = 20_000
_THIN = 1.06
_PALE = 250
_PICTURE = (21.0, 10.0)
_ASCENT, _DESCENT = 0.88, 0.12


class TooMuch(Exception):
    """A page holds more characters or drawings than a report has."""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the child elements of this local name, whatever their namespace."""
    return element.iterchildren(f"{{*}}{name}")


def numbers_of(text: str) -> tuple[float, ...]:
    """Return the numbers in an attribute, at most as many as any real one holds."""
    found = (float(match.group()) for match in _NUMBER.finditer(text[: 16 * _MAX_NUMBERS]))
    return tuple(value for value, _ in zip(found, range(_MAX_NUMBERS), strict=False))


def number_of(element: etree._Element, name: str, default: float) -> float:
    """Return one number of an attribute."""
    found = numbers_of((element.get(name) or "")[:40])
    return found[0] if found and isfinite(found[0]) else default


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an object stands: its box on the page and the matrix within it."""

    left: float
    top: float
    matrix: Matrix

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place on the page of a point of the object."""
        a, b, c, d, e, f = self.matrix
        return self.left + a * x + c * y + e, self.top + b * x + d * y + f

    @property
    def is_upright(self) -> bool:
        """Say whether text in it runs to the right."""
        a, b, *_ = self.matrix
        return a > 0 and abs(b) <= 0.05 * a


@dataclass(slots=True)
class Canvas:
    """The ink met so far; ``most`` is how many characters it takes."""

    most: int
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: int = 0
    _grounds: list[tuple[float, float, float, float]] = field(default_factory=list)

    def draw(self, container: etree._Element, depth: int = 0) -> None:
        """Take up the objects of a layer or block. Raises TooMuch."""
        for element in container:
            name = etree.QName(element).localname
            if name == "PageBlock" and depth < _MAX_DEPTH:
                self.draw(element, depth + 1)
            elif element.get("Visible", "true").lower() == "false":
                continue
            elif name == "TextObject":
                self._text(element)
            elif name == "PathObject":
                self._path(element)
            elif name == "ImageObject":
                self._image(element)

    def _image(self, element: etree._Element) -> None:
        box = numbers_of((element.get("Boundary") or "")[:200])
        self.images += len(box) == 4 and box[2] >= _PICTURE[0] and box[3] >= _PICTURE[1]

    def _text(self, element: etree._Element) -> None:
        frame = _frame(element)
        size = number_of(element, "Size", 0.0)
        if frame is None or not 0 < size < 1000 or not frame.is_upright:
            return
        if _is_invisible(element) or (_is_pale(element) and not self._is_shaded(frame)):
            return
        wide = number_of(element, "HScale", 1.0)
        for code in children(element, "TextCode"):
            self.glyphs += _run(code, frame, size, wide)
            if len(self.glyphs) > self.most:
                raise TooMuch

    def _path(self, element: etree._Element) -> None:
        frame = _frame(element)
        data = next(children(element, "AbbreviatedData"), None)
        if frame is None or data is None:
            return
        is_stroked = element.get("Stroke", "true").lower() != "false"
        is_filled = element.get("Fill", "false").lower() == "true"
        for points in _subpaths(data.text or ""):
            placed = [frame.at(*point) for point in points]
            if is_filled and not _is_pale(element):
                self._grounds.append(_boxed(placed))
            self.rules += _rules(placed, is_stroked=is_stroked, is_filled=is_filled)
        if len(self.rules) > _MAX_RULES or len(self._grounds) > _MAX_RULES:
            raise TooMuch

    def _is_shaded(self, frame: _Frame) -> bool:
        return any(
            left <= frame.left <= right and top <= frame.top <= bottom
            for left, top, right, bottom in self._grounds[-_MAX_DEPTH:]
        )


def _frame(element: etree._Element) -> _Frame | None:
    box = numbers_of((element.get("Boundary") or "")[:200])
    if len(box) != 4:
        return None
    own = numbers_of((element.get("CTM") or "")[:200])
    if len(own) != 6:
        return _Frame(box[0], box[1], (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    a, b, c, d, e, f = own
    return _Frame(box[0], box[1], (a, b, c, d, e, f))


def _is_invisible(element: etree._Element) -> bool:
    alpha = number_of(element, "Alpha", 255.0)
    filled = element.get("Fill", "true").lower() != "false"
    stroked = element.get("Stroke", "false").lower() == "true"
    return alpha < 12 or not (filled or stroked)


def _is_pale(element: etree._Element) -> bool:
    """Say whether an object is filled in white."""
    color = next(children(element, "FillColor"), None)
    if color is None:
        return False
    parts = re.findall(r"#?[0-9A-Fa-f]{1,3}", (color.get("Value") or "")[:40])
    values = [
        int(part[1:], 16) if part[0] == "#" else int(part, 10)
        for part in parts
        if part[0] == "#" or part.isdigit()
    ]
    return len(values) == 3 and min(values) >= _PALE


def _run(code: etree._Element, frame: _Frame, size: float, wide: float) -> Iterator[Glyph]:
    """Yield the characters of one run: each stands behind the one before by its delta."""
    text = without_radicals(code.text or "")[:_MAX_RUN]
    x, y = number_of(code, "X", 0.0), number_of(code, "Y", 0.0)
    across = _deltas(code.get("DeltaX") or "", len(text))
    down = _deltas(code.get("DeltaY") or "", len(text))
    a, b, c, d, *_ = frame.matrix
    height, stretch = size * hypot(c, d), hypot(a, b) * wide
    for number, character in enumerate(text):
        left, base = frame.at(x, y)
        width = (size / 2 if character.isascii() else size) * stretch
        step = across[number] if number < len(across) else None
        if step is not None and 0 < step * stretch < width:
            width = step * stretch
        if all(map(isfinite, (left, base, width, height))):
            top, bottom = base - _ASCENT * height, base + _DESCENT * height
            yield Glyph(character, left, top, left + width, bottom)
        fallen = down[number] if number < len(down) else 0.0
        # Without deltas a run advances by the width of each character, and does not if it falls.
        x += step if step is not None else (0.0 if fallen else width / max(stretch, 1e-6))
        y += fallen


def _deltas(text: str, count: int) -> list[float]:
    """Return the steps between characters; ``g n v`` stands for n times v."""
    parts = text.split()[:_MAX_NUMBERS]
    steps: list[float] = []
    place = 0
    while place < len(parts) and len(steps) < count:
        if parts[place] == "g":
            times = _value(parts, place + 1)
            steps += [_value(parts, place + 2)] * int(min(max(times, 0), count))
            place += 3
        else:
            steps.append(_value(parts, place))
            place += 1
    return steps


def _value(parts: Sequence[str], place: int) -> float:
    found = _NUMBER.fullmatch(parts[place]) if place < len(parts) else None
    value = float(found.group()) if found else 0.0
    return value if isfinite(value) else 0.0


def _subpaths(data: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each subpath; of curves only the ends are kept."""
    tokens = [match.group() for match in _COMMAND.finditer(data[: 16 * _MAX_NUMBERS])]
    points: list[tuple[float, float]] = []
    place = 0
    while place < len(tokens):
        command = tokens[place]
        size = _ARGUMENTS.get(command)
        if size is None:
            place += 1
            continue
        values = [float(t) for t in tokens[place + 1 : place + 1 + size] if t not in _ARGUMENTS]
        place += 1 + len(values)
        if command in "SM" and points:
            yield points
            points = []
        if command == "C":
            points += points[:1]
        elif len(values) == size:
            points.append((values[-2], values[-1]))
    if points:
        yield points


_Box = tuple[float, float, float, float]


def _boxed(points: Sequence[tuple[float, float]]) -> _Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _rules(
    points: Sequence[tuple[float, float]], *, is_stroked: bool, is_filled: bool
) -> Iterator[Rule]:
    """Yield thin bars as rules, and the straight sides of what is stroked."""
    box = _boxed(points)
    if len(points) < 2 or not (is_stroked or is_filled):
        return
    if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        yield _flattened(box)
    elif is_stroked:
        for one, other in pairwise(points):
            side = _boxed([one, other])
            if min(side[2] - side[0], side[3] - side[1]) <= _THIN / 4:
                yield _flattened(side)


def _flattened(box: _Box) -> Rule:
    left, top, right, bottom = box
    if right - left >= bottom - top:
        return Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    return Rule((left + right) / 2, top, (left + right) / 2, bottom)
