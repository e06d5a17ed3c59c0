"""B10 and B15: what a sum that does not hold probably comes from. Pure."""

from __future__ import annotations

from reports.cells import Label, request_key
from reports.findings import Severity
from reports.model import TableName, Value
from reports.rules.engine import Breach, Reach, rule
from reports.rules.figures import show, total
from reports.rules.requests.shift import COLUMNS, shift_of
from reports.rules.requests.sums import BY_COLUMN, FORM, in_sentence
from reports.rules.subject import Subject
from reports.words import Words

_COINCIDENCE = 1


@rule(
    code="B10",
    severity=Severity.WARNING,
    basis=Words(
        "第三表“（二）部分公开”的行名：区分处理的，只计这一情形，不计其他情形",
        "The label of row “(2) partly granted”: counted here alone and not in other rows",
    ),
    statement=Words(
        "第三表不平时，多出的件数不等于该列的部分公开件数（相等多为重复计数）。",
        "Where a column of table 3 does not balance, the surplus is not its number of partly granted "
        "requests (which would suggest that these were counted twice).",
    ),
    clears=Words(
        "部分公开的答复只计入“部分公开”一行，不再计入不予公开等行。",
        "Partly granted replies are counted in their own row only.",
    ),
    innocent=Words(
        "件数可能碰巧相等，故只作原因提示；只差 1 件的列为提示。",
        "The figures may be equal by chance: this only explains; a surplus of one is a notice.",
    ),
    reach=BY_COLUMN,
)
def partly_granted_once(subject: Subject, column: Label) -> Breach | None:
    """Look for a surplus of handled over received that equals the partly granted of the column."""
    partly = request_key("partly_granted", column.key)
    twice = subject.value(partly) or 0
    if twice <= 0:
        return None
    form = subject.report.form
    ends = [request_key(row, column.key) for row in (*form.received, *form.answered)]
    keys = (*ends, *form.results_in(column.key))
    figures = [value for key in keys if (value := subject.value(key)) is not None]
    if len(figures) < len(keys):
        return None  # Without all figures no sum is known to fail: B01 and B03 say so.
    received, handled, over = total(figures[:2]), figures[2], figures[3]
    results = total(figures[4:])
    surplus = (handled + over - received, results + over - received)
    if twice not in surplus or shift_of(subject) is not None:
        return None
    return _counted_twice(column, keys, received, twice)


def _counted_twice(column: Label, keys: tuple[str, ...], received: Value, twice: Value) -> Breach:
    surplus, expected = show(twice), show(received)
    return Breach(
        cells=keys,
        expected=expected,
        actual=show(received + twice),
        severity=Severity.NOTICE if twice <= _COINCIDENCE else None,
        message=Words(
            f"第三表 {column.words.zh}列：办理结果加结转比新收加上年结转（{expected}）多 {surplus}，恰等于"
            f"“部分公开”的 {surplus} 件，可能是部分公开的答复又计入了其他结果行。请核对。",
            f"Table 3, {in_sentence(column)}: handled and carried over exceed the {expected} received by "
            f"{surplus}, exactly the {surplus} partly granted; these may have been counted in other rows "
            "too. Please check.",
        ),
    )


@rule(
    code="B15",
    severity=Severity.NOTICE,
    basis=FORM,
    statement=Words(
        "第三表各行数字都在自己的列中，没有整体错开一列的行。",
        "The figures of every row of table 3 stand in their own columns, none moved by one.",
    ),
    clears=Words(
        "原件无误的无需改动；原件错列的，把数字移回所属列。",
        "Nothing, if the original is right; else the figures move back to their columns.",
    ),
    innocent=Words(
        "文本转换常丢失一格而使数字错列：只说明原因，不据此判定 B01—B04、B06。",
        "Conversions lose a cell and move the rest: this only explains, and B01–B04 and B06 are not judged.",
    ),
    reach=Reach(table=TableName.REQUESTS, first_year=2019),
)
def figures_in_their_columns(subject: Subject, _scope: Label) -> Breach | None:
    """Look for rows that add up once they are moved by one column."""
    shift = shift_of(subject)
    if shift is None:
        return None
    row, names = (
        next(iter(shift.as_read)),
        {r.key: r.words for r in subject.report.form.request_rows},
    )
    count, read, moved = len(shift.as_read), shift.as_read[row], shift.moved[row]
    actual, expected = (
        "、".join("" if figure is None else show(figure) for figure in figures)
        for figures in (read, moved)
    )
    return Breach(
        cells=tuple(request_key(key, column) for key in shift.as_read for column in COLUMNS),
        expected=expected,
        actual=actual,
        message=Words(
            f"第三表有 {count} 行（如“{names[row].zh}”行：{actual}）按现列相加不等，移一格（{expected}）后"
            "各行、各列全部相符，疑似列位错动，不作为数字错误。请对照原件；原件如此的，请移回所属列。",
            f"{count} rows of table 3 (such as “{names[row].en}”: {actual}) do not add up as they stand; "
            f"moved by one column ({expected}) every row and column does. They seem displaced; this is not "
            "held against the figures. Please compare with the original and move them back if it is so.",
        ),
    )
