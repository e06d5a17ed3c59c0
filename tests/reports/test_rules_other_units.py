"""D01, D03, D07: words and files of other units."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.findings import Severity
from reports.profile import Profile, Setting
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from reports.surroundings import Likeness, Page, Places, Source
from tests.builders import IDENTITY, a_report, with_text
from tests.judging import bears_hostile_texts, finding_of, holds, lacks_context

OTHER = Identity("caizheng", "青禾区财政局", AgencyKind.DEPARTMENT)
PASSAGE = "围绕群众关心的水源保护、管网改造和抗旱调度，逐项公开实施方案、资金安排和进展情况"
SEEN = datetime(2026, 1, 12, 20, tzinfo=UTC)


def likeness(share: str = "0.76", identity: Identity = OTHER, passage: str = PASSAGE) -> Likeness:
    return Likeness(identity, Decimal(share), passage, Source("http://x.gov.cn/9.html", "ab", SEEN))


def beside(*likenesses: Likeness, **changes: object) -> Case:
    return Case(IDENTITY, 2025, likenesses=likenesses, twins=(), **changes)  # type: ignore[arg-type]


def twinned(*twins: Identity) -> Case:
    return Case(IDENTITY, 2025, twins=twins)


@pytest.mark.parametrize("code", ["D01", "D03", "D07"])
def test_without_a_comparison_nothing_is_said(code) -> None:
    assert lacks_context(code, a_report(), Case(IDENTITY, 2025))


@pytest.mark.parametrize("code", ["D01", "D03", "D07"])
def test_report_that_is_like_no_other_holds(code) -> None:
    assert holds(code, a_report(), beside())


def test_copied_text_names_the_other_unit_its_address_the_passage_and_both_days() -> None:
    page = Page(source=Source(seen_at=datetime(2026, 1, 18, 1, tzinfo=UTC)))
    finding = finding_of("D01", a_report(), beside(likeness(), page=page))
    assert (finding.cells, finding.expected, finding.actual) == ((), "<70%", ">=70% 青禾区财政局")
    for word in (
        "76%",
        "青禾区财政局",
        "http://x.gov.cn/9.html",
        PASSAGE,
        "2026-01-13",
        "2026-01-18",
    ):
        assert word in finding.message.zh
        assert word in finding.message.en
    assert "不能判断谁先写" in finding.message.zh


def test_copied_text_begins_as_a_notice_and_a_profile_may_make_more_of_it() -> None:
    rule = rule_named("D01")
    subject = Subject(a_report(), beside(likeness()))
    assert finding_of("D01", a_report(), beside(likeness())).severity is Severity.NOTICE
    strict = Profile(settings={"D01": Setting(severity=Severity.WARNING)})
    (finding,) = run([rule], subject, strict).findings
    assert finding.severity is Severity.WARNING


def test_a_share_that_moves_a_little_is_the_same_finding() -> None:
    one, other = (finding_of("D01", a_report(), beside(likeness(s))) for s in ("0.71", "0.78"))
    assert one.fingerprint() == other.fingerprint()


def test_closest_of_several_is_named() -> None:
    third = Identity("minzheng", "青禾区民政局", AgencyKind.DEPARTMENT)
    case = beside(likeness("0.72"), likeness("0.95", third))
    assert finding_of("D01", a_report(), case).actual == ">=90% 青禾区民政局"


@pytest.mark.parametrize(
    "case",
    [
        beside(likeness("0.69")),
        beside(likeness(identity=Identity("shuiwu2", "水务局", AgencyKind.DEPARTMENT))),
        beside(likeness(identity=Identity("x", "甲局", AgencyKind.OTHER, ("区水务局",)))),
        Case(IDENTITY, 2025, likenesses=(likeness(),), twins=(OTHER,)),
    ],
    ids=["few common words", "same office", "alias", "same file is told by another rule"],
)
def test_what_is_alike_for_a_reason_holds(case) -> None:
    assert holds("D01", a_report(), case)


JOINT = "本局与青禾区财政局合署办公，一并报告。"


@pytest.mark.parametrize("code", ["D01", "D07"])
def test_joint_office_that_says_so_holds(code) -> None:
    report = with_text(a_report(), 6, JOINT)
    case = Case(IDENTITY, 2025, likenesses=(likeness("0.99"),), twins=(OTHER,))
    assert holds(code, report, case)


def test_report_that_names_both_units_in_its_title_holds() -> None:
    report = a_report(title="青禾区水务局、青禾区财政局2025年政府信息公开工作年度报告")
    assert holds("D07", report, twinned(OTHER))


def test_another_name_left_in_is_found_with_its_sentence() -> None:
    text = "2025年，青禾区财政局高度重视政府信息公开工作。" + a_report().sections[0].text
    finding = finding_of("D03", with_text(a_report(), 1, text), beside(likeness()))
    assert (finding.expected, finding.actual) == ("青禾区水务局", "青禾区财政局")
    assert "青禾区财政局高度重视" in finding.message.zh


def test_foreign_place_in_the_shared_passage_is_found() -> None:
    passage = "登录白石县政府门户网站查阅公开目录和年度报告"
    report = with_text(a_report(), 1, f"群众可{passage}。")
    case = beside(likeness(passage=passage), places=Places(("青禾区",), ("白石县",)))
    assert finding_of("D03", report, case).actual == "白石县"


@pytest.mark.parametrize(
    "sentence",
    [
        "会同青禾区财政局公开专项资金分配情况。",
        "对应由青禾区财政局公开的信息，转送该局办理。",
        "向青禾区财政局学习目录管理的做法。",
        "按时公开本局预算和决算。",
    ],
)
def test_other_unit_named_as_partner_holds(sentence) -> None:
    assert holds("D03", with_text(a_report(), 1, sentence), beside(likeness()))


def test_other_name_without_a_copied_text_holds() -> None:
    report = with_text(a_report(), 1, "青禾区财政局高度重视公开工作。")
    assert holds("D03", report, beside(likeness("0.5")))


def test_same_file_of_two_units_names_the_other() -> None:
    finding = finding_of("D07", a_report(), twinned(OTHER))
    assert finding.actual == "青禾区财政局"
    assert finding.severity is Severity.NOTICE
    assert "逐字节相同" in finding.message.zh


def test_many_twins_are_counted() -> None:
    twins = [Identity(str(n), f"青禾区第{n}中心", AgencyKind.OTHER) for n in range(6)]
    assert "等 6 家" in finding_of("D07", a_report(), twinned(*twins)).message.zh


@pytest.mark.parametrize("code", ["D01", "D03", "D07"])
def test_hostile_text_is_read_quickly(code) -> None:
    case = Case(IDENTITY, 2025, likenesses=(likeness("0.9"),), twins=())
    assert bears_hostile_texts(code, a_report(), case)
