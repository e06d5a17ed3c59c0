"""N13–N15, faultless texts in many wordings, and hostile ones."""

from __future__ import annotations

import time

import pytest

from reports.case import Case
from reports.findings import Severity
from reports.profile import Profile, Setting
from reports.rules.engine import run
from reports.rules.registry import RULES, assess
from reports.rules.subject import Subject
from tests.builders import a_report, with_text

CASE = Case(year=2025)
NARRATIVE = [rule for rule in RULES if rule.code.startswith("N")]


def findings_of(text, code, section=1, profile=None):
    report = with_text(a_report(), section, text)
    found = assess(report, CASE, profile) if profile else assess(report, CASE)
    return [f for f in found.findings if f.code == code]


def test_vague_quantity_is_named_only_where_a_profile_asks() -> None:
    text = "全年公开信息300余条，发布解读若干篇。"
    assert findings_of(text, "N13") == []
    profile = Profile(settings={"N13": Setting(active=True)})
    (finding,) = findings_of(text, "N13", profile=profile)
    assert (finding.severity, finding.actual) == (Severity.NOTICE, "300余条")
    assert "共 2 处" in finding.message.zh
    assert findings_of("全年公开信息300条。", "N13", profile=profile) == []


@pytest.mark.parametrize(
    "text",
    [
        "全年在政府网上共主动公开条，其中信息公开指南1条。",
        "2025年，共发布信息条，编发公报6期。",
        "制定规范性文件0件，废止规范性文件0件，现行有效的规范性文件。",
        "共收到政府信息公开申请 件，办结3件。",
        "收到政府信息公开申请共计件，办结3件。",
        "举办培训3次，共计次。",
    ],
)
def test_counter_word_without_its_number_is_a_warning(text) -> None:
    (finding,) = findings_of(text, "N14")
    assert finding.severity is Severity.WARNING
    assert "共 1 处" in finding.message.zh


@pytest.mark.parametrize(
    "text",
    [
        "收到信息公开申请件40件，办结件38件。",
        "受理件数为5件。",
        "优化信息条目12个。",
        "清理现行有效的规范性文件3次。",
        "清理2次，梳理现行有效的规范性文件。",
        "健全公共条件，推进3项工作。",
        "按条例要求公开，发布信息300余条。",
        "共收到政府信息公开申请件，办结件。",
        "一件一件办好3件实事，件件有回应。",
        "逐条逐项公开12项。",
    ],
)
def test_nouns_and_texts_that_lost_every_number_lack_none(text) -> None:
    assert findings_of(text, "N14") == []


@pytest.mark.parametrize(
    ("text", "residue"),
    [
        ("××局高度重视公开工作。", "××"),
        ("ＸＸ镇高度重视公开工作。", "ＸＸ"),
        ("XX局高度重视公开工作。", "XX"),
        ("xx局高度重视公开工作。", "xx"),
        ("***单位高度重视公开工作。", "***"),
        ("____局高度重视公开工作。", "____"),
        ("20XX年，本机关公开信息3条。", "20XX年"),
        ("20××年，本机关公开信息3条。", "20××年"),
        ("2×年发布信息3条。", "2×年"),
        ("公开信息××条。", "××"),
        ("收到申请X件。", "X"),
        ("截至X月X日。", "X"),
        ("[单位]高度重视公开工作。", "[单位]"),
        ("【单位名称】高度重视公开工作。", "【单位名称】"),
        ("存在问题：此处填写。", "此处填写"),
        ("待补充数据。", "待补充数据"),
    ],
)
@pytest.mark.parametrize("section", [1, 5])
def test_words_of_a_template_are_an_error(text, residue, section) -> None:
    (finding,) = findings_of(text, "N15", section)
    assert (finding.severity, finding.actual) == (Severity.ERROR, residue)


@pytest.mark.parametrize(
    "text",
    ["总体情况（宋体加粗小四号字）。", "（注：请根据实际情况填写）", "（注：填报时删除本段）"],
)
def test_drafting_note_left_in_is_a_warning(text) -> None:
    assert [f.severity for f in findings_of(text, "N15")] == [Severity.WARNING]


