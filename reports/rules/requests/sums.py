"""B rules: the arithmetic of table 3, requests received and handled. Pure."""

from __future__ import annotations

from reports.cells import REQUEST_COLUMNS, Label, request_key
from reports.findings import Severity
from reports.model import AnnualReport, TableName
from reports.rules.engine import Breach, Reach, rule
from reports.rules.figures import (
    TOTAL,
    require_printed,
    show,
    show_gap,
    show_sum,
    tally,
    total,
)
from reports.rules.requests.shift import require_in_place
from reports.rules.subject import Subject
from reports.words import Words

FORM = Words(
    "年度报告格式第三表（国办公开办函〔2021〕30号；2019—2020 年为〔2019〕60号）",
    "Report form, table 3 (国办公开办函〔2021〕30号; 〔2019〕60号 for 2019–2020)",
)
_IDENTITY = Words(
    "第三表表头注明的勾稽关系：第一项加第二项之和，等于第三项加第四项之和"
    "（国办公开办函〔2021〕30号；2019—2020 年为〔2019〕60号）",
    "The identity printed in the head of table 3: item 1 plus item 2 equals item 3 plus item 4 "
    "(国办公开办函〔2021〕30号; 〔2019〕60号 for 2019–2020)",
)
_APPLICANT_COLUMNS = tuple(c for c in REQUEST_COLUMNS if c.key != TOTAL)
_TOTAL_COLUMN = tuple(c for c in REQUEST_COLUMNS if c.key == TOTAL)
_FIRST_YEAR = 2019


def _rows_of(report: AnnualReport) -> tuple[Label, ...]:
    return report.form.request_rows


def _all_columns(_report: AnnualReport) -> tuple[Label, ...]:
    return REQUEST_COLUMNS


BY_COLUMN = Reach(scopes=_all_columns, table=TableName.REQUESTS, first_year=_FIRST_YEAR)
"""Reach of the rules that look at all seven columns one by one."""


@rule(
    code="B01",
    severity=Severity.ERROR,
    basis=_IDENTITY,
    statement=Words(
        "每一申请人列：本年新收 + 上年结转 = 办理结果总计 + 结转下年度。",
        "In each applicant column: new + carried in = handled in total + carried over.",
    ),
    clears=Words(
        "改正不相符的一格，使该列等式成立。",
        "The cell that is wrong is corrected, so that the identity of the column holds.",
    ),
    innocent=Words("文本转换丢失的列不作判定。", "A column lost in conversion is not assessed."),
    reach=Reach(
        scopes=lambda _report: _APPLICANT_COLUMNS,
        table=TableName.REQUESTS,
        first_year=_FIRST_YEAR,
    ),
)
def column_identity(subject: Subject, column: Label) -> Breach | None:
    """Compare received and handled in one applicant column."""
    return _identity(subject, column)


@rule(
    code="B02",
    severity=Severity.ERROR,
    basis=_IDENTITY,
    statement=Words(
        "总计列：本年新收 + 上年结转 = 办理结果总计 + 结转下年度。",
        "In the total column: new + carried in = handled in total + carried over.",
    ),
    clears=Words(
        "改正总计列中不相符的一格，使等式成立。",
        "The cell of the total column that is wrong is corrected, so that the identity holds.",
    ),
    innocent=Words(
        "总计列丢失或空白时不作判定，也不以各列之和代替。",
        "A lost or blank total column is not assessed, nor replaced by the sum of the others.",
    ),
    reach=Reach(
        scopes=lambda _report: _TOTAL_COLUMN, table=TableName.REQUESTS, first_year=_FIRST_YEAR
    ),
)
def total_identity(subject: Subject, column: Label) -> Breach | None:
    """Compare received and handled in the total column."""
    return _identity(subject, column)


