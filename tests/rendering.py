"""Draws an annual report from figures: as a web page, as text with tabs, as DOCX bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import product

from reports.cells import (
    DISPUTE_BLOCKS,
    DISPUTE_RESULTS,
    REQUEST_COLUMNS,
    REQUEST_ROWS_2021,
    SECTION_HEADINGS,
    dispute_key,
    request_key,
)

Figures = Mapping[str, str]


@dataclass(frozen=True)
class C:
    """A cell as drawn: text, columns across, rows down."""

    text: str
    across: int = 1
    down: int = 1


Sheet = list[list[C]]
TITLE = "青禾县水磨镇人民政府2025年政府信息公开工作年度报告"
NARRATIVE = {
    1: "统计期限为2025年1月1日至2025年12月31日。本镇全年更新公开栏目并公布办事指南。",
    5: "存在的问题是栏目更新不够及时；下一步将改进发布流程并安排专人核对。",
    6: "本年度未收取政府信息公开信息处理费。",
}


def proactive_sheet(figures: Figures) -> Sheet:
    sheet = [
        [C("第二十条第（一）项", 4)],
        [C(t) for t in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")],
    ]
    for key, name in (("regulations", "规章"), ("normative_documents", "行政规范性文件")):
        sheet.append(
            [C(name), *(C(figures[f"{key}.{m}"]) for m in ("made", "repealed", "in_force"))]
        )
    for item, rows in (
        ("五", (("licensing.decisions", "行政许可"),)),
        ("六", (("penalties.decisions", "行政处罚"), ("coercion.decisions", "行政强制"))),
        ("八", (("fees.amount", "行政事业性收费"),)),
    ):
        head = "本年收费金额（单位：万元）" if item == "八" else "本年处理决定数量"
        sheet += [[C(f"第二十条第（{item}）项", 4)], [C("信息内容"), C(head, 3)]]
        sheet += [[C(name), C(figures[key], 3)] for key, name in rows]
    return sheet


def requests_sheet(figures: Figures) -> Sheet:
    sheet = [
        [
            C("(本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和)", 3, 3),
            C("申请人情况", 7),
        ],
        [C("自然人", 1, 2), C("法人或其他组织", 5), C("总计", 1, 2)],
        [C(column.words.zh) for column in REQUEST_COLUMNS[1:6]],
    ]
    groups = {"refused": ("（三）不予公开", 8), "unavailable": ("（四）无法提供", 3)}
    groups |= {"unprocessed": ("（五）不予处理", 5), "other": ("（六）其他处理", 3)}
    for label in REQUEST_ROWS_2021:
        group = label.key.split(".")[0]
        row: list[C] = []
        if label.key == "granted":
            row.append(C("三、本年度办理结果", 1, 22))
        if "." in label.key and group in groups:
            row.append(C(groups[group][0], 1, groups[group][1]))
            del groups[group]
        wide = 3 if label.words.zh[1] == "、" else 1 if "." in label.key else 2
        row.append(C(label.words.zh, wide))
        row += [C(figures[request_key(label.key, column.key)]) for column in REQUEST_COLUMNS]
        sheet.append(row)
    return sheet


def disputes_sheet(figures: Figures) -> Sheet:
    results = [C(result.words.zh, 1, 2) for result in DISPUTE_RESULTS]
    return [
        [C("行政复议", 5), C("行政诉讼", 10)],
        [*results, C("未经复议直接起诉", 5), C("复议后起诉", 5)],
        [C(result.words.zh) for result in (*DISPUTE_RESULTS, *DISPUTE_RESULTS)],
        [C(figures[dispute_key(b.key, r.key)]) for b in DISPUTE_BLOCKS for r in DISPUTE_RESULTS],
    ]


def sheets(figures: Figures) -> dict[int, Sheet]:
    return {2: proactive_sheet(figures), 3: requests_sheet(figures), 4: disputes_sheet(figures)}


def _parts(figures: Figures, paragraph: Callable[[str], str], table: Callable[[Sheet], str]) -> str:
    drawn = sheets(figures)
    parts = [paragraph(TITLE)]
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        parts.append(paragraph(f"{'一二三四五六'[number - 1]}、{heading}"))
        if number in NARRATIVE:
            parts.append(paragraph(NARRATIVE[number]))
        if number in drawn:
            parts.append(table(drawn[number]))
    return "".join(parts)


def html_table(sheet: Sheet) -> str:
    rows = (
        "<tr>"
        + "".join(
            f'<td colspan="{c.across}" rowspan="{c.down}"><p>{escape(c.text)}</p></td>' for c in row
        )
        for row in sheet
    )
    return "<table border=1>" + "</tr>".join(rows) + "</tr></table>"


def as_html(figures: Figures) -> bytes:
    body = _parts(figures, lambda text: f"<p>{escape(text)}</p>", html_table)
    return f"<html><head><meta charset=utf-8></head><body><div>{body}</div></body></html>".encode()


def _laid_out(sheet: Sheet) -> list[list[tuple[C, bool]]]:
    """Lay the cells on the grid: each slot with its cell and whether the cell begins there."""
    slots: dict[tuple[int, int], tuple[C, bool]] = {}
    for r, row in enumerate(sheet):
        column = 0
        for cell in row:
            while (r, column) in slots:
                column += 1
            for dr, dc in product(range(cell.down), range(cell.across)):
                slots[r + dr, column + dc] = (cell, dr == dc == 0)
    width = max(column for _, column in slots) + 1
    blank = (C(""), True)
    return [[slots.get((r, c), blank) for c in range(width)] for r in range(len(sheet))]


def text_table(sheet: Sheet) -> str:
    lines = (
        "\t".join(cell.text if begins else "" for cell, begins in row) for row in _laid_out(sheet)
    )
    return "\n".join(lines) + "\n\n"


def as_text(figures: Figures) -> bytes:
    return _parts(figures, lambda text: f"{text}\n\n", text_table).encode()


def _docx_row(row: list[tuple[C, bool]], above: list[tuple[C, bool]] | None) -> str:
    cells, column = [], 0
    while column < len(row):
        cell, begins = row[column]
        continued = above is not None and above[column][0] is cell
        merge = '<w:vMerge w:val="restart"/>' if cell.down > 1 and begins else ""
        merge = "<w:vMerge/>" if continued else merge
        text = "" if continued else f"<w:p><w:r><w:t>{escape(cell.text)}</w:t></w:r></w:p>"
        cells.append(
            f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.across}"/>{merge}</w:tcPr>{text}</w:tc>'
        )
        column += cell.across
    return "<w:tr>" + "".join(cells) + "</w:tr>"


def docx_table(sheet: Sheet) -> str:
    grid = _laid_out(sheet)
    rows = (_docx_row(row, grid[r - 1] if r else None) for r, row in enumerate(grid))
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


def docx(body: str, *, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{head}{content}'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def as_docx(figures: Figures) -> bytes:
    return docx(_parts(figures, docx_paragraph, docx_table))
