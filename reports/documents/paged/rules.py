"""Drawn rules to lattices: which of them hang together, and the edges that they make. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reports.documents.ink import Rule
from reports.documents.unreadable import too_large
from reports.words import Words

SNAP = 3.0
"""Points within which two rules are one: tables with spaced borders draw every edge twice."""

_WIDEST_BUNDLE = 4.5
_SHORTEST = 6.0
_MAX_STROKES = 4_000
_MAX_CROSSINGS = 400_000
_MAX_EDGES = 400
_WIDEST_LABEL = 150.0
NARROWEST = 6.0
"""Points: no column or row that holds text is narrower; spaced borders and page breaks make such slivers."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """Rules in one line, joined: where it runs, where it starts and ends along its direction."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """Strokes that touch each other, and the edges of columns (xs) and rows (ys) that they make."""

    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def area(self) -> float:
        """Return the area within the outer edges."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def lattices(rules: Iterable[Rule]) -> tuple[Lattice, ...]:
    """Return every group of rules that encloses at least one cell, the smallest first."""
    flat, upright = [], []
    for rule in rules:
        if rule.right - rule.left >= rule.bottom - rule.top:
            flat.append(Stroke((rule.top + rule.bottom) / 2, rule.left, rule.right))
        else:
            upright.append(Stroke((rule.left + rule.right) / 2, rule.top, rule.bottom))
    across, down = joined(flat), joined(upright)
    if len(across) + len(down) > _MAX_STROKES:
        # A drawing or a map, not tables; its text is read as text.
        return ()
    groups = list(_groups(across, down))
    lone = [upright[0] for flat, upright in groups if not flat and len(upright) == 1]
    found = (_lattice(flat, [*upright, *_sides(upright, lone)]) for flat, upright in groups if flat)
    return tuple(sorted((lattice for lattice in found if lattice), key=lambda one: one.area))


def joined(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Return the strokes with those in one line made one, dots and dashes included."""
    bundles: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda one: one.at):
        near = bundles and stroke.at - bundles[-1][-1].at <= SNAP
        if near and stroke.at - bundles[-1][0].at <= _WIDEST_BUNDLE:
            bundles[-1].append(stroke)
        else:
            bundles.append([stroke])
    long = (stroke for bundle in bundles for stroke in _along(bundle))
    return [stroke for stroke in long if stroke.end - stroke.start >= _SHORTEST]


def _along(bundle: list[Stroke]) -> Iterable[Stroke]:
    at = sum(stroke.at for stroke in bundle) / len(bundle)
    bundle.sort(key=lambda one: one.start)
    start, end = bundle[0].start, bundle[0].end
    for stroke in bundle[1:]:
        if stroke.start > end + SNAP:
            yield Stroke(at, start, end)
            start, end = stroke.start, stroke.end
        end = max(end, stroke.end)
    yield Stroke(at, start, end)


def _groups(
    across: Sequence[Stroke], down: Sequence[Stroke]
) -> Iterable[tuple[list[Stroke], list[Stroke]]]:
    """Yield the strokes that touch each other, directly or through others."""
    root = list(range(len(across) + len(down)))
    find = _finder(root)
    places = [stroke.at for stroke in down]
    crossings = 0
    for number, flat in enumerate(across):
        first = bisect_left(places, flat.start - SNAP)
        last = bisect_right(places, flat.end + SNAP)
        crossings += last - first
        if crossings > _MAX_CROSSINGS:
            raise too_large(
                Words(
                    "一页上的线条过多", f"rules on one page that cross over {_MAX_CROSSINGS} times"
                )
            )
        for other in range(first, last):
            if down[other].start - SNAP <= flat.at <= down[other].end + SNAP:
                root[find(number)] = find(len(across) + other)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for number, stroke in enumerate((*across, *down)):
        group = groups.setdefault(find(number), ([], []))
        group[number >= len(across)].append(stroke)
    return groups.values()


def _sides(down: Sequence[Stroke], lone: Sequence[Stroke]) -> list[Stroke]:
    """Return the strokes that touch nothing but run beside a table from its top to its bottom.

    A label that reaches over a whole page has no other rule there than its outer side.
    """
    if len(down) < 2:
        return []
    top, bottom = min(stroke.start for stroke in down), max(stroke.end for stroke in down)
    near = 2 * SNAP
    return [
        stroke
        for stroke in lone
        if abs(stroke.start - top) <= near
        and abs(stroke.end - bottom) <= near
        and min(abs(stroke.at - other.at) for other in down) < _WIDEST_LABEL
    ]


def _finder(root: list[int]) -> Callable[[int], int]:
    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    return find


def _lattice(across: Sequence[Stroke], down: Sequence[Stroke]) -> Lattice | None:
    """Return the lattice of strokes that touch; None for underlines, crosses and drawings."""
    xs = _edges(down, across)
    ys = _edges(across, down)
    if len(xs) < 2 or len(ys) < 2 or max(len(xs), len(ys)) > _MAX_EDGES:
        return None
    return Lattice(tuple(across), tuple(down), xs, ys)


def _edges(making: Sequence[Stroke], crossing: Sequence[Stroke]) -> tuple[float, ...]:
    """Return the edges; where several crossing strokes run on, an outer rule was left out there."""
    if not making or not crossing:
        return ()
    places = sorted({stroke.at for stroke in making})
    edges = places[:1]
    for place in places[1:]:
        if place - edges[-1] > NARROWEST:
            edges.append(place)
    starts = sorted(stroke.start for stroke in crossing)
    ends = sorted((stroke.end for stroke in crossing), reverse=True)
    if len(crossing) > 1 and starts[1] < edges[0] - 2 * SNAP:
        edges.insert(0, starts[1])
    if len(crossing) > 1 and ends[1] > edges[-1] + 2 * SNAP:
        edges.append(ends[1])
    return tuple(edges)


def covered(strokes: Sequence[Stroke], edge: float, start: float, end: float) -> bool:
    """Say whether strokes at the edge cover most of the way from start to end."""
    length = sum(
        max(0.0, min(end, stroke.end) - max(start, stroke.start))
        for stroke in strokes
        if abs(stroke.at - edge) <= NARROWEST
    )
    return 2 * length >= end - start
