"""Y05 and Y06: words of last year."""

from __future__ import annotations

import pytest

from reports.case import Case
from reports.findings import Severity
from reports.model import AnnualReport
from reports.profile import Profile, Setting
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from reports.surroundings import Source
from tests.builders import IDENTITY, a_report, with_text, without_section
from tests.judging import bears_hostile_texts, finding_of, holds, lacks_context

FIRST = (
    "{year}年，本局围绕水源保护和管网改造，逐项公开实施方案、资金安排和进展情况，全年发布信息{n}条。"
    "依申请公开工作平稳有序，严格执行登记、审核、答复、归档各环节，没有发生超期答复。"
    "政府信息管理方面，完善了发布前审查清单，明确专人负责，定期清理失效内容。"
    "平台建设方面，网站专栏按新目录调整，并开通留言回复。监督保障方面，组织业务培训{m}次。"
)
OTHER_FIRST = (
    "这一年的重点是河道整治：把规划、招标、施工、验收四个环节都放到网上，让沿岸居民随时能查。"
    "受理申请时增加了电话沟通，很多问题在补正之前就说清楚了。老旧文件做了一次全面清理。"
    "新媒体账号由三个并为一个，内容由办公室统一审定，节假日也有人值守并及时回应询问。"
)
PROBLEMS = (
    "存在的问题：一是政策解读形式单一，以文字为主，图表和短片较少；二是部分科室对公开时限把握不严，"
    "更新不够及时；三是基层站所业务能力参差不齐，答复文书格式不够规范。"
)
PLANS = "下一步，将加强培训，完善目录，丰富解读形式，提高答复质量。"
NEW_PLANS = "改进情况：三月开通了图解专栏，六月起每周通报各科室更新情况，十月完成了站所轮训。"


def told(year: int, first: str, fifth: str) -> AnnualReport:
    return with_text(with_text(a_report(year), 1, first), 5, fifth)


def after(previous: AnnualReport) -> Case:
    source = Source("http://x.gov.cn/2024.html", "c0ffee" * 10)
    return Case(IDENTITY, 2025, previous, previous_source=source)


LAST = told(2024, FIRST.format(year=2024, n=81, m=2), PROBLEMS + PLANS)
SAME = told(2025, FIRST.format(year=2025, n=93, m=3), PROBLEMS + PLANS)
HALF = told(2025, FIRST.format(year=2025, n=93, m=3), OTHER_FIRST[:70])
ANEW = told(2025, OTHER_FIRST, "问题是解读不够生动。" + NEW_PLANS)


@pytest.mark.parametrize("code", ["Y05", "Y06"])
def test_text_written_anew_holds(code) -> None:
    assert holds(code, ANEW, after(LAST))


@pytest.mark.parametrize("code", ["Y05", "Y06"])
def test_without_last_years_report_or_its_text_nothing_is_said(code) -> None:
    assert lacks_context(code, SAME)
    assert lacks_context(code, SAME, after(without_section(LAST, 1, 5)))


@pytest.mark.parametrize("code", ["Y05", "Y06"])
def test_without_own_text_there_is_nothing_to_compare(code) -> None:
    assert holds(code, without_section(SAME, 1, 5), after(LAST))


def test_last_years_text_with_new_figures_is_found_with_passage_and_source() -> None:
    finding = finding_of("Y05", SAME, after(LAST))
    assert (finding.cells, finding.expected, finding.actual) == ((), "<60%", "100%")
    assert "围绕水源保护和管网改造" in finding.message.zh
    assert "http://x.gov.cn/2024.html" in finding.message.zh
    assert finding.severity is Severity.NOTICE


@pytest.mark.parametrize(("report", "severity"), [(SAME, "warning"), (HALF, "notice")])
def test_profile_may_warn_of_most_but_only_notes_much(report, severity) -> None:
    strict = Profile(settings={"Y05": Setting(severity=Severity.WARNING)})
    (finding,) = run([rule_named("Y05")], Subject(report, after(LAST)), strict).findings
    assert finding.severity == severity


def test_set_phrases_of_other_sections_are_not_compared() -> None:
    report = with_text(ANEW, 6, "其他需要报告的事项：" + PROBLEMS)
    assert holds("Y05", report, after(with_text(LAST, 6, "其他需要报告的事项：" + PROBLEMS)))


def test_short_texts_are_not_compared() -> None:
    short = "公开工作依法开展，没有问题。"
    assert holds("Y05", told(2025, short, short), after(told(2024, short, short)))
    assert holds("Y06", told(2025, short, short), after(told(2024, short, short)))


def test_problems_of_last_year_are_found_though_the_plans_are_new() -> None:
    report = told(2025, OTHER_FIRST, PROBLEMS + NEW_PLANS)
    finding = finding_of("Y06", report, after(LAST))
    assert (finding.expected, finding.actual) == ("<80%", "100%")
    assert "政策解读形式单一" in finding.message.zh


def test_plans_that_are_carried_on_beside_new_problems_hold() -> None:
    problems = (
        "问题主要有两个：群众在手机上查文件不方便，附件打不开；依申请公开的咨询电话常占线，"
        "有人反映打了多次才接通，这两件事都与人手安排有关，也与系统老旧有关，一时难以全部解决。"
    )
    assert holds("Y06", told(2025, OTHER_FIRST, problems + PLANS), after(LAST))


@pytest.mark.parametrize("code", ["Y05", "Y06"])
def test_hostile_text_is_read_quickly(code) -> None:
    assert bears_hostile_texts(code, SAME, after(LAST))
