"""N07–N10: arithmetic inside the text. Pure."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from reports.cells import Label, request_key
from reports.claims.claim import Claim, Role, Scope, Time
from reports.claims.enumerations import Enumeration, enumerations_of
from reports.claims.reader import stated
from reports.claims.shares import explains, shares_of
from reports.findings import Severity
from reports.rules.engine import Breach, Default, rule
from reports.rules.explanations import quoted
from reports.rules.figures import TOTAL, show, show_gap, show_sum
from reports.rules.narrative.grounds import AGREEMENT
from reports.rules.subject import Subject
from reports.words import Words

_TABLED = tuple(
    request_key(row, TOTAL) for row in ("new", "carried_in", "handled_total", "carried_out")
)
_CLEARS = Words("改正正文中的数字或表述。", "The numbers or the wording of the text are corrected.")


@rule(
    code="N07",
    severity=Severity.NOTICE,
    basis=AGREEMENT,
    statement=Words(
        "正文写的占比与所列件数相符（差不超过 0.6 个百分点，截去尾数亦可）。",
        "Percentages fit the counts beside them, within 0.6 points or cut off.",
    ),
    clears=_CLEARS,
    innocent=Words(
        "截尾而不四舍五入的占比（5/12 写作 41%）、以表内数字或另一总数为基数的占比不计。",
        "Percentages cut off instead of rounded (5/12 as 41 %), or of another total that the text or table 3 "
        "states, do not count.",
    ),
    default=Default.NOTICE,
)
def percentages(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a percentage that no total of the text or of table 3 explains."""
    for share in shares_of(subject.report):
        figures = [subject.value(key) for key in _TABLED]
        known = [Decimal(figure) for figure in figures if figure is not None]
        if known and len(known) > 1:
            known.append(known[0] + known[1])
        bases = (share.total, *share.others, *known)
        if not any(explains(share.part, base, share.percent) for base in bases):
            true = show(round(share.part * 100 / share.total, 2)) if share.total else "—"
            stated_percent = show(share.percent)
            return Breach(
                cells=(),
                expected=f"{true}%",
                actual=f"{stated_percent}%",
                message=Words(
                    f"正文写“{quoted(share.quote)}”：{show(share.part)} ÷ {show(share.total)} = {true}%，"
                    f"文中写 {stated_percent}%。请核对件数与占比。",
                    f"The text states {stated_percent}% (“{quoted(share.quote)}”): {show(share.part)} of "
                    f"{show(share.total)} is {true}%. Please check.",
                ),
            )
    return None


@rule(
    code="N08",
    severity=Severity.ERROR,
    basis=AGREEMENT,
    statement=Words(
        "“共 n 条，其中 a、b、c”的各项之和不超过总数。",
        "The parts of an enumeration do not exceed its total.",
    ),
    clears=_CLEARS,
    innocent=Words(
        "同一总数按两种口径各分一次、同一信息在多个渠道发布、类别可能交叉或约数的列举不计。",
        "Lists that divide one total twice, items in several channels, categories that may overlap, and "
        "vague numbers do not count.",
    ),
)
def enumeration_exceeds(subject: Subject, _scope: Label) -> Breach | None:
    """Look for an enumeration whose parts are more than its total."""
    for found in enumerations_of(subject.report):
        if found.exceeds:
            return _enumerated(found, None if found.sure else Severity.WARNING)
    return None


@rule(
    code="N09",
    severity=Severity.NOTICE,
    basis=AGREEMENT,
    statement=Words(
        "看似完整的列举，各项之和等于总数。",
        "The parts of a list that reads as complete make up its total.",
    ),
    clears=_CLEARS,
    innocent=Words(
        "有“等”“主要”“重点”“包括”等字样，或各项之和远小于总数的，是不完全列举，不计。",
        "Lists with 等, 主要, 重点 or 包括, and lists that fall far short, are open ones and do not count.",
    ),
    limits={"gap": "0.2"},
    default=Default.NOTICE,
)
def enumeration_falls_short(subject: Subject, _scope: Label) -> Breach | None:
    """Look for a closed enumeration whose parts are a little less than its total."""
    for found in enumerations_of(subject.report):
        short = found.total - found.listed
        if found.closed and found.sure and 0 < short <= found.total * subject.limits["gap"]:
            return _enumerated(found, None)
    return None


