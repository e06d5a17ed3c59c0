"""Y rules: this year's report against last year's. Pure."""

from __future__ import annotations

from reports.cells import Label, request_key
from reports.findings import Severity
from reports.model import TableName
from reports.rules.engine import Breach, Reach, rule
from reports.rules.figures import TOTAL, show, show_gap
from reports.rules.subject import Subject
from reports.rules.years.previous import count_before, origin
from reports.words import Words

_CARRIED_IN = request_key("carried_in", TOTAL)
_CARRIED_OUT = request_key("carried_out", TOTAL)


@rule(
    code="Y01",
    severity=Severity.ERROR,
    basis=Words(
        "“结转”的含义：上年末未办结的申请即本年的上年结转（年度报告格式第三表）",
        "Meaning of carry-over: what was pending last year is carried into this one (form, table 3)",
    ),
    statement=Words(
        "本年“上年结转”总计 = 上一年度报告的“结转下年度继续办理”总计。",
        "This year's total carried in equals last year's total carried over.",
    ),
    clears=Words(
        "改正本年“上年结转”或上一年度报告的“结转下年度”；上年数据已更正的，在报告中说明。",
        "The figure carried in, or last year's figure carried over, is corrected; a correction of last "
        "year's is explained in the report.",
    ),
    innocent=Words(
        "上一年度报告事后更正、单位合并或拆分时可以不等。",
        "The figures may differ when last year's report was corrected or the agency merged or split.",
    ),
    reach=Reach(table=TableName.REQUESTS, first_year=2019),
)
def carry_over_chain(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the total carried in with the total carried over a year earlier."""
    before = count_before(subject, _CARRIED_OUT)
    now = subject.figure(_CARRIED_IN)
    if now == before:
        return None
    year, gap, source = subject.year, show_gap(now, before), origin(subject)
    return Breach(
        cells=(_CARRIED_IN,),
        expected=show(before),
        actual=show(now),
        message=Words(
            f"{year} 年报告“上年结转”总计写 {show(now)}，上一年度报告“结转下年度”总计为 {show(before)}，"
            f"差 {gap}{source.zh}。请核对两份报告；如上年数据已更正，请在报告中说明。",
            f"The {year} report says {show(now)} carried in, the report of the year before says "
            f"{show(before)} carried over, difference {gap}{source.en}. Please check both; if last year's "
            "figure was corrected, please say so in the report.",
        ),
    )
