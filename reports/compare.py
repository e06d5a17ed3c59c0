"""The difference of two versions of one report: figure by figure, section by section. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.model import AnnualReport, Cell


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``cell`` is a full cell key, ``section.N`` or ``title``; None means not there."""

    cell: str
    before: str | None
    after: str | None


def compare(before: AnnualReport, after: AnnualReport) -> tuple[Change, ...]:
    """Return what changed, figures first; empty when only the page around the report changed."""
    return (*_figures(before, after), *_sections(before, after), *_title(before, after))


def _shown(cell: Cell) -> str | None:
    return str(cell.value) if cell.value is not None else cell.raw


def _keys(report: AnnualReport) -> Iterator[str]:
    for table in report.tables.values():
        yield from table.cells


def _figures(before: AnnualReport, after: AnnualReport) -> Iterator[Change]:
    for key in dict.fromkeys((*_keys(before), *_keys(after))):
        old, new = _shown(before.cell(key)), _shown(after.cell(key))
        if old != new:
            yield Change(key, old, new)


def _text(report: AnnualReport, number: int) -> str | None:
    section = report.section(number)
    return None if section is None else section.text


def _sections(before: AnnualReport, after: AnnualReport) -> Iterator[Change]:
    for number in range(1, 7):
        old, new = _text(before, number), _text(after, number)
        if "".join((old or "").split()) != "".join((new or "").split()):
            yield Change(f"section.{number}", old, new)


def _title(before: AnnualReport, after: AnnualReport) -> Iterator[Change]:
    if before.title != after.title:
        yield Change("title", before.title, after.title)
