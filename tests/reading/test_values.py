from __future__ import annotations

from decimal import Decimal

import pytest

from reports.model import Value
from reports.reading.values import read_value, why_no_value


@pytest.mark.parametrize(
    ("raw", "value", "remark"),
    [
        ("0", 0, None),
        (" 17 ", 17, None),
        ("１，１１３", 1113, None),
        ("1,808,595", 1808595, None),
        ("22（其中修订16件）", 22, "(其中修订16件)"),
        ("55 (含自然失效 29 件)", 55, "(含自然失效 29 件)"),
        ("3件", 3, None),
        ("+21", 21, None),
        ("-3", -3, None),
        ("－3", -3, None),
        ("减少2", -2, None),
        ("59237.2449", Decimal("59237.2449"), None),
        ("4.0", 4, None),
        ("零", 0, None),
        ("十二", 12, None),
        ("二十", 20, None),
        ("一百二十三", 123, None),
        ("一百〇三", 103, None),
        ("两千", 2000, None),
        ("〇", 0, None),
        ("12.0", 12, None),
        ("3(到期自动废止)", 3, "(到期自动废止)"),
        ("3*", 3, "*"),
        ("3①", 3, "※"),
        ("3²", 3, "※"),
        ("3注", 3, "注"),
    ],
)
def test_a_published_figure_has_its_value_and_keeps_its_remark(
    raw: str, value: Value, remark: str | None
) -> None:
    assert read_value(raw) == (value, remark)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\u3000",
        "\xa0",
        "/",
        "／",
        "—",
        "——",
        "-",
        "无",
        "不适用",
        "详见附件",
        "1 2",
        "约300",
        "9" * 40,
        "O",
        "ｏ",
        "300余",
        "1.234,56",
        "1 113",
        "3 4",
        "30%",
        "3-4",
        "①",
        "一百二",
        "一千三",
        "二〇",
    ],
)
def test_what_is_no_figure_has_no_value_and_is_never_zero(raw: str) -> None:
    assert read_value(raw) == (None, None)


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("251000元", "元", 251000),
        ("25.1万元", "元", 251000),
        ("251000元", "万元", Decimal("25.1")),
        ("7545万元", "万元", 7545),
        ("7545", "万元", 7545),
    ],
)
def test_a_printed_unit_is_converted_to_the_unit_of_the_cell(
    raw: str, unit: str, value: Value
) -> None:
    assert read_value(raw, unit=unit)[0] == value


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", "空白，不等于 0"),
        ("/", "“/”，不是数字，也不等于 0"),
        ("O", "字母“O”，不当作 0"),
        ("1 113", "可能不止一个数"),
        ("300余", "约数"),
        ("见附件", "“见附件”，不是数字"),
    ],
)
def test_the_reason_says_what_the_cell_reads(raw: str, words: str) -> None:
    why = why_no_value(raw)
    assert words in why.zh
    assert raw in why.en
