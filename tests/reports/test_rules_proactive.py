"""A01–A06: single cells of table 2 and what they say together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.findings import Severity
from reports.forms.catalogue import FORM_2019
from reports.model import Cell, Quality, TableName
from reports.profile import Profile, Setting
from reports.rules.registry import RULES, assess
from tests.builders import (
    IDENTITY,
    a_report,
    with_cell,
    with_cells,
    with_quality,
    with_raw,
    without_cells,
)
from tests.judging import (
    bears_hostile_texts,
    finding_of,
    gap_of,
    holds,
    judged,
    lacks_context,
    lacks_source,
    said_by,
)

CODES = [rule.code for rule in RULES if rule.code[0] == "A"]
FEE = "fees.amount"
DECISIONS = ("licensing.decisions", "penalties.decisions", "coercion.decisions")


def by(name, kind=AgencyKind.DEPARTMENT, **context):
    return Case(identity=Identity("unit", name, kind), year=2025, **context)


def test_all_twelve_rules_on_table_two_are_there() -> None:
    assert [f"A{number:02}" for number in range(1, 13)] == CODES


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("year", [2019, 2020])
def test_rules_on_the_form_of_2021_are_silent_on_older_reports(code, year) -> None:
    before = a_report(year - 1)
    assert holds(code, a_report(year), Case(identity=IDENTITY, year=year, previous=before))


@pytest.mark.parametrize("code", CODES)
def test_outdated_form_is_another_rules_matter(code) -> None:
    assert holds(code, a_report(2025, form=FORM_2019), Case(identity=IDENTITY))


@pytest.mark.parametrize("code", CODES)
def test_hostile_text_is_read_in_a_moment(code) -> None:
    report = a_report()
    for key in (*DECISIONS, "regulations.in_force"):
        report = with_cell(report, key, 0)
    before = with_cell(a_report(2024), "licensing.decisions", 900)
    assert bears_hostile_texts(code, said_by(report, "青禾区公安局"), Case(previous=before))


@pytest.mark.parametrize("code", CODES)
def test_shifted_table_accuses_nobody(code) -> None:
    report = with_cell(with_cell(a_report(), FEE, -1), "regulations.made", -1)
    report = with_raw(report, "/", "licensing.decisions", "penalties.decisions")
    report = with_quality(report, TableName.PROACTIVE, Quality.SHIFTED)
    assert judged(code, report, Case(identity=IDENTITY))[0] == ()


@pytest.mark.parametrize(
    ("key", "figure"),
    [("regulations.made", -3), ("licensing.decisions", Decimal("1.5")), ("coercion.decisions", -1)],
)
def test_count_that_is_no_count_is_an_error(key, figure) -> None:
    finding = finding_of("A01", with_cell(a_report(), key, figure))
    assert (finding.cells, finding.actual) == ((key,), str(figure))
    assert finding.severity is Severity.ERROR
    assert str(figure) in finding.message.zh


def test_counts_hold_in_any_spelling_and_a_mark_is_no_wrong_number() -> None:
    assert holds("A01", a_report())
    spelled = Cell("licensing.decisions", raw="１，２０３", value=1203)
    assert holds("A01", with_cells(a_report(), [spelled]))
    assert holds("A01", with_raw(a_report(), "/", "regulations.made", "regulations.repealed"))


def test_counts_that_are_lost_or_words_cannot_be_assessed() -> None:
    key = "penalties.decisions"
    assert lacks_source("A01", without_cells(a_report(), key)) == (key,)
    assert lacks_source("A01", with_raw(a_report(), "若干", key)) == (key,)


FEES = [
    (Cell(FEE, "-3", -3), "-3", Severity.WARNING),
    (Cell(FEE, "380元", Decimal("0.038")), "380元", Severity.WARNING),
    (Cell(FEE, "依法收取", None), "依法收取", Severity.WARNING),
    (Cell(FEE, "12.340000000002", Decimal("12.340000000002")), "12.340000000002", Severity.NOTICE),
]


@pytest.mark.parametrize(("cell", "actual", "severity"), FEES, ids=lambda v: str(v)[:12])
def test_fee_that_is_no_amount_in_its_unit(cell, actual, severity) -> None:
    finding = finding_of("A02", with_cells(a_report(), [cell]))
    assert (finding.cells, finding.actual, finding.severity) == ((FEE,), actual, severity)
    assert actual in finding.message.zh


@pytest.mark.parametrize("raw", ["/", "无", "", "—", "不适用"])
def test_fee_that_does_not_apply_is_no_breach(raw) -> None:
    assert holds("A02", with_raw(a_report(), raw, FEE))


@pytest.mark.parametrize("figure", ["0", "59237.2449", "316441", "4068.208"])
def test_real_fees_are_amounts(figure) -> None:
    assert holds("A02", with_cell(a_report(), FEE, Decimal(figure)))


@pytest.mark.parametrize(
    ("raw", "figure"), [("12.34万元", "12.34"), ("1,234.50", "1234.5"), ("0.00", "0.00")]
)
def test_fee_with_its_own_unit_or_separators_is_an_amount(raw, figure) -> None:
    assert holds("A02", with_cells(a_report(), [Cell(FEE, raw, Decimal(figure))]))


def test_fee_that_is_lost_or_unreadable_cannot_be_assessed() -> None:
    assert lacks_source("A02", without_cells(a_report(), FEE)) == (FEE,)
    assert lacks_source("A02", with_raw(a_report(), "12 34 5", FEE)) == (FEE,)


def test_fee_beyond_what_a_county_body_collects_may_be_in_yuan() -> None:
    finding = finding_of("A03", with_cell(a_report(), FEE, 251_000), Case(identity=IDENTITY))
    assert (finding.cells, finding.expected, finding.actual) == ((FEE,), "25.1", "251000")
    assert finding.severity is Severity.NOTICE
    assert "25.1 万元" in finding.message.zh


def test_fee_ten_thousand_times_last_years_may_be_in_yuan() -> None:
    before = with_cell(a_report(2024), FEE, Decimal("1.2"))
    city = "江南市水务局"
    case = by(city, previous=replace(before, agency=city))
    finding = finding_of("A03", with_cell(a_report(), FEE, 12_000), case)
    assert (finding.expected, finding.actual) == ("1.2", "12000")
    assert "1.2 万元" in finding.message.zh


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("江南市人民政府", AgencyKind.GOVERNMENT),
        ("青禾区人民政府", AgencyKind.GOVERNMENT),
        ("江南省自然资源厅", AgencyKind.DEPARTMENT),
        ("江南市自然资源局", AgencyKind.DEPARTMENT),
    ],
)
def test_big_real_fees_of_governments_and_large_departments_are_fine(name, kind) -> None:
    before = with_cell(a_report(2024), FEE, 300_000)
    case = by(name, kind, previous=replace(before, agency=name))
    assert holds("A03", with_cell(a_report(), FEE, 316_441), case)


def test_fee_without_the_units_kind_or_last_year_cannot_be_assessed() -> None:
    assert lacks_context("A03", with_cell(a_report(), FEE, 90_000))
    assert lacks_context("A03", with_cell(a_report(), FEE, 2_000), by("江南市水务局"))
    assert holds("A03", with_cell(a_report(), FEE, 900))
    assert lacks_source("A03", without_cells(a_report(), FEE)) == (FEE,)


def test_cells_without_a_number_are_a_notice() -> None:
    keys = DECISIONS
    one = finding_of("A04", with_raw(a_report(), "/", *keys[:1]))
    three = finding_of("A04", with_raw(a_report(), "—", *keys))
    blank = finding_of("A04", with_raw(a_report(), " ", keys[1]))
    assert (one.severity, one.cells) == (Severity.NOTICE, keys[:1])
    assert (three.severity, three.cells) == (Severity.NOTICE, keys)
    assert (blank.cells, blank.actual) == (keys[1:2], "空白")
    assert "填 0" in three.message.zh


def test_three_cells_without_a_number_are_a_warning_where_a_profile_wants_it() -> None:
    profile = Profile(settings={"A04": Setting(severity=Severity.WARNING)})
    graver = {
        count: assess(with_raw(a_report(), "/", *DECISIONS[:count]), Case(), profile).findings
        for count in (2, 3)
    }
    assert [f.severity for f in graver[2] if f.code == "A04"] == [Severity.NOTICE]
    assert [f.severity for f in graver[3] if f.code == "A04"] == [Severity.WARNING]


def test_stroke_for_regulations_says_not_applicable() -> None:
    keys = [f"regulations.{measure}" for measure in ("made", "repealed", "in_force")]
    assert holds("A04", with_raw(a_report(), "/", *keys))


def test_blank_in_a_damaged_table_is_not_held_against_anybody() -> None:
    report = without_cells(with_raw(a_report(), "", "licensing.decisions"), FEE)
    assert holds("A04", report)
    assert holds("A04", a_report())
    assert gap_of("A04", with_quality(report, TableName.PROACTIVE, Quality.ABSENT)).cells == ()


RANKS = [
    ("青禾区水务局", AgencyKind.DEPARTMENT, Severity.WARNING),
    ("白石县人民政府", AgencyKind.GOVERNMENT, Severity.WARNING),
    ("白石县人民政府办公室", AgencyKind.GOVERNMENT_OFFICE, Severity.WARNING),
    ("白石自治县人民政府", AgencyKind.GOVERNMENT, Severity.WARNING),
    ("水磨镇人民政府", AgencyKind.TOWNSHIP, Severity.WARNING),
    ("汇源街道办事处", AgencyKind.STREET, Severity.WARNING),
    ("江南市教育局", AgencyKind.DEPARTMENT, Severity.NOTICE),
    ("江南省司法厅", AgencyKind.DEPARTMENT, Severity.NOTICE),
    ("江南市人民政府", AgencyKind.GOVERNMENT, None),
    ("江南市人民政府办公室", AgencyKind.GOVERNMENT_OFFICE, None),
    ("江南壮族自治区人民政府", AgencyKind.GOVERNMENT, None),
    ("江南自治州人民政府", AgencyKind.GOVERNMENT, None),
    ("国家市场监督管理总局", AgencyKind.DEPARTMENT, None),
    ("教育部", AgencyKind.DEPARTMENT, None),
    ("滨江新区管委会", AgencyKind.COMMITTEE, None),
]


@pytest.mark.parametrize(("name", "kind", "severity"), RANKS, ids=lambda v: str(v))
def test_regulations_come_only_from_who_may_make_them(name, kind, severity) -> None:
    report, case = with_cell(a_report(), "regulations.made", 2), by(name, kind)
    if severity is None:
        assert holds("A05", report, case)
        return
    finding = finding_of("A05", report, case)
    assert (finding.cells, finding.expected, finding.actual) == (("regulations.made",), "0", "2")
    assert finding.severity is severity
    assert name in finding.message.zh


def test_regulations_without_a_known_unit_or_figure_cannot_be_assessed() -> None:
    assert lacks_context("A05", with_cell(a_report(), "regulations.made", 2))
    assert holds("A05", a_report())
    lost = without_cells(a_report(), "regulations.made")
    assert lacks_source("A05", lost, Case(identity=IDENTITY)) == ("regulations.made",)


@pytest.mark.parametrize("row", ["regulations", "normative_documents"])
def test_fewer_in_force_than_made_and_kept(row) -> None:
    report = with_cell(a_report(), f"{row}.made", 9)
    report = with_cell(with_cell(report, f"{row}.repealed", 2), f"{row}.in_force", 6)
    finding = finding_of("A06", report)
    assert finding.cells == tuple(f"{row}.{m}" for m in ("made", "repealed", "in_force"))
    assert (finding.expected, finding.actual) == ("≥ 7", "6")
    assert "9 − 2 = 7" in finding.message.zh


def test_both_rows_that_hold_too_few_are_told_in_one_finding() -> None:
    report = with_cell(
        with_cell(a_report(), "regulations.made", 99), "normative_documents.made", 99
    )
    finding = finding_of("A06", report)
    assert len(finding.cells) == 6
    assert finding.expected == "≥ 96、≥ 87"


def test_made_and_repealed_in_the_same_year_leaves_nothing_in_force() -> None:
    report = with_cell(a_report(), "regulations.made", 3)
    report = with_cell(with_cell(report, "regulations.repealed", 3), "regulations.in_force", 0)
    assert holds("A06", report)
    assert holds("A06", with_raw(a_report(), "/", "regulations.in_force"))
    lost = without_cells(a_report(), "regulations.in_force")
    assert lacks_source("A06", lost) == ("regulations.in_force",)
