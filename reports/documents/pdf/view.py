"""How a page of a PDF is looked at: its visible box, turned so that its text runs to the right. Pure."""

from __future__ import annotations

from ctypes import byref
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_LARGEST = 20_000.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """The visible box of a page in its own points, and by how many quarters its text is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        """Return the width as read."""
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Return the height as read."""
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box as read: left, top, right, bottom, with y growing downwards."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def view_of(page: Any, turn: int) -> View:
    """Return the view of a page; a senseless box becomes A4."""
    box = pdfium.FS_RECTF()
    known = pdfium.FPDF_GetPageBoundingBox(page, byref(box))
    sound = 0 < box.right - box.left < _LARGEST and 0 < box.top - box.bottom < _LARGEST
    if not (known and sound):
        return View(0.0, 0.0, 595.0, 842.0, turn)
    return View(box.left, box.bottom, box.right, box.top, turn)
