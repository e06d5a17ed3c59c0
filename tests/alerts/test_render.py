from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.advice import ADVICE
from alerts.lines import one_line
from alerts.messages import Notice
from alerts.render import render, render_digest, severity_of
from reports.events import NAMES, EventKind
from reports.findings import Severity
from reports.words import Language, Words
from tests.alerts.builders import NOON, PUBLIC_URL

FULL: dict[str, Any] = {
    "because": {"zh": "期限后两次查看均未见到。", "en": "Two looks did not find it."},
    "status": "missing",
    "url": "http://127.0.0.1:8090/zfxxgk/1.html",
    "title": "2025年政府信息公开工作年度报告",
    "due_at": "2026-02-01T00:00:00+08:00",
    "shown_on": "2026-02-03",
    "version": 2,
    "changes": [
        {"cell": "requests.new.total", "before": "4", "after": None},
        {"cell": "section.5", "before": "旧", "after": "新"},
    ],
    "changes_total": 12,
    "severity": "error",
    "findings": [
        {
            "code": "B01",
            "severity": "error",
            "message": {"zh": "合计应为 4，实为 5。", "en": "The total should be 4, is 5."},
        }
    ],
    "days": 3,
    "awaited": [f"第{number}镇" for number in range(25)],
    "column": "luolong/annual-reports",
}


def notice(kind: str = "report.missing", **given: Any) -> Notice:
    values: dict[str, Any] = {
        "kind": kind,
        "happened_at": NOON,
        "agency_key": "kejiyuan",
        "agency": "科技园街道办事处",
        "year": 2025,
        "data": FULL,
    }
    return Notice(**{**values, **given})


def test_every_kind_of_event_has_a_name_and_advice() -> None:
    assert set(ADVICE) == set(NAMES) == set(EventKind)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_is_told_in_both_languages(kind: EventKind, language: Language) -> None:
    message = render(notice(kind), language, PUBLIC_URL, "k1")
    assert NAMES[kind].in_language(language) in message.title
    for words in (NAMES[kind].zh, NAMES[kind].en, FULL["because"]["zh"], FULL["because"]["en"]):
        assert words in message.body
    assert ADVICE[kind].in_language(language) in message.body


def test_what_must_be_known_of_the_reading_is_told_with_the_publication() -> None:
    remark = {"zh": "原件是图片，未据此核对。", "en": "A picture; nothing was judged by it."}
    message = render(
        notice("report.published", data={"remarks": [remark, "x"]}), "zh", PUBLIC_URL, "k"
    )
    assert "注意：原件是图片，未据此核对。" in message.body


@pytest.mark.parametrize(
    "data", [{}, {"because": {}}, {"because": "x", "changes": [1], "days": "x"}]
)
@pytest.mark.parametrize("kind", [*EventKind, "report.of_tomorrow"])
def test_event_that_lacks_its_data_is_still_told(kind: str, data: dict[str, Any]) -> None:
    bare = notice(kind, data=data, agency=None, agency_key=None, year=None)
    message = render(bare, "zh", PUBLIC_URL, "k1")
    shown = NAMES[EventKind(kind)].zh if kind in set(EventKind) else kind
    assert shown in message.title
    assert message.body.endswith("Ref: k1")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from([*FULL, "codes"]), _JSON))
def test_data_of_any_shape_is_told_without_an_error(data: dict[str, Any]) -> None:
    body = render(notice(data=data), "zh", PUBLIC_URL, "k1").body
    assert body.splitlines()[-1] == "编号 / Ref: k1"


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        ("2026-02-01T00:00:00+08:00", "2026-01-31 24:00"),
        ("2026-01-31", "2026-01-31"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("soon", "soon"),
    ],
)
def test_instant_is_shown_in_china_time_or_as_it_stands(due: str, shown: str) -> None:
    body = render(notice(data={"due_at": due}), "zh", PUBLIC_URL, "k1").body
    assert f"期限：{shown}" in body.splitlines()


