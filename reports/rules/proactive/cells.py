"""A rules on single cells of table 2: whole numbers, a fee that is a number, cells left without one. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.cells import CELL_LABELS, Label
from reports.findings import Severity
from reports.model import AnnualReport, Cell, Quality, TableName, Value
from reports.rules.engine import Breach, Default, Reach, rule, whole_report
from reports.rules.explanations import quoted
from reports.rules.figures import is_count, show
from reports.rules.subject import NotStated, Subject
from reports.words import Words

FORM = Words(
    "年度报告格式第二表（国办公开办函〔2021〕30号）",
    "Report form, table 2 (国办公开办函〔2021〕30号)",
)
FEE = "fees.amount"
NO_NUMBER_MARKS = frozenset({"", "/", "／", "\\", "-", "－", "—", "——", "–", "―", "无", "不适用"})
"""What people print where no number stands."""


def _form_in_force(report: AnnualReport) -> tuple[Label, ...]:
    """Return the one scope; a table 2 of another generation asks for other things."""
    table = report.tables.get(TableName.PROACTIVE)
    return () if table is None or FEE not in table.cells else whole_report(report)


SINCE_2021 = Reach(scopes=_form_in_force, table=TableName.PROACTIVE, first_year=2021)
"""Reach of the rules on table 2 as the form of 2021 has it."""


def printed(subject: Subject, *keys: str) -> tuple[Value, ...] | None:
    """Return figures of table 2, None where one of the cells is printed without a number.

    Raises NotStated with the cells that our copy lacks.
    """
    cells = [subject.report.cell(key) for key in keys]
    lost = [cell.key for cell in cells if cell.raw is None]
    if lost:
        raise NotStated(lost)
    values = tuple(cell.value for cell in cells if cell.value is not None)
    return values if len(values) == len(cells) else None


@rule(
    code="A01",
    severity=Severity.ERROR,
    basis=FORM,
    statement=Words(
        "第二表各件数、数量为非负整数。",
        "Every count of table 2 is a whole number, not negative.",
    ),
    clears=Words(
        "改为不小于 0 的整数；没有的填 0。",
        "The cell holds a whole number of 0 or more; none is written 0.",
    ),
    innocent=Words(
        "全角数字、千分位不算错误；空白、“/”、“无”另见 A04；收费金额可以有小数。",
        "Full-width digits and thousands separators are fine; blanks and “/” are rule A04; the fee may "
        "have decimals.",
    ),
    reach=SINCE_2021,
)
def counts_only(subject: Subject, _scope: Label) -> Breach | None:
    """Look for negative and broken numbers among the counts of table 2."""
    cells = [c for c in subject.table(TableName.PROACTIVE).cells.values() if c.key != FEE]
    wrong = {
        cell.key: show(cell.value)
        for cell in cells
        if cell.value is not None and not is_count(cell.value)
    }
    if not wrong:
        _require_read(cells)
        return None
    zh = "；".join(f"{CELL_LABELS[key].zh}写 {figure}" for key, figure in wrong.items())
    en = "; ".join(f"{CELL_LABELS[key].en} says {figure}" for key, figure in wrong.items())
    return Breach(
        cells=tuple(wrong),
        expected=None,
        actual="、".join(wrong.values()),
        message=Words(
            f"第二表有 {len(wrong)} 格不是非负整数：{zh}。请改为实际件数。",
            f"Table 2 has {len(wrong)} cells that are no whole number ≥ 0: {en}. Please give the actual "
            "counts.",
        ),
    )


def _require_read(cells: list[Cell]) -> None:
    """Raise NotStated with the cells that are lost or hold words; a mark for "none" is no such cell."""
    unknown = [cell.key for cell in cells if cell.value is None and not _is_mark(cell)]
    if unknown:
        raise NotStated(unknown)


def _is_mark(cell: Cell) -> bool:
    return cell.raw is not None and cell.raw.strip() in NO_NUMBER_MARKS


_YUAN = re.compile(r"\d\s*元")
_DIGITS = re.compile(r"[\d零〇一二三四五六七八九十百千万亿壹贰叁]")
_MOST_DECIMALS = 6


@rule(
    code="A02",
    severity=Severity.WARNING,
    basis=FORM,
    statement=Words(
        "行政事业性收费是不小于 0 的数，以万元为单位。",
        "The administrative fees are a number of 0 or more, in 10,000 yuan.",
    ),
    clears=Words(
        "改为以万元为单位的数；没有收费的填 0。",
        "The cell holds a number in 10,000 yuan; none collected is written 0.",
    ),
    innocent=Words(
        "“/”、“无”、空白表示不适用，另见 A04；千分位、小数和“万元”字样不算问题；超过六位小数只作提示。",
        "“/”, “无” and blanks mean not applicable (rule A04); separators, decimals and the printed unit "
        "万元 are fine; more than six decimals are a notice.",
    ),
    reach=SINCE_2021,
    limits={"decimals": str(_MOST_DECIMALS)},
)
def fee_is_an_amount(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a fee that is negative, printed in yuan, in words, or with endless decimals."""
    cell = subject.report.cell(FEE)
    if cell.raw is None:
        raise NotStated((FEE,))
    if cell.value is None:
        return _no_amount(cell)
    if cell.value < 0:
        return _wrong_fee(show(cell.value), "≥ 0", _NEGATIVE)
    if _YUAN.search(cell.raw):
        return _wrong_fee(quoted(cell.raw.strip()), show(cell.value), _IN_YUAN)
    exponent = Decimal(cell.value).as_tuple().exponent
    if isinstance(exponent, int) and -exponent > subject.limits["decimals"]:
        return _wrong_fee(show(cell.value), None, _DECIMALS, Severity.NOTICE)
    return None


