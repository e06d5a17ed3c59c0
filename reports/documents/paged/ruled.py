"""One lattice and the characters within it to a part of a table: what one page shows of it. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reports.documents.ink import Glyph
from reports.documents.paged.lines import Line, lines_of, text_of
from reports.documents.paged.overflow import torn_figures
from reports.documents.paged.row_signs import Signs, is_one_row, signs_of
from reports.documents.paged.rules import NARROWEST, Lattice, Stroke, covered

_WIDEST_MARGIN = 8.0
_LEAST_MARGIN = 0.5


@dataclass(frozen=True, slots=True)
class Area:
    """A cell as drawn: its sides in points, its rows from ``first`` to ``last``, and its lines.

    ``margin`` is the room that even the fullest line of its column leaves free at each side.
    """

    left: float
    right: float
    first: int
    last: int
    lines: tuple[Line, ...] = ()
    text: str = ""
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """What one page shows of a table."""

    page: int
    top: float
    bottom: float
    rows: int
    areas: tuple[Area, ...]

    @property
    def left(self) -> float:
        """Return the outer left side."""
        return min(area.left for area in self.areas)

    @property
    def right(self) -> float:
        """Return the outer right side."""
        return max(area.right for area in self.areas)


def part_of(page: int, lattice: Lattice, glyphs: Sequence[Glyph]) -> Part:
    """Return the cells of the lattice with their text."""
    slots = _slots(lattice)
    placed = [
        (piece, slots[_slot(piece, lattice)])
        for glyph in glyphs
        for piece in _cut(glyph, lattice.xs)
    ]
    held: dict[int, list[Glyph]] = defaultdict(list)
    for piece, cell in placed:
        held[cell].append(piece)
    lined = [(box, lines_of(held.get(n, ()))) for n, box in enumerate(_boxes(slots))]
    widest = _widest(lined)
    rooms = [_room(lattice, box, widest[box[1], box[3]]) for box, _ in lined]
    signs: dict[tuple[int, int], list[Signs]] = defaultdict(list)
    for (box, lines), room in zip(lined, rooms, strict=True):
        signs[box[0], box[2]].append(signs_of(lines, room.left, room.right))
    areas = [
        _area(box, lines, room, is_one_row=is_one_row(signs[box[0], box[2]]))
        for (box, lines), room in zip(lined, rooms, strict=True)
    ]
    for one, two in sorted(torn_figures(placed)):
        both = f"{areas[one].text} {areas[two].text}"
        areas[one], areas[two] = (replace(areas[cell], text=both) for cell in (one, two))
    return Part(page, lattice.ys[0], lattice.ys[-1], len(lattice.ys) - 1, tuple(areas))


_Box = tuple[int, int, int, int]


def _slot(glyph: Glyph, lattice: Lattice) -> tuple[int, int]:
    row = bisect_right(lattice.ys, (glyph.top + glyph.bottom) / 2) - 1
    column = bisect_right(lattice.xs, (glyph.left + glyph.right) / 2) - 1
    return (
        min(max(row, 0), len(lattice.ys) - 2),
        min(max(column, 0), len(lattice.xs) - 2),
    )


def _cut(glyph: Glyph, xs: Sequence[float]) -> Iterable[Glyph]:
    """Yield the glyph, or the characters of a run that crosses the edge of a column, by proportion."""
    size = len(glyph.text)
    if size < 2 or bisect_right(xs, glyph.left) == bisect_right(xs, glyph.right):
        yield glyph
        return
    weights = [1 if character.isascii() else 2 for character in glyph.text]
    unit = (glyph.right - glyph.left) / sum(weights)
    left = glyph.left
    for character, weight in zip(glyph.text, weights, strict=True):
        yield Glyph(character, left, glyph.top, left + weight * unit, glyph.bottom)
        left += weight * unit


def _slots(lattice: Lattice) -> dict[tuple[int, int], int]:
    """Return which cell each slot belongs to: cells grow right and down until a rule stops them."""
    walls, floors = _walls(lattice), _floors(lattice)
    owner: dict[tuple[int, int], int] = {}
    cells = 0
    for row in range(len(lattice.ys) - 1):
        for column in range(len(lattice.xs) - 1):
            if (row, column) in owner:
                continue
            for slot in _grown(row, column, walls, floors, owner):
                owner[slot] = cells
            cells += 1
    return owner


_Barriers = Sequence[Sequence[bool]]


def _grown(
    row: int,
    column: int,
    walls: _Barriers,
    floors: _Barriers,
    owner: dict[tuple[int, int], int],
) -> Iterator[tuple[int, int]]:
    """Yield the slots of the cell that begins here; it always stays a rectangle."""
    right = column
    while not walls[row][right] and (row, right + 1) not in owner:
        right += 1
    last = row
    while not any(floors[last][column : right + 1]) and _fits(last + 1, column, right, walls):
        last += 1
    for down in range(row, last + 1):
        for across in range(column, right + 1):
            yield down, across


def _fits(row: int, left: int, right: int, walls: _Barriers) -> bool:
    """Say whether the slots of the next row are one open space between the same two walls."""
    closed = walls[row][right] and (left == 0 or walls[row][left - 1])
    return closed and not any(walls[row][left:right])


def _walls(lattice: Lattice) -> _Barriers:
    """Return for each row and column whether a rule closes the right side of the slot."""
    bands = list(zip(lattice.ys, lattice.ys[1:], strict=False))
    beside = [_near(lattice.down, edge) for edge in lattice.xs[1:-1]]
    return [
        [
            *(
                covered(near, edge, *band)
                for near, edge in zip(beside, lattice.xs[1:], strict=False)
            ),
            True,
        ]
        for band in bands
    ]


def _floors(lattice: Lattice) -> _Barriers:
    """Return for each row and column whether a rule closes the bottom of the slot."""
    bands = list(zip(lattice.xs, lattice.xs[1:], strict=False))
    rows = [
        [covered(near, edge, *band) for band in bands]
        for edge in lattice.ys[1:-1]
        for near in [_near(lattice.across, edge)]
    ]
    return [*rows, [True] * len(bands)]


def _near(strokes: Sequence[Stroke], edge: float) -> Sequence[Stroke]:
    return [stroke for stroke in strokes if abs(stroke.at - edge) <= NARROWEST]


def _boxes(slots: dict[tuple[int, int], int]) -> list[_Box]:
    """Return of each cell its first row, first column, last row and last column."""
    boxes: dict[int, _Box] = {}
    for (row, column), cell in slots.items():
        top, left, bottom, right = boxes.get(cell, (row, column, row, column))
        boxes[cell] = min(top, row), min(left, column), max(bottom, row), max(right, column)
    return [boxes[cell] for cell in range(len(boxes))]


def _widest(cells: Iterable[tuple[_Box, tuple[Line, ...]]]) -> dict[tuple[int, int], float]:
    """Return the widest line of the cells between the same two sides."""
    widest: dict[tuple[int, int], float] = defaultdict(float)
    for box, lines in cells:
        sides = box[1], box[3]
        widest[sides] = max([widest[sides], *(line.right - line.left for line in lines)])
    return widest


@dataclass(frozen=True, slots=True)
class _Room:
    """The room that a cell gives to text, between its sides and the margin on each side of it."""

    left: float
    right: float
    margin: float


def _room(lattice: Lattice, box: _Box, widest: float) -> _Room:
    left, right = lattice.xs[box[1]], lattice.xs[box[3] + 1]
    margin = min(max(_LEAST_MARGIN, (right - left - widest) / 2), _WIDEST_MARGIN)
    return _Room(left + margin, right - margin, margin)


def _area(box: _Box, lines: tuple[Line, ...], room: _Room, *, is_one_row: bool) -> Area:
    text = text_of(lines, room.left, room.right, is_one_row=is_one_row)
    left, right = room.left - room.margin, room.right + room.margin
    return Area(left, right, box[0], box[2], lines, text, room.margin)
