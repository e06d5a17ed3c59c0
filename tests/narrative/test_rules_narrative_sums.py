"""N07–N10: arithmetic inside the text."""

from __future__ import annotations

import pytest

from reports.case import Case
from reports.findings import Severity
from reports.rules.registry import assess
from tests.builders import a_report, with_text

CASE = Case(year=2025)


def findings_of(text, code, section=1, report=None):
    told = with_text(report or a_report(), section, text)
    return [f for f in assess(told, CASE).findings if f.code == code]


FITTING = [
    "收到申请12件，其中予以公开5件，占41%。",
    "收到申请12件，其中予以公开5件，占41.7%。",
    "收到申请12件，其中予以公开5件，占42%。",
    "收到申请28件，其中网站5件，占18%；信函1件，占3%；当面6件，占21%。",
    "收到申请130件，其中予以公开59件、占45.3%；无法提供26件、占20%。",
    "受理59件，新收47件。其中，信函39件，占83%；邮件7件，占14.9%；窗口0件，占0%。",
    "共46件，其中予以公开26件，占43.3%。",
    "增长20%，办结率100%。",
    "网站占60%，信函占40%。",
]


@pytest.mark.parametrize("text", FITTING)
def test_percentage_rounded_cut_off_or_of_another_total_fits(text) -> None:
    assert findings_of(text, "N07") == []


@pytest.mark.parametrize(
    ("text", "true", "stated"),
    [
        ("收到申请12件，其中予以公开5件，占51%。", "41.67%", "51%"),
        ("收到申请６０件，其中自然人40件，占66.7%；法人20件，占20%。", "33.33%", "20%"),
        ("发布信息200条，其中动态50条（占35％）。", "25%", "35%"),
    ],
)
def test_percentage_that_no_total_explains_is_a_notice(text, true, stated) -> None:
    (finding,) = findings_of(text, "N07")
    assert (finding.severity, finding.expected, finding.actual) == (Severity.NOTICE, true, stated)


EXCEEDING = [
    ("共收到政府信息公开申请23件，其中网站18件、信函6件。", "23", "24"),
    ("发布信息20条。其中，动态12条，公告5条，解读4条。", "20", "21"),
    ("全年召开发布会5次，其中线上3次、线下4次。", "5", "7"),
    ("编发公报六期，其中正刊五期、增刊两期。", "6", "7"),
    ("制发文件2件，其中废止3件。", "2", "3"),
    ("公开信息1，200条，其中动态1，000条，公告300条，占25%。", "1200", "1300"),
]


@pytest.mark.parametrize(("text", "total", "sum_"), EXCEEDING)
def test_parts_that_exceed_their_total_are_an_error(text, total, sum_) -> None:
    (finding,) = findings_of(text, "N08")
    assert (finding.severity, finding.expected, finding.actual) == (Severity.ERROR, total, sum_)
    assert f"总数写 {total}" in finding.message.zh


def test_parts_after_a_word_that_may_mean_something_else_are_a_warning() -> None:
    text = "发布法定主动公开内容1条，包括机构概况1条，以及预算决算信息2条。"
    (finding,) = findings_of(text, "N08")
    assert (finding.severity, finding.expected, finding.actual) == (Severity.WARNING, "1", "3")


