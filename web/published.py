"""The tables of a report as published, with the cells that findings speak of marked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from reports.codec import StoredCell
from reports.findings import Severity
from reports.model import AnnualReport, Place
from reports.words import Words
from web.words import cell_name

MOST_SPAN = 100
"""Far above any statutory table; a hostile document may claim more."""

StoredGrid: TypeAlias = Sequence[Sequence[StoredCell]]


@dataclass(frozen=True, slots=True)
class Concern:
    """A finding as the tables need it: where to jump, what to write, how grave."""

    anchor: str
    code: str
    severity: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One cell as printed; ``names`` are the figures of the form that were read from it."""

    text: str
    rowspan: int
    colspan: int
    names: tuple[Words, ...] = ()
    anchor: str | None = None
    concerns: tuple[Concern, ...] = ()

    @property
    def severity(self) -> str | None:
        """Return the gravest severity of the concerns."""
        found = {concern.severity for concern in self.concerns}
        return next((severity.value for severity in Severity if severity.value in found), None)


@dataclass(frozen=True, slots=True)
class PublishedGrid:
    """One grid as printed; ``pages`` are those of the original that its figures stand on, if it has any."""

    rows: tuple[tuple[PublishedCell, ...], ...]
    pages: tuple[int, ...] = ()

    @property
    def whereabouts(self) -> Words | None:
        """Return on which pages of the original it stands, None for formats without pages."""
        if not self.pages:
            return None
        first, last = self.pages[0], self.pages[-1]
        if first == last:
            return Words(f"原件第 {first} 页", f"Page {first} of the original")
        return Words(f"原件第 {first}–{last} 页", f"Pages {first}–{last} of the original")


@dataclass(frozen=True, slots=True)
class Published:
    """All grids of the document, and the anchor of each figure that has a place in them."""

    grids: tuple[PublishedGrid, ...] = ()
    anchors: Mapping[str, str] = field(default_factory=dict)


def published(
    grids: Sequence[StoredGrid], report: AnnualReport | None, concerns: Iterable[Concern]
) -> Published:
    """Return the stored grids (``reports.codec.grids_to_store``) with names and marks."""
    keys = {} if report is None else _keys_by_origin(grids, report)
    by_key: dict[str, list[Concern]] = {}
    for concern in concerns:
        for key in concern.cells:
            by_key.setdefault(key, []).append(concern)
    pages = {} if report is None else _pages(report)
    shown = tuple(
        PublishedGrid(
            tuple(
                tuple(_shown(cell, keys.get(_place(n, cell), ()), by_key) for cell in row)
                for row in grid
            ),
            tuple(sorted(pages.get(n, ()))),
        )
        for n, grid in enumerate(grids)
    )
    return Published(shown, {key: _anchor(found) for found in keys.values() for key in found})


def _pages(report: AnnualReport) -> Mapping[int, set[int]]:
    """Return the pages of the original that the figures of each grid were read from."""
    found: dict[int, set[int]] = {}
    for table in report.tables.values():
        for cell in table.cells.values():
            if cell.place is not None and cell.place.page is not None:
                found.setdefault(cell.place.grid, set()).add(cell.place.page)
    return found


def _anchor(keys: Sequence[str]) -> str:
    return f"cell-{keys[0]}"


def _place(grid: int, cell: StoredCell) -> Place:
    return Place(grid, cell[3], cell[4])


def _keys_by_origin(
    grids: Sequence[StoredGrid], report: AnnualReport
) -> Mapping[Place, tuple[str, ...]]:
    """Return which figures were read from the cell that begins at each place."""
    cells = [cell for table in report.tables.values() for cell in table.cells.values()]
    origins = {_place(n, cell) for n, grid in enumerate(grids) for row in grid for cell in row}
    found: dict[Place, tuple[str, ...]] = {}
    for cell in cells:
        if cell.place is None or cell.place.grid >= len(grids):
            continue
        place = cell.place._replace(page=None)
        origin = place if place in origins else _covering(grids, place)
        if origin is not None:
            found[origin] = (*found.get(origin, ()), cell.key)
    return found


def _covering(grids: Sequence[StoredGrid], place: Place) -> Place | None:
    """Return where the cell begins that spans over this place."""
    for row in grids[place.grid]:
        for _text, down, across, top, left in row:
            if top <= place.row < top + down and left <= place.column < left + across:
                return Place(place.grid, top, left)
    return None


def _shown(
    cell: StoredCell, keys: tuple[str, ...], concerns: Mapping[str, list[Concern]]
) -> PublishedCell:
    text, down, across = cell[:3]
    spans = (min(max(down, 1), MOST_SPAN), min(max(across, 1), MOST_SPAN))
    if not keys:
        return PublishedCell(text, *spans)
    # A finding that names several figures of one merged cell is marked there once.
    raised = dict.fromkeys(concern for key in keys for concern in concerns.get(key, ()))
    return PublishedCell(
        text, *spans, tuple(cell_name(key) for key in keys), _anchor(keys), tuple(raised)
    )
