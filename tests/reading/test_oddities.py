"""Oddities met in real reports, each by its label, heading or cell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from reports.model import Quality, TableName
from tests.readings import FIGURES, read, wrong
from tests.rendering import (
    TITLE,
    C,
    Sheet,
    disputes_sheet,
    html_table,
    proactive_sheet,
    requests_sheet,
    text_table,
)

SHEETS = {
    TableName.PROACTIVE: proactive_sheet,
    TableName.REQUESTS: requests_sheet,
    TableName.DISPUTES: disputes_sheet,
}


def relabelled(sheet: Sheet, official: str, printed: str) -> Sheet:
    return [
        [C(printed if c.text == official else c.text, c.across, c.down) for c in row]
        for row in sheet
    ]


@pytest.mark.parametrize("draw", [html_table, text_table])
@pytest.mark.parametrize(
    ("table", "official", "printed"),
    [
        (TableName.PROACTIVE, "行政规范性文件", "规范性文件"),
        (TableName.PROACTIVE, "规章", "规 章"),
        (TableName.PROACTIVE, "现行有效件数", "现行有效件"),
        (TableName.PROACTIVE, "现行有效件数", "现行 有效 件数"),
        (TableName.REQUESTS, "三、本年度办理结果", "三 、本 年 度办 理 结果"),
        (TableName.REQUESTS, "1.属于国家秘密", "1、属于国家秘密"),
        (TableName.REQUESTS, "一、本年新收政府信息公开申请数量", "一,本年新收政府信息公开申请数量"),
        (
            TableName.REQUESTS,
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            "(二)部分公开(区分处理的,只计这一情形,不计其他情形)",
        ),
        (TableName.REQUESTS, "（七）总计", "(七) 总计"),
        (TableName.DISPUTES, "结果维持", "结 果 维持"),
        (TableName.DISPUTES, "复议后起诉", "复 议 后 起 诉"),
    ],
)
def test_labels_as_real_reports_print_them_are_read(
    table: TableName, official: str, printed: str, draw: Callable[[Sheet], str]
) -> None:
    report = read(draw(relabelled(SHEETS[table](FIGURES), official, printed)))
    assert not wrong(report, table)
    assert report.tables[table].quality is Quality.COMPLETE


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("normative_documents.in_force", "55（含自然失效 29 件）", 55),
        ("normative_documents.repealed", "3(到期自动废止)", 3),
        ("requests.new.total", "1,113", 1113),
        ("fees.amount", "59237.2449", Decimal("59237.2449")),
        ("fees.amount", "316441", Decimal(316441)),
        ("fees.amount", "251000元", Decimal("25.1")),
        ("requests.new.research", "/", None),
        ("requests.new.research", "-", None),
        ("requests.new.research", "&nbsp;", None),
        ("requests.new.research", "<o:p>&nbsp;</o:p>", None),
    ],
)
def test_cells_as_real_reports_print_them_keep_text_and_value(
    key: str, raw: str, value: int | Decimal | None
) -> None:
    figures = {**FIGURES, key: "某数"}
    page = "".join(html_table(sheet(figures)) for sheet in SHEETS.values()).replace("某数", raw)
    report = read(page)
    cell = report.cell(key)
    assert cell.value == value
    assert cell.raw == ("" if "nbsp" in raw else raw)
    assert (cell.why is None) is (value is not None)
    others = [wrong(report, table) for table in SHEETS]
    assert [found for one in others for found in one] == ([key] if cell.raw != FIGURES[key] else [])


@pytest.mark.parametrize(
    "heading",
    [
        "一、2021政府信息公开情况",
        "一、总体情况、",
        "一、2023年政务公开总体情况",
        "一、总体情况：",
    ],
)
def test_first_headings_as_real_reports_print_them_open_the_first_section(heading: str) -> None:
    report = read(TITLE, heading, "全年更新栏目。", "五、存在的主要问题及整改措施", "更新不及时。")
    assert [(s.number, s.text) for s in report.sections] == [
        (1, "全年更新栏目。"),
        (5, "更新不及时。"),
    ]


def test_more_parts_announced_than_there_are_change_nothing() -> None:
    report = read(
        TITLE,
        "本报告由总体情况、主动公开政府信息情况等七个部分组成。",
        "一、总体情况",
        "全年更新栏目。",
        "五、存在的主要问题及改进情况",
        "（一）存在的问题",
        "（二）改进措施",
        "六、其他需要报告的事项",
        "无",
    )
    assert [section.number for section in report.sections] == [1, 5, 6]
    assert report.sections[-1].text == "无"


def test_a_table_of_facts_above_the_report_is_no_statutory_table() -> None:
    facts = html_table([[C("索引号"), C("000014/2026-00012"), C("组配分类"), C("年度报告")]])
    tables = "".join(html_table(sheet(FIGURES)) for sheet in SHEETS.values())
    report = read(facts + f"<p>{TITLE}</p>" + tables)
    assert [wrong(report, table) for table in SHEETS] == [{}, {}, {}]


def test_a_head_shorter_than_its_rows_gives_no_figure() -> None:
    sheet = disputes_sheet(FIGURES)
    names = [C(cell.text) for cell in (*sheet[1][:5], *sheet[2][:7])]
    report = read(text_table([[C("行政复议"), C("行政诉讼")], names, sheet[3]]))
    cells = report.tables[TableName.DISPUTES].cells.values()
    assert all(cell.value is None and cell.why for cell in cells)