NOT_EXCEEDING = [
    "发布信息376条，其中公告330条，工作信息44条，其他2条。",
    "发布信息252条。其中，概况11条、文件231条、财政3条、指南2条、地址1条、年报1条以及目录、流程等3条。",
    "共收到申请23件，其中网站18件、信函5件，自然人20件、法人3件。",
    "共收到申请3件，其中自然人3件，予以公开2件，部分公开1件。",
    "共发布信息100条，其中政府网站60条，微信公众号80条。",
    "收到申请40件，其中已办结36件，延期答复5件，予以公开30件。",
    "公开信息300条，其中政务动态200条，其中乡镇动态120条，通知公告180条。",
    "发布信息30条，其中涉及教育20条、涉及医疗15条。",
    "发布信息20条，其中转载15条，同步推送12条。",
    "发布信息20余条，其中动态15条，公告12条。",
    "发布信息20条，其中动态约15条，公告12条。",
    "发布信息18条，其中培训120人次、会议30场。",
    "公开规章13件（含新制定5件，修改6件，废止4件）。",
    "维护专栏13个，其中新开2个。",
    "受理依申请公开59件，新收47件，较上一年度增加42件。其中，信函39件，邮件7件，窗口1件。",
    "收到申请60件，办结58件，其中网上45件、信函15件。",
    "收到申请60件，其中当面10件、邮寄45件，结转下年度7件。",
    "收到申请60件，其中当面10件、邮寄45件，提供咨询7件。",
    "发布信息20条，阅读量3万次，其中单篇最高5000次。",
]


@pytest.mark.parametrize("text", NOT_EXCEEDING)
def test_list_that_adds_up_overlaps_or_is_vague_is_no_error(text) -> None:
    assert findings_of(text, "N08") == []


def test_closed_list_that_falls_a_little_short_is_a_notice() -> None:
    (finding,) = findings_of("共发布信息23条，其中动态18条、通知4条。", "N09")
    assert (finding.severity, finding.expected, finding.actual) == (Severity.NOTICE, "23", "22")


@pytest.mark.parametrize(
    "text",
    [
        "共发布信息23条，其中动态18条、通知5条。",
        "共发布信息23条，其中动态18条、通知等4条。",
        "共发布信息23条，其中主要是动态18条、通知4条。",
        "共发布信息23条，其中重点领域18条、通知4条。",
        "共发布信息23条，包括动态18条、通知4条。",
        "共发布信息3659条，其中政策文件352条，新闻854条。",
        "共发布信息23条，其中动态18条、通知4条，其余为公告。",
        "共发布信息23条，其中动态18条。",
    ],
)
def test_open_list_may_fall_short(text) -> None:
    assert findings_of(text, "N09") == []


REPEATED = [
    ("通过政府网站公开信息20条。通过政府网站公开信息16条。", "20", "16"),
    (
        "通过示范区网站水务信息栏目公开信息20条。全年通过水务信息专栏公开政府信息十六条。",
        "20",
        "16",
    ),
    ("主动公开政府信息376条。全年主动公开政府信息380条。", "376", "380"),
    ("收到政府信息公开申请61件。全年收到政府信息公开申请59件。", "61", "59"),
    ("制定规范性文件9件。本年制定规范性文件8件。", "9", "8"),
]


@pytest.mark.parametrize(("text", "one", "other"), REPEATED)
def test_quantity_with_two_values_is_a_warning(text, one, other) -> None:
    (finding,) = findings_of(text, "N10")
    assert finding.severity is Severity.WARNING
    assert (finding.expected, finding.actual) == (one, other)


@pytest.mark.parametrize(
    "text",
    [
        "通过政府网站公开信息20条。通过微信公众号公开信息16条。",
        "主动公开政府信息376条。通过政府网站公开信息300条。",
        "主动公开政府信息376条。其中，主动公开政府信息30条。",
        "主动公开政府信息376条。2024年主动公开政府信息350条。",
        "主动公开政府信息376条。全区主动公开政府信息8000条。",
        "主动公开政府信息376条。主动公开政府信息300余条。",
        "主动公开政府信息376条。上半年，主动公开政府信息180条。",
        "主动公开政府信息376条。主动公开政府信息376条。",
        "收到政府信息公开申请60件。收到政府信息公开申请68件（含结转）。",
        "通过政府网站公开信息20条。通过政府网站发布信息160条。",
        "结转下年度5件，后更正为结转下年度6件。",
        "“青禾发布”微博发布信息20条。“青禾水务”微博发布信息16条。",
        "发布信息376条。“青禾发布”发布信息16条。",
    ],
)
def test_other_channels_scopes_and_times_are_other_quantities(text) -> None:
    assert findings_of(text, "N10") == []
