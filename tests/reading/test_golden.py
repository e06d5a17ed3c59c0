from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reports.codec import to_contract
from reports.documents.read import read_document
from reports.model import AnnualReport
from reports.reading.read import read_report

SHARED = Path(__file__).parents[2] / "../shared"
GOLDEN = SHARED / "golden/seeds.json"
SEEDS = (
    sorted(json.loads(GOLDEN.read_text(encoding="utf-8"))["reports"].items())
    if GOLDEN.exists()
    else []
)
pytestmark = pytest.mark.skipif(not SEEDS, reason="the sample reports are not beside the checkout")
each_seed = pytest.mark.parametrize(
    ("name", "expected"), SEEDS, ids=[name[:3] for name, _ in SEEDS]
)


def _read(name: str) -> AnnualReport:
    return read_report(read_document((SHARED / "seeds" / name).read_bytes()))


def _flat(tables: dict[str, Any]) -> dict[str, Any]:
    requests = {
        f"requests.{r}.{c}": v for r, row in tables["requests"].items() for c, v in row.items()
    }
    return {**tables["proactive"], **requests, **tables["disputes"]}


@each_seed
def test_every_cell_is_as_a_person_read_it(name: str, expected: dict[str, Any]) -> None:
    report = _read(name)
    allowed = {key: rule for rule in expected["ambiguous"] for key in rule["cells"]}
    wrong = {
        key: (value, report.cell(key).value)
        for key, value in _flat(expected["tables"]).items()
        if report.cell(key).value != value and key not in allowed
    }
    assert wrong == {}
    for rule in expected["ambiguous"]:
        given = [report.cell(key).value for key in rule["cells"]]
        assert given.count(None) >= len(given) - 1
        assert set(given) <= {None, rule["value"]}


@each_seed
def test_the_contract_holds_the_same_keys_in_the_order_of_the_form(
    name: str, expected: dict[str, Any]
) -> None:
    tables = to_contract(_read(name))["tables"]
    assert [list(tables[t]) for t in tables] == [list(expected["tables"][t]) for t in tables]


@each_seed
def test_title_sections_quality_and_fee_are_as_a_person_read_them(
    name: str, expected: dict[str, Any]
) -> None:
    read = to_contract(_read(name))
    for part in ("title", "agency", "year", "form", "quality"):
        assert read[part] == expected[part], part
    assert [section["number"] for section in read["sections"]] == expected["sections"]
    assert read["fee_statement"]["kind"] == expected["fee_statement"]


@each_seed
def test_every_figure_keeps_its_raw_text_and_its_place(name: str, expected: dict[str, Any]) -> None:
    document = read_document((SHARED / "seeds" / name).read_bytes())
    for table in read_report(document).tables.values():
        for cell in table.cells.values():
            if cell.place is not None:
                slot = document.grids[cell.place.grid].rows[cell.place.row][cell.place.column]
                assert slot.text == cell.raw
            assert (cell.raw is None) == (cell.place is None)


@each_seed
def test_other_figures_in_the_same_shape_land_in_the_same_cells(
    name: str, expected: dict[str, Any]
) -> None:
    """Nearly every figure of the samples is 0: numbered figures show whether a column moved."""
    text = (SHARED / "seeds" / name).read_text(encoding="utf-8")
    counter = iter(range(1000, 9999))
    lines = [
        "\t".join(str(next(counter)) if field.isdigit() else field for field in line.split("\t"))
        if "\t" in line
        else line
        for line in text.splitlines()
    ]
    report = read_report(read_document("\n".join(lines).encode()))
    allowed = {key for rule in expected["ambiguous"] for key in rule["cells"]}
    keys = [k for k, v in _flat(expected["tables"]).items() if v is not None and k not in allowed]
    read = [report.cell(key).value for key in keys]
    lost = len(expected["ambiguous"])
    assert None not in read
    assert read == sorted(read, key=lambda value: value or 0)
    assert 1000 + len(read) + lost == next(counter)
