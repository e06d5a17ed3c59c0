"""B07: a table 3 of zeros beside a text that states requests. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from reports.agencies import AgencyKind
from reports.cells import Label, request_key
from reports.claims.sentences import clause_before, of_this_year, sentences_of, speaks_of_a_part
from reports.findings import Severity
from reports.model import AnnualReport, TableName
from reports.rules.engine import Breach, Reach, rule
from reports.rules.explanations import quoted
from reports.rules.figures import APPLICANTS, TOTAL, show
from reports.rules.subject import NotStated, Subject
from reports.words import Words


class _Stated(NamedTuple):
    number: Decimal
    quote: str


_WHOSE = (
    r"(?:公民|自然人|个人|群众|公众|社会|法人|企业|其他组织|组织|申请人|和|及|或者|或|、|书面|网上|线上|有效|各类|"
    r"提交|提出|递交|的){0,12}"
)
_OBJECT = (
    r"(?:(?:政府信息公开|信息公开|依申请公开(?:政府)?信息|公开政府信息)(?:的)?(?:书面)?申请|"
    r"依申请公开(?:申请|事项)?)"
)
_NUMBER = r"(?P<{0}>[1-9]\d{{0,6}}|[一二两三四五六七八九十])"
_PIECE = r"(?:件|宗|份|起)"
_TAKEN = rf"(?:收到|接到|受理|新收){_WHOSE}"
_RECEIVED = re.compile(
    rf"{_TAKEN}{_OBJECT}(?:共计|共|合计|总计|数量|为|:){{0,2}}{_NUMBER.format('after')}{_PIECE}|"
    rf"{_TAKEN}{_NUMBER.format('before')}{_PIECE}{_WHOSE}{_OBJECT}"
)
_DENIED = re.compile(r"[未没无不]|如|若|凡")
_NOT_OURS = re.compile(
    r"全市|全县|全区|全省|全镇|全系统|所属|下属|直属|各|复议|诉讼|撤回|撤销|退回|转办|转交|移送|误|截至目前"
)
_DIGITS = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_CELLS = tuple(
    request_key(row, column) for row in ("new", "carried_in") for column in (TOTAL, *APPLICANTS)
)


@rule(
    code="B07",
    severity=Severity.ERROR,
    basis=Words(
        "报告内容应当前后一致（《政府信息公开条例》第五十条；国办公开办函〔2021〕30号对数据准确的要求）",
        "A report does not contradict itself (Regulation on Disclosure, art. 50; 国办公开办函〔2021〕30号 "
        "on accurate figures)",
    ),
    statement=Words(
        "第三表全为 0 时，正文没有写收到申请若干件。",
        "Where table 3 is all zeros, the text states no requests received.",
    ),
    clears=Words(
        "把收到和办理的申请填入第三表，或改正正文。",
        "The requests are entered into table 3, or the text is corrected.",
    ),
    innocent=Words(
        "往年、计划、全市全县或下属单位、已撤回或转办的申请不计；热线咨询、信访不是申请；政府报告只作提醒。",
        "Other years, plans, the whole region or bodies below, withdrawn or forwarded requests do not "
        "count; calls and petitions are no requests; for a government it is a warning.",
    ),
    reach=Reach(table=TableName.REQUESTS, first_year=2019),
)
def zeros_beside_requests(subject: Subject, _scope: Label) -> Breach | None:
    """Compare a table of zeros with what the text says was received."""
    if any((cell.value or 0) > 0 for cell in subject.table(TableName.REQUESTS).cells.values()):
        return None
    claim = _received(subject.report, subject.year)
    if claim is None:
        return None
    lost = [key for key in _CELLS if subject.value(key) is None]
    if lost:
        raise NotStated(lost)
    number = show(claim.number)
    return Breach(
        cells=_CELLS,
        expected=number,
        actual="0",
        severity=_mild_for_governments(subject),
        message=Words(
            f"正文写“{quoted(claim.quote)}”（{number} 件），第三表却全为 0。请把申请填入第三表，或改正正文。",
            f"The text states {number} requests received (“{quoted(claim.quote)}”), while table 3 is all "
            "zeros. Please enter the requests or correct the text.",
        ),
    )


def _mild_for_governments(subject: Subject) -> Severity | None:
    identity = subject.case.identity
    name = (subject.report.agency or "") if identity is None else ""
    government = identity is not None and identity.kind is AgencyKind.GOVERNMENT
    return Severity.WARNING if government or _GOVERNMENT.search(name) else None


_GOVERNMENT = re.compile(r"(?<![乡镇])人民政府$|(?:[省市县区旗盟]|自治州)$")


def _received(report: AnnualReport, year: int | None) -> _Stated | None:
    """Return the first count of requests received by the unit itself this year."""
    for sentence in sentences_of(report, (1, 3)):
        text = sentence.text
        if not of_this_year(text, year) or _NOT_OURS.search(text):
            continue
        for found in _RECEIVED.finditer(text):
            before = clause_before(text, found.start())
            if not speaks_of_a_part(before) and not _DENIED.search(before):
                figure = found["after"] or found["before"]
                number = Decimal(_DIGITS.get(figure) or figure)
                return _Stated(number, sentence.quote)
    return None
