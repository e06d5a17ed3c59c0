"""Tables that lost their grid: every cell comes back, or says why it does not."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from reports.documents.model import Grid, Paragraph
from reports.documents.read import read_document
from reports.model import AnnualReport, Quality, TableName
from reports.reading.read import read_report
from tests.drawing import flattening as styles
from tests.drawing.mutilation import mutilated
from tests.figures import Figures, assert_reads_back, balanced
from tests.rendering import C, Sheet, html_table, sheets

FIGURES = balanced([31, 14, 15, 92, 65, 35, 8])
LINE, PARAGRAPH = "{}\n".format, "<p>{}</p>".format


def read(body: str | bytes) -> AnnualReport:
    return read_report(read_document(body.encode() if isinstance(body, str) else body))


def printed(figures: Figures, table: Callable[[Sheet], str] = styles.lines_of_print) -> str:
    return styles.article(sheets(figures), table, LINE)


def other_than(figures: Figures, report: AnnualReport) -> dict[str, tuple[str | None, str]]:
    return {k: (report.cell(k).raw, v) for k, v in figures.items() if report.cell(k).raw != v}


def assert_only_nulls(figures: Figures, report: AnnualReport) -> None:
    for table in report.tables.values():
        for key, cell in table.cells.items():
            assert cell.value is None or cell.raw == figures.get(key), key
            assert cell.value is not None or cell.why is not None, key


@pytest.mark.parametrize("style", styles.STYLES)
def test_every_cell_comes_back_from_each_style(style: str) -> None:
    report = read(styles.STYLES[style](FIGURES))
    assert_reads_back(FIGURES, report)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("style", styles.KEEPING_BLANKS)
def test_a_blank_cell_stays_blank_where_the_style_shows_it(style: str) -> None:
    blank = {
        "requests.new.research": "",
        "requests.granted.natural_person": "",
        "penalties.decisions": "",
    }
    figures = {**FIGURES, **blank, "requests.new.other": "/", "review.corrected": ""}
    report = read(styles.STYLES[style](figures))
    assert other_than(figures, report) == {}
    assert report.cell("requests.new.research").value is None


@pytest.mark.parametrize("drawn", ["<p>{}|</p>", "<p class=MsoNormal>{}|<o:p></o:p></p>"])
def test_a_blank_paragraph_of_a_page_is_a_cell_only_after_cells_that_end_in_bars(
    drawn: str,
) -> None:
    blank = {"requests.granted.research": "", "penalties.decisions": "", "review.corrected": ""}
    figures = {**FIGURES, **blank}

    def paragraphs(sheet: Sheet) -> str:
        cells = [cell.text for row in sheet for cell in row]
        return "".join(drawn.format(text) if text else "<p>&nbsp;</p>\n" for text in cells)

    report = read(styles.article(sheets(figures), paragraphs, PARAGRAPH))
    assert other_than(figures, report) == {}
    spaced = read("<p>一、总体情况</p><p>&nbsp;</p><p>全年无变化。</p><p>&nbsp;</p>")
    assert [section.text for section in spaced.sections] == ["全年无变化。"]


@pytest.mark.parametrize("style", ["4 a cell a paragraph", "lines of print"])
def test_a_row_that_lost_a_blank_without_trace_is_null_and_says_why(style: str) -> None:
    report = read(styles.STYLES[style]({**FIGURES, "requests.granted.research": ""}))
    lost = other_than(FIGURES, report)
    assert set(lost) == {f"requests.granted.{c}" for c in styles.COLUMNS}
    why = report.cell("requests.granted.total").why
    assert why is not None
    assert "6 格" in why.zh
    assert "7 列" in why.zh


def test_page_numbers_between_rows_are_no_figures() -> None:
    lines = printed(FIGURES).splitlines()
    for place, number in ((20, "— 4 —"), (30, "-5-"), (40, "第 6 页")):
        lines.insert(place, number)
    assert_reads_back(FIGURES, read("\n".join(lines)))


def test_a_bare_page_number_never_stands_in_for_a_lost_figure() -> None:
    figures = {**FIGURES, "requests.refused.state_secret.total": ""}
    body = printed(figures, styles.cell_a_paragraph)
    at = body.index("<p>2.其他法律行政法规禁止公开")
    report = read(body[:at] + "<p>4</p>" + body[at:])
    assert_only_nulls(figures, report)
    assert report.cell("requests.refused.state_secret.natural_person").value is None


@pytest.mark.parametrize(
    ("label", "above", "below"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律行政法", "规禁止公开"),
        ("6.属于四类过程性信息", "6.属于四类过程", "性信息"),
        ("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新", "出具已获取信息"),
        ("一、本年新收政府信息公开申请数量", "一、本年新收政府信", "息公开申请数量"),
    ],
)
def test_a_label_wrapped_around_its_figures_is_one_label(
    label: str, above: str, below: str
) -> None:
    lines = printed(FIGURES).splitlines()
    at = next(n for n, line in enumerate(lines) if label in line)
    figures = lines[at].split(label)[1]
    lines[at : at + 1] = [lines[at].split(label)[0] + above, figures, below]
    assert other_than(FIGURES, read("\n".join(lines))) == {}


def _torn(lines: list[str], rows: list[str]) -> list[str]:
    return [
        " ".join(line.split()[-7:]) if any(row in line for row in rows) else line for line in lines
    ]


def test_rows_without_labels_take_their_place_between_the_labels_that_remain() -> None:
    rows = ["1.属于国家秘密", "2.其他法律", "7.属于行政执法案卷"]
    report = read("\n".join(_torn(printed(FIGURES).splitlines(), rows)))
    assert other_than(FIGURES, report) == {}


def test_rows_without_labels_are_null_when_their_number_does_not_fit() -> None:
    lines = _torn(printed(FIGURES).splitlines(), ["4.保护第三方", "5.属于三类"])
    lines = [line for line in lines if "6.属于四类" not in line]
    report = read("\n".join(lines))
    assert_only_nulls(FIGURES, report)
    assert report.cell("requests.refused.third_party_rights.total").value is None
    assert report.cell("requests.refused.internal_affairs.total").value is None


def test_a_block_of_labels_before_as_many_rows_of_figures_is_read_row_by_row() -> None:
    sheet = sheets(FIGURES)[3]
    head = "\n".join(" ".join(c.text for c in row) for row in sheet[:3])
    labels = "\n".join(" ".join(c.text for c in row[:-7]) for row in sheet[3:])
    rows = "\n".join(" ".join(c.text for c in row[-7:]) for row in sheet[3:])
    report = read(f"三、收到和处理政府信息公开申请情况\n{head}\n{labels}\n{rows}\n")
    assert other_than({k: v for k, v in FIGURES.items() if "requests" in k}, report) == {}


@pytest.mark.parametrize("draw", [styles.lines_of_print, styles.cell_a_paragraph])
def test_figures_before_their_labels_are_given_to_no_row(draw: Callable[[Sheet], str]) -> None:
    sheet = sheets(FIGURES)[3]
    turned = [[*sheet[0], *sheet[1], *sheet[2]]]
    for row in sheet[3:]:
        turned += [row[-7:], row[:-7]]
    report = read(styles.article({3: turned}, draw, LINE))
    assert_only_nulls(FIGURES, report)
    assert report.cell("requests.granted.total").value is None


def test_columns_in_another_order_are_read_by_the_printed_head() -> None:
    sheet = sheets(FIGURES)[3]
    for row in sheet[2:]:
        first = 0 if row is sheet[2] else len(row) - 6
        row[first], row[first + 2] = row[first + 2], row[first]
    report = read(styles.article({3: sheet}, styles.cell_and_bar_a_line, LINE))
    assert other_than({k: v for k, v in FIGURES.items() if "requests" in k}, report) == {}


def test_comma_separated_rows_are_read_only_with_their_full_structure() -> None:
    sheet = sheets(FIGURES)[3]
    width = 10
    lines = [
        ",".join(
            [row[0].text.replace(",", ""), *([""] * (width - len(row))), *(c.text for c in row[1:])]
        )
        for row in sheet[3:]
    ]
    report = read("\n".join(lines))
    assert report.cell("requests.new.total").raw == FIGURES["requests.new.total"]
    lines[4] = lines[4].rpartition(",")[0]
    assert_only_nulls(FIGURES, read("\n".join(lines)))


def test_sentences_and_lists_that_name_rows_of_the_table_stay_text() -> None:
    body = (
        "本年新收政府信息公开申请5件，其中自然人3件、商业企业2件。\n予以公开 3\n部分公开 2\n"
        "行政复议结果维持1件，结果纠正0件。\n第二十条第（一）项所列规章 3 件。\n"
    )
    blocks = read_document(body.encode()).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == body.splitlines()


def test_the_cells_of_a_restored_table_say_where_they_stand() -> None:
    document = read_document(styles.STYLES["3 a cell and a bar a line"](FIGURES))
    cell = read_report(document).cell("requests.granted.research")
    assert cell.place is not None
    grid = document.grids[cell.place.grid]
    assert isinstance(grid, Grid)
    assert grid.rows[cell.place.row][cell.place.column].text == cell.raw


DRAWN: dict[str, tuple[Callable[[Sheet], str], Callable[[str], str]]] = {
    "page": (html_table, PARAGRAPH),
    "bars": (styles.bars_around, LINE),
    "bar a line": (styles.cell_and_bar_a_line, LINE),
    "paragraphs": (styles.cell_a_paragraph, PARAGRAPH),
    "print": (styles.lines_of_print, LINE),
}


@pytest.mark.parametrize("style", DRAWN)
@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_table_gives_drawn_figures_or_reasons_never_other_numbers(
    style: str, seed: int
) -> None:
    chance = random.Random(seed)
    figures = balanced([chance.randrange(0, 9999) for _ in range(7)])
    damaged = {number: mutilated(sheet, chance) for number, sheet in sheets(figures).items()}
    assert_only_nulls(figures, read(styles.article(damaged, *DRAWN[style])))


def test_the_reason_names_the_lost_column_with_its_number_of_cells() -> None:
    sheet = sheets(FIGURES)[3]
    sheet[0][1], sheet[1] = C("申请人情况", 6), sheet[1][:-1]
    table = read(html_table([row[:-1] if n > 2 else row for n, row in enumerate(sheet)])).tables[
        TableName.REQUESTS
    ]
    assert table.quality is Quality.TRUNCATED
    assert table.reason is not None
    assert "“总计”列全部（25 格）" in table.reason.zh
    assert len(table.concerned) == 25


def test_more_loose_figures_than_a_report_has_are_text_and_no_table() -> None:
    line = " ".join(["1"] * 58)
    report = read("一、本年新收政府信息公开申请数量 商业企业\n" + f"{line}\n" * 1_000)
    assert {table.quality for table in report.tables.values()} <= {
        Quality.ABSENT,
        Quality.TRUNCATED,
    }
    assert all(cell.value is None for t in report.tables.values() for cell in t.cells.values())


def test_lines_of_one_cell_before_whole_rows_do_not_hide_the_rows() -> None:
    lines = ["首页|", "信息|", *styles.bars_around(sheets(FIGURES)[4]).splitlines()]
    report = read("\n".join(lines))
    disputes = {key: raw for key, raw in FIGURES.items() if key in report.tables["disputes"].cells}
    assert other_than(disputes, report) == {}


@pytest.mark.parametrize("draw", [styles.cell_and_bar_a_line, styles.cell_a_paragraph])
def test_a_figure_that_lost_its_label_is_not_that_of_the_label_above(
    draw: Callable[[Sheet], str],
) -> None:
    sheet = [row[:-1] or row for row in sheets(FIGURES)[2]]
    coercion = next(n for n, row in enumerate(sheet) if row[0].text == "行政强制")
    sheet[coercion] = [C(FIGURES["coercion.decisions"])]
    report = read(styles.article({2: sheet}, draw, PARAGRAPH))
    cells = report.tables[TableName.PROACTIVE].cells
    assert all(cell.value is None or cell.raw == FIGURES[key] for key, cell in cells.items())
