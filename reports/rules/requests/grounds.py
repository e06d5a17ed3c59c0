"""B13 and B14: grounds of table 3 that are rare, or that the text excludes. Pure."""

from __future__ import annotations

import re

from reports.agencies import AgencyKind
from reports.cells import Label, request_key
from reports.findings import Severity
from reports.model import TableName
from reports.rules import gaps
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import quoted, sentence_with
from reports.rules.figures import APPLICANTS, TOTAL, show, total
from reports.rules.subject import NotStated, NotTold, Subject
from reports.words import Words

_REACH = Reach(table=TableName.REQUESTS, first_year=2019)
_GRASS_ROOTS = frozenset({AgencyKind.TOWNSHIP, AgencyKind.STREET})


@rule(
    code="B13",
    severity=Severity.NOTICE,
    basis=Words(
        "国家秘密依法定程序确定（《政府信息公开条例》第十四条）",
        "State secrets are determined by a statutory procedure (Regulation on Disclosure, art. 14)",
    ),
    statement=Words(
        "乡镇、街道很少以国家秘密为由不予公开。",
        "Townships and streets hardly ever refuse because of state secrets.",
    ),
    clears=Words(
        "改正归类；确有此情形的无需改动。", "The row is corrected; nothing, if it is true."
    ),
    innocent=Words(
        "确有此情形的不算问题，故只作提示；部门和政府不在此列。",
        "True cases exist, hence a notice; departments and governments are left out.",
    ),
    reach=_REACH,
)
def no_state_secrets_at_the_grass_roots(subject: Subject, _scope: Label) -> Breach | None:
    """Look for state secrets among the refusals of a township or street."""
    identity = subject.case.identity
    if identity is not None and identity.kind not in _GRASS_ROOTS:
        return None
    found = _above_zero(subject, "refused.state_secret")
    if not found:
        return None
    if identity is None:
        raise NotTold(gaps.NO_IDENTITY)
    number = show(total(subject.figure(key) for key in found))
    return Breach(
        cells=found,
        expected="0",
        actual=number,
        message=Words(
            f"第三表“不予公开 1.属于国家秘密”写 {number} 件，乡镇、街道少见。请核对归类是否准确。",
            f"Table 3 shows {number} refused as state secret, rare for a township or street. Please check "
            "the row.",
        ),
    )


def _above_zero(subject: Subject, row: str) -> tuple[str, ...]:
    """Return the cells of a row above 0: the total, else the parts. Raises NotStated when none is known."""
    whole, *parts = (request_key(row, column) for column in (TOTAL, *APPLICANTS))
    figure = subject.value(whole)
    if figure is not None:
        return (whole,) if figure > 0 else ()
    found = tuple(key for key in parts if (subject.value(key) or 0) > 0)
    if not found and any(subject.value(key) is None for key in parts):
        raise NotStated((whole,))
    return found


_NO_NOTICE = re.compile(
    r"(?:未|没有|从未|未曾)(?:向(?:任何)?申请人)?(?:发出|发送|送达|开具|出具|制发|下达|作出)过?(?:任何)?"
    r"(?:政府信息公开|信息公开)?(?:信息)?(?:处理费)?(?:的)?(?:收费|缴费|缴款)(?:通知|告知|决定)"
)


@rule(
    code="B14",
    severity=Severity.NOTICE,
    basis=Words(
        "逾期未按收费通知要求缴纳费用的，视为放弃申请（国办函〔2020〕109号）",
        "Who does not pay after a fee notice gives the request up (国办函〔2020〕109号)",
    ),
    statement=Words(
        "有“逾期未按收费通知要求缴纳费用”的申请时，报告没有写从未发出收费通知。",
        "Where requests ended for an unpaid fee, the report does not say that no fee notice was issued.",
    ),
    clears=Words("改正该行数字或正文。", "The row or the text is corrected."),
    innocent=Words(
        "“未收取信息处理费”与该行不矛盾：发出通知而未缴正是未收取。",
        "“No handling fee collected” does not contradict the row: demanded and unpaid is not collected.",
    ),
    reach=_REACH,
)
def unpaid_after_a_notice(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the row of unpaid fees with a statement that no fee notice was issued."""
    cells = subject.table(TableName.REQUESTS).cells
    if request_key("other.fee_unpaid", TOTAL) not in cells:
        return None
    quote = sentence_with(subject.report, _NO_NOTICE)
    if quote is None:
        return None
    found = _above_zero(subject, "other.fee_unpaid")
    if not found:
        return None
    number = show(total(subject.figure(key) for key in found))
    return Breach(
        cells=found,
        expected="0",
        actual=number,
        message=Words(
            f"第三表“逾期未按收费通知要求缴纳费用”写 {number} 件，正文写“{quoted(quote)}”。请核对并统一。",
            f"Table 3 shows {number} ended for an unpaid fee, the text says “{quoted(quote)}”. Please check "
            "and make them agree.",
        ),
    )
