"""Sheets of a workbook to blocks: merged ranges filled, lone cells of prose as paragraphs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from reports.documents.model import Block, Grid, GridCell, Paragraph
from reports.documents.office.drafts import check_length
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.forms.headings import read_heading
from reports.text import one_line

_LONGEST_LABEL = 60
_MAX_MERGED = 20_000
_FIRST_DAY = date(1899, 12, 30)
_LAST_SERIAL = 2_958_465
_PLAIN_FORMATS = {"0": 0, "#,##0": 0, "#,##0_": 0, "0_": 0, "#": 0}


@dataclass(slots=True)
class SheetCells:
    """The cells of a sheet as shown, by row and column from 0; merged ranges are half open.

    A range is first row, row behind the last, first column, column behind the last.
    """

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


_Slots = Mapping[int, tuple[int, int]]


def sheet_blocks(sheets: Iterable[SheetCells]) -> tuple[Block, ...]:
    """Return the blocks of all sheets. Raises Unreadable beyond ``MAX_SLOTS`` slots."""
    return tuple(block for sheet in sheets for block in _blocks(sheet))


def shown_number(raw: str, form: str) -> str:
    """Return a number as its format shows it; formats that are not plain leave it exact."""
    try:
        # Sheets show fifteen digits: the rest is what binary fractions leave.
        number = Decimal(f"{float(raw):.15g}")
    except (ValueError, InvalidOperation):
        return raw
    if not number.is_finite() or abs(number) > Decimal(10) ** 18:
        return raw
    form = form.split("\\")[0].rstrip(") ")
    if _is_date(form) and 0 < number <= _LAST_SERIAL:
        return (_FIRST_DAY + timedelta(days=int(number))).isoformat()
    if form in {"0%", "0.00%"}:
        return f"{_rounded(number * 100, form.count('0') - 1)}%"
    places = _places(form)
    return _exact(number) if places is None else _rounded(number, places, commas="," in form)


def _is_date(form: str) -> bool:
    bare = form.lower()
    return "yy" in bare and "m" in bare


def _places(form: str) -> int | None:
    """Return how many decimals a plain format shows, None for any other format."""
    whole, point, part = form.partition(".")
    part = part.rstrip("_ ")
    if whole not in _PLAIN_FORMATS or part.strip("0"):
        return None
    return len(part) if point else 0


def _exact(number: Decimal) -> str:
    if number == number.to_integral_value():
        return str(int(number))
    return format(number.normalize(), "f")


def _rounded(number: Decimal, places: int, *, commas: bool = False) -> str:
    shown = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if shown == 0:
        shown = abs(shown)
    return format(shown, ",f" if commas else "f")


def _blocks(sheet: SheetCells) -> Iterator[Block]:
    origins = _origins(sheet)
    by_row: dict[int, dict[int, tuple[int, int]]] = {}
    for (row, column), origin in origins.items():
        if row not in sheet.hidden_rows and column not in sheet.hidden_columns:
            by_row.setdefault(row, {})[column] = origin
    run: list[tuple[int, _Slots]] = []
    for row in sorted(by_row):
        lone = _lone_prose(sheet, row, by_row[row])
        gap = run and row != run[-1][0] + 1 and not _only_hidden(sheet, run[-1][0], row)
        if lone is not None or gap:
            yield from _run(sheet, run)
            run = []
        if lone is not None:
            yield from _paragraphs(lone)
        else:
            run.append((row, by_row[row]))
    yield from _run(sheet, run)


def _origins(sheet: SheetCells) -> dict[tuple[int, int], tuple[int, int]]:
    """Return where the cell of each slot begins; slots of merged ranges without text are left out."""
    origins = {place: place for place, text in sheet.texts.items() if text.strip()}
    if len(sheet.merged) > _MAX_MERGED:
        raise grid_too_large()
    check_length(sum(map(len, sheet.texts.values())))
    for first, end, left, right in sheet.merged:
        text = sheet.texts.get((first, left), "").strip()
        if not text:
            continue
        if max(end - first, 0) * max(right - left, 0) > MAX_SLOTS:
            raise grid_too_large()
        for row in range(first, end):
            origins.update(((row, column), (first, left)) for column in range(left, right))
        if len(origins) > MAX_SLOTS:
            raise grid_too_large()
    return origins


def _only_hidden(sheet: SheetCells, above: int, below: int) -> bool:
    if below - above > len(sheet.hidden_rows) + 1:
        return False
    return all(row in sheet.hidden_rows for row in range(above + 1, below))


def _lone_prose(sheet: SheetCells, row: int, slots: _Slots) -> str | None:
    """Return the text of a row that is a paragraph of the article: one cell, a sentence or heading."""
    origins = set(slots.values())
    if len(origins) != 1:
        return None
    origin = next(iter(origins))
    text = sheet.texts[origin]
    return text if origin[0] == row and _is_prose(one_line(text)) else None


def _is_prose(text: str) -> bool:
    if text.endswith(("。", "；", "年度报告")) or len(text) > _LONGEST_LABEL:
        return True
    heading = read_heading(text)
    return heading is not None and heading.number is not None


def _paragraphs(text: str) -> Iterator[Paragraph]:
    lines = (one_line(line) for line in text.splitlines())
    return (Paragraph(line) for line in lines if line)


def _run(sheet: SheetCells, run: Sequence[tuple[int, _Slots]]) -> Iterator[Block]:
    """Yield rows that follow one another as a grid, as paragraphs when none has two cells."""
    if all(len(set(slots.values())) <= 1 for _, slots in run):
        seen = dict.fromkeys(origin for _, slots in run for origin in slots.values())
        for lone in seen:
            yield from _paragraphs(sheet.texts[lone])
        return
    columns = sorted({column for _, slots in run for column in slots})
    inside = range(columns[0], columns[-1] + 1)
    if len(inside) * len(run) > MAX_SLOTS:
        raise grid_too_large()
    # A blank column between two filled ones may be blank figures: it stays.
    shown = [column for column in inside if column not in sheet.hidden_columns]
    made: dict[tuple[int, int], GridCell] = {}
    rows: list[tuple[GridCell, ...]] = []
    for number, (_, slots) in enumerate(run):
        line: list[GridCell] = []
        for at, column in enumerate(shown):
            origin: tuple[int, int] | None = slots.get(column)
            blank = GridCell("", number, at)
            if origin is not None and origin not in made:
                made[origin] = GridCell(one_line(sheet.texts[origin]), number, at)
            line.append(blank if origin is None else made[origin])
        rows.append(tuple(line))
    yield Grid(tuple(rows))
