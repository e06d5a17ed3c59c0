"""Characters recognised on a ruled page; every figure is looked at twice, and a doubted one says so. Pure.

A wrong figure is worse than none: what the two looks read differently, or either reads without being sure,
ends in ``?`` and is thereby no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import cv2
import numpy as np

from reports.documents.scans.pages import Pixels
from reports.documents.scans.ruling import RuledPage
from reports.text import normal

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels, the last two outside."""

DOUBTED = "?"
_SURE_TWICE, _SURE_LONE = 0.80, 0.90
_BAND, _DETECTED_AT = 1_200, 0.75
_MAX_BOXES = 3_000
_PLAUSIBLE_TEXT = 0.5
_FIGURE = re.compile(r"[+-]?\s*\d[\d,.\s]*(?:[万元件条次宗起份项个篇%?].*|[(\[].*)?")
_MARK = re.compile(r"[^\w（(]{1,4}|[A-Za-z无空]{1,2}")
_SPELLED = re.compile(r"[〇零一二三四五六七八九十百千两]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """Text recognised in a box, with the recogniser's score from 0 to 1."""

    box: Box
    text: str
    score: float


def characters(page: RuledPage, dots: float) -> tuple[Reading, ...]:
    """Return all text of the page; inside tables no ink is left without a text."""
    boxes = [part for box in _detected(page.grey) for part in _parts(box, page)]
    found = [r for r in _recognised(page.grey, boxes[:_MAX_BOXES], margin=2) if _is_text(r)]
    runs = _runs_of_ink(page, dots)
    overlooked = [run for run in runs if not any(_covers(r.box, run) for r in found)]
    lone = _recognised(page.grey, overlooked, margin=4)
    seen = (*_looked_at_again(page.grey, found, runs), *_looked_at_alone(page.grey, lone))
    return tuple(_doubted(r) if _touches_line(r, page.barrier) else r for r in seen)


def is_figure(text: str) -> bool:
    """Say whether recognised text would be taken for a number, or for the mark of an empty cell."""
    plain = normal(text).strip()
    return any(form.fullmatch(plain) for form in (_FIGURE, _SPELLED, _MARK))


def _is_text(reading: Reading) -> bool:
    return bool(reading.text.strip()) and reading.score >= _PLAUSIBLE_TEXT


def _looked_at_again(
    grey: Pixels, found: Sequence[Reading], runs: Sequence[Box]
) -> Iterator[Reading]:
    """Read every figure once more: its whole run of ink, so that a cut box is noticed too."""
    figures = [reading for reading in found if is_figure(reading.text)]
    boxes = [_whole(reading.box, runs) for reading in figures]
    again = dict(zip(map(id, figures), _recognised(_softened(grey), boxes, margin=6), strict=True))
    for reading in found:
        second = again.get(id(reading))
        yield reading if second is None else _agreed(reading, second, _SURE_TWICE)


def _looked_at_alone(grey: Pixels, lone: Sequence[Reading]) -> Iterator[Reading]:
    """Keep what was read where nothing had been detected, only if it reads the same twice."""
    boxes = [reading.box for reading in lone]
    for reading, second in zip(lone, _recognised(_softened(grey), boxes, margin=8), strict=True):
        yield _agreed(reading, second, _SURE_LONE)


def _agreed(first: Reading, second: Reading, sure: float) -> Reading:
    """Return the reading, marked as doubted unless both looks are sure of the same text."""
    same = _plain(first.text) == _plain(second.text) != ""
    # A dash and a spelled one look alike; only Arabic figures are ever taken from a picture.
    spelled = _SPELLED.fullmatch(_plain(first.text)) is not None
    if same and min(first.score, second.score) >= sure and not spelled:
        return first
    return _doubted(first)


def _doubted(reading: Reading) -> Reading:
    text = reading.text.strip()
    return Reading(reading.box, text.rstrip(DOUBTED) + DOUBTED, reading.score)


def _touches_line(reading: Reading, barrier: Pixels) -> bool:
    """Say whether a figure stands at an upright line: the line may be a false one that cuts it."""
    left, top, right, bottom = reading.box
    sides = barrier[top:bottom, max(0, left - 2) : left], barrier[top:bottom, right : right + 2]
    return is_figure(reading.text) and any(side.any() for side in sides)


def _plain(text: str) -> str:
    return "".join(normal(text).split())


def _whole(box: Box, runs: Sequence[Box]) -> Box:
    """Return the box around every run of ink that the box touches."""
    touched = [run for run in runs if _overlap(box, run) > 0.3 * _area(run)] or [box]
    lefts, tops, rights, bottoms = zip(*touched, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _overlap(one: Box, other: Box) -> int:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, across) * max(0, down)


def _area(box: Box) -> int:
    return max(1, (box[2] - box[0]) * (box[3] - box[1]))


def _covers(box: Box, run: Box) -> bool:
    return _overlap(box, run) >= 0.5 * _area(run)


def _runs_of_ink(page: RuledPage, dots: float) -> list[Box]:
    """Return the runs of ink inside tables, specks left out; lines of the table part them."""
    inside = cv2.bitwise_and(page.ink, page.tables)
    joined = cv2.dilate(inside, np.ones((3, max(3, round(4 * dots))), np.uint8))
    joined[page.barrier > 0] = 0
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    runs = []
    for left, top, width, height, _ in boxes[1 : min(count, 4 * _MAX_BOXES)]:
        box = _tight(page.ink, (left, top, left + width, top + height))
        if box is not None and max(box[2] - box[0], box[3] - box[1]) >= 1.6 * dots:
            runs.append(box)
    return runs[:_MAX_BOXES]


def _tight(ink: Pixels, box: Box) -> Box | None:
    left, top, right, bottom = box
    ys, xs = np.nonzero(ink[top:bottom, left:right])
    if not len(xs):
        return None
    return (
        left + int(xs.min()),
        top + int(ys.min()),
        left + int(xs.max()) + 1,
        top + int(ys.max()) + 1,
    )


def _parts(box: Box, page: RuledPage) -> Iterator[Box]:
    """Yield the box cut where an upright line of a table crosses it, each part drawn in to its ink."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    cuts = sorted(
        round(x)
        for x, y0, x1, y1 in page.lines
        if x == x1 and left < x < right and y0 < middle < y1
    )
    edges = [left, *cuts, right]
    for start, end in zip(edges, edges[1:], strict=False):
        part = _tight(page.ink, (start, top, end, bottom)) if end - start > 2 else None
        if part is not None:
            yield part


def _detected(grey: Pixels) -> Iterator[Box]:
    """Yield the boxes of text, found in bands so that a long page takes no more memory than a short one."""
    detector = _engine().text_det
    for top, bottom in _bands(grey):
        band = cv2.cvtColor(grey[top:bottom], cv2.COLOR_GRAY2BGR)
        small = cv2.resize(
            band, None, fx=_DETECTED_AT, fy=_DETECTED_AT, interpolation=cv2.INTER_AREA
        )
        quads = detector(small).boxes
        for quad in () if quads is None else np.asarray(quads) / _DETECTED_AT:
            xs, ys = np.clip(quad[:, 0], 0, grey.shape[1]), np.clip(quad[:, 1] + top, top, bottom)
            yield int(xs.min()), int(ys.min()), int(np.ceil(xs.max())), int(np.ceil(ys.max()))


def _bands(grey: Pixels) -> Iterator[tuple[int, int]]:
    """Yield the page cut where the least ink stands, so that no line of text is cut."""
    inked = (grey < 150).sum(axis=1)
    top, height = 0, grey.shape[0]
    while height - top > 1.3 * _BAND:
        low = top + _BAND // 2
        bottom = low + int(np.argmin(inked[low : top + _BAND]))
        yield top, bottom
        top = bottom
    yield top, height


def _recognised(grey: Pixels, boxes: Sequence[Box], margin: int) -> list[Reading]:
    if not boxes:
        return []
    crops = [_crop(grey, box, margin) for box in boxes]
    result = _engine().recognize_txt(crops)
    return [
        Reading(box, str(text), float(score))
        for box, text, score in zip(boxes, result.txts, result.scores, strict=True)
    ]


def _crop(grey: Pixels, box: Box, margin: int) -> Pixels:
    """Return the box on white paper of its own, so that no neighbour looks in."""
    left, top, right, bottom = box
    inner = grey[top:bottom, left:right]
    framed = cv2.copyMakeBorder(
        inner, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(255,) * 4
    )
    return cv2.cvtColor(framed, cv2.COLOR_GRAY2BGR)


def _softened(grey: Pixels) -> Pixels:
    """Return the page a little blurred: what is read only in one of both was not read surely."""
    soft: Pixels = cv2.GaussianBlur(grey, (3, 3), 0.8)
    return soft


@cache
def _engine() -> Any:
    """Return the recogniser, loaded once; its models lie in its package."""
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(
        params={
            "Global.log_level": "critical",
            # Turning crops by 180 degrees would make a 9 of a 6.
            "Global.use_cls": False,
            # Crops are padded to this width: most hold a figure or two.
            "Rec.rec_img_shape": [3, 48, 48],
            "Rec.rec_batch_num": 6,
        }
    )
    engine._load_det_model()
    engine._load_rec_model()
    return engine
