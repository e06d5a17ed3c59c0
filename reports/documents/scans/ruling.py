"""A page picture to straight grey ink and the ruling lines of its tables. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from reports.documents.scans.pages import PagePicture, Pixels

_STEEPEST = 4.0
_LONGEST_GAP, _FLAT, _UPRIGHT = 5.0, 20.0, 13.0
"""Points: a gap that a faint line may have, and the shortest flat and upright runs that are no letter."""

_SEAL = 55.0
_END, _LONG = 4.0, 120.0
"""Points: how near to another line a line ends, and from which length on it may end anywhere."""

_FAINTEST, _LINE = 200.0, 185
"""Greys: the lightest print that is brought to black, and below which a pixel may belong to a line."""

_MAX_LINES = 1_500


@dataclass(frozen=True, slots=True)
class RuledPage:
    """The straightened page without its lines, white where nothing stands, and the lines in pixels.

    ``lines`` are (left, top, right, bottom); ``barrier`` marks every pixel of a line, ``tables`` the
    pixels within the outer edges of tables, ``ink`` the dark pixels that are no line.
    """

    grey: Pixels
    ink: Pixels
    barrier: Pixels
    tables: Pixels
    lines: tuple[tuple[float, float, float, float], ...]


def ruled(page: PagePicture) -> RuledPage:
    """Straighten a page and part its lines from its text."""
    grey = _evened(_without_seals(page.pixels, page.dots))
    grey = _turned(grey, _skew(grey))
    grey = _unslanted(grey, page.dots)
    flat, upright = _runs(_dark(grey, _LINE), page.dots)
    tables = np.zeros_like(grey)
    flat, upright = _of_tables(flat, upright, tables)
    flat, upright = _meeting(flat, upright, page.dots), _meeting(upright, flat, page.dots)
    barrier = cv2.dilate(flat | upright, np.ones((3, 3), np.uint8))
    bare = grey.copy()
    bare[barrier > 0] = 255
    lines = (*_flat_lines(flat), *_upright_lines(upright))[:_MAX_LINES]
    return RuledPage(bare, _dark(bare), barrier, tables, lines)


def _without_seals(pixels: Pixels, dots: float) -> Pixels:
    """Return the page in grey; within a round red seal red counts as paper, so that print shows through."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    blue, green, red = (pixels[:, :, channel].astype(np.int16) for channel in range(3))
    reddish = ((red - np.maximum(blue, green)) > 40).astype(np.uint8)
    closed = cv2.dilate(reddish, np.ones((7, 7), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(closed)
    for left, top, width, height, _ in boxes[1 : min(count, 2000)]:
        if min(width, height) < _SEAL * dots or max(width, height) > 2 * min(width, height):
            continue
        area = np.s_[top : top + height, left : left + width]
        grey[area] = np.maximum(grey[area], red[area])
    return grey


def _evened(grey: Pixels) -> Pixels:
    """Return the page as black on white: its own ground divided out, faint print brought to black."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    ground = cv2.resize(ground, (grey.shape[1], grey.shape[0]))
    evened = cv2.divide(grey, np.maximum(ground, 32), scale=255)
    faintest = min(float(np.percentile(evened[::4, ::4], 1.0)), _FAINTEST)
    shades = np.clip((np.arange(256) - faintest) * 255 / (255 - faintest), 0, 255)
    darkened: Pixels = cv2.LUT(evened, shades.astype(np.uint8))
    return darkened


def _dark(grey: Pixels, limit: int = 150) -> Pixels:
    marks: Pixels = (grey < limit).astype(np.uint8) * 255
    return marks


def _skew(grey: Pixels) -> float:
    """Return the angle in degrees at which the lines of text and tables are sharpest."""
    small = cv2.resize(_dark(grey), None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    best = 0.0
    for step, reach in ((0.5, _STEEPEST), (0.1, 0.5), (0.03, 0.09)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: (_sharpness(small, angle), -abs(angle))))
    return best


def _sharpness(marks: Pixels, angle: float) -> float:
    rows = _turned(marks, angle, paper=0).sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _turned(grey: Pixels, angle: float, paper: int = 255) -> Pixels:
    if abs(angle) < 0.03:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    how = cv2.INTER_LINEAR if paper == 0 else cv2.INTER_CUBIC
    return cv2.warpAffine(grey, turn, (width, height), flags=how, borderValue=(paper,) * 4)


def _unslanted(grey: Pixels, dots: float) -> Pixels:
    """Make the largest table of a page seen aslant a rectangle again."""
    flat, upright = _runs(_dark(grey, _LINE), dots)
    corners = _corners(flat | upright)
    if corners is None:
        return grey
    left, right = corners[[0, 3], 0].mean(), corners[[1, 2], 0].mean()
    top, bottom = corners[[0, 1], 1].mean(), corners[[2, 3], 1].mean()
    square = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    shift = float(np.abs(square - corners).max())
    if shift < 2.0 or shift > 0.06 * max(grey.shape):
        return grey
    matrix = cv2.getPerspectiveTransform(corners, square)
    size = (grey.shape[1], grey.shape[0])
    return cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(255,) * 4)


def _corners(mask: Pixels) -> Pixels | None:
    """Return the corners of the largest table, clockwise from the upper left; None without a large one."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask)
    if count < 2:
        return None
    largest = 1 + int(np.argmax(boxes[1:, 2].astype(np.int64) * boxes[1:, 3]))
    _, _, width, height, _ = boxes[largest]
    if width * height < 0.08 * mask.size:
        return None
    ys, xs = np.nonzero(labels == largest)
    sums, differences = xs + ys, xs - ys
    order = (sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin())
    return np.array([[xs[n], ys[n]] for n in order], np.float32)


def _runs(marks: Pixels, dots: float) -> tuple[Pixels, Pixels]:
    """Return the pixels of long flat and of long upright runs."""
    flat, upright, gap = (
        2 * round(length * dots / 2) + 1 for length in (_FLAT, _UPRIGHT, _LONGEST_GAP)
    )
    # Odd lengths keep every run where it is.
    thick = cv2.dilate(marks, np.ones((3, 3), np.uint8))
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, flat), np.uint8))
    down = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((upright, 1), np.uint8))
    across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    return across, down


