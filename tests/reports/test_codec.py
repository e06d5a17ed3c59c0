from __future__ import annotations

import json
from decimal import Decimal

import pytest

from reports.cells import CELL_LABELS
from reports.codec import content_key, from_store, grids_to_store, to_contract, to_store
from reports.documents.read import read_document
from reports.model import AnnualReport
from reports.reading.read import read_report
from tests.rendering import NARRATIVE, as_docx, as_html, as_text

FIGURES = {
    **{key: str(number) for number, key in enumerate(CELL_LABELS)},
    "fees.amount": "59237.2449",
    "normative_documents.made": "22（其中修订16件）",
    "requests.new.total": "",
    "requests.new.other": "/",
}
FORMATS = {"html": as_html, "text": as_text, "docx": as_docx}


def read(body: bytes) -> AnnualReport:
    return read_report(read_document(body))


@pytest.mark.parametrize("form", FORMATS)
def test_a_stored_report_comes_back_whole(form: str) -> None:
    report = read(FORMATS[form](FIGURES))
    assert from_store(json.loads(json.dumps(to_store(report)))) == report


def test_a_stored_report_without_anything_comes_back_too() -> None:
    report = read("没有什么".encode())
    assert from_store(json.loads(json.dumps(to_store(report)))) == report


def test_the_contract_has_the_published_shape() -> None:
    contract = json.loads(json.dumps(to_contract(read(as_html(FIGURES)))))
    tables = contract["tables"]
    assert list(contract) == [
        "title",
        "agency",
        "year",
        "form",
        "sections",
        "tables",
        "quality",
        "fee_statement",
    ]
    assert tables["proactive"]["fees.amount"] == 59237.2449
    assert tables["proactive"]["normative_documents.made"] == 22
    assert tables["requests"]["new"] | {"other": None, "total": None} == tables["requests"]["new"]
    assert len(tables["requests"]) == 25
    assert tables["disputes"]["review.upheld"] == int(FIGURES["review.upheld"])
    assert contract["sections"][0] == {
        "number": 1,
        "heading": "一、总体情况",
        "characters": len(NARRATIVE[1]),
    }
    assert contract["fee_statement"] == {"kind": "none_collected", "amount_yuan": None}
    assert contract["quality"] == dict.fromkeys(("proactive", "requests", "disputes"), "complete")


def test_a_whole_decimal_is_a_whole_number_in_the_contract() -> None:
    contract = to_contract(read(as_html({**FIGURES, "fees.amount": "30.00"})))
    amount = contract["tables"]["proactive"]["fees.amount"]
    assert (amount, type(amount)) == (30, int)


def test_the_content_key_ignores_how_the_page_is_drawn() -> None:
    page = as_html(FIGURES).decode()
    redrawn = page.replace("<p>", '<p class="x">\n  <span>').replace("</p>", " </span></p>")
    assert content_key(read(page.encode())) == content_key(read(redrawn.encode("utf-8-sig")))
    numbers = {**FIGURES, "requests.new.total": "1", "requests.new.other": "2"}
    keys = {content_key(read(draw(numbers))) for draw in FORMATS.values()}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("key", "raw"),
    [("requests.new.total", "0"), ("review.total", "999"), ("fees.amount", "59237.2448")],
)
def test_the_content_key_changes_with_one_cell(key: str, raw: str) -> None:
    assert content_key(read(as_html({**FIGURES, key: raw}))) != content_key(read(as_html(FIGURES)))


def test_the_content_key_changes_with_a_word_of_the_text() -> None:
    page = as_html(FIGURES)
    changed = page.replace("办事指南".encode(), "办事手册".encode())
    assert content_key(read(page)) != content_key(read(changed))


def test_tables_are_stored_as_published_with_spans_and_the_places_of_cells() -> None:
    document = read_document(as_html(FIGURES))
    grids = grids_to_store(document)
    assert grids[2][0] == [["行政复议", 1, 5, 0, 0], ["行政诉讼", 1, 10, 0, 5]]
    assert grids[2][1][0] == ["结果维持", 2, 1, 1, 0]
    place = read_report(document).cell("fees.amount").place
    assert place is not None
    stored = {(r, c): text for row in grids[place.grid] for text, _, _, r, c in row}
    assert Decimal(stored[place.row, place.column]) == Decimal("59237.2449")
