"""The engine and the catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reports.case import Case
from reports.findings import Assessment, Cause, Severity, Verdict
from reports.forms.catalogue import NO_FORM
from reports.model import Quality, TableName
from reports.profile import Profile, Setting
from reports.rules.registry import RULES, assess, catalogue_markdown, rule_named
from tests.builders import a_report, with_cell, with_quality, without_cells

COUNTS = {
    **{"T": 11, "S": 15, "A": 12, "B": 15, "C": 7, "X": 5},
    **{"Y": 8, "N": 15, "I": 10, "D": 7, "P": 10, "W": 8},
}
GRAVE = {rule.code for rule in RULES if rule.severity is Severity.ERROR}


def gaps_of(assessment: Assessment) -> list[str]:
    """Return the error-severity rules that our copy gives nothing for."""
    gaps = (gap for gap in assessment.not_assessable if gap.cause is Cause.SOURCE)
    return [gap.code for gap in gaps if gap.code in GRAVE]


def test_catalogue_holds_every_rule_of_every_theme_in_order() -> None:
    wanted = [f"{letter}{n:02}" for letter, count in COUNTS.items() for n in range(1, count + 1)]
    assert [rule.code for rule in RULES] == wanted


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_what_why_and_what_is_innocent_in_both_languages(rule) -> None:
    for words in (rule.statement, rule.basis, rule.innocent, rule.clears):
        assert words.zh.strip()
        assert words.en.strip()
    assert rule.check.__doc__


def test_documentation_of_the_rules_is_current() -> None:
    printed = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert printed == catalogue_markdown(), "write catalogue_markdown() to docs/rules.md"


def test_rule_is_found_by_its_code_in_any_case() -> None:
    found = rule_named(" b01 ")
    assert found is not None
    assert found.code == "B01"
    assert rule_named("Z99") is None


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_balanced_report_is_consistent_and_lacks_only_context(year) -> None:
    assessment = assess(a_report(year), Case())
    assert assessment.findings == ()
    assert {gap.cause for gap in assessment.not_assessable} == {Cause.CONTEXT}
    assert assessment.verdict is Verdict.CONSISTENT


def test_lost_cell_is_not_assessable_and_never_an_error() -> None:
    report = without_cells(a_report(), "requests.new.total")
    assessment = assess(report, Case())
    assert gaps_of(assessment) == ["S05", "B02", "B04", "B05"]
    cells = {gap.cells for gap in assessment.not_assessable if gap.code in GRAVE and gap.cells}
    assert cells == {("requests.new.total",)}
    assert assessment.findings == ()
    assert assessment.verdict is Verdict.INCOMPLETE


def test_reason_names_the_lost_cell_and_why_in_both_languages() -> None:
    report = without_cells(a_report(), "requests.new.total")
    (gap,) = [g for g in assess(report, Case()).not_assessable if g.code == "B02"]
    assert "一、本年新收政府信息公开申请数量·总计" in gap.reason.zh
    assert "不在所得文本中" in gap.reason.zh or "没有这些格" in gap.reason.zh
    assert "New requests received this year · Total" in gap.reason.en


def test_absent_table_gives_one_gap_per_rule_and_one_finding() -> None:
    assessment = assess(with_quality(a_report(), TableName.REQUESTS, Quality.ABSENT), Case())
    assert [finding.code for finding in assessment.findings] == ["S05"]
    assert gaps_of(assessment) == ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "Y01"]


def test_picture_of_a_table_is_not_assessable_rather_than_absent() -> None:
    assessment = assess(with_quality(a_report(), TableName.DISPUTES, Quality.IMAGE), Case())
    assert assessment.findings == ()
    assert gaps_of(assessment) == ["S07", "C01", "C02", "C03", "C04"]


def test_difference_in_a_shifted_table_proves_nothing() -> None:
    broken = with_cell(a_report(), "requests.new.natural_person", 41)
    assessment = assess(with_quality(broken, TableName.REQUESTS, Quality.SHIFTED), Case())
    assert assessment.findings == ()
    assert gaps_of(assessment) == ["B01", "B04"]


def test_shifted_table_that_balances_is_consistent() -> None:
    report = with_quality(a_report(), TableName.REQUESTS, Quality.SHIFTED)
    assert assess(report, Case()).verdict is Verdict.CONSISTENT


def test_reports_before_2019_have_no_statutory_tables_to_judge() -> None:
    report = replace(a_report(2017), form=NO_FORM, tables={}, sections=())
    assessment = assess(report, Case())
    assert assessment.findings == ()
    assert assessment.verdict is Verdict.CONSISTENT


def test_unknown_year_and_form_make_the_report_incomplete_not_wrong() -> None:
    report = replace(a_report(), year=None, years_in_title=(), form=NO_FORM, tables={}, sections=())
    assessment = assess(report, Case())
    assert assessment.findings == ()
    assert assessment.verdict is Verdict.INCOMPLETE


def test_without_a_report_only_the_rules_on_obligations_speak() -> None:
    assessment = assess(None, Case())
    wanted = [
        rule.code for rule in RULES if not rule.reach.needs_report and rule.is_active(Profile())
    ]
    assert [gap.code for gap in assessment.not_assessable] == wanted
    assert {code for code in wanted if code.startswith("T")} == {f"T{n:02}" for n in range(1, 12)}
    assert {gap.cause for gap in assessment.not_assessable} == {Cause.CONTEXT}
    assert assessment.findings == ()


def test_same_report_gives_the_same_findings_with_the_same_fingerprints() -> None:
    report = with_cell(a_report(), "requests.new.natural_person", 41)
    first, second = (assess(report, Case()).findings for _ in range(2))
    assert [f.fingerprint() for f in first] == [f.fingerprint() for f in second]
    assert {f.severity for f in first} == {Severity.ERROR}


def test_a_profile_switches_rules_off_and_makes_them_milder() -> None:
    report = with_cell(a_report(), "requests.new.natural_person", 41)
    profile = Profile(
        settings={"B01": Setting(active=False), "B04": Setting(severity=Severity.WARNING)}
    )
    findings = assess(report, Case(), profile).findings
    assert [(f.code, f.severity) for f in findings] == [("B04", Severity.WARNING)]


def test_findings_of_another_version_of_a_rule_are_other_findings() -> None:
    (finding, *_) = assess(
        with_cell(a_report(), "requests.new.natural_person", 41), Case()
    ).findings
    assert replace(finding, version=2).fingerprint() != finding.fingerprint()
