"""N rules over texts with one contradiction each that an examiner would surely name."""

from __future__ import annotations

import time

import pytest

from reports.case import Case
from reports.findings import Severity
from reports.rules.registry import assess
from tests.builders import a_report, scaled, with_text

CASE = Case(year=2025)


def codes(report):
    return {finding.code for finding in assess(report, CASE).findings}


# The tables: 60 new, 8 carried in, 61 answered, 7 carried over; 26 granted, 9 partly; 9 reviews, 6 suits.
CONTRADICTIONS = [
    ("N01", "依申请公开情况：2025年未收到申请。"),
    ("N01", "（二）依申请公开情况\n2025年，我局未收到申请。"),
    ("N01", "2.依申请公开。2025年收到申请0件。"),
    ("N01", "全年依申请公开0件。"),
    ("N01", "2025年我局依申请公开政府信息0件。"),
    ("N01", "本年度新收政府信息公开申请为零。"),
    ("N01", "本年度政府信息公开申请数量为0。"),
    ("N01", "我局2025年度不存在依申请公开的情况。"),
    ("N01", "2025年未收到公民个人、法人或其他组织的信息公开申请事项。"),
    ("N01", "我局未收到公开政府信息申请。"),
    ("N01", "截至2025年12月31日，我局未收到政府信息公开申请。"),
    ("N01", "2025年1月1日至12月31日，未收到政府信息公开申请。"),
    ("N01", "2025年，区水务局未收到政府信息公开申请。"),
    ("N01", "畅通渠道，完善机制，全年未收到依申请公开申请。"),
    ("N01", "本年度我局政府信息公开申请0件。"),
    ("N01", "2025年收到政府信息公开申请数为0件。"),
    ("N01", "未收到任何单位或个人的政府信息公开申请。"),
    ("N02", "全年通过各种渠道收到政府信息公开申请57件。"),
    ("N02", "收到有效政府信息公开申请57件。"),
    ("N02", "共收到自然人、法人提出的政府信息公开申请57件。"),
    ("N02", "我局共接到群众政府信息公开申请57件，均已答复。"),
    ("N02", "全年接收公民、法人和其他组织申请公开政府信息57件。"),
    ("N02", "全年共收到公民、法人和其他组织提出的政府信息公开申请57件，全部依规答复。"),
    ("N02", "收到申请数量57件，上年结转8件。"),
    ("N02", "（二）依申请公开情况\n2025年，我局共收到申请57件，办结61件。"),
    ("N02", "共收到政府信息公开申请63件，其中撤回1件。"),
    ("N02", "收到申请60件，自然人43件、商业企业9件、科研机构1件、法律服务机构5件。"),
    ("N03", "（二）依申请公开\n收到申请60件。截至12月31日，已按期办结64件，结转7件。"),
    ("N03", "（二）依申请公开情况\n收到申请60件，办结57件。"),
    ("N04", "剩余6件按规定结转下年度办理。"),
    ("N04", "尚有5件未办结，结转至下年度继续办理。"),
    ("N04", "已答复61件，其余5件结转下年度继续办理。"),
    ("N04", "已办结61件，其余10件均在法定期限内，结转至2026年继续办理。"),
    ("N04", "无上年结转申请。"),
    ("N04", "没有上年结转件。"),
    ("N05", "申请答复中予以公开25件，占41%。"),
    ("N05", "25件予以公开，9件部分公开，9件不予公开。"),
    ("N06", "我局2025年未发生信息公开类行政复议及行政诉讼案件。"),
    ("N06", "不存在因政府信息公开引起的行政复议、行政诉讼。"),
    ("N06", "行政复议、诉讼情况：2025年未发生行政复议、行政诉讼。"),
    ("N06", "没有发生过行政复议和行政诉讼的情况。"),
    ("N06", "未发生针对本单位有关政府信息公开的行政复议案件和行政诉讼案件。"),
    ("N06", "政府信息公开行政诉讼：无。"),
    ("N06", "政府信息公开行政复议被纠正3件，维持5件。"),
    ("N06", "信息公开行政复议：维持6件、纠正2件。"),
    ("N06", "因政府信息公开引发行政复议12件，其中维持5件、纠正2件。"),
    ("N08", "全年公开信息120条（其中政策类80条，动态类60条）。"),
    ("N08", "收到政府信息公开申请60件（网络申请50件、信函申请15件）。"),
    ("N08", "全年公开信息120条,其中政策类80条,动态类60条."),
    ("N08", "公开信息120条，分别为政策类80条、动态类60条。"),
    ("N09", "公开信息315条，其中要闻176条、公告58条、文件78条；公众号428条。"),
    ("N11", "2025年没有废止行政规范性文件。"),
    ("N11", "无现行有效行政规范性文件。"),
    ("N12", "全年共收取信息处理费2件380元。"),
    ("N12", "依申请公开收取信息处理费用380元。"),
    ("N15", "公开信息__条。"),
    ("N15", "202X年，我局公开信息120条。"),
    ("N15", "（数据待补充）公开信息。"),
]


