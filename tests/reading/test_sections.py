from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from reports.documents.read import read_document
from reports.model import AnnualReport, FeeKind
from reports.reading.read import read_report

HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def read(*lines: str) -> AnnualReport:
    return read_report(read_document("\n\n".join(lines).encode()))


def numbers(report: AnnualReport) -> list[int]:
    return [section.number for section in report.sections]


def with_heading(number: int, heading: str) -> AnnualReport:
    lines = [
        line
        for n, h in enumerate(HEADINGS, 1)
        for line in (heading if n == number else h, f"正文{n}。")
    ]
    return read("水磨镇2025年政府信息公开工作年度报告", *lines)


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "## 一、总体情况"),
        (1, "一、 总 体 情 况"),
        (1, "（一）总体情况"),
        (1, "一、总体情况、"),
        (1, "一、2021政府信息公开情况"),
        (1, "一、2023年政务公开总体情况"),
        (1, "总体情况"),
        (2, "二、主动公开情况"),
        (2, "二．主动公开政府信息情况："),
        (3, "三、政府信息公开申请办理情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (5, "五、政府信息公开工作存在的主要问题及改进情况"),
        (5, "五、存在的主要问题及整改措施"),
        (5, "存在的主要问题及改进情况"),
        (6, "六、其他需要报告事项"),
        (6, "七、其他需要报告的事项"),
    ],
)
def test_a_heading_is_known_by_its_words_whatever_its_marks(number: int, heading: str) -> None:
    report = with_heading(number, heading)
    assert numbers(report) == [1, 2, 3, 4, 5, 6]
    section = report.section(number)
    assert section is not None
    assert section.text == f"正文{number}。"


def test_sub_headings_with_like_words_stay_text_of_their_section() -> None:
    report = read(
        HEADINGS[0],
        "（一）主动公开政府信息情况",
        "公布了条目。",
        "（二）依申请公开情况：没有收到申请。",
        "本报告由总体情况、主动公开政府信息情况等六部分组成。",
        *HEADINGS[1:],
        "（一）其他情况",
    )
    first = report.section(1)
    assert numbers(report) == [1, 2, 3, 4, 5, 6]
    assert first is not None
    assert "（一）主动公开政府信息情况" in first.text


def test_text_run_in_after_a_heading_belongs_to_the_section() -> None:
    report = read(
        "一、总体情况。本镇全年公布办事指南三份，按时答复来信，" + "并更新栏目。" * 9, *HEADINGS[1:]
    )
    first = report.section(1)
    assert first is not None
    assert first.text.startswith("本镇全年公布")
    assert first.heading == "一、总体情况"


def test_sections_in_another_order_keep_their_numbers() -> None:
    report = read(*HEADINGS[4:], "另有说明。", *HEADINGS[:4])
    assert numbers(report) == [1, 2, 3, 4, 5, 6]
    sixth = report.section(6)
    assert sixth is not None
    assert sixth.text == "另有说明。"


def test_a_section_that_is_not_there_is_left_out_and_an_unknown_chapter_ends_one() -> None:
    report = read(HEADINGS[0], "正文。", "二、信用建设", "别的。", HEADINGS[5], "无")
    assert numbers(report) == [1, 6]
    first = report.section(1)
    assert first is not None
    assert first.text == "正文。"


def test_a_table_of_contents_does_not_take_the_place_of_the_sections() -> None:
    lines = [line for n, heading in enumerate(HEADINGS, 1) for line in (heading, f"正文{n}。")]
    report = read("目录", *HEADINGS, "前言。", *lines)
    assert [section.text for section in report.sections] == [
        f"正文{n}。" for n in (1, 2, 3, 4, 5, 6)
    ]


def test_a_list_with_top_level_numerals_stays_inside_its_section() -> None:
    listed = ["一、加强培训", "二、改进情况说明", "三、充实队伍"]
    report = read(*HEADINGS[:5], *listed, HEADINGS[5], "无", "七、附表说明", "略")
    fifth, sixth = report.section(5), report.section(6)
    assert fifth is not None
    assert sixth is not None
    assert fifth.text == "\n".join(listed)
    assert sixth.text == "无"


