"""Table 2 in arrangements other than the form's: every figure in its cell, or none and why."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from reports.forms.catalogue import FORM_2021
from reports.model import AnnualReport, TableName
from tests.drawing.mutilation import mutilated
from tests.readings import FIGURES, read, wrong
from tests.rendering import C, Sheet, html_table, text_table

Draw = Callable[[Sheet], str]
DRAWN = pytest.mark.parametrize("draw", [html_table, text_table])
KEYS = [label.key for label in FORM_2021.proactive]
SUBJECTS = {label.key: label.words.zh for label in FORM_2021.subjects}
MEASURES = {label.key: label.words.zh for label in FORM_2021.measures}


def parts(key: str) -> tuple[str, str]:
    subject, _, measure = key.partition(".")
    return SUBJECTS[subject], MEASURES[measure]


def a_figure_a_row() -> Sheet:
    return [[C("".join(parts(key))), C(FIGURES[key])] for key in KEYS]


def a_figure_a_row_under_the_subject() -> Sheet:
    rows: Sheet = []
    for subject, name in SUBJECTS.items():
        own = [key for key in KEYS if key.startswith(f"{subject}.")]
        rows += [
            [*([C(name, 1, len(own))] if n == 0 else []), C(parts(key)[1]), C(FIGURES[key])]
            for n, key in enumerate(own)
        ]
    return rows


def two_pairs_a_row() -> Sheet:
    listed = a_figure_a_row()
    return [[*one, *two] for one, two in zip(listed[:5], listed[5:], strict=True)]


def all_in_one_row_under_two_heads() -> Sheet:
    wide = [sum(key.startswith(f"{subject}.") for key in KEYS) for subject in SUBJECTS]
    return [
        [C(name, across) for name, across in zip(SUBJECTS.values(), wide, strict=True)],
        [C(parts(key)[1]) for key in KEYS],
        [C(FIGURES[key]) for key in KEYS],
    ]


def all_in_one_row_under_one_head() -> Sheet:
    return [[C("".join(parts(key))) for key in KEYS], [C(FIGURES[key]) for key in KEYS]]


def with_units() -> Sheet:
    unit = {"fees.amount": "万元"}
    return [[*row, C(unit.get(key, "件"))] for row, key in zip(a_figure_a_row(), KEYS, strict=True)]


def with_numbers_before() -> Sheet:
    return [[C(str(n)), *row] for n, row in enumerate(a_figure_a_row(), 1)]


def proactive(sheet: Sheet, draw: Draw) -> AnnualReport:
    return read("二、主动公开政府信息情况", draw(sheet))


ARRANGED = [
    a_figure_a_row,
    a_figure_a_row_under_the_subject,
    two_pairs_a_row,
    all_in_one_row_under_two_heads,
    all_in_one_row_under_one_head,
    with_units,
    with_numbers_before,
]


@DRAWN
@pytest.mark.parametrize("arranged", ARRANGED)
def test_a_listed_table_gives_every_figure_to_its_cell(
    arranged: Callable[[], Sheet], draw: Draw
) -> None:
    assert not wrong(proactive(arranged(), draw), TableName.PROACTIVE)


def put(sheet: Sheet, row: int, cell: int, *cells: C, instead: int = 0) -> Sheet:
    sheet[row][cell : cell + instead] = cells
    return sheet


NORMATIVE = set(KEYS[3:6])
UNCLEAR: dict[str, tuple[Callable[[], Sheet], set[str]]] = {
    "two figures behind one label": (lambda: put(a_figure_a_row(), 3, 1, C("7")), {KEYS[3]}),
    "two labels in one cell": (
        lambda: put(two_pairs_a_row(), 0, 0, C("规章本年制发件数 298 规章本年废止件数"), instead=1),
        {KEYS[0]},
    ),
    "a row without its second label": (
        lambda: put(two_pairs_a_row(), 0, 2, instead=1),
        {KEYS[0], KEYS[5]},
    ),
    "a figure lost from the only row": (
        lambda: put(all_in_one_row_under_one_head(), 1, 4, instead=1),
        set(KEYS),
    ),
    "a name lost from the only head": (
        lambda: put(all_in_one_row_under_one_head(), 0, 4, instead=1),
        set(KEYS),
    ),
    "a name and a figure lost": (
        lambda: put(put(all_in_one_row_under_one_head(), 0, 4, instead=1), 1, 7, instead=1),
        set(KEYS),
    ),
    "a zero merged over a subject": (
        lambda: put(all_in_one_row_under_two_heads(), 2, 3, C("0", 3), instead=3),
        set(KEYS),
    ),
    "a subject's label lost": (
        lambda: put(a_figure_a_row_under_the_subject(), 3, 0, C("", 1, 3), instead=1),
        set(KEYS[:6]),
    ),
}


@pytest.mark.parametrize("what", UNCLEAR)
def test_figures_whose_label_cannot_be_told_are_null_and_say_why(what: str) -> None:
    arranged, lost = UNCLEAR[what]
    report = proactive(arranged(), html_table)
    cells = report.tables[TableName.PROACTIVE].cells
    assert {key for key in KEYS if cells[key].raw != FIGURES[key]} == lost
    assert all(cells[key].value is None and cells[key].why for key in lost)


@pytest.mark.parametrize("arranged", ARRANGED)
def test_a_damaged_list_gives_drawn_figures_or_reasons_never_other_numbers(
    arranged: Callable[[], Sheet],
) -> None:
    for seed in range(8):
        damaged = mutilated(arranged(), random.Random(seed))
        report = proactive(damaged, html_table)
        for key, cell in report.tables[TableName.PROACTIVE].cells.items():
            assert cell.value in (None, int(FIGURES[key])), (seed, key)
            assert cell.value is not None or cell.why is not None, (seed, key)
