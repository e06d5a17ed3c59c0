from __future__ import annotations

from datetime import date

import pytest

from reports.documents.read import read_document
from reports.reading.header import Header, header_of
from reports.reading.sections import outline

TITLE = "水磨镇2025年政府信息公开工作年度报告"
BODY = ["一、总体情况", "依据国办公开办函〔2021〕30号编制。", "六、其他需要报告的事项", "无"]


def read(*, above: tuple[str, ...] = (TITLE,), below: tuple[str, ...] = ()) -> Header:
    document = read_document("\n\n".join([*above, *BODY, *below]).encode())
    return header_of(document, outline(document))


def test_a_report_that_says_nothing_around_its_text_has_no_such_facts() -> None:
    assert read() == Header()


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("漳审〔2025〕3号", "漳审〔2025〕3号"),
        ("漳审 [2025] 3 号", "漳审[2025]3号"),
        ("青政办发（2026）12号", "青政办发(2026)12号"),
        ("国办公开办函〔202130号", "国办公开办函〔202130号"),
        ("发文字号：漳审〔2025〕3号 发布日期：2026-01-09", "漳审〔2025〕3号"),
        ("依据漳审〔2025〕3号文件", None),
    ],
)
def test_the_number_of_the_document_is_a_line_of_its_own_or_labelled(
    line: str, number: str | None
) -> None:
    assert read(above=(line, TITLE)).document_number == number


def test_the_number_is_found_in_the_table_of_facts_above_the_article() -> None:
    table = "索引号\t7\t发文机关\t水磨镇\n发布日期\t2026-01-09\t文号\t水政〔2026〕1号"
    assert read(above=(table, TITLE)).document_number == "水政〔2026〕1号"


def test_two_different_numbers_are_none() -> None:
    assert read(above=("水政〔2026〕1号", "水政〔2026〕2号", TITLE)).document_number is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2026年1月12日", date(2026, 1, 12)),
        ("２０２６ 年 1 月 12 日", date(2026, 1, 12)),
        ("二〇二六年一月十二日", date(2026, 1, 12)),
        ("二○二六年十二月三十一日", date(2026, 12, 31)),
        ("二零二六年元月二十日", date(2026, 1, 20)),
        ("2026-01-12", date(2026, 1, 12)),
        ("2026年13月12日", None),
        ("二〇二六年一月四十日", None),
        ("2026年1月12日召开会议。", None),
    ],
)
def test_the_date_below_the_text_is_read_in_digits_and_in_numerals(
    line: str, day: date | None
) -> None:
    assert read(below=(line,)).dated_on == day


@pytest.mark.parametrize(
    ("below", "unit"),
    [
        (("青禾县水磨镇人民政府", "2026年1月12日"), "青禾县水磨镇人民政府"),
        (("水磨镇人民政府（盖章）", "2026年1月12日"), "水磨镇人民政府"),
        (("水磨街道办事处 2026年1月12日",), "水磨街道办事处"),
        (("以上报告。", "2026年1月12日"), None),
    ],
)
def test_the_unit_that_signs_stands_beside_or_above_the_date(
    below: tuple[str, ...], unit: str | None
) -> None:
    header = read(below=below)
    assert (header.signed_by, header.dated_on) == (unit, date(2026, 1, 12))


def test_two_dates_below_the_text_are_none_and_one_in_brackets_below_the_title_counts() -> None:
    assert read(below=("2026年1月12日", "2026年1月15日")).dated_on is None
    assert read(above=(TITLE, "（2026年1月9日）")).dated_on == date(2026, 1, 9)


def test_the_date_below_the_text_is_not_the_date_of_publication() -> None:
    body = "".join(f"<p>{line}</p>" for line in [TITLE, *BODY, "水磨镇人民政府", "2026年1月12日"])
    assert read_document(body.encode()).published_on is None


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("联系电话：0371-6666666", "联系电话：0371-6666666"),
        ("地址：水磨镇中心街1号 邮编：450000", "地址：水磨镇中心街1号 邮编：450000"),
        (
            "如有疑问请与办公室联系。电子邮箱：a@b.gov.cn。",
            "电子邮箱：a@b.gov.cn",
        ),
        ("公布了联系电话和地址。", None),
    ],
)
def test_the_contact_is_quoted_as_printed(line: str, quoted: str | None) -> None:
    assert read(below=(line,)).contact == quoted
