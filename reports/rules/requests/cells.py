"""B rules on single cells of table 3: whole numbers, and results that go with their total. Pure."""

from __future__ import annotations

from reports.cells import Label, request_key
from reports.findings import Severity
from reports.model import TableName, Value
from reports.rules.engine import Breach, Reach, rule
from reports.rules.figures import is_count, require_printed, show, show_sum, tally, total
from reports.rules.requests.shift import require_in_place
from reports.rules.requests.sums import BY_COLUMN, FORM, in_sentence
from reports.rules.subject import Subject
from reports.words import Words


@rule(
    code="B05",
    severity=Severity.ERROR,
    basis=FORM,
    statement=Words(
        "第三表各格为非负整数。", "Every cell of table 3 is a whole number, not negative."
    ),
    clears=Words(
        "改为不小于 0 的整数；没有的填 0。",
        "The cell holds a whole number of 0 or more; none is written 0.",
    ),
    innocent=Words(
        "空白、“/”或文字不是错误数字，不作判定。",
        "Blank, “/” or words are not wrong numbers and are not assessed.",
    ),
    reach=Reach(table=TableName.REQUESTS, first_year=2019),
)
def counts_only(subject: Subject, _scope: Label) -> Breach | None:
    """Look for negative and broken numbers in the whole table."""
    return not_counts(subject, subject.report.form.request_keys, Words("第三表", "Table 3"))


def not_counts(subject: Subject, keys: tuple[str, ...], where: Words) -> Breach | None:
    """Return the breach for cells that hold no count. Raises NotStated when only lost cells are open."""
    values = {key: value for key in keys if (value := subject.value(key)) is not None}
    wrong = {key: show(value) for key, value in values.items() if not is_count(value)}
    if not wrong:
        tally(subject, keys)
        return None
    figures = "、".join(wrong.values())
    return Breach(
        cells=tuple(wrong),
        expected=None,
        actual=figures,
        message=Words(
            f"{where.zh}有 {len(wrong)} 格不是非负整数：{figures}。请改为实际件数。",
            f"{where.en} has {len(wrong)} cells that are no whole number ≥ 0: {figures}. Please give the "
            "actual counts.",
        ),
    )


@rule(
    code="B06",
    severity=Severity.ERROR,
    basis=FORM,
    statement=Words(
        "有办理结果就有（七）总计，有总计就有办理结果。",
        "Where there are results there is a total handled, and the reverse.",
    ),
    clears=Words(
        "补上总计，或改正各结果行。", "The total is filled in, or the result rows are corrected."
    ),
    innocent=Words(
        "缺失的结果格可能含有数字，此时“有总计而无结果”不作判定。",
        "Lost result cells may hold the figures; then “total without results” is not assessed.",
    ),
    reach=BY_COLUMN,
)
def results_and_total(subject: Subject, column: Label) -> Breach | None:
    """Look for results without a total and a total without results in one column."""
    handled = request_key("handled_total", column.key)
    results = subject.report.form.results_in(column.key)
    stated = tally(subject, (handled,))[handled]
    positive = [key for key in results if (subject.value(key) or 0) > 0]
    if stated == 0 and positive:
        require_printed(subject, (handled,))
        require_in_place(subject, (handled, *positive))
        return _results_without_total(subject, column, (handled, *positive))
    if positive:
        return None
    tally(subject, results)
    if stated == 0:
        return None
    require_printed(subject, results)
    require_in_place(subject, (handled, *results))
    return _total_without_results(column, (handled, *results), stated)


def _results_without_total(subject: Subject, column: Label, keys: tuple[str, ...]) -> Breach:
    figures = [subject.figure(key) for key in keys[1:]]
    parts = show_sum(figures)
    return Breach(
        cells=keys,
        expected=show(total(figures)),
        actual="0",
        message=Words(
            f"第三表 {column.words.zh}列：办理结果有 {parts}，（七）总计却写 0。请补正总计或结果行。",
            f"Table 3, {in_sentence(column)}: the results show {parts}, “(7) total handled” says 0. Please "
            "correct the total or the result rows.",
        ),
    )


def _total_without_results(column: Label, keys: tuple[str, ...], stated: Value) -> Breach:
    return Breach(
        cells=keys,
        expected="0",
        actual=show(stated),
        message=Words(
            f"第三表 {column.words.zh}列：（七）总计写 {show(stated)}，各项办理结果都是 0。"
            "请补正结果行或总计。",
            f"Table 3, {in_sentence(column)}: “(7) total handled” says {show(stated)} while every result is "
            "0. Please correct the result rows or the total.",
        ),
    )