def _of_tables(flat: Pixels, upright: Pixels, tables: Pixels) -> tuple[Pixels, Pixels]:
    """Keep the runs that hang together as a table does, and mark in ``tables`` where those stand."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(flat | upright)
    kept = np.zeros(count, np.uint8)
    for number in range(1, count):
        left, top, width, height, _ = boxes[number]
        if width < 0.15 * flat.shape[1] or height < 0.008 * flat.shape[0]:
            continue
        area = np.s_[top : top + height, left : left + width]
        mine = labels[area] == number
        if _bars(upright[area], mine) >= 2 and _bars(flat[area], mine) >= 2:
            kept[number] = 1
            tables[area] = 255
    inside = kept[labels] * 255
    return flat & inside, upright & inside


def _meeting(runs: Pixels, crossing: Pixels, dots: float) -> Pixels:
    """Keep the runs that end at lines of the other direction, and the long ones: a stroke of a seal does not.

    A false line is worse than a lost one: it would cut a number in two.
    """
    reach = round(_END * dots)
    near = cv2.dilate(crossing, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(runs)
    kept = np.zeros(count, np.uint8)
    for number in range(1, min(count, _MAX_LINES)):
        left, top, width, height, _ = boxes[number]
        is_long = max(width, height) >= _LONG * dots
        ends = ((left, top), (left + width - 1, top + height - 1))
        kept[number] = is_long or all(near[y, x] for x, y in ends)
    met: Pixels = kept[labels] * 255
    return met


def _bars(runs: Pixels, mine: Pixels) -> int:
    return int(cv2.connectedComponents(np.where(mine, runs, 0).astype(np.uint8))[0]) - 1


def _flat_lines(flat: Pixels) -> Iterator[tuple[float, float, float, float]]:
    for left, top, width, height in _boxes(flat):
        middle = top + height / 2
        yield left, middle, left + width, middle


def _upright_lines(upright: Pixels) -> Iterator[tuple[float, float, float, float]]:
    for left, top, width, height in _boxes(upright):
        middle = left + width / 2
        yield middle, top, middle, top + height


def _boxes(runs: Pixels) -> Iterator[tuple[float, float, float, float]]:
    _, _, boxes, _ = cv2.connectedComponentsWithStats(runs)
    for left, top, width, height, _ in boxes[1:]:
        yield float(left), float(top), float(width), float(height)
