"""Draws one report in each of the styles in which tables lose their grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from reports.forms.catalogue import FORM_2019
from tests.rendering import NARRATIVE, TITLE, C, Figures, Sheet, requests_sheet, sheets

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
COLUMNS = tuple(column.key for column in FORM_2019.request_columns)
_NUMERALS = "一五六八九"


def proactive_sheet_2019(figures: Figures) -> Sheet:
    """Draw table 2 of the 2019 form: a head and its subjects for each item of the article."""
    sheet: Sheet = []
    measures = {label.key: label.words.zh for label in FORM_2019.measures}
    blocks: dict[tuple[str, ...], list[str]] = {}
    for subject in FORM_2019.subjects:
        keys = [c.key for c in FORM_2019.proactive if c.key.startswith(f"{subject.key}.")]
        blocks.setdefault(tuple(key.partition(".")[2] for key in keys), []).append(subject.key)
    names = {subject.key: subject.words.zh for subject in FORM_2019.subjects}
    for numeral, (own, subjects) in zip(_NUMERALS, blocks.items(), strict=False):
        sheet.append([C(f"第二十条第（{numeral}）项", 4)])
        sheet.append([C("信息内容"), *(C(measures[measure]) for measure in own)])
        sheet += [[C(names[s]), *(C(figures[f"{s}.{m}"]) for m in own)] for s in subjects]
    return sheet


def requests_sheet_2019(figures: Figures) -> Sheet:
    """Draw table 3 with （六）其他处理 as one row."""
    sheet = requests_sheet({**_NO_SUB_ROWS, **figures})
    cells = [C(figures[f"requests.other.{c.key}"]) for c in FORM_2019.request_columns]
    sheet[23:26] = [[C("（六）其他处理", 2), *cells]]
    sheet[5][0] = C("三、本年度办理结果", 1, 20)
    return sheet


_NO_SUB_ROWS = {
    f"requests.other.{row}.{column.key}": ""
    for row in ("no_correction", "fee_unpaid", "other")
    for column in FORM_2019.request_columns
}


def sheets_2019(figures: Figures) -> dict[int, Sheet]:
    """Draw the three tables of the 2019 form."""
    drawn = sheets({**_NO_SUB_ROWS, **_AS_2021, **figures})
    return {2: proactive_sheet_2019(figures), 3: requests_sheet_2019(figures), 4: drawn[4]}


_AS_2021 = {
    key: ""
    for key in (
        *(
            f"{s}.{m}"
            for s in ("regulations", "normative_documents")
            for m in ("repealed", "in_force")
        ),
        "fees.amount",
    )
}


def article(
    drawn: Mapping[int, Sheet], table: Callable[[Sheet], str], line: Callable[[str], str]
) -> str:
    """Draw the whole report: title, six sections, and each table in the style of ``table``."""
    parts = [line(TITLE)]
    for number, heading in enumerate(HEADINGS, start=1):
        parts.append(line(heading))
        if number in NARRATIVE:
            parts.append(line(NARRATIVE[number]))
        if number in drawn:
            parts.append(table(drawn[number]))
    return "".join(parts)


def bars_around(sheet: Sheet) -> str:
    """Style 1: a bar before, between and behind the cells."""
    return _lines(sheet, lambda row: f"| {' | '.join(row)} |")


def bars_behind(sheet: Sheet) -> str:
    """Style 2: a bar behind each cell."""
    return _lines(sheet, lambda row: " | ".join(row) + " |")


def cell_and_bar_a_line(sheet: Sheet) -> str:
    """Style 3: one cell a line, a bar behind it."""
    return "".join(f"{cell.text}|\n" for row in sheet for cell in row) + "\n"


def cell_a_paragraph(sheet: Sheet) -> str:
    """Style 4: one cell a paragraph; blank cells leave no trace."""
    return "".join(f"<p>{escape(cell.text)}</p>" for row in sheet for cell in row if cell.text)


def bars_on_their_own_lines(sheet: Sheet) -> str:
    """Style 5: cells and bars in turn, each on a line."""
    return "".join(f"{cell.text}\n|\n" for row in sheet for cell in row) + "\n"


def bar_first(sheet: Sheet) -> str:
    """Style 6: bar first, rows end in three."""
    return _lines(sheet, lambda row: f"|{'|'.join(row)}|||")


def empty_lines_for_blanks(sheet: Sheet) -> str:
    """Style 7: as style 3, but a blank cell is an empty line."""
    return "".join(f"{c.text}|\n" if c.text else "\n" for row in sheet for c in row) + "。\n"


def lines_of_print(sheet: Sheet) -> str:
    """Draw rows as a PDF yields them: blanks between the cells."""
    return _lines(sheet, "  ".join)


def markdown(sheet: Sheet) -> str:
    """Draw a Markdown table, a rule below its first row."""
    first, *rest = bars_around(sheet).splitlines()
    return "\n".join([first, "| --- " * len(sheet[0]) + "|", *rest]) + "\n\n"


def one_sheet(drawn: Mapping[int, Sheet], columns: int = 330) -> str:
    """Style 9: the whole article in one table of some hundred columns."""
    rows: list[str] = []

    def row(cells: list[C], width: int) -> None:
        across = [columns * c.across // width for c in cells]
        rows.append(
            "".join(
                f'<td colspan="{a}" rowspan="{c.down}">{escape(c.text)}</td>'
                for c, a in zip(cells, across, strict=True)
            )
        )

    def line(text: str) -> str:
        row([C(text, 1)], 1)
        return ""

    def table(sheet: Sheet) -> str:
        width = max(sum(cell.across for cell in cells) for cells in sheet)
        for cells in sheet:
            row(cells, width)
        return ""

    article(drawn, table, line)
    return f"<table>{''.join(f'<tr>{cells}</tr>' for cells in rows)}</table>"


def _lines(sheet: Sheet, drawn: Callable[[list[str]], str]) -> str:
    return "\n".join(drawn([cell.text for cell in row]) for row in sheet) + "\n\n"


def _as_text(table: Callable[[Sheet], str]) -> Callable[[Figures], bytes]:
    return lambda figures: article(sheets(figures), table, "{}\n".format).encode()


def _as_page(table: Callable[[Sheet], str]) -> Callable[[Figures], bytes]:
    return lambda figures: article(sheets(figures), table, "<p>{}</p>".format).encode()


STYLES: Mapping[str, Callable[[Figures], bytes]] = {
    "1 bars around": _as_text(bars_around),
    "2 bars behind": _as_text(bars_behind),
    "3 a cell and a bar a line": _as_text(cell_and_bar_a_line),
    "4 a cell a paragraph": _as_page(cell_a_paragraph),
    "5 bars on their own lines": _as_text(bars_on_their_own_lines),
    "6 bar first": _as_text(bar_first),
    "7 empty lines for blanks": _as_text(empty_lines_for_blanks),
    "9 one sheet": lambda figures: one_sheet(sheets(figures)).encode(),
    "lines of print": _as_text(lines_of_print),
    "markdown": _as_text(markdown),
}
"""The styles for a report of the 2021 form."""

STYLES_2019: Mapping[str, Callable[[Figures], bytes]] = {
    "8 the 2019 form, a cell and a bar a line": lambda figures: article(
        sheets_2019(figures), cell_and_bar_a_line, "{}\n".format
    ).encode(),
}
"""The styles for a report of the 2019 form."""

KEEPING_BLANKS = tuple(name for name in STYLES if name[0] in "123567") + ("markdown",)
"""The styles in which a blank cell leaves a trace."""