def _no_amount(cell: Cell) -> Breach | None:
    """Accuse words in the fee's cell; figures that we could not read may be right in the original."""
    raw = (cell.raw or "").strip()
    if raw in NO_NUMBER_MARKS:
        return None
    if _DIGITS.search(raw) or not any("一" <= sign <= "鿿" for sign in raw):
        raise NotStated((FEE,))
    return _wrong_fee(quoted(raw), None, _WORDS)


_NEGATIVE = Words("为负数", "is negative")
_IN_YUAN = Words("以“元”为单位，本栏单位为万元", "is in yuan; the unit of the cell is 10,000 yuan")
_DECIMALS = Words("小数位过多，不足一分", "has more decimals than a cent needs")
_WORDS = Words("不是数字", "is no number")


def _wrong_fee(
    actual: str, expected: str | None, why: Words, severity: Severity | None = None
) -> Breach:
    right = (
        Words("", "") if expected is None else Words(f"，应为 {expected}", f", expected {expected}")
    )
    return Breach(
        cells=(FEE,),
        expected=expected,
        actual=actual,
        severity=severity,
        message=Words(
            f"第二表 行政事业性收费写“{actual}”，{why.zh}{right.zh}。请改为以万元为单位的数，没有的填 0。",
            f"Table 2, administrative fees: “{actual}” {why.en}{right.en}. Please give a number in 10,000 "
            "yuan, 0 for none.",
        ),
    )


@rule(
    code="A04",
    severity=Severity.WARNING,
    basis=Words(
        "各地通报要求：没有的填 0，不留空白、不画斜线（年度报告格式第二表）",
        "Practice of circulars: none is written 0, not blank or a stroke (report form, table 2)",
    ),
    statement=Words(
        "第二表每格填数字，没有的填 0（未填三格以上的较重）。",
        "Every cell of table 2 holds a number, 0 for none (three cells without one weigh more).",
    ),
    clears=Words("在这些格中填入数字，没有的填 0。", "The cells hold numbers, 0 for none."),
    innocent=Words(
        "“规章”一行画“/”表示本单位无权制定，不算未填；转换中残缺的表里空白不计。",
        "A stroke in the row of regulations says that the unit makes none; blanks in a table that the "
        "conversion damaged do not count.",
    ),
    reach=SINCE_2021,
    limits={"many": "3"},
    default=Default.NOTICE,
)
def numbers_everywhere(subject: Subject, _scope: Label) -> Breach | None:
    """Look for cells that hold a mark or nothing where a number belongs."""
    table = subject.table(TableName.PROACTIVE)
    whole = table.quality is Quality.COMPLETE
    empty = {c.key: (c.raw or "").strip() for c in table.cells.values() if _unfilled(c, whole)}
    if not empty:
        return None
    marks = "、".join(f"“{mark}”" if mark else "空白" for mark in dict.fromkeys(empty.values()))
    shown = ", ".join(f"“{mark}”" if mark else "blank" for mark in dict.fromkeys(empty.values()))
    zh = "；".join(CELL_LABELS[key].zh for key in empty)
    en = "; ".join(CELL_LABELS[key].en for key in empty)
    return Breach(
        cells=tuple(empty),
        expected=None,
        actual=marks,
        severity=Severity.NOTICE if len(empty) < subject.limits["many"] else None,
        message=Words(
            f"第二表有 {len(empty)} 格没有填数字（{marks}）：{zh}。没有的请填 0。",
            f"Table 2 has {len(empty)} cells without a number ({shown}): {en}. Please write 0 for none.",
        ),
    )


def _unfilled(cell: Cell, whole_table: bool) -> bool:
    if cell.value is not None or not _is_mark(cell):
        return False
    if (cell.raw or "").strip():
        return not cell.key.startswith("regulations.")
    return whole_table
