from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from reports.forms.catalogue import FORM_2019
from reports.model import TableName
from tests.drawing import flattening as styles
from tests.figures import COLUMNS, balanced
from tests.readings import read
from tests.rendering import C, Sheet, html_table, text_table

SHEET_2019: Sheet = [
    [C("信息内容"), C("本年新制作数量"), C("本年新公开数量"), C("对外公开总数量")],
    [C("规 章"), C("1"), C("2"), C("3")],
    [C("规范性文件"), C("22（其中修订16件）"), C("5"), C("6")],
    [C("信息内容"), C("上一年项目数量"), C("本年增/减"), C("处理决定数量")],
    [C("行政许可"), C("7"), C("+21"), C("9")],
    [C("其他对外管理服务事项"), C("10"), C("-3"), C("12")],
    [C("行政处罚"), C("13"), C("0"), C("15")],
    [C("行政强制"), C("16"), C("/"), C("18")],
    [C("信息内容"), C("上一年项目数量"), C("本年增/减")],
    [C("行政事业性收费"), C("19"), C("20")],
    [C("信息内容"), C("采购项目数量"), C("采购总金额")],
    [C("政府集中采购"), C("21"), C("251000元")],
]


@pytest.mark.parametrize("draw", [html_table, text_table])
def test_the_2019_form_is_recognised_and_read(draw: Callable[[Sheet], str]) -> None:
    report = read(draw(SHEET_2019))
    assert report.form is FORM_2019
    values = [cell.value for cell in report.tables[TableName.PROACTIVE].cells.values()]
    assert values == [
        *(
            1,
            2,
            3,
            22,
            5,
            6,
            7,
            21,
            9,
            10,
            -3,
            12,
            13,
            0,
            15,
            16,
            None,
            18,
            19,
            20,
            21,
            Decimal(251000),
        )
    ]
    assert report.cell("normative_documents.made").note == "(其中修订16件)"
    assert report.cell("procurement.amount").raw == "251000元"
    assert "requests.other.total" in report.tables[TableName.REQUESTS].cells


KEYS = [
    *(cell.key for cell in FORM_2019.proactive),
    *FORM_2019.request_keys,
    *FORM_2019.dispute_keys,
]


def balanced_2019() -> dict[str, str]:
    figures = {key: balanced([31, 14, 15, 92, 65, 35, 8]).get(key, "7") for key in KEYS}
    return figures | {f"requests.other.{c}": "1" for c in COLUMNS} | {"requests.other.total": "6"}


STYLES: dict[str, Callable[[Sheet], str]] = {
    "1": styles.bars_around,
    "2": styles.bars_behind,
    "3": styles.cell_and_bar_a_line,
    "5": styles.bars_on_their_own_lines,
    "6": styles.bar_first,
    "7": styles.empty_lines_for_blanks,
    "print": styles.lines_of_print,
    "Markdown": styles.markdown,
    "tabs": text_table,
}
PAGES: dict[str, Callable[[Sheet], str]] = {"4": styles.cell_a_paragraph, "table": html_table}


@pytest.mark.parametrize("style", [*STYLES, *PAGES, "9"])
def test_the_2019_form_comes_back_from_every_style(style: str) -> None:
    figures = balanced_2019()
    drawn = styles.sheets_2019(figures)
    if style == "9":
        report = read(styles.one_sheet(drawn))
    elif style in PAGES:
        report = read(styles.article(drawn, PAGES[style], "<p>{}</p>".format))
    else:
        report = read(styles.article(drawn, STYLES[style], "{}\n\n".format))
    assert report.form is FORM_2019
    assert {key: report.cell(key).raw for key in KEYS} == figures
