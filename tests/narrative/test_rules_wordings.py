"""N rules over more wordings: whose claim it is, and the many ways to say none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.findings import Severity
from tests.builders import with_text
from tests.narrative.test_rules_narrative import NOTHING_RECEIVED, findings_of, told

NO_CLAIM_OF_THE_AGENCY = [
    "村（社区）未收到政府信息公开申请。",
    "区属学校未收到政府信息公开申请。",
    "12月份未收到政府信息公开申请。",
    "国庆假期未收到政府信息公开申请。",
    "全区12个部门未收到政府信息公开申请。",
    "其中未收到公开申请的单位5家。",
    "对未收到依申请公开申请的，实行零报告制度。",
    "如全年未收到政府信息公开申请，须在表中填0。",
    "未收到公开申请撤回申请。",
    "我局未收到政府信息公开申请收费请求。",
    "没有政府信息公开申请情况通报。",
    "区政府本级未收到政府信息公开申请。",
    "公开专栏运行以来未收到政府信息公开申请。",
]


@pytest.mark.parametrize("text", NO_CLAIM_OF_THE_AGENCY)
def test_denial_for_some_units_a_month_or_a_condition_denies_nothing(text) -> None:
    assert findings_of(told(text), "N01") == []


@pytest.mark.parametrize(
    "text",
    [
        "2025年我局未收到任何形式的依申请公开。",
        "2025年收到0件依申请公开。",
        "2025年，本机关收到政府信息公开申请零件。",
        "2025年新收政府信息公开申请0件，上年结转0件。",
        "2025年未接到政府信息公开申请，无结转件。",
        "未收到自然人、法人或其他组织关于政府信息公开方面的申请。",
        "本年度内没有公民、法人或其他组织向我局申请公开政府信息。",
        "2025年1月至12月未收到政府信息公开申请。",
    ],
)
def test_more_wordings_of_nothing_received_contradict_the_table(text) -> None:
    assert [f.actual for f in findings_of(told(text), "N01")] == ["60"]


@pytest.mark.parametrize("agency", ["青禾区", "北岭市", "景宁畲族自治县", "青禾区人民政府"])
def test_government_named_by_its_region_alone_gets_a_warning(agency) -> None:
    report = replace(told(NOTHING_RECEIVED[0]), agency=agency)
    assert [f.severity for f in findings_of(report, "N01")] == [Severity.WARNING]


@pytest.mark.parametrize("agency", ["水磨镇人民政府", "青禾区财政局", "水磨镇"])
def test_offices_and_towns_speak_of_themselves(agency) -> None:
    report = replace(told(NOTHING_RECEIVED[0]), agency=agency)
    assert [f.severity for f in findings_of(report, "N01")] == [Severity.ERROR]


@pytest.mark.parametrize(
    "text",
    [
        "自然人申请结转下年度4件。",
        "其中自然人结转下年度4件。",
        "市本级结转下年度3件，其余4件由区县结转。",
    ],
)
def test_carry_over_of_one_group_is_not_the_total(text) -> None:
    assert findings_of(told(text), "N04") == []


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("无结转下年度继续办理的申请。", "0"),
        ("结转下年度数量5件。", "5"),
        ("结转下年度继续办理的有5件。", "5"),
        ("收到申请60件（自然人45件，企业15件），结转下年度5件。", "5"),
    ],
)
def test_more_wordings_of_carry_over_contradict_the_table(text, stated) -> None:
    assert [(f.expected, f.actual) for f in findings_of(told(text), "N04")] == [(stated, "7")]


@pytest.mark.parametrize(
    "text",
    [
        "行政复议、行政诉讼均为0件。",
        "行政复议、行政诉讼案件数均为零。",
        "我局未发生政府信息公开方面的行政复议和行政诉讼。",
        "未发生涉及政府信息公开的行政复议、行政诉讼案件及投诉举报。",
        "无举报、复议、诉讼情况发生。",
    ],
)
def test_more_wordings_of_no_dispute_contradict_the_table(text) -> None:
    assert [f.severity for f in findings_of(told(text, 4), "N06")] == [Severity.ERROR] * 2


@pytest.mark.parametrize("text", ["自然人未提起行政诉讼。", "12个部门未发生行政诉讼。"])
def test_denial_for_some_plaintiffs_or_units_denies_no_dispute(text) -> None:
    assert findings_of(told(text, 4), "N06") == []


@pytest.mark.parametrize(
    "denial",
    [
        "2025年，本单位未收取任何费用。",
        "2025年度收取信息处理费0元。",
        "未向申请人收取信息处理费。",
        "信息处理费：无。",
        "无信息处理费收取情况。",
        "未收取政府信息公开处理费。",
    ],
)
def test_more_denials_of_the_fee_contradict_an_amount(denial) -> None:
    report = with_text(told("信息处理费收取380元。"), 6, denial)
    assert [f.actual for f in findings_of(report, "N12")] == ["380"]


@pytest.mark.parametrize(
    "text",
    [
        "发出收费通知1份，要求收取信息处理费380元，申请人逾期未缴纳。",
        "通知申请人收取信息处理费380元，申请人放弃申请。",
        "收取信息处理费380元后已全额退还。",
    ],
)
def test_fee_that_was_asked_for_but_not_paid_contradicts_no_denial(text) -> None:
    assert findings_of(told(text), "N12") == []
