from __future__ import annotations

from collections.abc import Callable

import pytest

from reports.forms.catalogue import FORM_2021, NO_FORM
from reports.model import Quality, TableName
from tests.figures import balanced
from tests.readings import COLUMNS, FIGURES, printed, read, row, wrong
from tests.rendering import (
    C,
    Sheet,
    disputes_sheet,
    html_table,
    proactive_sheet,
    requests_sheet,
    text_table,
)


def unspanned(sheet: Sheet) -> Sheet:
    return [[C(cell.text) for cell in line] for line in sheet]


@pytest.mark.parametrize(
    ("table", "sheet"),
    [
        (TableName.PROACTIVE, proactive_sheet),
        (TableName.REQUESTS, requests_sheet),
        (TableName.DISPUTES, disputes_sheet),
    ],
)
@pytest.mark.parametrize("draw", [html_table, text_table])
def test_a_table_whose_spans_were_all_dropped_still_reads_by_its_labels(
    table: TableName, sheet: Callable[[dict[str, str]], Sheet], draw: Callable[[Sheet], str]
) -> None:
    report = read(draw(unspanned(sheet(FIGURES))))
    assert wrong(report, table) == {}
    assert report.tables[table].quality is Quality.COMPLETE


def test_the_order_of_the_head_decides_not_the_order_of_the_form() -> None:
    sheet = requests_sheet(FIGURES)
    for line in sheet[3:]:
        line[-6], line[-3] = line[-3], line[-6]
    sheet[2][0], sheet[2][3] = sheet[2][3], sheet[2][0]
    assert wrong(read(html_table(sheet)), TableName.REQUESTS) == {}


def test_a_table_over_two_pages_reads_on_although_its_second_head_lost_a_cell() -> None:
    sheet = requests_sheet(FIGURES)
    again = [[C("申请人情况", 7)], [C("自然人"), C("法人或其他组织", 5), C("总计")], sheet[2]]
    for line in sheet:
        line[:] = [C(cell.text, cell.across) for cell in line]
    head = [
        [C(cell.text, cell.across, 3 if n == c == 0 else 1) for c, cell in enumerate(line)]
        for n, line in enumerate(sheet[:3])
    ]
    head[1] = [C("自然人", 1, 2), C("法人或其他组织", 5), C("总计", 1, 2)]
    for cut in (6, 12, 20):
        report = read(html_table(head + sheet[3:cut]), html_table(again + sheet[cut:]))
        assert wrong(report, TableName.REQUESTS) == {}


def test_a_second_part_without_any_head_uses_the_head_of_the_first() -> None:
    sheet = requests_sheet(FIGURES)
    report = read(
        text_table(sheet)[: text_table(sheet).index("4.保护")],
        text_table(sheet)[text_table(sheet).index("4.保护") :],
    )
    assert wrong(report, TableName.REQUESTS) == {}