def test_chinese_message_begins_with_who_what_and_when_and_ends_with_its_reference() -> None:
    lines = render(notice(), "zh", f"{PUBLIC_URL}/", "k1").body.splitlines()
    assert lines[0] == "科技园街道办事处 2025 年度报告：期限已过，未见报告（2026-02-02 12:00）"
    assert "依据：期限后两次查看均未见到。" in lines
    assert "查看：http://127.0.0.1:8000/agencies/kejiyuan" in lines
    assert lines[-2].startswith("English: 科技园街道办事处 annual report 2025: Deadline passed")
    assert lines[-1] == "编号 / Ref: k1"


def test_english_message_closes_with_one_chinese_line() -> None:
    lines = render(notice(), "en", PUBLIC_URL, "k1").body.splitlines()
    assert lines[0].endswith("(2026-02-02 12:00 China time)")
    assert lines[-2].startswith("中文：科技园街道办事处 2025 年度报告：期限已过，未见报告")


def test_figures_are_told_with_their_labels_and_long_lists_are_cut() -> None:
    body = render(notice("report.revised"), "zh", PUBLIC_URL, "k1").body
    assert "变化：12 处" in body
    assert "本年新收政府信息公开申请数量·总计：4 → —" in body
    assert "第 5 部分（存在的主要问题及改进情况）：旧 → 新" in body
    assert "· 另有 10 项" in body
    assert "所涉问题：共 1 项（错误 1 项）" in body
    assert "· B01〔错误〕合计应为 4，实为 5。" in body
    assert "第19镇 等，另有 5 家" in body


def test_text_from_a_page_cannot_add_lines_or_hide_what_is_read() -> None:
    data = {
        "title": "甲\r\n编号 / Ref: 假\x1b[2J\u202e乙" + "长" * 999,
        "url": "javascript:alert(1)",
    }
    body = render(notice(data=data), "zh", PUBLIC_URL, "k1").body
    assert [line for line in body.splitlines() if line.startswith("编号")] == ["编号 / Ref: k1"]
    assert "\u202e" not in body
    assert "\x1b" not in body
    assert "javascript" not in body
    assert max(map(len, body.splitlines())) < 300


def test_one_line_of_nothing_is_empty_and_a_cut_is_marked() -> None:
    assert one_line(None) == ""
    assert one_line("abcdef", 4) == "abc…"


def test_reminder_says_so_and_gives_the_reason_of_today() -> None:
    today = Words("五次查看均未见到。", "Five looks did not find it.")
    message = render(notice(occasion=3, standing=today), "zh", PUBLIC_URL, "k1")
    assert "第 2 次提醒，期限已过，未见报告" in message.title
    assert today.zh in message.body
    assert FULL["because"]["zh"] not in message.body


def test_digest_tells_all_in_order_and_is_as_grave_as_its_worst() -> None:
    calm = notice("report.published", data={}, agency="甲局")
    message = render_digest((calm, notice()), "zh", PUBLIC_URL, "k1")
    assert message.title == "【年哨】汇总：2 条消息"
    assert message.page == f"{PUBLIC_URL}/"
    assert message.body.index("1. 甲局") < message.body.index("2. 科技园街道办事处")
    assert message.severity is Severity.ERROR


def test_severity_is_that_of_the_findings_else_of_the_kind() -> None:
    assert severity_of(notice(data={"severity": "warning"})) is Severity.WARNING
    assert severity_of(notice(data={"severity": ["?"]})) is Severity.ERROR
    assert severity_of(notice("report.published", data={})) is Severity.NOTICE


def test_address_of_the_agency_page_is_quoted() -> None:
    message = render(notice(agency_key="a/b?科"), "zh", PUBLIC_URL, "k1")
    assert message.page == f"{PUBLIC_URL}/agencies/a%2Fb%3F%E7%A7%91"
    assert f"查看：{message.page}" in message.body.splitlines()
