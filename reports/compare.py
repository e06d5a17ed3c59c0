"""The difference of two versions of one report: figure by figure, section by section. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from reports.model import AnnualReport, Cell
from reports.wording import is_no_figure, wording

ALTERNATING_FOR = timedelta(hours=72)
_ALTERNATIONS = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``cell`` is a full cell key, ``section.N`` or ``title``; None means not there."""

    cell: str
    before: str | None
    after: str | None


def compare(before: AnnualReport, after: AnnualReport) -> tuple[Change, ...]:
    """Return what changed in substance, figures first.

    Empty when only typography, layout, counters, or the page around the report changed.
    """
    return (*_figures(before, after), *_sections(before, after), *_title(before, after))


def alternates(earlier: Sequence[tuple[str, datetime]], content: str, now: datetime) -> bool:
    """Say whether a content is one more turn of two contents that take turns, as two servers' copies do.

    ``earlier`` are the contents of the versions, oldest first, with the instants of their first sight.
    """
    last = earlier[-_ALTERNATIONS:]
    if len(last) < _ALTERNATIONS or now - last[-1][1] >= ALTERNATING_FOR:
        return False
    (one, began), (other, _), third, fourth = last
    turns = one == third[0] and other == fourth[0] and content == one != other
    return turns and fourth[1] - began < ALTERNATING_FOR


def _shown(cell: Cell) -> str | None:
    return str(cell.value) if cell.value is not None else cell.raw


def _said(cell: Cell) -> object:
    """Return what a cell says: its number however it is written, or its words; a stroke is a blank."""
    if cell.value is not None:
        return Decimal(cell.value)
    if cell.raw is None:
        return None
    return "" if is_no_figure(cell.raw) else wording(cell.raw) or cell.raw


def _keys(report: AnnualReport) -> Iterator[str]:
    for table in report.tables.values():
        yield from table.cells


def _figures(before: AnnualReport, after: AnnualReport) -> Iterator[Change]:
    for key in dict.fromkeys((*_keys(before), *_keys(after))):
        old, new = before.cell(key), after.cell(key)
        if _said(old) != _said(new):
            yield Change(key, _shown(old), _shown(new))


def _sections(before: AnnualReport, after: AnnualReport) -> Iterator[Change]:
    for number in range(1, 7):
        old, new = before.section(number), after.section(number)
        old_text, new_text = old.text if old else None, new.text if new else None
        old_heading, new_heading = old.heading if old else None, new.heading if new else None
        if wording(old_text or "") != wording(new_text or ""):
            yield Change(f"section.{number}", old_text, new_text)
        elif wording(old_heading or "") != wording(new_heading or ""):
            yield Change(f"section.{number}", old_heading, new_heading)


def _title(before: AnnualReport, after: AnnualReport) -> Iterator[Change]:
    if wording(before.title or "") != wording(after.title or ""):
        yield Change("title", before.title, after.title)
