"""N02, N03, N05: numbers of requests in the text against table 3. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.cells import Label, request_key
from reports.claims.claim import Claim, Role
from reports.claims.left_out import left_out
from reports.claims.reader import stated
from reports.claims.sentences import plain
from reports.findings import Severity
from reports.model import Value
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import quoted
from reports.rules.figures import TOTAL, show, show_gap, show_sum, total
from reports.rules.narrative.applicants import applicants_differ
from reports.rules.narrative.grounds import (
    AGREEMENT,
    SINCE_2019,
    comparable,
    contradiction,
    names_the_region_too,
)
from reports.rules.subject import NotStated, Subject
from reports.words import Words

_NEW, _CARRIED_IN = request_key("new", TOTAL), request_key("carried_in", TOTAL)
_HANDLED = request_key("handled_total", TOTAL)
_CLEARS = Words(
    "改正正文或第三表；口径不同的，在正文中说明。",
    "The text or table 3 is corrected; where they count differently, the text says so.",
)


@rule(
    code="N02",
    severity=Severity.WARNING,
    basis=AGREEMENT,
    statement=Words(
        "正文写的收到申请件数等于第三表本年新收，或本年新收加上年结转；按申请人分列的件数与第三表各列一致。",
        "The requests received in the text are those of table 3, with or without those carried in, in all "
        "and by kind of applicant.",
    ),
    clears=_CLEARS,
    innocent=Words(
        "“受理”可含上年结转，也可不含逾期不补正的申请；文中写明撤回、重复、合并、转办若干件而恰为差额的，以及约数、单一渠道、"
        "其中一部分、往年或计划的件数不计。",
        "受理 may include those carried in and leave out those never corrected; a difference that the text "
        "itself explains by withdrawn, doubled, merged or forwarded requests, vague numbers, one channel, "
        "parts, other years and plans do not count.",
    ),
    reach=SINCE_2019,
)
def received_count(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the stated numbers of requests received with the row of new requests."""
    return _received_in_all(subject) or applicants_differ(subject)


def _received_in_all(subject: Subject) -> Breach | None:
    claims = _positive(subject, Role.RECEIVED)
    if not claims:
        return None
    new = subject.figure(_NEW)
    if any(claim.number == new for claim in claims):
        return None
    carried = subject.figure(_CARRIED_IN)
    both = total((new, carried))
    claim = contradiction(claims, both, *_accepted(subject, claims, (new, both)))
    if claim is None or _reconciled(subject, claim, (new, both)):
        return None
    if claim.verb == _TAKEN_IN:
        _require(subject, (_UNCORRECTED,))
    number, shown = show(claim.number), show(new)
    return Breach(
        cells=(_NEW, _CARRIED_IN),
        expected=number,
        actual=shown,
        message=Words(
            f"正文写“{quoted(claim.quote)}”，即收到 {number} 件；第三表本年新收总计 {shown}，上年结转总计 "
            f"{show(carried)}，合计 {show(both)}，均与正文不符（与新收差 {show_gap(claim.number, new)}）。"
            "请核对正文与表格；口径不同的，请在正文说明。",
            f"The text states {number} requests received (“{quoted(claim.quote)}”); table 3 shows "
            f"{shown} new and {show(carried)} carried in, {show(both)} in all. Please check both, or say "
            "what is counted.",
        ),
    )


def _positive(subject: Subject, role: Role) -> tuple[Claim, ...]:
    """Return the comparable claims above 0: a plain “none” is judged by N01."""
    claims = comparable(subject, stated(subject.report, subject.year, role))
    return tuple(claim for claim in claims if claim.number > 0)


def _reconciled(subject: Subject, claim: Claim, figures: Sequence[Value]) -> bool:
    """Say whether the text itself tells the difference: withdrawn, merged, passed on, or of the region."""
    if names_the_region_too(subject, claim, figures):
        return True
    gaps = {abs(claim.number - figure) for figure in figures}
    return any(number in gaps for number in left_out(subject.report, claim.quote))


def _require(subject: Subject, rows: Sequence[str]) -> None:
    """Accuse nobody while a row that may explain the difference is lost. Raises NotStated with its total."""
    asked = {row.key for row in subject.report.form.request_rows}
    keys = [request_key(row, TOTAL) for row in rows if row in asked]
    lost = [key for key in keys if subject.value(key) is None]
    if lost:
        raise NotStated(lost)


def _accepted(
    subject: Subject, claims: Sequence[Claim], figures: Sequence[Value]
) -> tuple[Value, ...]:
    """Return the counts that leave out requests never corrected, where the text says 受理."""
    if not any(claim.verb == _TAKEN_IN for claim in claims):
        return ()
    left_out = subject.value(request_key(_UNCORRECTED, TOTAL)) or 0
    return tuple(figure - left_out for figure in figures)