def _identity(subject: Subject, column: Label) -> Breach | None:
    keys = tuple(
        request_key(row, column.key)
        for row in ("new", "carried_in", "handled_total", "carried_out")
    )
    figures = tuple(tally(subject, keys).values())
    received, handled = figures[:2], figures[2:]
    if total(received) == total(handled):
        return None
    require_printed(subject, keys)
    require_in_place(subject, keys)
    gap = show_gap(total(received), total(handled))
    left, right, shown = show_sum(received), show_sum(handled), show(total(handled))
    return Breach(
        cells=keys,
        expected=show(total(received)),
        actual=shown,
        message=Words(
            f"第三表 {column.words.zh}列：新收 + 上年结转 {left}，表内办理总计 + 结转下年度写 {shown}"
            f"（{right}），差 {gap}。请核对这四格。",
            f"Table 3, {in_sentence(column)}: new + carried in {left}, the table says {shown} for handled + "
            f"carried over ({right}), difference {gap}. Please check these four cells.",
        ),
    )


def in_sentence(label: Label) -> str:
    """Return an English column name as it stands inside a sentence."""
    return label.words.en[0].lower() + label.words.en[1:]


@rule(
    code="B03",
    severity=Severity.ERROR,
    basis=FORM,
    statement=Words(
        "每一列：各项办理结果相加 = （七）总计。",
        "In each column the results add up to “(7) total handled”.",
    ),
    clears=Words(
        "改正结果行或（七）总计，使该列相加相等。",
        "A result row or “(7) total handled” is corrected, so that the column adds up.",
    ),
    innocent=Words(
        "（六）其他处理只印一行的表按一行计算；缺失或未填的格不作判定。",
        "A form that prints “(6) other” as one row is counted with one; lost or blank cells are not "
        "assessed.",
    ),
    reach=BY_COLUMN,
)
def results_add_up(subject: Subject, column: Label) -> Breach | None:
    """Add up the result rows of one column."""
    handled = request_key("handled_total", column.key)
    results = subject.report.form.results_in(column.key)
    figures = tally(subject, (handled, *results))
    stated, parts = figures[handled], [figures[key] for key in results]
    if total(parts) == stated:
        return None
    require_printed(subject, (handled, *results))
    require_in_place(subject, (handled, *results))
    left = show_sum([part for part in parts if part] or [0])
    gap = show_gap(total(parts), stated)
    return Breach(
        cells=(handled, *results),
        expected=show(total(parts)),
        actual=show(stated),
        message=Words(
            f"第三表 {column.words.zh}列：各项办理结果相加 {left}，（七）总计写 {show(stated)}，"
            f"差 {gap}。请核对各结果行与总计。",
            f"Table 3, {in_sentence(column)}: the results add up to {left}, “(7) total handled” says "
            f"{show(stated)}, difference {gap}. Please check the result rows and the total.",
        ),
    )


@rule(
    code="B04",
    severity=Severity.ERROR,
    basis=FORM,
    statement=Words(
        "每一行：六类申请人相加 = 总计。",
        "In each row the six applicant columns add up to the total.",
    ),
    clears=Words(
        "改正该行各列或总计，使相加相等。",
        "A column or the total of the row is corrected, so that the row adds up.",
    ),
    innocent=Words(
        "2019—2020 年的表常不填总计；空白总计不作判定，也不按 0 计。",
        "Forms of 2019–2020 often leave the total blank; a blank total is not assessed nor taken as 0.",
    ),
    reach=Reach(scopes=_rows_of, table=TableName.REQUESTS, first_year=_FIRST_YEAR),
)
def row_adds_up(subject: Subject, row: Label) -> Breach | None:
    """Add up the applicant columns of one row."""
    keys = tuple(request_key(row.key, column.key) for column in REQUEST_COLUMNS)
    figures = tally(subject, keys)
    parts, stated = [figures[key] for key in keys[:-1]], figures[keys[-1]]
    if total(parts) == stated:
        return None
    require_printed(subject, keys)
    require_in_place(subject, keys)
    left, gap = show_sum(parts), show_gap(total(parts), stated)
    return Breach(
        cells=keys,
        expected=show(total(parts)),
        actual=show(stated),
        message=Words(
            f"第三表“{row.words.zh}”行：{left}，总计写 {show(stated)}，差 {gap}。"
            "请核对该行各列与总计。",
            f"Table 3, row “{row.words.en}”: {left}, the total says {show(stated)}, difference {gap}. "
            "Please check the columns of this row.",
        ),
    )
