"""A written report says the same as HTML, as DOCX and as text, and its figures balance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.documents.read import read_document
from reports.reading.read import read_report
from web.sample.figures import balanced_figures, zero_figures
from web.sample.plain import plain_report, report_of
from web.sample.render import WrittenReport, report_docx, report_html, report_text

DISTINCT = {key: str(number + 3) for number, key in enumerate(zero_figures())}


def as_html(report: WrittenReport) -> bytes:
    return f"<html><body>{report_html(report)}</body></html>".encode()


def as_text(report: WrittenReport) -> bytes:
    return report_text(report).encode()


@pytest.mark.parametrize("write", [as_html, report_docx, as_text])
def test_every_cell_comes_back_from_every_format(write) -> None:
    found = read_report(read_document(write(report_of("甲县乙局", 2025, DISTINCT))))
    assert {key: str(found.cell(key).value) for key in DISTINCT} == DISTINCT


def test_document_bytes_never_vary() -> None:
    report = plain_report("甲县乙局", 2025)
    assert report_docx(report) == report_docx(report)


def test_blank_figure_prints_a_blank_cell() -> None:
    figures = {**zero_figures(), "requests.new.total": None}
    found = read_report(read_document(as_html(report_of("甲县乙局", 2025, figures))))
    assert found.cell("requests.new.total").value is None
    assert found.cell("requests.new.other").value == 0


def test_markup_in_a_report_stays_text() -> None:
    report = replace(plain_report("甲县乙局", 2025), title="<script>2025</script>")
    assert "<script>" not in report_html(report)


def test_figures_balance_around_the_given_parts() -> None:
    found = balanced_figures(
        {
            "requests.new.natural_person": 5,
            "requests.carried_in.enterprise": 1,
            "requests.granted.natural_person": 3,
            "requests.refused.state_secret.enterprise": 1,
            "review.upheld": 2,
        }
    )
    assert found["requests.handled_total.natural_person"] == "3"
    assert found["requests.carried_out.natural_person"] == "2"
    assert found["requests.handled_total.total"] == "4"
    assert found["review.total"] == "2"


def test_given_total_stays_wrong() -> None:
    found = balanced_figures({"requests.new.natural_person": 5, "requests.new.total": 6})
    assert found["requests.new.total"] == "6"
