"""D rules on the report's own text: repetition, topic, references, tense."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from reports.case import Case
from reports.findings import Severity
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from tests.builders import a_report, with_text, without_section

CODES = ("D02", "D04", "D05", "D06")


def judged(code, report):
    return run([rule_named(code)], Subject(report, Case()))


def found(code, report):
    return [(f.severity, f.actual) for f in judged(code, report).findings]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("year", [2020, 2025])
def test_usual_report_holds(code, year) -> None:
    assert found(code, a_report(year)) == []


@pytest.mark.parametrize("code", CODES)
def test_without_the_sections_there_is_nothing_to_judge(code) -> None:
    assessment = judged(code, without_section(a_report(), 1, 5))
    assert assessment.findings == assessment.not_assessable == ()


SUPERVISION = (
    "街道持续强化监管效能，通过定期与不定期的检查机制，对公开内容的完整性、程序的规范性及更新的及时性进行全面核查。"
    "针对发现的问题，建立整改闭环，推动信息公开工作规范化、标准化运行。"
)
PROBLEMS = (
    "公开内容还不够丰富，栏目更新不够及时，群众参与的渠道不多。下一步将充实专区，完善目录，增加图文解读，"
    "组织政策宣讲进社区活动，畅通咨询电话，提高答复质量。"
)


def text_of(first, fifth):
    return with_text(with_text(a_report(), 1, first), 5, fifth)


def test_section_five_that_repeats_section_one_is_noted_with_the_passage() -> None:
    (finding,) = judged("D02", text_of(f"全年平稳。{SUPERVISION}", PROBLEMS + SUPERVISION)).findings
    assert finding.severity is Severity.NOTICE
    assert finding.expected == "<25%"
    assert "街道持续强化监管效能" in finding.message.zh


@pytest.mark.parametrize(
    ("first", "fifth"),
    [
        (SUPERVISION, PROBLEMS),
        (SUPERVISION, PROBLEMS * 2 + "推动信息公开工作规范化、标准化运行。"),
        (SUPERVISION, "推动信息公开工作规范化、标准化运行。"),
    ],
    ids=["other text", "one phrase in common", "too short"],
)
def test_a_few_phrases_in_common_are_no_repetition(first, fifth) -> None:
    assert found("D02", text_of(first, fifth)) == []


OFF = (
    "一是智慧化治理水平滞后，数字鸿沟明显。二是基层负担较重，重复派单问题突出。"
    "三是执法权限下沉不足，一线人员短缺。四是优化老年友好型界面，缩小差距。"
)


def test_section_five_on_another_matter_is_noted_with_the_count() -> None:
    (finding,) = judged("D04", with_text(a_report(), 5, OFF)).findings
    assert (finding.severity, finding.actual) == (Severity.NOTICE, "4/4")
    assert "智慧化治理水平滞后，数字鸿沟明显" in finding.message.zh


@pytest.mark.parametrize(
    "text",
    [
        OFF
        + "五是公开目录更新慢。六是解读形式单一。七是栏目设置不合理。八是答复不规范。九是平台老旧难用了。",
        "智慧化治理水平滞后，数字鸿沟明显。基层负担较重。",
        "一是队伍建设有待加强。二是培训次数不多。三是信息更新不及时。四是公开渠道较少。五是解读材料不够生动。",
    ],
    ids=["half on topic", "too few sentences", "staff and training among others"],
)
def test_single_sentences_off_the_topic_do_not_matter(text) -> None:
    assert found("D04", with_text(a_report(), 5, text)) == []


@pytest.mark.parametrize(
    ("text", "cited", "due"),
    [
        ("按照国办公开办函〔2019〕60号要求编制本报告。", "国办公开办函〔2019〕60号", "30号"),
        ("依据国办公开办函[2019]60号的格式编制。", "国办公开办函[2019]60号", "30号"),
        ("根据《政府信息公开条例》（国务院令第492号）编制。", "国务院令第492号", "711号"),
        ("根据国办公开办涵〔2021〕30号编制。", "国办公开办涵", "国办公开办函"),
        ("根据国办公开办函〔2020〕30号编制。", "国办公开办函〔2020〕30号", "〔2021〕30号"),
        ("处理费按国办函〔2021〕109号执行。", "处理费按国办函〔2021〕109号", "〔2020〕109号"),
    ],
)
@pytest.mark.parametrize("place", ["section", "opening"])
def test_superseded_or_misspelled_reference_is_quoted(text, cited, due, place) -> None:
    report = with_text(a_report(), 1, text) if place == "section" else a_report(opening=text)
    (finding,) = judged("D05", report).findings
    assert finding.severity is Severity.WARNING
    assert finding.actual == cited.replace("（", "(")
    assert due in finding.expected


@pytest.mark.parametrize(
    "text",
    [
        "根据国办公开办函〔2021〕30号编制。",
        "依据国办函〔2020〕109号，未收取信息处理费。",
        "国办公开办函〔2019〕60号已废止，现按新格式编制。",
        "国务院令第492号公布、国务院令第711号修订的条例施行以来，制度不断完善。",
        "根据国办公开办函〔202130号编制。",
        "根据国办公开办函30号编制。",
        "根据国办函〔2021〕109号关于其他事项的要求开展工作。",
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制。",
    ],
    ids=["form", "fee", "repealed", "history", "lost bracket", "lost year", "other matter", "law"],
)
def test_references_in_force_and_history_hold(text) -> None:
    assert found("D05", with_text(a_report(opening=text), 1, text)) == []


def test_the_old_form_was_in_force_for_old_reports() -> None:
    assert found("D05", a_report(2020, opening="按照国办公开办函〔2019〕60号要求编制。")) == []


def test_plans_in_section_one_are_noted_from_three_on() -> None:
    plans = "街道将继续依托网站公开信息。将进一步规范流程。将不断提升质量。"
    assert found("D06", with_text(a_report(), 1, plans)) == [(Severity.NOTICE, "3")]


@pytest.mark.parametrize(
    "text",
    [
        "2025年，街道将继续依托政府网站更新信息。全年共发布信息38篇。",
        "将信息公开纳入考核。将目录更新到位。将制度落实到人。将责任压实。",
        "将继续加强培训，将进一步规范流程，将不断提升质量。",
    ],
    ids=["one plan", "no plan", "one sentence"],
)
def test_a_plan_or_two_do_not_matter(text) -> None:
    assert found("D06", with_text(a_report(), 1, text)) == []


HOSTILE = (
    "将继续" * 20_000,
    "国办公开办函〔2019〕" * 5_000,
    "处理费" * 20_000,
    "号" * 60_000,
    "处理费国办函" * 10_000,
    "一是" * 30_000,
    "今后" * 30_000,
    "公" * 60_000,
    "".join(chr(0x4E00 + n % 20_000) for n in range(60_000)),
)


@pytest.mark.parametrize("code", CODES)
def test_long_texts_are_judged_in_linear_time(code) -> None:
    for text in HOSTILE:
        half = len(text) // 2
        report = replace(text_of(text[:half], text[half:]), opening=text[:4000])
        started = process_time()
        judged(code, report)
        assert process_time() - started < 1.5, text[:8]