def _enumerated(found: Enumeration, severity: Severity | None) -> Breach:
    total, sum_ = show(found.total), show_sum(found.parts)
    gap = show_gap(found.total, found.listed)
    return Breach(
        cells=(),
        expected=total,
        actual=show(found.listed),
        severity=severity,
        message=Words(
            f"正文写“{quoted(found.quote)}”：各项之和 {sum_}，总数写 {total}，差 {gap}。请核对各项与总数；"
            "如为不完全列举或类别有交叉，请写明。",
            f"The text lists “{quoted(found.quote)}”: the parts add up to {sum_}, the total is {total}, "
            f"difference {gap}. Please check, or say that the list is open or that categories overlap.",
        ),
    )


_REPEATED = tuple(
    role
    for role in Role
    if role is Role.PUBLISHED or role.value.startswith(("normative", "regulations", "received"))
)


@rule(
    code="N10",
    severity=Severity.WARNING,
    basis=AGREEMENT,
    statement=Words(
        "同一数量在正文不同处的数值相同。", "A quantity has one value wherever the text states it."
    ),
    clears=_CLEARS,
    innocent=Words(
        "不同渠道、不同口径（全区与本级）、其中一部分、往年，以及新收与新收加结转之别不计。",
        "Other channels, the region against the body itself, parts, other years, and new requests against "
        "new ones with those carried in do not count.",
    ),
)
def repeated_quantity(subject: Subject, _scope: Label) -> Breach | None:
    """Look for the same quantity with two values in two sentences."""
    claims = [claim for claim in stated(subject.report, subject.year, *_REPEATED) if _fit(claim)]
    for one, other in combinations(claims[:_MOST_CLAIMS], 2):
        differs = one.number != other.number and _same_quantity(one, other)
        if differs and not _both_right(subject, one, other):
            return _repeated(one, other)
    return None


def _fit(claim: Claim) -> bool:
    whole = claim.scope is not Scope.PART
    return whole and claim.exact and claim.time is Time.THIS_YEAR and "更正" not in claim.quote


def _same_quantity(one: Claim, other: Claim) -> bool:
    alike = (one.role, one.scope, one.unit, one.verb) == (
        other.role,
        other.scope,
        other.unit,
        other.verb,
    )
    return alike and one.quote != other.quote and _same_channel(one.channel, other.channel)


_LEAST_NAME = 5
_MOST_CLAIMS = 100


def _same_channel(one: str | None, other: str | None) -> bool:
    """Say whether two channels are one: the same words, or one is the end of the other's full name."""
    if one is None or other is None or one == other:
        return one == other
    short, long = sorted((one, other), key=len)
    return len(short) >= _LEAST_NAME and long.endswith(short)


def _both_right(subject: Subject, one: Claim, other: Claim) -> bool:
    """Say whether two counts of requests are the new ones and the new ones with those carried in."""
    if one.role is not Role.RECEIVED:
        return False
    carried = subject.value(request_key("carried_in", TOTAL))
    return carried is None or abs(one.number - other.number) == carried


def _repeated(one: Claim, other: Claim) -> Breach:
    first, second = show(one.number), show(other.number)
    return Breach(
        cells=(),
        expected=first,
        actual=second,
        message=Words(
            f"正文一处写“{quoted(one.quote)}”（{first}），另一处写“{quoted(other.quote)}”（{second}），"
            f"同一数量前后不一，差 {show_gap(one.number, other.number)}。请核对并统一；口径不同的，请写明。",
            f"The text states {first} (“{quoted(one.quote)}”) and {second} (“{quoted(other.quote)}”) for the "
            "same quantity. Please make them agree, or say what each counts.",
        ),
    )
