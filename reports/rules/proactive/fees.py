"""A03: administrative fees that look as if they were written in yuan. Pure."""

from __future__ import annotations

from decimal import Decimal

from reports.agencies import AgencyKind
from reports.cells import Label
from reports.findings import Severity
from reports.model import Value
from reports.rules import gaps
from reports.rules.engine import Breach, Default, rule
from reports.rules.figures import show
from reports.rules.proactive.cells import FEE, SINCE_2021, printed
from reports.rules.proactive.rank import is_below_a_city
from reports.rules.subject import NotTold, Subject
from reports.rules.years.previous import asked_before, figure_before, origin
from reports.words import Words

_YUAN_IN_UNIT = 10_000
_GOVERNMENTS = frozenset({AgencyKind.GOVERNMENT, AgencyKind.GOVERNMENT_OFFICE})


@rule(
    code="A03",
    severity=Severity.WARNING,
    basis=Words(
        "第二表该栏单位为万元（国办公开办函〔2021〕30号格式）",
        "The unit of this cell is 10,000 yuan (form 国办公开办函〔2021〕30号)",
    ),
    statement=Words(
        "行政事业性收费以万元填写，不以元填写。",
        "The administrative fees are given in 10,000 yuan, not in yuan.",
    ),
    clears=Words(
        "把金额换算成万元；金额属实的，在报告中说明。",
        "The amount is converted; an amount that is right is explained in the report.",
    ),
    innocent=Words(
        "政府报告汇总全区域，收费可达数十亿元；省市部门金额大也属正常，只与本单位上年比较。",
        "A government's report sums up its region and may show billions; large sums of provincial and city "
        "departments are normal and compared only with their own last year.",
    ),
    reach=SINCE_2021,
    limits={"amount": "50000", "from_times": "5000", "to_times": "20000", "least": "1000"},
    default=Default.NOTICE,
)
def fee_not_in_yuan(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a fee beyond what such a unit collects, or about ten thousand times last year's."""
    figures = printed(subject, FEE)
    if figures is None or figures[0] < min(subject.limits["least"], subject.limits["amount"]):
        return None
    amount = figures[0]
    return _beyond_its_kind(subject, amount) or _beyond_last_year(subject, amount)


def _beyond_its_kind(subject: Subject, amount: Value) -> Breach | None:
    most, identity = subject.limits["amount"], subject.case.identity
    if amount < most:
        return None
    if identity is None:
        raise NotTold(gaps.NO_IDENTITY)
    if identity.kind in _GOVERNMENTS or not is_below_a_city(identity):
        return None
    return _in_yuan(
        amount,
        Words(
            f"达到或超过同类单位少见的 {show(most)} 万元",
            f"which few units of its kind reach ({show(most)})",
        ),
    )


def _beyond_last_year(subject: Subject, amount: Value) -> Breach | None:
    if amount < subject.limits["least"] or not asked_before(subject, FEE):
        return None
    before = figure_before(subject, FEE)
    low, high = subject.limits["from_times"], subject.limits["to_times"]
    if before <= 0 or not low * Decimal(before) <= amount <= high * Decimal(before):
        return None
    source = origin(subject)
    return _in_yuan(
        amount,
        Words(
            f"约为上一年度 {show(before)} 万元的一万倍{source.zh}",
            f"about ten thousand times the {show(before)} of last year{source.en}",
        ),
    )


def _in_yuan(amount: Value, why: Words) -> Breach:
    meant = show(Decimal(amount) / _YUAN_IN_UNIT)
    return Breach(
        cells=(FEE,),
        expected=meant,
        actual=show(amount),
        message=Words(
            f"第二表 行政事业性收费写 {show(amount)} 万元，{why.zh}，可能误以“元”填写；"
            f"如以元计，应为 {meant} 万元。请核对单位；金额属实的请在报告中说明。",
            f"Table 2 says fees of {show(amount)} (10,000 yuan), {why.en}; perhaps it was written in yuan, "
            f"then {meant} is meant. Please check the unit; if the amount is right, please explain it.",
        ),
    )
