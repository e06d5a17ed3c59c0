"""Table 4 in arrangements other than the form's: every figure in its cell, or none and why."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from reports.cells import DISPUTE_BLOCKS, DISPUTE_RESULTS, dispute_key
from reports.model import AnnualReport, Quality, TableName
from reports.reading.collect import NO_COLUMN
from tests.drawing.mutilation import mutilated
from tests.readings import FIGURES, read, wrong
from tests.rendering import C, Sheet, html_table, text_table

Draw = Callable[[Sheet], str]
BLOCKS = [block.words.zh for block in DISPUTE_BLOCKS]
RESULTS = [result.words.zh for result in DISPUTE_RESULTS]
DRAWN = pytest.mark.parametrize("draw", [html_table, text_table])


def figure(block: int, result: int) -> str:
    return FIGURES[dispute_key(DISPUTE_BLOCKS[block].key, DISPUTE_RESULTS[result].key)]


def blocks_by_rows() -> Sheet:
    head = [C(text) for text in ("", *RESULTS)]
    return [
        head,
        *([C(name), *(C(figure(b, r)) for r in range(5))] for b, name in enumerate(BLOCKS)),
    ]


def suits_under_one_label() -> Sheet:
    rows: Sheet = [[C("类别", 2), *(C(text) for text in RESULTS)]]
    rows.append([C(BLOCKS[0], 2), *(C(figure(0, r)) for r in range(5))])
    rows.append([C("行政诉讼", 1, 2), C(BLOCKS[1]), *(C(figure(1, r)) for r in range(5))])
    rows.append([C(BLOCKS[2]), *(C(figure(2, r)) for r in range(5))])
    return rows


def results_by_rows() -> Sheet:
    rows: Sheet = [
        [C("结果", 1, 2), C(BLOCKS[0], 1, 2), C("行政诉讼", 2)],
        [C(n) for n in BLOCKS[1:]],
    ]
    return rows + [
        [C(name), *(C(figure(b, r)) for b in range(3))] for r, name in enumerate(RESULTS)
    ]


def one_figure_a_row() -> Sheet:
    rows: Sheet = []
    for b, name in enumerate(BLOCKS):
        rows += [
            [*([C(name, 1, 5)] if r == 0 else []), C(result), C(figure(b, r))]
            for r, result in enumerate(RESULTS)
        ]
    return rows


def block_and_result_in_one_label() -> Sheet:
    return [
        [C(f"{name}-{result}"), C(figure(b, r))]
        for b, name in enumerate(BLOCKS)
        for r, result in enumerate(RESULTS)
    ]


def with_numbers_before() -> Sheet:
    head, *rows = blocks_by_rows()
    return [[C("序号"), *head], *([C(str(n)), *row] for n, row in enumerate(rows, 1))]


ARRANGED = [
    blocks_by_rows,
    suits_under_one_label,
    results_by_rows,
    one_figure_a_row,
    block_and_result_in_one_label,
    with_numbers_before,
]


def disputes(sheet: Sheet, draw: Draw) -> AnnualReport:
    return read("四、政府信息公开行政复议、行政诉讼情况", draw(sheet))


@DRAWN
@pytest.mark.parametrize("arranged", ARRANGED)
def test_a_turned_table_gives_every_figure_to_its_cell(
    arranged: Callable[[], Sheet], draw: Draw
) -> None:
    assert not wrong(disputes(arranged(), draw), TableName.DISPUTES)


def dropped(sheet: Sheet, row: int, cell: int) -> Sheet:
    sheet[row].pop(cell)
    return sheet


def put(sheet: Sheet, row: int, cell: int, *cells: C, instead: int = 0) -> Sheet:
    sheet[row][cell : cell + instead] = cells
    return sheet


EVERY_BLOCK = {block.key for block in DISPUTE_BLOCKS}
UNCLEAR: dict[str, tuple[Callable[[], Sheet], set[str], str]] = {
    "a figure too many": (
        lambda: put(blocks_by_rows(), 2, 3, C("7")),
        {"litigation_direct"},
        "表头有 5 个名称，该行为“288、289、7、290、291、292”",
    ),
    "a figure lost": (
        lambda: dropped(blocks_by_rows(), 2, 3),
        {"litigation_direct"},
        "表头有 5 个名称，该行为“288、289、291、292”",
    ),
    "one zero over all results": (
        lambda: put(blocks_by_rows(), 3, 1, C("0", 5), instead=5),
        {"litigation_after_review"},
        "表头有 5 个名称，该行为“0”",
    ),
    "a name of the head lost": (lambda: dropped(blocks_by_rows(), 0, 2), EVERY_BLOCK, ""),
    "the last figure of every row lost": (
        lambda: [row[:-1] if n else row for n, row in enumerate(blocks_by_rows())],
        EVERY_BLOCK,
        "不能确定各数属于哪一列",
    ),
}


@DRAWN
@pytest.mark.parametrize("what", UNCLEAR)
def test_a_block_whose_columns_cannot_be_told_is_null_and_says_why(what: str, draw: Draw) -> None:
    arranged, lost, why = UNCLEAR[what]
    cells = disputes(arranged(), draw).tables[TableName.DISPUTES].cells
    unread = {key: cell for key, cell in cells.items() if cell.raw != FIGURES[key]}
    assert set(unread) == {dispute_key(b, r.key) for b in lost for r in DISPUTE_RESULTS}
    for cell in unread.values():
        assert (cell.raw, cell.value) == (None, None)
        assert cell.why is not None
        assert why in cell.why.zh


def test_two_figures_in_one_cell_are_none_and_its_neighbours_are_read() -> None:
    report = disputes(put(blocks_by_rows(), 1, 2, C("1 2"), instead=1), html_table)
    assert wrong(report, TableName.DISPUTES) == {"review.corrected": ("1 2", "284")}
    cell = report.cell("review.corrected")
    assert cell.value is None
    assert cell.why is not None
    assert "可能不止一个数" in cell.why.zh


@DRAWN
def test_the_results_follow_the_head_not_the_form(draw: Draw) -> None:
    sheet = blocks_by_rows()
    for row in sheet:
        row[1], row[4] = row[4], row[1]
    assert not wrong(disputes(sheet, draw), TableName.DISPUTES)


@DRAWN
def test_a_turned_table_without_totals_lacks_only_the_totals(draw: Draw) -> None:
    report = disputes([row[:-1] for row in blocks_by_rows()], draw)
    lost = wrong(report, TableName.DISPUTES)
    assert {key.rpartition(".")[2] for key in lost} == {"total"}
    assert {report.cell(key).why for key in lost} == {NO_COLUMN}


def test_a_row_that_adds_the_blocks_up_is_none_of_them() -> None:
    sheet = blocks_by_rows()
    sheet.append([C("合计"), *(C(str(n)) for n in range(900, 905))])
    assert not wrong(disputes(sheet, html_table), TableName.DISPUTES)


def test_lines_of_other_tables_that_name_cases_are_not_table_four() -> None:
    report = read(
        html_table([[C("事项"), C("数量"), C("其他")], [C("行政复议"), C("3"), C("1")]]),
        html_table([[C("行政诉讼"), C("5")], [C("复议后起诉"), C("1")], [C("总计"), C("9")]]),
    )
    assert report.tables[TableName.DISPUTES].quality is Quality.ABSENT


@pytest.mark.parametrize("arranged", ARRANGED)
def test_a_damaged_table_gives_drawn_figures_or_reasons_never_other_numbers(
    arranged: Callable[[], Sheet],
) -> None:
    for seed in range(8):
        damaged = mutilated(arranged(), random.Random(seed))
        report = disputes(damaged, html_table)
        for key, cell in report.tables[TableName.DISPUTES].cells.items():
            assert cell.value in (None, int(FIGURES[key])), (seed, key)
            assert cell.value is not None or cell.why is not None, (seed, key)


def test_rows_whose_label_may_be_lost_are_given_to_no_block() -> None:
    sheet = one_figure_a_row()
    del sheet[5][0]
    report = disputes([[C(c.text) for c in row] for row in sheet], html_table)
    lost = wrong(report, TableName.DISPUTES)
    assert {key.partition(".")[0] for key in lost} == EVERY_BLOCK
    assert all(report.cell(key).value is None and report.cell(key).why for key in lost)