WRONG_WORDS = ("本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "其他", "合计")


def test_wrong_words_over_seven_figures_leave_the_order_of_the_form_where_totals_agree() -> None:
    figures = balanced([3, 14, 15, 92, 65, 35, 8])
    sheet = requests_sheet(figures)
    sheet[:3] = [[C("项目", 3), *(C(words) for words in WRONG_WORDS)]]
    sheet[1][-1] = C("1")
    report = read(html_table(sheet))
    assert row(report, "carried_in") == [figures[f"requests.carried_in.{c}"] for c in COLUMNS]
    assert row(report, "new") == [None] * 7
    why = report.cell("requests.new.total").why
    assert why is not None
    assert "不等于前几列之和" in why.zh


def test_an_unspanned_head_gives_the_order_of_the_organisations() -> None:
    sheet = requests_sheet(FIGURES)
    for line in sheet[3:]:
        line[-6], line[-3] = line[-3], line[-6]
    sheet[2][0], sheet[2][3] = sheet[2][3], sheet[2][0]
    assert wrong(read(html_table(unspanned(sheet))), TableName.REQUESTS) == {}


@pytest.mark.parametrize("kept", ["rows", "columns"])
def test_a_head_that_kept_only_one_kind_of_spans_still_reads(kept: str) -> None:
    sheet = [
        [C(c.text, 1, c.down) if kept == "rows" else C(c.text, c.across) for c in line]
        for line in requests_sheet(FIGURES)
    ]
    report = read(html_table(sheet))
    for key, cell in report.tables[TableName.REQUESTS].cells.items():
        assert cell.value is None or cell.raw == FIGURES[key]
        assert cell.value is not None or cell.why is not None


@pytest.mark.parametrize("line", [0, 1, 2])
def test_the_total_may_be_named_in_any_row_of_the_head(line: int) -> None:
    sheet = requests_sheet(FIGURES)
    sheet[1].pop()
    sheet[0][1] = C("申请人情况", 6 if line == 0 else 7)
    if line:
        sheet[1][1] = C("法人或其他组织", 5 if line == 1 else 6)
    sheet[line].append(C("总计", 1, 3 - line))
    assert wrong(read(html_table(sheet)), TableName.REQUESTS) == {}


def test_a_row_without_its_last_cell_is_given_to_no_column() -> None:
    sheet = requests_sheet(FIGURES)
    sheet[-1].pop()
    report = read(html_table(sheet))
    assert row(report, "carried_out") == [None] * 7
    assert row(report, "handled_total") == printed("handled_total")


def test_a_dispute_head_with_fewer_names_than_figures_gives_none() -> None:
    sheet = disputes_sheet(FIGURES)
    names = [C(cell.text) for cell in (*sheet[1][:5], *sheet[2][:7])]
    report = read(html_table([[C("行政复议")], names, sheet[3]]))
    cells = report.tables[TableName.DISPUTES].cells.values()
    assert {cell.value for cell in cells} == {None}
    assert all(cell.why and "12 列" in cell.why.zh for cell in cells)


def test_a_column_of_sequence_numbers_beside_the_disputes_is_passed_over() -> None:
    sheet = disputes_sheet(FIGURES)
    sheet[0].insert(0, C("序号", 1, 3))
    sheet[3].insert(0, C("1"))
    report = read(html_table(sheet))
    assert wrong(report, TableName.DISPUTES) == {}
    assert report.tables[TableName.DISPUTES].quality is Quality.COMPLETE


@pytest.mark.parametrize("headed", [13, 1])
def test_a_table_in_thirteen_parts_is_one_table(headed: int) -> None:
    head = requests_sheet(FIGURES)[:3]
    rows = [[C(c.text, c.across) for c in line] for line in requests_sheet(FIGURES)[3:]]
    parts = [html_table((head if n < headed else []) + rows[2 * n : 2 * n + 2]) for n in range(13)]
    report = read(*parts)
    assert wrong(report, TableName.REQUESTS) == {}
    assert report.tables[TableName.REQUESTS].quality is Quality.COMPLETE


def test_wrong_words_over_six_figures_give_no_column_and_say_shifted() -> None:
    sheet = [line[:-1] for line in requests_sheet(FIGURES)]
    sheet[:3] = [[C("项目", 3), *(C(f"第{n}栏") for n in range(6))]]
    table = read(html_table(sheet)).tables[TableName.REQUESTS]
    assert {cell.value for cell in table.cells.values()} == {None}
    assert table.quality is Quality.SHIFTED
    assert table.reason is not None


def test_blank_dash_and_words_keep_their_raw_text_and_have_no_value() -> None:
    figures = {
        **FIGURES,
        "requests.new.total": "",
        "requests.new.research": "/",
        "requests.new.other": "无",
    }
    report = read(html_table(requests_sheet(figures)))
    assert row(report, "new")[-2:] == ["无", ""]
    assert [report.cell(f"requests.new.{c}").value for c in ("research", "other", "total")] == [
        None
    ] * 3
    assert report.tables[TableName.REQUESTS].quality is Quality.COMPLETE


def test_a_blank_first_column_does_not_move_the_others() -> None:
    figures = {
        key: "" if key.endswith("natural_person") else value for key, value in FIGURES.items()
    }
    for draw in (html_table, text_table):
        report = read(draw(requests_sheet(figures)))
        for name in ("new", "granted", "refused.state_secret", "handled_total"):
            assert row(report, name) == ["", *printed(name)[1:]]


def test_one_figure_merged_over_all_columns_belongs_to_none() -> None:
    sheet = requests_sheet(FIGURES)
    sheet[3] = [sheet[3][0], C("8", 7)]
    report = read(html_table(sheet))
    assert row(report, "new") == [None] * 7
    assert row(report, "carried_in") == printed("carried_in")


def test_the_same_table_twice_is_read_once_and_two_different_figures_are_none() -> None:
    twice = read(html_table(requests_sheet(FIGURES)), html_table(requests_sheet(FIGURES)))
    assert wrong(twice, TableName.REQUESTS) == {}
    other = requests_sheet({**FIGURES, "requests.new.total": "999"})
    report = read(html_table(requests_sheet(FIGURES)), html_table(other))
    cell = report.cell("requests.new.total")
    assert (cell.raw, cell.value) == (None, None)
    assert cell.why is not None
    assert "999" in cell.why.zh


@pytest.mark.parametrize(
    ("official", "variant"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1.逾期不补正"),
        ("一、本年新收政府信息公开申请数量", "一、本年新"),
        ("（一）予以公开", "㈠予以公开"),
        ("（七）总计", "(七) 总 计"),
        ("四、结转下年度继续办理", "四 、结转下年度 继续办理"),
        ("3.危及“三安全一稳定”", '3、危及"三安全一稳定"'),
    ],
)
def test_variants_of_a_row_label_are_the_same_row(official: str, variant: str) -> None:
    sheet = requests_sheet(FIGURES)
    for line in sheet:
        line[:] = [C(variant, c.across, c.down) if c.text == official else c for c in line]
    assert wrong(read(html_table(sheet)), TableName.REQUESTS) == {}


def test_a_2021_form_with_one_row_for_other_handling_gives_the_key_other() -> None:
    sheet = requests_sheet(FIGURES)
    sheet[23:26] = [[C("（六）其他处理", 2), *(C(str(n)) for n in range(1, 8))]]
    sheet[5][0] = C("三、本年度办理结果", 1, 20)
    report = read(html_table(proactive_sheet(FIGURES)), html_table(sheet))
    assert report.form.name == FORM_2021.name
    assert row(report, "other") == ["1", "2", "3", "4", "5", "6", "7"]
    assert "requests.other.other.total" not in report.tables[TableName.REQUESTS].cells
    assert report.tables[TableName.REQUESTS].quality is Quality.COMPLETE


def test_table_two_cut_in_two_goes_on_under_the_head_of_its_first_part() -> None:
    text = text_table(proactive_sheet(FIGURES))
    for cut in ("行政规范性文件", "行政强制", "行政许可", "行政事业性收费"):
        report = read(text[: text.index(f"\n{cut}\t") + 1], text[text.index(f"\n{cut}\t") + 1 :])
        assert wrong(report, TableName.PROACTIVE) == {}


def test_tables_that_are_not_statutory_are_not_taken_for_them() -> None:
    report = read(
        "<table><tr><td>指标</td><td>单位</td><td>数量</td></tr>"
        "<tr><td>（一）予以公开</td><td>件</td><td>3</td></tr>"
        "<tr><td>涉及国家秘密</td><td>件</td><td>0</td></tr><tr><td>总计</td><td>件</td><td>3</td></tr></table>"
    )
    assert report.form is NO_FORM
    assert {table.quality for table in report.tables.values()} == {Quality.ABSENT}
    assert report.cell("requests.granted.total").raw is None
