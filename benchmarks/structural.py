"""Reads reports whose rows and cells were moved about: no cell may have another number than drawn.

One report with a different figure in every cell is drawn in each format; then one or two cells, rows,
heads or spans are deleted, doubled, exchanged, joined or divided, as broken conversions do it.

Two results are allowed besides the figure drawn and null; both are whole tables that say something else:

* two neighbours exchanged, figures or heads: each of the two figures, or those of the two columns, stands
  in the other's place, and nothing but that;
* a cell of table 2 deleted in a sheet whose cells close up: the row is whole but for its last blank, and
  the form has no sum over it. In tables 3 and 4, which have sums, such a row must be null.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.fuzzing import other_figures
from benchmarks.marked import CLOSING_UP, Markup, Row, marked_formats
from reports.documents.model import Unreadable
from reports.documents.read import read_document
from reports.model import AnnualReport
from reports.reading.read import read_report

_MOST_SHOWN = 10
_SPAN = re.compile(
    r' colspan="\d+"| rowspan="\d+"|<w:gridSpan[^>]*/>|<w:vMerge[^>]*/>'
    r'| table:number-(?:columns|rows)-spanned="\d+"|\\clvmrg|\\clvmgf'
)


@dataclass(frozen=True, slots=True)
class _Change:
    """A kind of damage to one row of a table; ``exchanges`` is what may change places by it."""

    name: str
    apply: Callable[[list[Row], int, random.Random], None]
    exchanges: bool = False


def structural(figures: Mapping[str, str], mutants: int) -> bool:
    """Read ``mutants`` reports of each format and print what came of them."""
    good = True
    for name, markup in marked_formats(figures).items():
        good &= _format(name, markup, figures, mutants)
    return good


def _format(name: str, markup: Markup, figures: Mapping[str, str], mutants: int) -> bool:
    chance = random.Random(f"{name} 20260121")
    wrong: list[str] = []
    counts: Counter[str] = Counter()
    for number in range(mutants):
        body, done = mutant(markup, chance)
        kinds = " + ".join(change.name for change in done)
        try:
            report = read_report(read_document(body))
        except Unreadable as error:
            counts[f"refused ({error.code})"] += 1
            continue
        others = other_figures(report, figures)
        if not others:
            counts["as drawn or null"] += 1
        elif _is_exchange(others, figures, sum(change.exchanges for change in done)):
            counts["exchanged"] += 1
        elif name == CLOSING_UP and _is_closed_up(others, report):
            counts["closed up in table 2"] += 1
        else:
            key, value = next(iter(others.items()))
            drawn = figures[key]
            wrong.append(
                f"{name} {number}, {kinds}: {len(others)} wrong, {key} {value} for {drawn}"
            )
    told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    for line in wrong[:_MOST_SHOWN]:
        print(f"     {line}")
    print(f"{'MISS' if wrong else 'ok  '} {mutants} mutants of {name}: {len(wrong)} wrong; {told}")
    return not wrong


def mutant(markup: Markup, chance: random.Random) -> tuple[bytes, list[_Change]]:
    """Return the bytes of the report after one or two changes to different rows."""
    rows = [row.copy() for row in markup.rows]
    places = chance.sample(range(len(rows)), chance.choice((1, 1, 2)))
    done = []
    # From the end, so that a place stays what it was when rows come and go behind it.
    for place in sorted(places, reverse=True):
        change = chance.choice(_CHANGES)
        change.apply(rows, place, chance)
        done.append(change)
    return markup.packed(rows), done


def _is_exchange(others: Mapping[str, str], figures: Mapping[str, str], times: int) -> bool:
    """Say whether figures stand in each other's place two by two, in so many pairs of columns."""
    drawn = {figure: key for key, figure in figures.items()}
    pairs = {frozenset((key, drawn.get(value, ""))) for key, value in others.items()}
    columns = {frozenset(key.rpartition(".")[2] for key in pair) for pair in pairs}
    keys = [key for pair in pairs for key in pair]
    return all(map(len, pairs)) and len(keys) == len(set(keys)) and len(columns) <= times


def _is_closed_up(others: Mapping[str, str], report: AnnualReport) -> bool:
    """Say whether the figures of one row of table 2 stand further left, its last cell blank."""
    (subject, *more) = {key.rpartition(".")[0] for key in others}
    is_table_2 = subject in ("regulations", "normative_documents")
    return is_table_2 and not more and report.cell(f"{subject}.in_force").value is None


def _delete_cell(rows: list[Row], at: int, chance: random.Random) -> None:
    if rows[at].cells:
        del rows[at].cells[chance.randrange(len(rows[at].cells))]


def _double_cell(rows: list[Row], at: int, chance: random.Random) -> None:
    if rows[at].cells:
        place = chance.randrange(len(rows[at].cells))
        rows[at].cells.insert(place, rows[at].cells[place])


def _exchange_cells(rows: list[Row], at: int, chance: random.Random) -> None:
    cells = rows[at].cells
    if len(cells) > 1:
        one = chance.randrange(len(cells) - 1)
        cells[one], cells[one + 1] = cells[one + 1], cells[one]


def _join_cells(rows: list[Row], at: int, chance: random.Random) -> None:
    cells = rows[at].cells
    if len(cells) > 1:
        one = chance.randrange(len(cells) - 1)
        cells[one : one + 2] = [cells[one].joined(cells[one + 1])]


def _empty_cell(rows: list[Row], at: int, chance: random.Random) -> None:
    if rows[at].cells:
        place = chance.randrange(len(rows[at].cells))
        rows[at].cells[place] = rows[at].cells[place].emptied()


def _lose_span(rows: list[Row], at: int, chance: random.Random) -> None:
    spanned = [n for n, cell in enumerate(rows[at].cells) if _SPAN.search(cell.whole)]
    if spanned:
        place = chance.choice(spanned)
        rows[at].cells[place] = rows[at].cells[place].without(_SPAN)


def _delete_row(rows: list[Row], at: int, _: random.Random) -> None:
    rows[at].is_left_out = True


def _double_row(rows: list[Row], at: int, _: random.Random) -> None:
    rows[at].times = 2


def _exchange_rows(rows: list[Row], at: int, _: random.Random) -> None:
    if at + 1 < len(rows) and rows[at].table == rows[at + 1].table:
        rows[at], rows[at + 1] = rows[at + 1], rows[at]


def _divide_row(rows: list[Row], at: int, chance: random.Random) -> None:
    row = rows[at]
    if len(row.cells) > 1:
        place = chance.randrange(1, len(row.cells))
        rest = row.copy()
        row.cells, rest.cells = row.cells[:place], row.cells[place:]
        rows.insert(at + 1, rest)


def _join_rows(rows: list[Row], at: int, _: random.Random) -> None:
    if at + 1 < len(rows) and rows[at].table == rows[at + 1].table:
        rows[at].cells += rows[at + 1].cells
        rows[at + 1].is_left_out = True


_CHANGES = (
    _Change("a cell deleted", _delete_cell),
    _Change("a cell doubled", _double_cell),
    _Change("two cells exchanged", _exchange_cells, exchanges=True),
    _Change("two cells joined", _join_cells),
    _Change("a cell emptied", _empty_cell),
    _Change("a span lost", _lose_span),
    _Change("a row deleted", _delete_row),
    _Change("a row doubled", _double_row),
    _Change("two rows exchanged", _exchange_rows),
    _Change("a row divided", _divide_row),
    _Change("two rows joined", _join_rows),
)
