from __future__ import annotations

from collections.abc import Callable

import pytest

from reports.cells import REQUEST_COLUMNS, REQUEST_ROWS_2021
from reports.model import AnnualReport, Quality, TableName
from reports.reading.collect import NO_COLUMN
from tests.readings import FIGURES, read, row, wrong
from tests.rendering import C, Sheet, html_table, proactive_sheet, requests_sheet, text_table

Draw = Callable[[Sheet], str]
DRAWN = pytest.mark.parametrize("draw", [html_table, text_table])
LABELS = {label.key: label.words.zh for label in REQUEST_ROWS_2021}


def _flattened(head: list[str], rows: list[str], width: int) -> str:
    lines = ["\t".join((line + ["", ""] * width)[:width]) for line in (h.split(",") for h in head)]
    lines += ["\t".join((line.split(",") + [""] * width)[:width]) for line in rows]
    return "\n".join(lines) + "\n\n"


WIDE = [
    "(勾稽关系),,申请人情况",
    ",,自然人,法人或其他组织",
    ",,,商业企业,科研机构,社会公益组织,法律服务机构,其他",
]


def test_rows_with_one_more_label_field_are_shifted_by_one_column() -> None:
    text = _flattened(
        WIDE, [f"{LABELS['new']},,1,2,3,4,5,6", ",(三)不予公开,1.属于国家秘密,7,8,9,10,11"], 8
    )
    report = read(text)
    assert row(report, "new") == ["1", "2", "3", "4", "5", "6", None]
    assert row(report, "refused.state_secret") == ["7", "8", "9", "10", "11", None, None]
    assert report.tables[TableName.REQUESTS].quality is Quality.TRUNCATED


def test_a_figure_under_two_contradicting_labels_is_given_to_neither() -> None:
    head = [WIDE[0], ",,自然人,法人或其他组织,,,,总计", WIDE[2]]
    report = read(_flattened(head, [f"{LABELS['new']},,1,2,3,4,5,6"], 8))
    assert row(report, "new") == ["1", "2", "3", "4", "5", None, None]
    why = report.cell("requests.new.other").why
    assert why is not None
    assert why.zh.startswith("“6”可能属于")


def test_a_column_that_the_head_lacks_stays_unread_and_moves_nothing() -> None:
    head = [
        WIDE[0],
        ",,自然人,法人或其他组织,,,,总计",
        ",,,商业企业,科研机构,社会公益组织,法律服务机构",
    ]
    report = read(_flattened(head, [f"{LABELS['new']},,1,2,3,4,5,6,"], 9))
    assert row(report, "new") == ["1", "2", "3", "4", "5", None, "6"]


def test_a_row_that_lost_its_group_label_reads_when_it_is_whole() -> None:
    head = ["(勾稽关系),,申请人情况,,,,,,总计", WIDE[1], WIDE[2]]
    rows = [
        ",(三)不予公开,1.属于国家秘密,1,2,3,4,5,6,7",
        "3.其他,,8,9,10,11,12,13,14",
        "(七) 总计,15,16,17,18,19,20,21",
    ]
    report = read(_flattened(head, rows, 10))
    assert row(report, "refused.state_secret") == [str(n) for n in range(1, 8)]
    assert row(report, "other.other") == [str(n) for n in range(8, 15)]
    assert row(report, "handled_total") == [str(n) for n in range(15, 22)]


def test_a_row_that_lost_a_field_is_given_to_no_column_and_its_neighbours_are_read() -> None:
    head = ["(勾稽关系),,申请人情况,,,,,,总计", WIDE[1], WIDE[2]]
    rows = [f"{LABELS['new']},,1,2,3,4,5,6,7", f"{LABELS['carried_in']},,8,9,11,12,13,14"]
    text = _flattened(head, rows, 9).replace("\t14\t", "\t14")
    report = read(text)
    assert row(report, "new") == ["1", "2", "3", "4", "5", "6", "7"]
    assert row(report, "carried_in") == [None] * 7
    why = report.cell("requests.carried_in.research").why
    assert why is not None
    assert why.zh.startswith("该行有 6 格（8、9、11、12、13、14），表头有 7 列")
    assert report.tables[TableName.REQUESTS].quality is Quality.TRUNCATED


def test_a_shifted_row_with_a_lost_figure_is_not_guessed() -> None:
    head = ["(勾稽关系),,申请人情况,,,,,,总计", WIDE[1], WIDE[2]]
    rows = [f"{LABELS['new']},,1,2,3,4,5,6,7", "(七) 总计,15,16,17,18,19,20"]
    report = read(_flattened(head, rows, 10))
    assert row(report, "handled_total") == [None] * 7


def _requests(sheet: Sheet, draw: Draw) -> AnnualReport:
    return read("三、收到和处理政府信息公开申请情况", draw(sheet))


def _with_head(sheet: Sheet, *names: str) -> Sheet:
    """Put columns under other heads behind the last one; their figures are none of the form's."""
    sheet[0] += [C(name, 1, 3) for name in names]
    return sheet[:3] + [[*row, *(C("7") for _ in names)] for row in sheet[3:]]


@DRAWN
def test_columns_for_remarks_and_numbers_behind_the_totals_are_passed_over(draw: Draw) -> None:
    report = _requests(_with_head(requests_sheet(FIGURES), "备注", "序号"), draw)
    assert not wrong(report, TableName.REQUESTS)
    assert report.tables[TableName.REQUESTS].quality is Quality.COMPLETE


