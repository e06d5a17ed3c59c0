"""The rules over real documents and real figures, where they stand beside the checkout."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from reports.case import Case
from reports.documents.read import read_document
from reports.findings import Severity
from reports.forms.catalogue import FORM_2021
from reports.model import TableName
from reports.reading.read import read_report
from reports.rules.registry import assess
from tests.builders import a_report, a_table

SHARED = Path(__file__).parents[2] / ".." / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
FIGURES = sorted((SHARED / "corpus" / "figures").glob("*.json"))


def golden() -> dict[str, dict[str, object]]:
    text = (SHARED / "golden" / "seeds.json").read_text(encoding="utf-8")
    return json.loads(text)["reports"]


@pytest.mark.skipif(not SEEDS, reason="the sample reports are not beside the checkout")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_sample_report_gets_its_verdict_and_only_the_findings_it_deserves(path) -> None:
    expected = golden()[path.name]
    assessment = assess(read_report(read_document(path.read_bytes())), Case())
    assert assessment.verdict == expected["verdict"]
    grave = [f for f in assessment.findings if f.severity is not Severity.NOTICE]
    assert [finding.code for finding in grave] == expected["must_find"]
    assert all(finding.severity is not Severity.ERROR for finding in assessment.findings)


def report_of(path):
    document = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    given = document["tables"]
    requests = {
        f"requests.{row}.{column}": figure
        for row, columns in given["requests"].items()
        for column, figure in columns.items()
    }
    tables = {
        TableName.PROACTIVE: a_table(TableName.PROACTIVE, given["proactive"]),
        TableName.REQUESTS: a_table(TableName.REQUESTS, requests),
        TableName.DISPUTES: a_table(TableName.DISPUTES, given["disputes"]),
    }
    return a_report(document["year"], form=FORM_2021, tables=tables)


@pytest.mark.skipif(not FIGURES, reason="the real figures are not beside the checkout")
@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_real_figures_raise_nothing_but_what_truly_fails(path) -> None:
    findings = assess(report_of(path), Case()).findings
    assert [finding.code for finding in findings if finding.severity is Severity.ERROR] == []
