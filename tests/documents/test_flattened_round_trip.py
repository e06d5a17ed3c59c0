"""Balanced reports in every flattening style: all cells back; damaged ones: no other number."""

from __future__ import annotations

import random

import pytest

from reports.documents.read import read_document
from reports.forms.catalogue import FORM_2019
from reports.model import AnnualReport
from reports.reading.read import read_report
from tests.drawing import flattening as styles
from tests.drawing.mutilation import mutilated
from tests.figures import assert_reads_back, balanced
from tests.rendering import html_table, sheets

EXAMPLES = 200
DRAWN = {
    "page": (html_table, "<p>{}</p>".format),
    "bars": (styles.bars_behind, "{}\n".format),
    "bar a line": (styles.cell_and_bar_a_line, "{}\n".format),
    "paragraphs": (styles.cell_a_paragraph, "<p>{}</p>".format),
    "print": (styles.lines_of_print, "{}\n".format),
}


def read(body: bytes) -> AnnualReport:
    return read_report(read_document(body))


def seeds(name: str) -> list[list[int]]:
    chance = random.Random(name)
    sizes = (4, 60, 9_999, 999_999)
    return [[chance.randrange(sizes[n % 4]) for _ in range(7)] for n in range(EXAMPLES)]


@pytest.mark.parametrize("style", styles.STYLES)
def test_balanced_reports_read_back(style: str) -> None:
    for seed in seeds(style):
        figures = balanced(seed)
        assert_reads_back(figures, read(styles.STYLES[style](figures)))


@pytest.mark.parametrize("style", styles.STYLES_2019)
def test_reports_of_the_2019_form_read_back(style: str) -> None:
    keys = [cell.key for cell in FORM_2019.proactive]
    keys += [*FORM_2019.request_keys, *FORM_2019.dispute_keys]
    for seed in seeds(style):
        figures = {key: str(seed[n % 7] + n) for n, key in enumerate(keys)}
        report = read(styles.STYLES_2019[style](figures))
        assert report.form is FORM_2019
        assert {key: report.cell(key).raw for key in keys} == figures


@pytest.mark.parametrize("style", styles.KEEPING_BLANKS)
def test_blank_cells_move_nothing_where_the_style_shows_them(style: str) -> None:
    chance = random.Random(style)
    for seed in seeds(style)[:15]:
        figures = {k: chance.choice(("", "/", v, v, v, v)) for k, v in balanced(seed).items()}
        report = read(styles.STYLES[style](figures))
        read_back = {key: report.cell(key).raw for key in figures}
        moved = {
            k: (raw, figures[k]) for k, raw in read_back.items() if raw not in (None, figures[k])
        }
        assert moved == {}


@pytest.mark.parametrize("style", DRAWN)
def test_damaged_reports_give_no_other_number(style: str) -> None:
    chance = random.Random(style)
    for seed in seeds(style)[:60]:
        figures = balanced(seed)
        damaged = {number: mutilated(sheet, chance) for number, sheet in sheets(figures).items()}
        report = read(styles.article(damaged, *DRAWN[style]).encode())
        for table in report.tables.values():
            for key, cell in table.cells.items():
                assert cell.value is None or cell.raw == figures.get(key), (seed, key)
                assert cell.value is not None or cell.why is not None, (seed, key)
