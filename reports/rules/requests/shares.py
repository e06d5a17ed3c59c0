"""B08, B09, B11, B12: shares of table 3 that deserve a second look. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.cells import Label, request_key
from reports.findings import Severity
from reports.model import TableName, Value
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import sentence_with
from reports.rules.figures import TOTAL, show
from reports.rules.requests.sums import FORM
from reports.rules.subject import Subject
from reports.words import Words

_NEW = request_key("new", TOTAL)
_HANDLED = request_key("handled_total", TOTAL)
_CARRIED_OUT = request_key("carried_out", TOTAL)
_REACH = Reach(table=TableName.REQUESTS, first_year=2019)
_REQUESTS = re.compile(r"申请")


def _percent(part: Value, whole: Value) -> str:
    return f"{round(100 * Decimal(part) / Decimal(whole))}%"


def _has(subject: Subject, key: str) -> bool:
    """Say whether the form prints this cell: some print （六） as one row."""
    return key in subject.table(TableName.REQUESTS).cells


@rule(
    code="B08",
    severity=Severity.NOTICE,
    basis=FORM,
    statement=Words(
        "申请人不集中归入“其他”一列（件数少的不计）。",
        "Applicants are not put into the column “other” wholesale (small numbers aside).",
    ),
    clears=Words(
        "按申请人身份归入相应各列；确属“其他”的无需改动。",
        "Applicants are put into their columns; nothing, if they truly are “other”.",
    ),
    innocent=Words(
        "律师事务所批量申请属“法律服务机构”列，不算问题。",
        "Series of requests by law firms stand in their own column and are fine.",
    ),
    reach=_REACH,
    limits={"share": "0.8", "least": "10"},
)
def applicants_sorted(subject: Subject, _scope: Label) -> Breach | None:
    """Look for new requests that nearly all stand in the last column."""
    received = subject.figure(_NEW)
    if received < subject.limits["least"]:
        return None
    key = request_key("new", "other")
    other = subject.figure(key)
    if other <= subject.limits["share"] * received:
        return None
    share = _percent(other, received)
    return Breach(
        cells=(key, _NEW),
        expected=f"≤ {_percent(subject.limits['share'], 1)}",
        actual=share,
        message=Words(
            f"第三表 本年新收 {show(received)} 件，其中 {show(other)} 件（{share}）归入“其他”申请人。"
            "请核对是否应归入自然人、商业企业等列。",
            f"Table 3: {show(other)} of {show(received)} new requests ({share}) stand in the column "
            "“other”. Please check whether they belong to natural persons, enterprises and so on.",
        ),
    )


_ENDED = re.compile(r"撤回|撤销|放弃|并案|合并(?:办理|处理|答复)|终止")


@rule(
    code="B09",
    severity=Severity.NOTICE,
    basis=FORM,
    statement=Words(
        "办理结果不集中归入“（六）其他处理 3.其他”（件数少的不计）。",
        "Results are not put into “(6) other: 3. other” wholesale (small numbers aside).",
    ),
    clears=Words(
        "按实际结果归入相应各行；多为撤回的，在报告中说明。",
        "Results are put into their rows; withdrawals are explained in the report.",
    ),
    innocent=Words(
        "申请人大量撤回、并案处理的，报告写明即可；（六）只印一行的表不作判定。",
        "Mass withdrawals and joined cases are fine where the report says so; a form with one row for (6) "
        "is not judged.",
    ),
    reach=_REACH,
    limits={"share": "0.5", "least": "10"},
)
def results_sorted(subject: Subject, _scope: Label) -> Breach | None:
    """Look for results that mostly stand in the last row."""
    key = request_key("other.other", TOTAL)
    if not _has(subject, key):
        return None
    handled = subject.figure(_HANDLED)
    if handled < subject.limits["least"]:
        return None
    other = subject.figure(key)
    if other <= subject.limits["share"] * handled or sentence_with(subject.report, _ENDED):
        return None
    share = _percent(other, handled)
    return Breach(
        cells=(key, _HANDLED),
        expected=f"≤ {_percent(subject.limits['share'], 1)}",
        actual=share,
        message=Words(
            f"第三表 办理 {show(handled)} 件，其中 {show(other)} 件（{share}）归入“（六）3.其他”。"
            "请核对是否应归入其他结果行；多为撤回的请在报告中说明。",
            f"Table 3: {show(other)} of {show(handled)} results ({share}) stand in “(6) 3. other”. Please "
            "check whether they belong to other rows; withdrawals should be explained.",
        ),
    )


_YEARS_END = re.compile(
    r"1[12]月|年底|年末|岁末|四季度|第4季度|集中(?:提出|提交|申请)|批量|延期|延长"
)


@rule(
    code="B11",
    severity=Severity.NOTICE,
    basis=Words(
        "答复期限 20 个工作日，可延长 20 个工作日（《政府信息公开条例》第三十三条）",
        "Reply within 20 working days, extendable by 20 (Regulation on Disclosure, art. 33)",
    ),
    statement=Words(
        "结转下年度的件数占本年新收的比例不过高（件数少的不计）。",
        "The share carried over into the next year is not too large (small numbers aside).",
    ),
    clears=Words(
        "改正结转件数；年底集中收到或依法延期的，在报告中说明。",
        "The count is corrected; a wave late in the year or extensions are explained in the report.",
    ),
    innocent=Words(
        "年底集中收到、依法延期的，报告写明即可。",
        "A wave in December and lawful extensions are fine where the report says so.",
    ),
    reach=_REACH,
    limits={"share": "0.35", "least": "5"},
)
def carry_over_in_proportion(subject: Subject, _scope: Label) -> Breach | None:
    """Compare what is carried over with what came in."""
    over = subject.figure(_CARRIED_OUT)
    if over < subject.limits["least"]:
        return None
    received = subject.figure(_NEW)
    most = subject.limits["share"] * received
    if over <= most or sentence_with(subject.report, _YEARS_END, _REQUESTS):
        return None
    return Breach(
        cells=(_CARRIED_OUT, _NEW),
        expected=f"≤ {show(most)}",
        actual=show(over),
        message=Words(
            f"第三表 本年新收 {show(received)} 件，结转下年度 {show(over)} 件，超过新收的 "
            f"{_percent(subject.limits['share'], 1)}（{show(most)}）。请核对；年底集中收到或延期的请说明。",
            f"Table 3: {show(received)} new requests, {show(over)} carried over, more than "
            f"{_percent(subject.limits['share'], 1)} of the new ones ({show(most)}). Please check; a late "
            "wave or extensions should be explained.",
        ),
    )


_ALL_SETTLED = re.compile(
    r"(?:全部|均已?|已全部|都已?)(?:按时|按期|依法|及时|如期|在法定期限内|在规定时限内){0,2}(?:办结|答复|办理完毕|办理完结)|"
    r"(?:无|没有)(?:需)?结转|办结率(?:达到?|为|:)?100%|答复率(?:达到?|为|:)?100%"
)


@rule(
    code="B12",
    severity=Severity.NOTICE,
    basis=Words(
        "年末收到的申请可在次年答复（《政府信息公开条例》第三十三条），申请多的单位通常有结转",
        "What arrives late may be answered next year (art. 33): busy units usually carry some over",
    ),
    statement=Words(
        "新收申请很多的单位，结转下年度通常不为 0。",
        "A unit with very many new requests usually carries some over.",
    ),
    clears=Words(
        "补填结转件数；确已全部办结的，在报告中说明。",
        "The count is filled in; if all were settled, the report says so.",
    ),
    innocent=Words(
        "报告写明年内全部办结的，不算问题。",
        "Where the report says that all were settled it is fine.",
    ),
    reach=_REACH,
    limits={"least": "200"},
)
def busy_units_carry_over(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a busy unit that carries nothing over."""
    over = subject.figure(_CARRIED_OUT)
    if over != 0:
        return None
    received = subject.figure(_NEW)
    if received < subject.limits["least"] or sentence_with(subject.report, _ALL_SETTLED):
        return None
    return Breach(
        cells=(_CARRIED_OUT, _NEW),
        expected="> 0",
        actual="0",
        message=Words(
            f"第三表 本年新收 {show(received)} 件，结转下年度为 0。请核对是否漏填；确已全部办结的请说明。",
            f"Table 3: {show(received)} new requests and none carried over. Please check whether it was left "
            "out; if all were settled, please say so.",
        ),
    )
