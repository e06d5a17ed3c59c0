"""B07–B09, B11–B14: table 3 against its text, and figures that deserve a second look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.findings import Severity
from reports.forms.catalogue import FORM_2019
from reports.model import Quality, TableName
from reports.rules.registry import RULES
from tests.builders import (
    FEE_SENTENCE,
    IDENTITY,
    a_report,
    scaled,
    with_cell,
    with_quality,
    with_text,
    without_cells,
)
from tests.judging import (
    bears_hostile_texts,
    finding_of,
    holds,
    judged,
    lacks_context,
    lacks_source,
)

CODES = [rule.code for rule in RULES if rule.code[0] == "B"]
TOWN = Case(identity=Identity("shuimo", "水磨镇人民政府", AgencyKind.TOWNSHIP), year=2025)
TOTAL = "requests.{}.total"


def empty(text="", year=2025):
    return with_text(scaled(a_report(year), 0), 1, text)


def figures(**rows):
    report = a_report()
    for row, figure in rows.items():
        report = with_cell(report, TOTAL.format(row.replace("__", ".")), figure)
    return report


def test_all_fifteen_rules_on_table_three_are_there() -> None:
    assert [f"B{number:02}" for number in range(1, 16)] == CODES


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("report", [a_report(2019), a_report(2020), a_report(2025, form=FORM_2019)])
def test_balanced_report_of_any_form_breaks_nothing(code, report) -> None:
    assert holds(code, report, Case(identity=IDENTITY))


@pytest.mark.parametrize("code", CODES)
def test_hostile_text_is_read_in_a_moment(code) -> None:
    busy = figures(new=10, carried_out=0, other__other=40, other__fee_unpaid=4)
    assert bears_hostile_texts(code, busy)
    assert bears_hostile_texts(code, figures(carried_out=50))
    assert bears_hostile_texts(code, figures(new=500, carried_out=0))
    assert bears_hostile_texts(code, empty())


@pytest.mark.parametrize("code", CODES)
def test_shifted_table_accuses_nobody(code) -> None:
    report = figures(new=10, carried_out=60, other__other=40, refused__state_secret=2)
    report = with_quality(report, TableName.REQUESTS, Quality.SHIFTED)
    assert judged(code, report, TOWN)[0] == ()


STATED = [
    ("本年度收到政府信息公开申请3件，均已答复。", "3"),
    ("2025年共收到依申请公开政府信息申请12件。", "12"),
    ("全年受理信息公开申请共计1,203件。", "1203"),
    ("今年接到一件政府信息公开申请。", "1"),
    ("本年新收政府信息公开申请23宗。", "23"),
    ("收到公开政府信息的申请２件。", "2"),
    ("收到公民、法人和其他组织提交的政府信息公开申请4件。", "4"),
    ("2025年，我局收到自然人书面政府信息公开申请2件，均已答复。", "2"),
    ("受理依申请公开事项6件。", "6"),
    ("收到3件政府信息公开申请，其中予以公开2件。", "3"),
]


@pytest.mark.parametrize(("text", "number"), STATED)
def test_requests_in_the_text_and_none_in_the_table(text, number) -> None:
    finding = finding_of("B07", empty(text))
    assert (finding.expected, finding.actual) == (number, "0")
    assert finding.severity is Severity.ERROR
    assert "requests.new.total" in finding.cells
    assert text.rstrip("。")[:20] in finding.message.zh


NOT_STATED = [
    "",
    "本年度未收到政府信息公开申请。受理热线咨询1200件。",
    "未收到政府信息公开申请1件。",
    "本年度没有收到政府信息公开申请，主动公开356件。",
    "本年度收到政府信息公开申请0件。",
    "2024年收到政府信息公开申请5件。",
    "与去年收到政府信息公开申请5件相比有所减少。",
    "全区各单位共收到政府信息公开申请23件。",
    "所属单位收到政府信息公开申请2件。",
    "收到政府信息公开申请1件，申请人已撤回。",
    "收到误转的政府信息公开申请1件，已退回。",
    "其中收到信息公开申请3件。",
    "如收到政府信息公开申请1件，应在20个工作日内答复。",
    "受理12345热线咨询1200件，收到建议5件。",
    "收到行政复议申请2件。",
    "收到政府信息公开申请若干件。",
    "截至目前共收到政府信息公开申请35件。",
    "自平台开通以来收到政府信息公开申请35件。",
    "收到人大建议5件、政协提案3件。",
    "各镇街收到政府信息公开申请4件。",
    "计划明年对收到的政府信息公开申请开展2件抽查。",
]


@pytest.mark.parametrize("text", NOT_STATED)
def test_what_is_no_request_of_this_year_and_unit_is_no_contradiction(text) -> None:
    assert holds("B07", empty(text))


def test_table_with_any_request_and_a_government_are_judged_mildly() -> None:
    said = "收到政府信息公开申请3件。"
    assert holds("B07", with_text(a_report(), 1, said))
    government = Case(identity=Identity("g", "青禾区人民政府", AgencyKind.GOVERNMENT))
    assert finding_of("B07", empty(said), government).severity is Severity.WARNING
    untold = replace(empty(said), agency="青禾区人民政府")
    assert finding_of("B07", untold).severity is Severity.WARNING


def test_lost_cells_may_hold_the_requests_that_the_text_states() -> None:
    report = without_cells(empty("收到政府信息公开申请3件。"), "requests.new.total")
    assert lacks_source("B07", report) == ("requests.new.total",)


def test_applicants_nearly_all_put_into_the_last_column() -> None:
    finding = finding_of("B08", with_cell(a_report(), "requests.new.other", 49))
    assert finding.cells == ("requests.new.other", "requests.new.total")
    assert (finding.expected, finding.actual) == ("≤ 80%", "82%")
    assert finding.severity is Severity.NOTICE


def test_few_applicants_and_law_firms_are_no_breach() -> None:
    assert holds("B08", with_cell(a_report(), "requests.new.legal_service", 60))
    few = with_cell(with_cell(a_report(), "requests.new.total", 9), "requests.new.other", 9)
    assert holds("B08", few)
    assert lacks_source("B08", without_cells(a_report(), "requests.new.other")) == (
        "requests.new.other",
    )


def test_results_mostly_put_into_the_last_row() -> None:
    finding = finding_of("B09", figures(other__other=40))
    assert finding.cells == ("requests.other.other.total", "requests.handled_total.total")
    assert finding.actual == "66%"
    assert holds("B09", figures(other__other=9, handled_total=9))
    assert lacks_source("B09", without_cells(a_report(), "requests.handled_total.total")) == (
        "requests.handled_total.total",
    )


def test_mass_withdrawals_and_a_single_row_of_others_are_no_breach() -> None:
    said = "申请人撤回申请38件。"
    assert holds("B09", with_text(figures(other__other=40), 1, said))
    single = with_cell(a_report(2020), "requests.other.total", 50)
    assert holds("B09", single)


def test_more_carried_over_than_fits_the_term_of_reply() -> None:
    finding = finding_of("B11", figures(carried_out=22))
    assert finding.cells == ("requests.carried_out.total", "requests.new.total")
    assert (finding.expected, finding.actual) == ("≤ 21", "22")
    assert "35%（21）" in finding.message.zh
    assert holds("B11", figures(carried_out=21))
    assert holds("B11", figures(new=4, carried_out=4))


@pytest.mark.parametrize("said", ["12月集中收到申请30件。", "年底收到的申请较多，结转办理。"])
def test_wave_of_december_is_no_breach(said) -> None:
    assert holds("B11", with_text(figures(carried_out=40), 1, said))


def test_carry_over_without_its_figures_cannot_be_assessed() -> None:
    for code in ("B11", "B12"):
        key = "requests.carried_out.total"
        assert lacks_source(code, without_cells(figures(new=300), key)) == (key,)
    lost = without_cells(figures(carried_out=0), "requests.new.total")
    assert lacks_source("B12", lost) == ("requests.new.total",)


def test_busy_unit_that_carries_nothing_over() -> None:
    finding = finding_of("B12", figures(new=200, carried_out=0))
    assert (finding.expected, finding.actual) == ("> 0", "0")
    assert "200" in finding.message.zh
    assert holds("B12", figures(new=199, carried_out=0))
    settled = with_text(figures(new=200, carried_out=0), 1, "所有申请均已按时办结。")
    assert holds("B12", settled)


@pytest.mark.parametrize("kind", [AgencyKind.TOWNSHIP, AgencyKind.STREET])
def test_state_secrets_at_the_grass_roots_deserve_a_look(kind) -> None:
    case = Case(identity=replace(TOWN.identity, kind=kind))
    finding = finding_of("B13", figures(refused__state_secret=1), case)
    assert (finding.cells, finding.actual) == (("requests.refused.state_secret.total",), "1")
    assert finding.severity is Severity.NOTICE


def test_state_secrets_elsewhere_are_no_matter() -> None:
    report = figures(refused__state_secret=1)
    government = Identity("g", "青禾区人民政府", AgencyKind.GOVERNMENT)
    assert holds("B13", report, Case(identity=IDENTITY))
    assert holds("B13", report, Case(identity=government))
    assert holds("B13", a_report(), TOWN)
    assert lacks_context("B13", report)


def test_lost_total_of_a_rare_row_is_replaced_by_its_parts() -> None:
    row = "requests.refused.state_secret"
    lost = without_cells(a_report(), f"{row}.total")
    assert holds("B13", lost, TOWN)
    shown = without_cells(with_cell(a_report(), f"{row}.enterprise", 2), f"{row}.total")
    assert finding_of("B13", shown, TOWN).cells == (f"{row}.enterprise",)
    unknown = without_cells(lost, f"{row}.other")
    assert lacks_source("B13", unknown, TOWN) == (f"{row}.total",)


@pytest.mark.parametrize(
    "said", ["本年度未发出收费通知。", "本机关从未向申请人开具信息处理费缴费通知。"]
)
def test_unpaid_fees_although_no_notice_was_ever_issued(said) -> None:
    finding = finding_of("B14", with_text(figures(other__fee_unpaid=2), 6, said))
    assert (finding.cells, finding.actual) == (("requests.other.fee_unpaid.total",), "2")
    assert said.rstrip("。") in finding.message.zh


@pytest.mark.parametrize(
    "said", [FEE_SENTENCE, "发出收费通知2件，逾期未缴，实际未收取信息处理费。", "无。"]
)
def test_fee_demanded_and_unpaid_is_exactly_not_collected(said) -> None:
    assert holds("B14", with_text(figures(other__fee_unpaid=2), 6, said))


def test_unpaid_row_that_is_lost_cannot_be_assessed() -> None:
    row = "requests.other.fee_unpaid"
    report = with_text(a_report(), 6, "本年度未发出收费通知。")
    lost = without_cells(report, f"{row}.total", f"{row}.other")
    assert lacks_source("B14", lost) == (f"{row}.total",)
    assert holds("B14", with_text(a_report(2020), 6, "本年度未发出收费通知。"))