@pytest.mark.parametrize(("code", "text"), CONTRADICTIONS)
def test_contradiction_is_named(code, text) -> None:
    assert code in codes(with_text(a_report(), 1, text))


@pytest.mark.parametrize(
    "text", ["我局共收到公民、法人或其他组织申请公开信息5件。", "收到信息公开申请五件。"]
)
def test_requests_beside_tables_of_zeros_are_named(text) -> None:
    assert codes(with_text(scaled(a_report(), 0), 1, text)) & {"N02", "B07"}


def test_outcome_of_reviews_names_the_cell_and_both_figures() -> None:
    report = with_text(a_report(), 1, "政府信息公开行政复议被纠正3件。")
    (finding,) = [f for f in assess(report, CASE).findings if f.code == "N06"]
    assert finding.cells == ("review.corrected",)
    assert (finding.severity, finding.expected, finding.actual) == (Severity.WARNING, "3", "2")
    assert "第四表行政复议“结果纠正”为 2，差 1" in finding.message.zh


def test_list_in_brackets_is_quoted_as_printed() -> None:
    report = with_text(a_report(), 1, "全年公开信息120条（其中政策类80条，动态类60条）。")
    (finding,) = [f for f in assess(report, CASE).findings if f.code == "N08"]
    assert "120条（其中政策类80条，动态类60条）" in finding.message.zh


SPEAKERS = [
    "我局",
    "本机关",
    "区水务局",
    "青禾区水务局机关",
    "年内",
    "2025年全年",
    "截至2025年12月底，我局",
    "2025年1—12月，",
    "报告期内，",
    "规范办理程序，明确责任分工，",
    "依申请公开方面，",
    "（三）依申请公开情况：",
    "经统计，全年",
]
DENIALS = [
    ("N01", "未收到政府信息公开申请。"),
    ("N01", "收到政府信息公开申请0件。"),
    ("N06", "未发生行政复议、行政诉讼。"),
    ("N11", "未制定行政规范性文件。"),
]


@pytest.mark.parametrize(("code", "denial"), DENIALS)
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_denial_of_the_body_itself_is_held_against_its_tables(code, denial, speaker) -> None:
    assert code in codes(with_text(a_report(), 1, speaker + denial))


OTHERS = [
    "多数科室",
    "局属各单位",
    "区水文站",
    "防汛期间，",
    "7—9月",
    "机构改革前，",
    "涉企信息，",
    "就水价调整，",
]


@pytest.mark.parametrize(("code", "denial"), DENIALS)
@pytest.mark.parametrize("speaker", OTHERS)
def test_denial_of_others_or_of_a_topic_is_not(code, denial, speaker) -> None:
    assert code not in codes(with_text(a_report(), 1, speaker + denial))


def test_slip_in_the_kinds_of_applicant_names_its_column() -> None:
    text = "收到申请60件，自然人43件、商业企业9件、科研机构1件、法律服务机构5件。"
    (finding,) = [
        f for f in assess(with_text(a_report(), 1, text), CASE).findings if f.code == "N02"
    ]
    assert finding.cells == ("requests.new.natural_person",)
    assert (finding.severity, finding.expected, finding.actual) == (Severity.WARNING, "43", "40")
    assert "自然人 43 件；第三表“自然人”列本年新收为 40，差 3" in finding.message.zh


HOSTILE = [
    "公民、法人" * 12_000,
    "12件（" * 12_000,
    "12件（其中3件、4件）" * 5_000,
    "未收到" * 20_000,
    "依申请公开" * 12_000,
    "结转下年度" * 12_000,
    "5件未办结，" * 10_000,
    "撤回3件" * 12_000,
    "收到申请，自然人3件、" * 5_000,
    "（一）申请\n" * 9_000,
    "信息公开行政复议维持1件，" * 4_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
@pytest.mark.parametrize("number", [1, 4])
def test_text_made_for_the_reader_is_read_in_time(text, number) -> None:
    report = with_text(a_report(), number, text[:60_000])
    begin = time.process_time()
    assess(report, CASE)
    assert time.process_time() - begin < 4
