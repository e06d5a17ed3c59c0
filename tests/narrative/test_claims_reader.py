"""The reader of the narrative: each role, each zero word, and the bearing of each number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.claims.claim import Role, Scope, Time
from reports.claims.reader import claims_of
from tests.builders import a_report, with_text

EMPTY = replace(
    a_report(), sections=tuple(replace(section, text="") for section in a_report().sections)
)


def claims(text, section=1, agency="青禾区水务局"):
    return claims_of(with_text(replace(EMPTY, agency=agency), section, text), 2025)


def read(text, section=1, agency="青禾区水务局"):
    return [(claim.role.value, int(claim.number)) for claim in claims(text, section, agency)]


RECEIVED = [
    ("2025年，我局共收到政府信息公开申请16件。", 16),
    ("全年共收到依申请公开12宗。", 12),
    ("本年度新收到依申请公开政府信息申请42件。", 42),
    ("2025年共收到1起依申请公开事项。", 1),
    ("收到8份政府信息公开申请，均来自自然人。", 8),
    ("2025年，共收到十件依申请公开请求。", 10),
    ("今年接到信息公开申请5件。", 5),
    ("本机关接收政府信息公开申请三十一件。", 31),
    ("年内受理政府信息公开申请1，203件。", 1203),
    ("2025年，水务局共收到政府信息公开申请７件。", 7),
    ("2025年，青禾区水务局收到政府信息公开申请7件。", 7),
    ("截至2025年12月31日，收到政府信息公开申请9件。", 9),
    ("我局收到的政府信息公开申请共计19件。", 19),
    ("本单位受理依申请公开事项数量为3件。", 3),
    ("共收到政府信息公开申请：网站18件，信函5件，合计23件。", 23),
    ("（二）依申请公开：共收到依申请公开件40件。", 40),
    ("收到要求公开政府信息的申请4件。", 4),
    ("收到政府信息公开申请6件次。", 6),
    ("共收到政府信息公开申请23件，比2024年收到的30件有所减少。", 23),
    ("收到政府信息公开申请23件，同比下降12%。", 23),
]


@pytest.mark.parametrize(("text", "number"), RECEIVED)
def test_number_of_requests_received(text, number) -> None:
    assert read(text) == [("received", number)]


HANDLED = [
    ("全年答复政府信息公开申请39件。", 39),
    ("均依法办结依申请公开申请15件。", 15),
    ("2025年办理政府信息公开申请三十件。", 30),
    ("按期答复依申请公开28件。", 28),
    ("本年度完成政府信息公开申请答复17件。", 17),
]


@pytest.mark.parametrize(("text", "number"), HANDLED)
def test_number_of_requests_answered(text, number) -> None:
    assert read(text) == [("handled", number)]


CHAINS = [
    (
        "2025年收到政府信息公开申请60件，已按时办结61件。",
        [("received", 60), ("handled", 61)],
    ),
    (
        "共收到10件依申请公开请求，2024年结转2件，共办结10件，结转2026年度继续办理2件。",
        [("received", 10), ("handled", 10), ("carried_in", 2), ("carried_out", 2)],
    ),
    (
        "收到政府信息公开申请60件，上年结转八件，办结六十一件，结转下年度七件。",
        [("received", 60), ("handled", 61), ("carried_in", 8), ("carried_out", 7)],
    ),
    (
        "收到申请60件，予以公开26件、部分公开9件，不予公开9件，无法提供8件，不予处理4件，其他处理5件。",
        [
            ("granted", 26),
            ("partly_granted", 9),
            ("refused", 9),
            ("unavailable", 8),
            ("unprocessed", 4),
            ("other", 5),
        ],
    ),
    ("其中，予以公开2件，部分公开两件。", [("granted", 2), ("partly_granted", 2)]),
    (
        "申请均已办复，其中予以公开或部分公开59件，占45.3%。",
        [("merged_results", 59)],
    ),
    ("答复结果为予以公开及部分公开42件。", [("merged_results", 42)]),
    ("作出不予公开决定3件，作出不予处理决定1件。", [("refused", 3), ("unprocessed", 1)]),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_chain_of_numbers_is_read_in_order(text, expected) -> None:
    assert read(text) == expected


DOCUMENTS = [
    (
        "制定规范性文件4件，废止2件，现行有效20件。",
        {"made": 4, "repealed": 2, "in_force": 20},
    ),
    (
        "本年度制发行政规范性文件三件，清理废止文件0件，现行有效文件20件。",
        {"made": 3, "repealed": 0, "in_force": 20},
    ),
    (
        "行政规范性文件制发1件，废止数量0件，现行有效数量6件。",
        {"made": 1, "repealed": 0, "in_force": 6},
    ),
    ("出台2件行政规范性文件。", {"made": 2}),
    ("截至2025年底，现行有效行政规范性文件25件。", {"in_force": 25}),
    ("未制定行政规范性文件。", {"made": 0}),
    ("没有出台规范性文件，废止1件。", {"made": 0, "repealed": 1}),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_numbers_of_normative_documents(text, expected) -> None:
    assert dict(read(text)) == {
        f"normative_documents.{kind}": number for kind, number in expected.items()
    }


def test_regulations_are_told_from_normative_documents() -> None:
    text = "制定规章2部，废止1部；制定行政规范性文件9件。"
    assert read(text) == [
        ("regulations.made", 2),
        ("regulations.repealed", 1),
        ("normative_documents.made", 9),
    ]


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("因政府信息公开被申请行政复议5件。", 4, [("review", 5)]),
        ("因政府信息公开引发行政诉讼案件三件。", 4, [("litigation", 3)]),
        (
            "行政复议被纠正1件，维持4件，共5件。",
            4,
            [("review", 5), ("corrected", 1), ("upheld", 4)],
        ),
        ("政府信息公开行政复议1件、行政诉讼0件。", 1, [("review", 1), ("litigation", 0)]),
        ("行政诉讼结果维持2件，结果纠正1件。", 4, [("upheld", 2), ("corrected", 1)]),
        ("共收取信息处理费380元。", 6, [("fee", 380)]),
        ("收取信息处理费1.2万元。", 6, [("fee", 12_000)]),
    ],
)
def test_numbers_of_disputes_and_fees(text, section, expected) -> None:
    assert read(text, section) == expected


ZEROS = [
    ("未收到政府信息公开申请。", "received"),
    ("全年未接到公民、法人或其他组织提出的政府信息公开申请。", "received"),
    ("没有收到要求公开政府信息的申请。", "received"),
    ("本年度无依申请公开事项。", "received"),
    ("共收到政府信息公开申请0件。", "received"),
    ("共收到政府信息公开申请零件。", "received"),
    ("收到政府信息公开申请0件次。", "received"),
    ("尚未收到依申请公开申请。", "received"),
    ("从未收到政府信息公开申请。", "received"),
    ("未收到一件政府信息公开申请。", "received"),
    ("未发生行政诉讼。", "litigation"),
    ("没有因政府信息公开被申请行政复议的情况。", "review"),
    ("无行政复议情况。", "review"),
    ("行政诉讼0件。", "litigation"),
    ("未收取信息处理费。", "fee"),
    ("信息处理费：无。", "fee"),
    ("收取信息处理费0元。", "fee"),
    ("无结转下年度继续办理的申请。", "carried_out"),
    ("没有结转下年度办理的申请。", "carried_out"),
    ("结转下年度0件。", "carried_out"),
    ("结转下年度零件。", "carried_out"),
    ("不存在结转下年度继续办理的情况。", "carried_out"),
    ("结转下年度继续办理的申请为零。", "carried_out"),
    ("不存在上年结转的情况。", "carried_in"),
    ("上年度结转政府信息公开申请为零。", "carried_in"),
]


@pytest.mark.parametrize(("text", "role"), ZEROS)
def test_every_word_for_none_is_a_zero(text, role) -> None:
    section = 6 if role == "fee" else 4 if role in {"review", "litigation"} else 1
    assert (role, 0) in read(text, section)
    assert {number for _, number in read(text, section)} == {0}


PUBLISHED = [
    ("全年主动公开政府信息376条。", 376, None),
    ("主动公开政务信息数145条。", 145, None),
    ("通过区政府门户网站公开信息8条。", 8, "区政府门户网站"),
    ("2025年，政府网站发布各类信息3659条。", 3659, "政府网站"),
    ("我局通过审计信息专栏公开政府信息16条。", 16, "审计信息栏目"),
    ("微信公众号发布信息722条。", 722, "微信公众号"),
    ("在政府公报公开信息二十四条。", 24, "政府公报"),
]


@pytest.mark.parametrize(("text", "number", "channel"), PUBLISHED)
def test_items_published_in_all_or_through_one_channel(text, number, channel) -> None:
    (claim,) = claims(text)
    assert (claim.role, claim.number, claim.channel) == (Role.PUBLISHED, number, channel)
    assert claim.scope is (Scope.OWN if channel is None else Scope.CHANNEL)


BEARINGS = [
    ("全区共收到政府信息公开申请95件。", Scope.REGION, Time.THIS_YEAR),
    ("我市各级行政机关收到政府信息公开申请95件。", Scope.REGION, Time.THIS_YEAR),
    ("2024年收到政府信息公开申请30件。", Scope.OWN, Time.OTHER_YEAR),
    ("去年，收到政府信息公开申请30件。", Scope.OWN, Time.OTHER_YEAR),
    ("上半年，收到政府信息公开申请30件。", Scope.PART, Time.THIS_YEAR),
    ("1-6月，收到政府信息公开申请30件。", Scope.PART, Time.THIS_YEAR),
    ("其中，收到政府信息公开申请30件。", Scope.PART, Time.THIS_YEAR),
    ("收到政府信息公开申请30件。", Scope.OWN, Time.THIS_YEAR),
]


@pytest.mark.parametrize(("text", "scope", "time"), BEARINGS)
def test_number_bears_on_its_own_scope_and_time(text, scope, time) -> None:
    (claim,) = claims(text, agency="青禾区人民政府")
    assert (claim.scope, claim.time) == (scope, time)
    assert claim.counts is (scope in {Scope.OWN, Scope.REGION} and time is Time.THIS_YEAR)


def test_another_year_before_this_one_in_a_sentence() -> None:
    found = claims("2024年收到政府信息公开申请30件，2025年收到23件。")
    assert [(int(c.number), c.time) for c in found] == [
        (30, Time.OTHER_YEAR),
        (23, Time.THIS_YEAR),
    ]


def test_vague_number_is_read_and_never_fit_for_comparison() -> None:
    (claim,) = claims("全年收到政府信息公开申请300余件。")
    assert (claim.role, claim.exact, claim.counts) == (Role.RECEIVED, False, False)


def test_claim_quotes_the_sentence_as_printed_and_says_where() -> None:
    (claim,) = claims("２０２５年，收到 政府信息公开申请 12 件。后文。")
    assert claim.quote == "２０２５年，收到政府信息公开申请12件"
    assert (claim.section, claim.unit, claim.verb) == (1, "件", "收到")


def test_another_body_is_nobody_but_the_own_name_may_be_shortened() -> None:
    text = "区水务局共收到政府信息公开申请12件。"
    assert read(text) == [("received", 12)]
    assert read(text, agency="青禾区财政局") == []
    assert read(text, agency=None) == []