@DRAWN
def test_a_column_for_remarks_beside_table_two_is_passed_over(draw: Draw) -> None:
    sheet = [
        [*row, C("备 注" if row[0].text == "信息内容" else "3")] for row in proactive_sheet(FIGURES)
    ]
    assert not wrong(read(draw(sheet)), TableName.PROACTIVE)


@DRAWN
def test_a_column_of_sequence_numbers_before_the_labels_moves_nothing(draw: Draw) -> None:
    sheet = requests_sheet(FIGURES)
    sheet[0].insert(0, C("序号", 1, 3))
    for n, line in enumerate(sheet[3:], 1):
        line.insert(0, C(str(n)))
    assert not wrong(_requests(sheet, draw), TableName.REQUESTS)
    listed = [
        [C("序号" if row[0].text == "信息内容" else str(n)), *row]
        for n, row in enumerate(proactive_sheet(FIGURES))
    ]
    assert not wrong(read(draw(listed)), TableName.PROACTIVE)


ADDED = {
    "其中：当面申请": 4,
    "其中：主动公开": 6,
    "小计": 16,
    "合计": 16,
    "不予公开合计": 16,
    "单位：件": 3,
}


@DRAWN
@pytest.mark.parametrize("label", ADDED)
def test_rows_that_the_form_does_not_have_change_no_other(label: str, draw: Draw) -> None:
    sheet, at = requests_sheet(FIGURES), ADDED[label]
    sheet[5][0] = C("三、本年度办理结果", 1, 23 if at > 5 else 22)
    sheet.insert(at, [C(label, 2 if at > 5 else 3), *(C(str(n)) for n in range(900, 907))])
    assert not wrong(_requests(sheet, draw), TableName.REQUESTS)


def test_a_part_of_a_subject_in_table_two_is_not_the_subject() -> None:
    sheet = proactive_sheet(FIGURES)
    sheet.insert(7, [C("其中：行政许可（变更）"), C("3", 3)])
    sheet.insert(4, [C("其中：行政规范性文件"), C("3"), C("4"), C("5")])
    assert not wrong(read(html_table(sheet)), TableName.PROACTIVE)


@DRAWN
def test_a_total_under_the_name_of_a_sum_is_the_total(draw: Draw) -> None:
    sheet = requests_sheet(FIGURES)
    sheet[1][-1] = C("合计", 1, 2)
    sheet[-2][0] = C("合计", 2)
    assert not wrong(_requests(sheet, draw), TableName.REQUESTS)


@DRAWN
@pytest.mark.parametrize("kept", [(0, 6), (0, 1, 6)])
def test_columns_that_the_table_leaves_out_are_missing_and_move_no_other(
    kept: tuple[int, ...], draw: Draw
) -> None:
    whole = requests_sheet(FIGURES)
    head = [C("", 3), *(C(REQUEST_COLUMNS[n].words.zh) for n in kept)]
    rows = [[*row[:-7], *(row[-7:][n] for n in kept)] for row in whole[3:]]
    report = _requests([[C("", 3), C("申请人情况", len(kept))], head, *rows], draw)
    names = {REQUEST_COLUMNS[n].key for n in range(7) if n not in kept}
    assert {key.rpartition(".")[2] for key in wrong(report, TableName.REQUESTS)} == names
    assert {report.cell(f"requests.new.{name}").why for name in names} == {NO_COLUMN}


@DRAWN
def test_a_head_that_lost_the_names_of_the_organisations_gives_no_short_table(draw: Draw) -> None:
    sheet = requests_sheet(FIGURES)
    del sheet[2]
    sheet[0][0], sheet[1][0], sheet[1][2] = C("", 3, 2), C("自然人"), C("总计")
    report = _requests(sheet, draw)
    assert {cell.value for cell in report.tables[TableName.REQUESTS].cells.values()} == {None}


def test_one_zero_merged_over_the_organisations_is_none_of_theirs() -> None:
    sheet = requests_sheet(FIGURES)
    sheet[6][-6:-1] = [C("0", 5)]
    report = _requests(sheet, html_table)
    organisations = {c.key for c in REQUEST_COLUMNS[1:6]}
    assert {key.rpartition(".")[2] for key in wrong(report, TableName.REQUESTS)} == organisations
    cell = report.cell("requests.partly_granted.research")
    assert cell.value is None
    assert cell.why is not None
    assert "“0”可能属于" in cell.why.zh


@DRAWN
def test_two_halves_side_by_side_are_one_table(draw: Draw) -> None:
    names = [C("项目"), *(C(column.words.zh) for column in REQUEST_COLUMNS)]
    lines = [row[-8:] for row in requests_sheet(FIGURES)[3:]]
    lines = [[C(row[0].text), *row[1:]] for row in lines] + [[C("")] * 8]
    halves = [[*one, *two] for one, two in zip(lines[:13], lines[13:], strict=True)]
    assert not wrong(_requests([[*names, *names], *halves], draw), TableName.REQUESTS)


@pytest.mark.parametrize("sign", ["<br>", "</p><p>", "\n"])
def test_labels_written_downwards_are_read(sign: str) -> None:
    page = html_table(proactive_sheet(FIGURES)) + html_table(requests_sheet(FIGURES))
    for label in ("行政许可", "规章", "1.属于国家秘密", "（一）予以公开"):
        page = page.replace(label, sign.join(label))
    report = read(page)
    assert not wrong(report, TableName.PROACTIVE)
    assert not wrong(report, TableName.REQUESTS)
