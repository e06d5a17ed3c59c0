"""X01 and X02: table 4 against table 3, and the handling fee against table 2. Pure."""

from __future__ import annotations

from decimal import Decimal

from reports.cells import DISPUTE_BLOCKS, Label, request_key
from reports.findings import Severity
from reports.forms.catalogue import FORM_2021
from reports.model import FeeKind, TableName
from reports.rules import gaps
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import quoted
from reports.rules.figures import TOTAL, show, show_sum, total
from reports.rules.proactive.cells import FEE, SINCE_2021, printed
from reports.rules.subject import NotStated, Subject
from reports.rules.years.previous import figure_before, origin
from reports.words import Words

_DISPUTES = tuple(FORM_2021.block_keys(block.key)[-1] for block in DISPUTE_BLOCKS)
_RECEIVED = (request_key("new", TOTAL), request_key("carried_in", TOTAL))
_YUAN_IN_UNIT = 10_000


@rule(
    code="X01",
    severity=Severity.NOTICE,
    basis=Words(
        "第四表统计因政府信息公开引起的复议、诉讼，多由申请引起",
        "Table 4 counts disputes on disclosure, most of which arise from requests",
    ),
    statement=Words(
        "有复议、诉讼时，本年或上年收到过申请。",
        "Where there are reviews or suits, requests were received this year or last year.",
    ),
    clears=Words(
        "补填第三表或改正第四表；更早的案件或主动公开引起的，在报告中说明。",
        "Table 3 or 4 is corrected; older cases and disputes on proactive disclosure are explained.",
    ),
    innocent=Words(
        "更早年度的案件、主动公开引起的争议不算问题，故只作提示。",
        "Older cases and disputes on proactive disclosure are fine, hence a notice.",
    ),
    reach=Reach(table=TableName.DISPUTES, first_year=2019),
)
def disputes_need_requests(subject: Subject, _scope: Label) -> Breach | None:
    """Look for disputes where neither year has a request."""
    positive = tuple(key for key in _DISPUTES if (subject.value(key) or 0) > 0)
    if not positive:
        _require(subject, _DISPUTES)
        return None
    if _any_request(subject):
        return None
    if any(figure_before(subject, key) > 0 for key in _RECEIVED):
        return None
    figures, source = [subject.figure(key) for key in positive], origin(subject)
    return Breach(
        cells=(*positive, *_RECEIVED),
        expected="0",
        actual=show(total(figures)),
        message=Words(
            f"第四表复议、诉讼共 {show_sum(figures)} 件，第三表本年和上年的新收、结转都是 0{source.zh}。"
            "请核对两表；更早的案件或主动公开引起的请说明。",
            f"Table 4 shows {show_sum(figures)} reviews and suits, table 3 no request this year or last"
            f"{source.en}. Please check both; explain older cases or disputes on proactive disclosure.",
        ),
    )


def _require(subject: Subject, keys: tuple[str, ...]) -> None:
    lost = [key for key in keys if subject.value(key) is None]
    if lost:
        raise NotStated(lost)


def _any_request(subject: Subject) -> bool:
    """Say whether table 3 shows a request. Raises NotStated when it is not there or too much is lost."""
    obstacle = gaps.unusable(subject.table(TableName.REQUESTS))
    if obstacle is not None:
        raise NotStated(_RECEIVED, obstacle)
    if any((subject.value(key) or 0) > 0 for key in _RECEIVED):
        return True
    _require(subject, _RECEIVED)
    return False


@rule(
    code="X02",
    severity=Severity.NOTICE,
    basis=Words(
        "信息处理费属行政事业性收费（国办函〔2020〕109号），应含在第二表收费金额中",
        "The handling fee is an administrative fee (国办函〔2020〕109号) and part of the sum in table 2",
    ),
    statement=Words(
        "正文写的信息处理费不超过第二表行政事业性收费。",
        "The handling fee in the text is not above the administrative fees of table 2.",
    ),
    clears=Words(
        "把信息处理费计入第二表，或改正正文金额。",
        "The handling fee is added to table 2, or the amount in the text corrected.",
    ),
    innocent=Words(
        "不足百元的费用在以万元计的栏内可舍为 0.00；第二表另有其他收费不算问题。",
        "A hundred yuan may be rounded to 0.00 in a cell of 10,000 yuan; other fees in table 2 are fine.",
    ),
    reach=SINCE_2021,
    limits={"rounding": "0.01"},
)
def handling_fee_is_a_fee(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the handling fee of section 6 with all fees of table 2."""
    stated = subject.report.fee_statement
    if stated.kind is not FeeKind.AMOUNT or not stated.amount_yuan:
        return None
    fees = printed(subject, FEE)
    if fees is None:
        return None
    amount = stated.amount_yuan / _YUAN_IN_UNIT
    if amount <= Decimal(fees[0]) + subject.limits["rounding"]:
        return None
    yuan, said = show(stated.amount_yuan), quoted(stated.quote or "")
    return Breach(
        cells=(FEE,),
        expected=f"≥ {show(amount)}",
        actual=show(fees[0]),
        message=Words(
            f"正文写收取信息处理费 {yuan} 元（{show(amount)} 万元，“{said}”），第二表行政事业性收费只写 "
            f"{show(fees[0])} 万元。信息处理费应计入其中，请核对。",
            f"The text states a handling fee of {yuan} yuan ({show(amount)} in 10,000 yuan, “{said}”), table "
            f"2 only {show(fees[0])} of fees in all. The handling fee is part of them; please check.",
        ),
    )