@pytest.mark.parametrize(
    ("said", "kind", "amount"),
    [
        ("本单位2025年度未收取政府信息公开信息处理费。", FeeKind.NONE_COLLECTED, None),
        (
            "依据国办函〔2020〕109号规定，本年度我单位未收取信息处理费。",
            FeeKind.NONE_COLLECTED,
            None,
        ),
        ("本机关依申请提供政府信息收取信息处理费的情况：无。", FeeKind.NONE_COLLECTED, None),
        ("本年度收取信息处理费0元。", FeeKind.NONE_COLLECTED, None),
        ("本年度没有产生信息处理费。", FeeKind.NONE_COLLECTED, None),
        ("本年度未收取任何费用。", FeeKind.NONE_COLLECTED, None),
        ("2025年全市实际收取信息处理费共计400元。", FeeKind.AMOUNT, Decimal(400)),
        ("有1件申请案件收取信息处理费380元。", FeeKind.AMOUNT, Decimal(380)),
        ("全年收取信息处理费1.2万元。", FeeKind.AMOUNT, Decimal(12000)),
        ("按每件100元计，收取信息处理费合计1,400元。", FeeKind.AMOUNT, Decimal(1400)),
        ("无", FeeKind.MISSING, None),
        ("无其他需要报告的事项。", FeeKind.MISSING, None),
    ],
)
def test_the_fee_statement_is_read_from_section_six(
    said: str, kind: FeeKind, amount: Decimal | None
) -> None:
    statement = read(*HEADINGS, said).fee_statement
    assert (statement.kind, statement.amount_yuan) == (kind, amount)


def test_a_fee_statement_elsewhere_counts_and_other_fees_do_not() -> None:
    elsewhere = read(HEADINGS[0], "全年未收取信息处理费。", HEADINGS[5], "无")
    assert elsewhere.fee_statement.kind is FeeKind.NONE_COLLECTED
    other = read(HEADINGS[0], "全年行政事业性收费300元。", HEADINGS[5], "无")
    assert other.fee_statement.kind is FeeKind.MISSING


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("本报告统计期限为2025年1月1日至2025年12月31日。", date(2025, 1, 1), date(2025, 12, 31)),
        ("所列数据的统计期限自2025年1月1日起至12月31日止。", date(2025, 1, 1), date(2025, 12, 31)),
        ("统计期限自202511日起至20251231日止。", date(2025, 1, 1), date(2025, 12, 31)),
        ("统计期限自 2025  1  1  日起至 12  31  日止。", date(2025, 1, 1), date(2025, 12, 31)),
        ("统计期限为2025.1.1—2025.12.31。", date(2025, 1, 1), date(2025, 12, 31)),
        (
            "统计期限自二〇二五年一月一日起至十二月三十一日止。",
            date(2025, 1, 1),
            date(2025, 12, 31),
        ),
        (
            "统计时限为二○二四年元月一日至二○二四年十二月三十一日。",
            date(2024, 1, 1),
            date(2024, 12, 31),
        ),
        ("数据统计自２０２５年１月１日—同年12月31日。", date(2025, 1, 1), date(2025, 12, 31)),
        ("统计时间为2025年3月1日至2025年12月31日。", date(2025, 3, 1), date(2025, 12, 31)),
        (
            "数据统计从 2024 年 1 月 1 日到 2024 年 12 月 31 日。",
            date(2024, 1, 1),
            date(2024, 12, 31),
        ),
    ],
)
def test_the_period_is_read_even_where_its_signs_were_lost(
    said: str, first: date, last: date
) -> None:
    period = read(HEADINGS[0], said).period
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "said", ["2025年3月1日至5月1日开展培训。", "统计至2025年13月45日。", "全年更新。"]
)
def test_other_dates_are_no_period(said: str) -> None:
    assert read(HEADINGS[0], said).period is None


def test_a_title_broken_over_lines_is_put_together() -> None:
    report = read("青禾县水磨镇", "2025年政府信息公开工作", "年度报告", *HEADINGS)
    assert report.title == "青禾县水磨镇2025年政府信息公开工作年度报告"
    assert report.agency == "青禾县水磨镇"


def test_without_a_year_in_the_title_the_period_gives_the_year() -> None:
    report = read(
        "水磨镇政府信息公开工作年度报告", HEADINGS[0], "统计期限为2024年1月1日至2024年12月31日。"
    )
    assert (report.agency, report.year, report.years_in_title) == ("水磨镇", 2024, ())


def test_the_title_that_says_most_wins_and_a_contradiction_is_remarked() -> None:
    page = (
        "<title>政府信息公开年报</title><h1>水磨镇2024年政府信息公开工作年度报告</h1>"
        "<p>水磨镇2025年政府信息公开工作年度报告</p><p>一、总体情况</p>"
    )
    report = read(page)
    assert report.title == "水磨镇2024年政府信息公开工作年度报告"
    assert "2024、2025" in report.remarks[0].zh


def test_what_is_no_report_gives_no_title_no_year_and_no_sections() -> None:
    report = read("青禾县部署2025年政府信息公开工作年度报告编制的通知", "各单位：", "请按时报送。")
    assert (report.title, report.agency, report.year, report.sections) == (None, None, None, ())
