from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reports.cells import CELL_LABELS
from reports.forms.catalogue import FORM_2019, FORM_2021, FORMS, form_named, required_form
from reports.forms.disputes import block_of, result_of
from reports.forms.form import Form
from reports.forms.proactive import measure_of, subject_of
from reports.forms.requests import column_of, row_of
from tests.figures import balanced

each_form = pytest.mark.parametrize("form", [form for form in FORMS if form.proactive], ids=repr)


@each_form
def test_every_official_label_is_recognised_as_itself(form: Form) -> None:
    assert [row_of(row.words.zh) for row in form.request_rows] == [r.key for r in form.request_rows]
    for labels, named in (
        (form.request_columns, column_of),
        (form.subjects, subject_of),
        (form.dispute_blocks, block_of),
        (form.dispute_results, result_of),
    ):
        assert [named(label.words.zh) for label in labels] == [label.key for label in labels]
    for measure in form.measures:
        assert measure_of(measure.words.zh).get(form.name) == measure.key


@each_form
def test_every_cell_has_a_name_for_people(form: Form) -> None:
    keys = [*(label.key for label in form.proactive), *form.request_keys, *form.dispute_keys]
    assert len(keys) == len(set(keys))
    assert set(keys) <= set(CELL_LABELS)


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2012, "none"),
        (2018, "none"),
        (2019, "2019"),
        (2020, "2019"),
        (2021, "2021"),
        (2031, "2021"),
    ],
)
def test_a_report_year_requires_one_form(year: int, name: str) -> None:
    assert required_form(year).name == name


def test_the_rows_that_are_printed_tell_two_ways_of_printing_one_form_apart() -> None:
    assert form_named("2021") is FORM_2021
    assert [
        len(form_named("2021", rows).request_rows) for rows in ({"other"}, {"other.other"})
    ] == [
        23,
        25,
    ]
    assert form_named("2019", {"other"}) is FORM_2019
    with pytest.raises(LookupError):
        form_named("1999")


def test_the_identities_hold_for_balanced_figures_and_break_with_any_one_of_them() -> None:
    figures = {key: int(value) for key, value in balanced([3, 1, 4, 1, 5]).items() if "." in key}

    def broken() -> list[str]:
        return [
            identity.name
            for identity in FORM_2021.identities
            if sum(figures[key] for key in identity.left)
            != sum(figures[key] for key in identity.right)
        ]

    assert broken() == []
    for key in (*FORM_2021.request_keys, *FORM_2021.dispute_keys):
        figures[key] += 1
        assert broken(), key
        figures[key] -= 1


def test_a_new_form_is_one_new_file(tmp_path: Path) -> None:
    (tmp_path / "form_2031.py").write_text(
        "from dataclasses import replace\n"
        "from reports.forms.form_2021 import FORM as LAST\n"
        "from reports.forms.form import labels\n"
        "FORM = replace(LAST, name='2031', first_year=2031, measures=(*LAST.measures,"
        " *labels(('drafted', '本年起草件数', 'Drafted', '^本年起草'))))\n",
        encoding="utf-8",
    )
    program = (
        "import sys\n"
        "from reports import forms\n"
        "forms.__path__.append(sys.argv[1])\n"
        "from reports.forms.catalogue import FORMS, form_named\n"
        "from reports.forms.proactive import measure_of\n"
        "assert form_named('2031').first_year == 2031\n"
        "assert measure_of('本年起草件数') == {'2031': 'drafted'}, measure_of('本年起草件数')\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, cwd=root)
