"""Numbers in prose: every way to write one, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.claims.numbers import in_digits, quantities, value_of
from reports.claims.sentences import plain

NUMERALS = [
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("二十三", 23),
    ("两", 2),
    ("〇", 0),
    ("零", 0),
    ("一百零三", 103),
    ("一百二十五", 125),
    ("两千零五", 2005),
    ("一千零一十", 1010),
    ("九百九十九", 999),
    ("一万二千", 12_000),
    ("三万", 30_000),
    ("十万", 100_000),
    ("一亿零三", 100_000_003),
    ("三四", None),
    ("一百三", None),
    ("万", None),
    ("十十", None),
    ("百一十百", None),
]


@pytest.mark.parametrize(("numeral", "value"), NUMERALS)
def test_numeral_has_one_value_or_none(numeral, value) -> None:
    assert value_of(numeral) == value


STATED = [
    ("收到12件", "12", "件", True),
    ("收到１２件", "12", "件", True),
    ("收到1,203件", "1203", "件", True),
    ("收到1，203件", "1203", "件", True),
    ("收到 12 件", "12", "件", True),
    ("收到十二件", "12", "件", True),
    ("发布一百零三条", "103", "条", True),
    ("收到两起", "2", "起", True),
    ("收到零件", "0", "件", True),
    ("收到〇件", "0", "件", True),
    ("收到1件次", "1", "件次", True),
    ("召开3场次", "3", "场次", True),
    ("培训120人次", "120", "人次", True),
    ("编发6期", "6", "期", True),
    ("撰写9篇", "9", "篇", True),
    ("涉及12个部门", "12", "个", True),
    ("受理8宗", "8", "宗", True),
    ("受理8份", "8", "份", True),
    ("赠阅2000册", "2000", "册", True),
    ("收费12.5万元", "125000", "元", True),
    ("收费380元", "380", "元", True),
    ("公开300余条", "300", "条", False),
    ("公开三百余条", "300", "条", False),
    ("公开300多条", "300", "条", False),
    ("公开1.8万余条", "18000", "条", False),
    ("公开18余万条", "180000", "条", False),
    ("公开3万条", "30000", "条", False),
    ("约20条", "20", "条", False),
    ("近20条", "20", "条", False),
    ("超过20条", "20", "条", False),
    ("逾20条", "20", "条", False),
    ("20条以上", "20", "条", False),
    ("20条左右", "20", "条", False),
    ("至少20条", "20", "条", False),
    ("3至5件", "5", "件", False),
]


@pytest.mark.parametrize(("text", "number", "unit", "exact"), STATED)
def test_number_is_read_with_its_unit_and_its_exactness(text, number, unit, exact) -> None:
    (found,) = quantities(plain(text))
    assert (found.number, found.unit, found.exact) == (Decimal(number), unit, exact)


@pytest.mark.parametrize(
    "text",
    [
        "第20条规定",
        "第二十条第（一）项",
        "国办函〔2020〕109号",
        "2025年度",
        "12345热线",
        "7×24小时",
        "90%",
        "V2版本",
        "未收到一件",
        "三四件",
        "没有任何一件",
        "一起推进",
        "一件件落实",
        "零件加工",
    ],
)
def test_what_is_no_count_is_not_read(text) -> None:
    assert list(quantities(plain(text))) == []


@pytest.mark.parametrize("text", ["三审三校", "四类过程性信息", "一事一审", "十四五", "零距离服务"])
def test_numerals_of_names_stay_as_they_are(text) -> None:
    assert in_digits(text) == text


def test_every_number_of_a_sentence_is_found_where_it_stands() -> None:
    text = plain("收到申请23件，其中网站18件、信函五件")
    assert [text[q.start : q.end] for q in quantities(text)] == ["23件", "18件", "5件"]
