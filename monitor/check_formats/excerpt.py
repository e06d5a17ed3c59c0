"""The part of a statutory table that a finding speaks of: its cells, their labels, their neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.check_formats.telling import shortened
from reports.findings import Finding
from reports.forms.form import TOTAL, Form, Label, dispute_key, request_key
from reports.model import AnnualReport, Cell, TableName
from reports.rules.gaps import TABLE_WORDS
from reports.rules.subject import table_of
from reports.words import Words

_LONGEST_TEXT = 12
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
_TOTAL_OF_RESULTS = "requests.handled_total."
_CARRIED = "requests.carried_out."
_TEXT = Words("正文", "text")
_LOST, _BLANK = Words("缺", "lost"), Words("空", "blank")


@dataclass(frozen=True, slots=True)
class Square:
    """One cell as shown. ``concerned`` is it if the finding names it; ``wrong`` if it is the one in question.

    ``expected`` is what should stand there instead, where the rule says so of this very cell.
    """

    text: Words
    concerned: bool = False
    wrong: bool = False
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its label and its cells by column; ``concerned`` if one of them is."""

    label: Words
    squares: tuple[Square | None, ...]
    concerned: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Rows of one table in the order of the form, with every column that they use.

    ``left_out`` counts the rows that the finding names and that are not shown, ``zeros`` those of them
    in which it names nothing but 0.
    """

    table: Words
    columns: tuple[Words, ...]
    concerned: tuple[bool, ...]
    rows: tuple[Row, ...]
    left_out: int = 0
    zeros: int = 0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How one table of a form is laid out."""

    rows: Sequence[Label]
    columns: Sequence[Label]
    key: Callable[[str, str], str]