@rule(
    code="N03",
    severity=Severity.WARNING,
    basis=AGREEMENT,
    statement=Words(
        "正文写的答复（办结）件数等于第三表办理结果总计，或其中不含不再处理的件数。",
        "The requests answered in the text are the total of the results of table 3, with or without those "
        "closed unanswered.",
    ),
    clears=_CLEARS,
    innocent=Words(
        "逾期不补正、逾期未缴费的申请不算答复；只答复本年新收、其中一部分或约数的句子不计。",
        "Requests closed unanswered are no replies; sentences on the new ones only, on parts, and vague "
        "numbers do not count.",
    ),
    reach=SINCE_2019,
)
def handled_count(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the stated number of requests answered with the total of the results."""
    claims = _positive(subject, Role.HANDLED)
    if not claims:
        return None
    handled = subject.figure(_HANDLED)
    claim = contradiction(claims, handled)
    if claim is None or claim.number in _other_readings(subject, handled):
        return None
    if names_the_region_too(subject, claim, (handled,)) or _one_of_two_parts(claim, handled):
        return None
    _require(subject, _UNANSWERED)
    number, shown = show(claim.number), show(handled)
    return Breach(
        cells=(_HANDLED,),
        expected=number,
        actual=shown,
        message=Words(
            f"正文写“{quoted(claim.quote)}”，即答复（办结）{number} 件，第三表（七）总计为 {shown}，差 "
            f"{show_gap(claim.number, handled)}。请核对正文与表格；口径不同的，请在正文说明。",
            f"The text states {number} requests answered (“{quoted(claim.quote)}”), table 3 shows {shown}, "
            f"difference {show_gap(claim.number, handled)}. Please check both, or say what is counted.",
        ),
    )


_TWO_PARTS = re.compile(r"延期|超期|逾期|另有?|其余|当面|书面|口头|邮寄|分别|提前")


def _one_of_two_parts(claim: Claim, handled: Value) -> bool:
    """Say whether the sentence counts the replies in two parts: 按期办结 55 件，延期办结 6 件."""
    words = plain(claim.quote)
    if not _TWO_PARTS.search(words):
        return False
    numbers = re.findall(r"(?<![\d.])\d{1,7}(?=件|起|宗|份)", words)
    return any(claim.number + int(number) == handled for number in numbers)


def _other_readings(subject: Subject, handled: Value) -> frozenset[Value]:
    """Return what “answered” may also count: without the unanswered, the new ones only, or all in hand."""
    values = {row: subject.value(request_key(row, TOTAL)) or 0 for row in _UNANSWERED}
    uncorrected = values[_UNCORRECTED]
    unanswered = uncorrected + values["other.fee_unpaid"]
    others = values["other"] or unanswered + values["other.other"]
    new, carried = values["new"], values["carried_in"]
    less = (uncorrected, unanswered, others, carried)
    return frozenset((*(handled - part for part in less), new, new + carried))


_UNCORRECTED = "other.no_correction"
_TAKEN_IN = "受理"
_UNANSWERED = (
    _UNCORRECTED,
    "other.fee_unpaid",
    "other.other",
    "other",
    "new",
    "carried_in",
)

_RESULTS = (
    Label("granted", Words("予以公开", "granted")),
    Label("partly_granted", Words("部分公开", "partly granted")),
    Label("refused", Words("不予公开", "refused")),
    Label("unavailable", Words("无法提供", "unavailable")),
    Label("unprocessed", Words("不予处理", "not processed")),
    Label("other", Words("其他处理", "otherwise closed")),
    Label("merged_results", Words("合并计数的办理结果", "results counted together")),
)


@rule(
    code="N05",
    severity=Severity.WARNING,
    basis=AGREEMENT,
    statement=Words(
        "正文写的各类办理结果件数与第三表一致；合并表述的按各项之和对照。",
        "The results that the text counts are those of table 3; groups named together are added up.",
    ),
    clears=_CLEARS,
    innocent=Words(
        "“予以公开及部分公开 42 件”按两行之和对照；只说某类申请人、某一渠道或公文、提案的句子不计。",
        "予以公开及部分公开 is the sum of both rows; sentences on one kind of applicant, one channel, or on "
        "other papers do not count.",
    ),
    reach=Reach(scopes=lambda _report: _RESULTS, first_year=2019),
)
def result_counts(subject: Subject, result: Label) -> Breach | None:
    """Compare the stated number of requests with one result with its rows."""
    role = Role(result.key)
    claims = comparable(subject, stated(subject.report, subject.year, role))
    if not claims or len({claim.number for claim in claims}) > 1:
        return None
    claim = claims[0]
    keys = tuple(key for part in claim.parts for key in _rows_of(subject, part))
    figures = [subject.value(key) for key in keys]
    lost = [key for key, figure in zip(keys, figures, strict=True) if figure is None]
    if lost:
        raise NotStated(lost)
    known = [figure for figure in figures if figure is not None]
    if claim.number == total(known):
        return None
    number, shown = show(claim.number), show(total(known))
    sum_ = show_sum([figure for figure in known if figure] or known[:1])
    name = "、".join(_NAMES[part].zh for part in claim.parts)
    english = " and ".join(_NAMES[part].en for part in claim.parts)
    return Breach(
        cells=keys,
        expected=number,
        actual=shown,
        message=Words(
            f"正文写“{quoted(claim.quote)}”，即{name} {number} 件，第三表总计列为 {sum_}，差 "
            f"{show_gap(claim.number, total(known))}。请核对正文与表格。",
            f"The text states {number} requests {english} (“{quoted(claim.quote)}”), table 3 shows "
            f"{sum_}. Please check both.",
        ),
    )


_NAMES = {Role(label.key): label.words for label in _RESULTS}


def _rows_of(subject: Subject, result: Role) -> tuple[str, ...]:
    """Return the cells of a result in the column of totals, as the form or the report prints its rows."""
    single = request_key(result.value, TOTAL)
    if subject.value(single) is not None:
        return (single,)
    rows = [row.key for row in subject.report.form.request_rows]
    parts = [row for row in rows if row.startswith(f"{result.value}.")]
    return tuple(request_key(row, TOTAL) for row in parts) or (single,)
