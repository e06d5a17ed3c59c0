"""Oddities of real reports: what looks like an error of structure, title or text, and is none."""

from __future__ import annotations

import pytest

from reports.case import Case
from reports.documents.read import read_document
from reports.findings import Severity
from reports.reading.read import read_report
from reports.rules.engine import run
from reports.rules.registry import RULES
from reports.rules.subject import Subject
from tests.builders import IDENTITY

MILD = ("S02", "S03", "S06", "S08", "S09", "S10", "S11", "S12", "S13", "S15")
MILD += ("I03", "I05", "I06", "I07", "I08", "I09", "I10", "D02", "D04", "D05", "D06")
TITLE = "青禾区水务局2025年政府信息公开工作年度报告"
FIRST = (
    "统计期限为2025年1月1日至12月31日。全年主动公开信息320条，依申请公开按期答复，政府信息管理规范，"
    "平台建设有序，监督保障到位。"
)
FIFTH = (
    "存在的问题：解读的形式较为单一，公开内容的更新不够及时。改进情况：加强业务培训，完善公开目录，"
    "提高信息发布和答复的质量。"
)
USUAL = {
    "一、总体情况": FIRST,
    "二、主动公开政府信息情况": "",
    "三、收到和处理政府信息公开申请情况": "",
    "四、政府信息公开行政复议、行政诉讼情况": "",
    "五、存在的主要问题及改进情况": FIFTH,
    "六、其他需要报告的事项": "本年度未收取信息处理费。",
}


def judged(parts, before=(TITLE,)):
    lines = [*before, *(line for pair in parts.items() for line in pair if line)]
    report = read_report(read_document("\n\n".join(lines).encode()))
    rules = [rule for rule in RULES if rule.code in MILD]
    found = run(rules, Subject(report, Case(identity=IDENTITY, year=2025))).findings
    return {f.code: f.severity for f in found}


def replaced(**changed):
    names = dict(zip(("s1", "s2", "s3", "s4", "s5", "s6"), USUAL, strict=True))
    return {changed.get(key, name): USUAL[name] for key, name in names.items()}


def without(*numbers):
    return {name: text for n, (name, text) in enumerate(USUAL.items(), 1) if n not in numbers}


CHAPTERS = {
    "一、总体情况": "统计期限为2025年1月1日至12月31日。全年工作平稳。",
    "二、主动公开情况": "全年公开信息300条。",
    "三、依申请公开情况": "办理公开申请2件。",
    "四、政府信息管理情况": "严格保密审查。",
    "五、平台建设情况": "维护好门户网站。",
    "六、监督保障情况": "组织培训两次。",
    "一、主动公开政府信息情况": "",
    "二、收到和处理政府信息公开申请情况": "",
    "三、政府信息公开行政复议、行政诉讼情况": "",
    "五、存在的主要问题及改进情况": FIFTH,
    "六、其他需要报告的事项": "无",
}

SILENT = {
    "as the form has it": USUAL,
    "sign behind a heading": replaced(s1="一、总体情况、"),
    "note of the draft in a heading": replaced(s1="一、总体情况(宋体加粗小四号字)"),
    "note of the draft in the text": USUAL
    | {"二、主动公开政府信息情况": "该部分以表格形式报告。表格如下"},
    "nothing else to report": USUAL | {"六、其他需要报告的事项": "无"},
    "four sections only": without(5, 6),
    "section five left out": without(5),
    "run-in sub-headings": USUAL
    | {
        "一、总体情况": "统计期限为2025年1月1日至12月31日。\n\n（一）主动公开：发布信息20条。\n\n"
        "(二)依申请公开。收到申请1件。\n\n一是政府信息管理。严格审核。\n\n3.平台建设：维护网站。\n\n㈤监督保障：组织培训。"
    },
    "sub-headings without text": USUAL
    | {
        "一、总体情况": "统计期限为2025年1月1日至12月31日。\n\n（一）主动公开\n\n（二）依申请公开\n\n"
        "（三）政府信息管理\n\n（四）平台建设\n\n（五）监督保障"
    },
}


@pytest.mark.parametrize("parts", SILENT.values(), ids=SILENT)
def test_oddities_of_structure_are_no_finding(parts) -> None:
    assert judged(parts) == {}


WORDINGS = {
    "measures": replaced(s5="五、存在的主要问题及整改措施"),
    "problems": replaced(s5="五、存在问题及改进情况"),
    "of the old form": replaced(s5="五、政府信息公开工作存在的主要问题及改进情况"),
    "a year": replaced(s1="一、2025政府信息公开情况"),
    "affairs": replaced(s1="一、2025年政务公开总体情况"),
}


@pytest.mark.parametrize("parts", WORDINGS.values(), ids=WORDINGS)
def test_other_wordings_of_headings_are_noted_and_nothing_else(parts) -> None:
    assert judged(parts) == {"S03": Severity.NOTICE}


def test_chapters_numbered_anew_are_no_finding() -> None:
    assert judged(CHAPTERS) == {}


def test_a_seventh_part_is_no_finding() -> None:
    assert judged(USUAL | {"七、附件": "附件可在网站下载。"}) == {}


@pytest.mark.parametrize(
    "before",
    [
        ("索引号：0001/2026-00012", "报送年度：2025", TITLE),
        ("青禾区水务局公告", "现将年度报告予以公布。", TITLE),
        ("青禾区水务局2025年政府信息公开", "工作年度报告"),
        ("青禾区水务局 2025 年 政府信息公开工作 年度报告",),
        ("当前位置：首页 > 政府信息公开年报 > 2024年", TITLE),
    ],
    ids=["table of metadata", "announcement", "broken title", "spaced title", "path of the page"],
)
def test_lines_before_the_report_are_no_finding(before) -> None:
    assert judged(USUAL, before) == {}
