"""S rules: sections, tables, generation of the form, fee statement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.case import Case
from reports.findings import Cause, Severity, Verdict
from reports.forms.catalogue import FORM_2019, FORM_2021
from reports.model import FeeKind, FeeStatement, Quality, TableName
from reports.rules.registry import assess
from tests.builders import (
    a_report,
    with_quality,
    with_raw,
    with_text,
    without_cells,
    without_section,
)

OURS = ("S01", "S04", "S05", "S07", "S08", "S09", "S14")


def found_in(report):
    return [f for f in assess(report, Case()).findings if f.code in OURS]


def findings_of(report):
    return [(f.code, f.severity) for f in found_in(report)]


def gaps_of(report):
    gaps = assess(report, Case()).not_assessable
    return [gap.code for gap in gaps if gap.cause is Cause.SOURCE and gap.code in OURS]


def test_missing_sections_are_one_finding_that_names_them() -> None:
    report = without_section(a_report(), 4, 5)
    (finding,) = found_in(report)
    assert finding.code == "S01"
    assert finding.severity is Severity.ERROR
    assert finding.actual == "一、二、三、六"
    assert "五、存在的主要问题及改进情况" in finding.message.zh
    assert "4, 5" in finding.message.en


def test_no_heading_at_all_is_not_assessable() -> None:
    report = replace(a_report(), sections=())
    assert findings_of(report) == []
    assert gaps_of(report) == ["S01"]


def test_missing_heading_beside_pictures_is_not_assessable() -> None:
    report = with_quality(without_section(a_report(), 3), TableName.REQUESTS, Quality.IMAGE)
    assert findings_of(report) == []
    assert gaps_of(report)[:2] == ["S01", "S05"]


@pytest.mark.parametrize(
    ("table", "code"),
    [(TableName.PROACTIVE, "S04"), (TableName.REQUESTS, "S05"), (TableName.DISPUTES, "S07")],
)
def test_absent_table_is_one_error(table, code) -> None:
    report = with_quality(a_report(), table, Quality.ABSENT)
    assert findings_of(report) == [(code, Severity.ERROR)]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("normative_documents.made", "S04"),
        ("requests.granted.other", "S05"),
        ("review.pending", "S07"),
    ],
)
def test_cut_table_is_not_assessable_rather_than_absent(key, code) -> None:
    report = without_cells(a_report(), key)
    assert findings_of(report) == []
    assert code in gaps_of(report)
    assert assess(report, Case()).verdict is Verdict.INCOMPLETE


def test_unfilled_cell_is_there_and_so_its_table_is_whole() -> None:
    report = with_raw(a_report(), "/", "fees.amount")
    assert findings_of(report) == []
    assert gaps_of(report) == []


def test_outdated_form_is_an_error_that_names_both_forms() -> None:
    report = a_report(2024, form=FORM_2019)
    (finding,) = found_in(report)
    assert (finding.code, finding.severity) == ("S08", Severity.ERROR)
    assert (finding.expected, finding.actual) == ("2021", "2019")
    assert "〔2021〕30号" in finding.message.zh
    assert "〔2019〕60号" in finding.message.en


def test_new_form_in_an_old_report_is_only_noted() -> None:
    report = a_report(2020, form=FORM_2021)
    assert findings_of(report) == [("S09", Severity.NOTICE)]


def without_fee(report):
    return replace(with_text(report, 6, "无"), fee_statement=FeeStatement(FeeKind.MISSING))


def test_missing_fee_statement_is_a_warning_that_quotes_section_six() -> None:
    (finding,) = found_in(without_fee(a_report()))
    assert (finding.code, finding.severity, finding.actual) == ("S14", Severity.WARNING, "无")


def test_fee_statement_in_another_section_counts() -> None:
    report = with_text(without_fee(a_report()), 1, "依申请公开中，未收取任何费用。")
    assert findings_of(report) == []


def test_fee_statement_is_not_asked_of_reports_before_2021() -> None:
    assert findings_of(without_fee(a_report(2020))) == []


def test_fee_statement_is_open_when_section_six_is_missing() -> None:
    report = without_section(without_fee(a_report()), 6)
    assert findings_of(report) == [("S01", Severity.ERROR)]
    assert gaps_of(report) == ["S14"]
