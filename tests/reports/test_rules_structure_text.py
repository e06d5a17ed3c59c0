"""S rules on the text: what sections one and five tell, results of supervision, the period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from reports.agencies import AgencyKind
from reports.case import Case
from reports.findings import Cause, Severity
from reports.model import Period, Quality, TableName
from reports.profile import DEFAULT, Profile, Setting
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from tests.builders import IDENTITY, a_report, with_quality, with_text

CODES = ("S10", "S11", "S12", "S13", "S15")


def judged(code, report, case=None, profile=DEFAULT):
    return run([rule_named(code)], Subject(report, case or Case()), profile)


def found(code, report, case=None):
    return [(f.severity, f.actual) for f in judged(code, report, case).findings]


def gaps(code, report, case=None):
    return [gap.cause for gap in judged(code, report, case).not_assessable]


@pytest.mark.parametrize("code", CODES)
def test_whole_report_of_a_department_breaks_none(code) -> None:
    assert judged(code, a_report(), Case(identity=IDENTITY, year=2025)).findings == ()
    assert judged(code, a_report(2020), Case(identity=IDENTITY, year=2020)).findings == ()


@pytest.mark.parametrize("code", CODES)
def test_without_sections_another_rule_speaks(code) -> None:
    report = replace(a_report(), sections=())
    assert judged(code, report, Case(identity=IDENTITY)).findings == ()
    assert gaps(code, report, Case(identity=IDENTITY)) == []


@pytest.mark.parametrize("code", CODES)
def test_reports_before_the_form_are_not_judged(code) -> None:
    report = replace(a_report(2017), sections=tuple(reversed(a_report().sections)))
    assert judged(code, report, Case()).findings == ()


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("主动公开", "主动公开"),
        ("依申请公开", "依申请公开"),
        ("政府信息管理", "政府信息管理"),
        ("公开平台建设", "政府信息公开平台建设"),
        ("监督保障", "监督保障"),
    ],
)
def test_every_topic_that_section_one_leaves_out_is_named(words, topic) -> None:
    text = "主动公开、依申请公开、政府信息管理、公开平台建设和监督保障工作依法开展。".replace(
        words, ""
    )
    (finding,) = judged("S10", with_text(a_report(), 1, text)).findings
    assert (finding.severity, finding.expected) == (Severity.WARNING, topic)
    assert topic in finding.message.zh


def test_the_same_topics_in_free_words_are_enough() -> None:
    text = (
        "全年通过门户网站和微信公众号发布各类信息320条。畅通受理渠道，办理公民提出的公开申请5件。"
        "严格执行三审三校，动态更新目录。组织业务培训两次，接受群众监督。"
    )
    assert found("S10", with_text(a_report(), 1, text)) == []


def test_section_one_without_text_is_one_finding() -> None:
    (finding,) = judged("S10", with_text(a_report(), 1, " \n ")).findings
    assert finding.expected == "全部五个方面"


@pytest.mark.parametrize(("code", "number"), [("S10", 1), ("S12", 5)])
def test_a_section_whose_text_may_be_a_picture_is_not_assessable(code, number) -> None:
    report = with_quality(with_text(a_report(), number, ""), TableName.REQUESTS, Quality.IMAGE)
    assert found(code, report) == []
    assert gaps(code, report) == [Cause.SOURCE]


def test_a_report_of_its_own_structure_is_not_held_to_the_five_topics() -> None:
    report = with_text(with_text(a_report(), 1, "本年工作平稳。"), 2, "公开了多方面的内容。" * 30)
    assert found("S10", report) == []


@pytest.mark.parametrize(
    ("length", "is_broken"), [(1200, False), (1201, True), (600, False)], ids=str
)
def test_length_of_section_one_is_counted_without_blanks(length, is_broken) -> None:
    text = "公 \n" * length
    expected = [(Severity.NOTICE, str(length))] if is_broken else []
    assert found("S11", with_text(a_report(), 1, text)) == expected


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("青禾区人民政府", None),
        ("青禾区人民政府", AgencyKind.GOVERNMENT),
        ("青禾区", AgencyKind.GOVERNMENT),
    ],
)
def test_governments_may_be_longer(agency, kind) -> None:
    identity = kind and replace(IDENTITY, name=agency, kind=kind)
    report = with_text(a_report(agency=agency), 1, "公" * 3000)
    assert found("S11", report, Case(identity=identity)) == []


def test_the_length_allowed_is_a_limit_of_the_profile() -> None:
    report = with_text(a_report(), 1, "公" * 1100)
    profile = Profile(settings={"S11": Setting(limits={"longest": 1000})})
    assert [f.expected for f in judged("S11", report, profile=profile).findings] == ["1000"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有正文"),
        ("无", "只写了“无”"),
        ("（一）无。", "只写了“(一)无。”"),
        ("无。", "只写了“无。”"),
        ("存在问题：解读不够。改进：加强培训。", "只有 18 字"),
        (
            "下一步将加强业务培训，完善公开目录，提高信息发布的质量，拓展公开渠道，优化栏目设置，推动工作规范开展。"
            * 2,
            "未见存在的问题",
        ),
        (
            "本年度公开工作的主要问题是公开内容更新慢，人员变动频繁，回应群众关切少，解读形式单一，群众知晓度低，参与度低，基层力量不足。",
            "未见改进情况",
        ),
    ],
)
def test_section_five_tells_problems_and_improvements(text, said) -> None:
    (finding,) = judged("S12", with_text(a_report(), 5, text)).findings
    assert finding.severity is Severity.WARNING
    assert said in finding.message.zh


@pytest.mark.parametrize(
    "text",
    [
        "一是标准化水平仍需深化，精细化程度有待提升。二是渠道相对传统，亲和力有待增强。规范信息采编、审核与发布流程，探索多样化方式开展解读。",
        "区里的信息公开有两点不足：一是目录没有对上，几类事项名称不统一；二是科室主动报送的少。2026年准备做三件事：逐条校对名称，三月底以前改完；"
        "编写解读材料；把公开列入月度会商。",
        "各条线的软件互不相通，同一张表要填几遍，一线人手不足，群众在网上查不到要找的内容。2026年街道打算合并重复的系统，建成一个统一的平台。",
        "公开工作尚有短板：人员力量较弱，业务能力不强。今后将充实力量，组织学习，让公开更加及时、准确、全面，更好服务群众生产生活。",
    ],
)
def test_problems_and_improvements_in_other_words_are_enough(text) -> None:
    assert found("S12", with_text(a_report(), 5, text)) == []


RESULTS = {
    "工作考核": "开展绩效测评",
    "社会评议": "委托第三方机构评估，群众满意度高",
    "责任追究": "全年未发生追责情形",
}


def of_kind(kind):
    return Case(identity=replace(IDENTITY, kind=kind))


@pytest.mark.parametrize("missing", RESULTS)
def test_government_names_every_result_of_supervision(missing) -> None:
    text = "；".join(words for name, words in RESULTS.items() if name != missing)
    report = with_text(a_report(), 1, text.replace("评估", "") if missing == "工作考核" else text)
    (finding,) = judged("S13", report, of_kind(AgencyKind.GOVERNMENT)).findings
    assert (finding.severity, finding.expected) == (Severity.WARNING, missing)


def test_results_in_other_words_are_enough() -> None:
    report = with_text(a_report(), 1, "；".join(RESULTS.values()))
    assert found("S13", report, of_kind(AgencyKind.GOVERNMENT)) == []


@pytest.mark.parametrize(
    ("kind", "severities"),
    [
        (AgencyKind.GOVERNMENT, [Severity.WARNING] * 3),
        (AgencyKind.TOWNSHIP, [Severity.NOTICE] * 3),
        (AgencyKind.STREET, []),
        (AgencyKind.DEPARTMENT, []),
        (AgencyKind.GOVERNMENT_OFFICE, []),
    ],
)
def test_only_governments_have_to_tell_results(kind, severities) -> None:
    report = with_text(with_text(a_report(), 1, "公开。"), 5, "不足。")
    assert [severity for severity, _ in found("S13", report, of_kind(kind))] == severities


def test_results_of_an_unknown_agency_are_a_gap_of_context() -> None:
    assert set(gaps("S13", a_report())) == {Cause.CONTEXT}


def covering(first, last):
    return Period(first, last, f"{first}至{last}")


@pytest.mark.parametrize(
    ("first", "last", "is_broken"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2025, 3, 18), date(2025, 12, 31), False),
        (date(2024, 1, 1), date(2024, 12, 31), True),
        (date(2024, 1, 1), date(2025, 12, 31), True),
        (date(2024, 12, 1), date(2025, 11, 30), True),
    ],
)
def test_stated_period_is_the_report_year(first, last, is_broken) -> None:
    report = a_report(period=covering(first, last))
    actual = f"{first}/{last}"
    assert found("S15", report) == ([(Severity.WARNING, actual)] if is_broken else [])


def test_period_is_held_against_the_case_where_the_title_names_no_year() -> None:
    period = covering(date(2024, 1, 1), date(2024, 12, 31))
    report = a_report(period=period, years_in_title=())
    assert found("S15", report) == []
    assert len(found("S15", report, Case(year=2025))) == 1


def test_missing_period_is_only_noted() -> None:
    report = with_text(a_report(), 1, "本机关依法做好公开工作。")
    assert found("S15", report) == [(Severity.NOTICE, None)]


@pytest.mark.parametrize(
    "text",
    [
        "本报告中所列数据的统计期限自2025111231日止。",
        "数据自202419日起。",
        "所列数据从1月1日起至12月31日止。",
        "本报告所列数据的统计期限为上一自然年度。",
        "数据截至2025年12月31日。",
    ],
)
def test_period_damaged_by_conversion_counts_as_stated(text) -> None:
    assert found("S15", with_text(a_report(), 1, text)) == []


def test_period_before_the_first_section_counts() -> None:
    report = with_text(a_report(opening="统计期限为本年度，电子版可下载。"), 1, "公开。")
    assert found("S15", report) == []


HOSTILE = (
    "公开" * 30_000,
    "1月1日" * 12_000,
    "（一）" * 20_000,
    "统计" * 30_000,
    "信息" + "发布" * 29_000,
    "第三方" * 20_000,
    "20251" * 12_000,
    "无" * 60_000,
    " \n" * 30_000,
)


@pytest.mark.parametrize("code", CODES)
def test_long_texts_are_judged_in_linear_time(code) -> None:
    for text in HOSTILE:
        report = with_text(with_text(a_report(), 1, text), 5, text[::-1])
        report = replace(report, opening=text[:4000])
        started = process_time()
        judged(code, report, of_kind(AgencyKind.GOVERNMENT))
        assert process_time() - started < 1.5, text[:8]