def excerpts(report: AnnualReport, finding: Finding, most_rows: int) -> Iterator[Excerpt]:
    """Yield what to show of each table that the finding names a cell of; nothing for other findings."""
    tables = dict.fromkeys(table_of(key) for key in finding.cells)
    for name in tables:
        sheet = _sheets(report.form)[name]
        cells = report.tables[name].cells if name in report.tables else {}
        rows = [_row(label, sheet, cells, finding) for label in sheet.rows]
        if any(row.concerned for row in rows):
            yield _cut(name, sheet, rows, max(1, most_rows // len(tables)))


def whereabouts(report: AnnualReport, finding: Finding) -> Words:
    """Return in few words where the cells stand that the finding names: a cell, a row, a column."""
    parts = [
        _place(TABLE_WORDS[name], sheet, frozenset(finding.cells))
        for name, sheet in _sheets(report.form).items()
    ]
    found = [part for part in parts if part is not None]
    if not found:
        return _TEXT
    return Words("；".join(part.zh for part in found), "; ".join(part.en for part in found))


def _place(table: Words, sheet: _Sheet, keys: frozenset[str]) -> Words | None:
    at = [(r, c) for r in sheet.rows for c in sheet.columns if sheet.key(r.key, c.key) in keys]
    if not at:
        return None
    rows, columns = (list(dict.fromkeys(labels)) for labels in zip(*at, strict=True))
    row, column = rows[0].words, columns[0].words
    if len(at) == 1:
        return Words(f"{table.zh} {row.zh}·{column.zh}", f"{table.en}: {row.en} · {column.en}")
    if len(rows) == 1:
        return Words(f"{table.zh} {row.zh} 行", f"{table.en}: row {row.en}")
    if len(columns) == 1:
        return Words(f"{table.zh} {column.zh} 列", f"{table.en}: column {column.en}")
    return Words(f"{table.zh} {len(at)} 格", f"{table.en}: {len(at)} cells")


def _sheets(form: Form) -> Mapping[TableName, _Sheet]:
    return {
        TableName.PROACTIVE: _Sheet(form.subjects, form.measures, lambda row, col: f"{row}.{col}"),
        TableName.REQUESTS: _Sheet(form.request_rows, form.request_columns, request_key),
        TableName.DISPUTES: _Sheet(form.dispute_blocks, form.dispute_results, dispute_key),
    }


def _row(label: Label, sheet: _Sheet, cells: Mapping[str, Cell], finding: Finding) -> Row:
    keys = [sheet.key(label.key, column.key) for column in sheet.columns]
    squares = tuple(_square(cells[key], finding, cells) if key in cells else None for key in keys)
    return Row(label.words, squares, any(key in finding.cells for key in keys))


def _square(cell: Cell, finding: Finding, cells: Mapping[str, Cell]) -> Square:
    if cell.key not in finding.cells:
        return Square(_text(cell))
    questioned = _questioned(finding, cells)
    if questioned is None:
        return Square(_text(cell), concerned=True, wrong=True)
    if cell.key != questioned:
        return Square(_text(cell), concerned=True)
    expected = finding.expected if _NUMBER.fullmatch(finding.expected or "") else None
    return Square(_text(cell), concerned=True, wrong=True, expected=expected)


def _questioned(finding: Finding, cells: Mapping[str, Cell]) -> str | None:
    """Return the one cell that holds what the rule found, None where the rule compares several.

    A figure that happens to equal a sum is not the sum: only a total among its parts is taken for it, a
    sole cell, or the last one named.
    """
    holding = [key for key in finding.cells if key in cells and _holds(cells[key], finding.actual)]
    total = _total_among(finding.cells)
    if total is not None:
        return total if total in holding else None
    return holding[0] if holding == [finding.cells[-1]] else None


def _total_among(keys: Sequence[str]) -> str | None:
    """Return the one total among the cells that add up to it, None when there is none or more than one."""
    totals = [key for key in keys if key.startswith(_TOTAL_OF_RESULTS)]
    if totals and any(key.startswith(_CARRIED) for key in keys):
        return None
    if len(totals) != 1:
        totals = [key for key in keys if key.endswith(f".{TOTAL}")]
    return totals[0] if len(totals) == 1 else None


def _holds(cell: Cell, actual: str | None) -> bool:
    return actual is not None and actual in {_figure(cell), cell.raw}


def _figure(cell: Cell) -> str | None:
    if isinstance(cell.value, Decimal):
        return format(cell.value, "f")
    return None if cell.value is None else str(cell.value)


def _text(cell: Cell) -> Words:
    """Return the figure, else what stands there instead of one: never a 0 for what is no 0."""
    figure = _figure(cell)
    if figure is None and cell.raw is None:
        return _LOST
    text = figure or shortened(cell.raw, _LONGEST_TEXT)
    return Words(text, text) if text else _BLANK


def _cut(name: TableName, sheet: _Sheet, rows: Sequence[Row], most: int) -> Excerpt:
    """Keep the rows concerned, those with figures first, and neighbours where there is room."""
    concerned = [n for n, row in enumerate(rows) if row.concerned]
    telling = [n for n in concerned if not _is_nought(rows[n])]
    kept = set((telling or concerned)[:most])
    if len(telling) > most and concerned[-1] not in kept:
        # Totals stand below what they add up: the last row belongs to the sum.
        kept = {*telling[: most - 1], telling[-1]}
    if len(concerned) == 1 and most >= len(rows[:3]):
        around = {concerned[0] - 1, concerned[0] + 1} & set(range(len(rows)))
        kept |= set(sorted(around)[: most - 1])
    left = [n for n in concerned if n not in kept]
    shown = [rows[n] for n in sorted(kept)]
    used = [c for c in range(len(sheet.columns)) if any(row.squares[c] for row in shown)]
    return Excerpt(
        TABLE_WORDS[name],
        tuple(sheet.columns[c].words for c in used),
        tuple(any(_at(row, c) for row in rows) for c in used),
        tuple(Row(r.label, tuple(r.squares[c] for c in used), r.concerned) for r in shown),
        len(left),
        sum(_is_nought(rows[n]) for n in left),
    )


def _at(row: Row, column: int) -> bool:
    square = row.squares[column]
    return square is not None and square.concerned


def _is_nought(row: Row) -> bool:
    """Say whether every cell of the row that the finding names holds 0."""
    named = [square for square in row.squares if square is not None and square.concerned]
    return all(square.text.zh == "0" for square in named)
