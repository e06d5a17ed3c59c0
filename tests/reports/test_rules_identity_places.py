"""I rules on places: names of elsewhere in the text, levels that a town or street is not."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from reports.agencies import AgencyKind
from reports.case import Case
from reports.findings import Cause, Severity
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from reports.surroundings import Places
from tests.builders import IDENTITY, a_report, with_text

PLACES = Places(
    own=("江南省", "江南市", "青禾区"),
    others=("应城市", "湖口县", "白石县", "青禾县", "江北省", "禾区", "新城区", "朝阳区", "东城区"),
)


def judged(code, text, case):
    return run([rule_named(code)], Subject(with_text(a_report(), 1, text), case))


def foreign(text):
    found = judged("I05", text, Case(places=PLACES)).findings
    return [(f.severity, f.actual) for f in found]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("通过应城市人民政府门户网站公开信息120条。", "应城市"),
        ("信息在湖口县政务公开栏公布。", "湖口县"),
        ("应城市水务局认真落实条例。", "应城市"),
        ("根据应城市统一安排开展工作。向白石县群众公开信息。", "应城市、白石县"),
        ("江北省白石县的政务公开专区已建成。", "江北省、白石县"),
    ],
)
def test_place_of_elsewhere_is_named_with_the_sentence(text, places) -> None:
    assert foreign(text) == [(Severity.NOTICE, places)]


@pytest.mark.parametrize(
    "text",
    [
        "青禾区水务局公开信息120条。江南市统一平台运行良好。",
        "积极响应城市建设要求，适应城市发展。",
        "加快新城区建设，服务东城区域群众。",
        "青禾县撤县设区以来，公开制度不断完善。",
        "赴应城市学习先进做法。",
        "与白石县签订协作协议。",
        "转发湖口县经验材料。",
        "对口帮扶应城市。",
        "毗邻湖口县的河段信息已公开。",
        "江北省某公司诉我局政府信息公开一案已审结。",
        "转载《在应城市召开的会议》一文。",
    ],
    ids=[
        "own chain",
        "chance spelling",
        "ordinary words",
        "own former name",
        "visit",
        "agreement",
        "forwarded",
        "help",
        "next door",
        "lawsuit",
        "quoted",
    ],
)
def test_place_that_is_legitimately_named_is_no_finding(text) -> None:
    assert foreign(text) == []


def test_places_that_nobody_gave_are_a_gap_of_context() -> None:
    (gap,) = judged("I05", "通过应城市人民政府网站公开。", Case()).not_assessable
    assert gap.cause is Cause.CONTEXT


def test_without_names_of_elsewhere_nothing_is_found() -> None:
    case = Case(places=Places(own=("青禾区",)))
    assert judged("I05", "通过应城市人民政府网站公开。", case).findings == ()


def of(kind):
    return Case(identity=replace(IDENTITY, kind=kind))


@pytest.mark.parametrize("kind", [AgencyKind.TOWNSHIP, AgencyKind.STREET])
@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("全省政府信息公开工作稳步推进。", "全省"),
        ("2025年，我县共收到政府信息公开申请3件。", "我县"),
        ("全市主动公开政府信息300条。", "全市"),
        ("我区政务公开工作取得成效。", "我区"),
    ],
)
def test_work_of_a_higher_level_is_not_a_towns_own(kind, text, level) -> None:
    found = judged("I06", text, of(kind)).findings
    assert [(f.severity, f.actual) for f in found] == [(Severity.WARNING, level)]
    assert text[:-1] in found[0].message.zh


@pytest.mark.parametrize(
    "text",
    [
        "根据全省政府信息公开工作要点开展工作。",
        "参加全市政府信息公开工作会议。",
        "按照我县政务公开工作部署，我镇主动公开信息20条。",
        "在全区政务公开工作考核中位列第三名。",
        "我镇共收到申请2件。",
        "本街道收到申请0件。",
    ],
)
def test_what_comes_from_above_is_quoted_not_claimed(text) -> None:
    assert judged("I06", text, of(AgencyKind.TOWNSHIP)).findings == ()


@pytest.mark.parametrize("kind", [AgencyKind.GOVERNMENT, AgencyKind.DEPARTMENT])
def test_higher_levels_may_speak_of_their_region(kind) -> None:
    assert judged("I06", "全区政府信息公开工作稳步推进。", of(kind)).findings == ()


def test_level_of_an_unknown_agency_is_a_gap_of_context() -> None:
    (gap,) = judged("I06", "全省政府信息公开工作。", Case()).not_assessable
    assert gap.cause is Cause.CONTEXT


HOSTILE = ("应城市" * 20_000, "县" * 60_000, "全省" * 30_000, "我县" * 30_000, "。" * 60_000)


@pytest.mark.parametrize("code", ["I05", "I06"])
def test_long_texts_are_judged_in_linear_time(code) -> None:
    many = Places(
        own=PLACES.own,
        others=tuple(f"{chr(0x4E00 + n)}{chr(0x5E00 + n % 97)}县" for n in range(3000)),
    )
    case = replace(of(AgencyKind.TOWNSHIP), places=many)
    judged(code, "公开。", case)
    for text in HOSTILE:
        started = process_time()
        judged(code, text, case)
        assert process_time() - started < 1.5, text[:8]