@pytest.mark.parametrize(
    "text",
    [
        "张××申请公开，申请人李××撤回。",
        "申请人要求公开××镇征地批文。",
        "典型案例：王某诉××局不履行公开职责案。",
        "联系电话138****1234。",
        "提供7×24小时服务。",
        "展板规格2×5米，共3块。",
        "收到网民留言248条（注：因平台整合，该数据来自热线）。",
        "依据国办函〔2020〕109号。",
        "二○○八年施行。",
        "发布图解MAX条目、XXL号。",
        "填写申请表更方便，模板规范。",
        "统一文书（答复模板），公文信息（发文字号、成文日期）齐全。",
        "网上申请（请填写申请表）便捷，（填报时间：1月）。",
    ],
)
def test_masked_names_and_ordinary_signs_are_no_residue(text) -> None:
    assert findings_of(text, "N15") == []


# In the built report: new 60, in 8, handled 61, out 7, review 9, suits 2 + 4, documents 9 / 12 / 15.
FAULTLESS = [
    "2025年，我局共收到政府信息公开申请60件，上年结转8件，办结61件，结转下年度继续办理7件。",
    "全年新收依申请公开六十件，加上年结转八件，已按期答复六十一件，七件结转下年度办理。",
    "本年度受理政府信息公开申请68件（含上年结转8件），均在法定期限内办理，办结61件。",
    "收到政府信息公开申请６０件，其中自然人４０件、商业企业９件、科研机构1件、公益组织2件、法律服务机构5件、其他3件。",
    "共收到依申请公开60宗，比2024年收到的55宗增加5宗，同比增长9.1%。",
    "受理依申请公开60件，予以公开26件，占已答复的42.6%；部分公开9件，占14.8%。",
    "收到申请60件，其中网上45件、信函12件、当面3件。答复中予以公开及部分公开35件。",
    "因政府信息公开被申请行政复议9件，行政诉讼6件。",
    "政府信息公开行政复议案件九件，其中维持5件、纠正2件、其他1件、尚未审结1件。",
    "未发生因政府信息公开被纠正的情况，未败诉。",
    "未收到信函方式的申请，未收到重复申请。",
    "本年制发行政规范性文件9件，废止12件，现行有效15件。",
    "全年主动公开政府信息376条，其中公告330条、动态44条、其他2条。",
    "通过政府网站公开信息300余条，微信公众号发布信息18万余条次。",
    "主动公开政府信息1,203条，编发公报6期，赠阅近2万本。",
    "收到网民留言248条，办结248条；受理热线1200件，办结率100%。",
    "办理人大代表建议9件、政协提案32件，全部办结并公开答复41件。",
    "举办培训3次，参训120人次；开展检查四次，整改问题12个。",
    "按照第二十条第（一）项，公开规划3项。严格执行三审三校，坚持一事一审。",
    "本报告数据统计期限为2025年1月1日至2025年12月31日。",
    "针对2024年度报告反映的3个问题，已全部整改。2026年将继续推进5项工作。",
    "“十四五”期间累计公开信息5000余条，“一老一小”专栏更新38篇。",
    "对自然人申请，当面答复3件，邮寄答复20件，网上答复17件。",
    "行政许可8件，行政处罚4件，均在7个工作日内公示。",
]


@pytest.mark.parametrize("text", FAULTLESS)
def test_faultless_text_in_any_wording_gives_no_finding(text) -> None:
    report = with_text(a_report(), 1, text)
    assert run(NARRATIVE, Subject(report, CASE)).findings == ()


@pytest.mark.parametrize("text", FAULTLESS)
def test_faultless_sentences_stay_so_when_all_stand_together(text) -> None:
    report = with_text(a_report(), 1, f"{text}\n{FAULTLESS[0]}")
    assert run(NARRATIVE, Subject(report, CASE)).findings == ()


HOSTILE = [
    "件",
    "一",
    "十件",
    "零件",
    "1",
    "(",
    "×",
    "的",
    "共",
    "未收到",
    "其中",
    "申请",
    "公开",
    "占5%",
    "共5条，其中",
    "甲3条、",
    "收到政府信息公开申请5件",
    "收到政府信息公开申请5件，",
    "公开信息5条。",
    "规范性文件废止5件，",
    "予以公开、",
    "5件，其中5件，占5%。",
    "2025年，通过网站公开信息5条，其中甲3条、乙4条。收到申请3件，答复2件；",
]
_SECONDS = 2.4
"""Twice the budget of 0.3 seconds a rule, for machines that are busy."""


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_text_costs_no_rule_more_than_its_budget(unit) -> None:
    text = (unit * (60_000 // len(unit) + 1))[:60_000]
    report = with_text(with_text(a_report(), 1, text), 4, text)
    for rule in NARRATIVE:
        start = time.process_time()
        run([rule], Subject(report, CASE))
        assert time.process_time() - start < _SECONDS, rule.code
