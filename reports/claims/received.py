"""How many requests the text says were received and answered. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reports.claims.bearing import clause_start, scope_of, time_of
from reports.claims.claim import Claim, Role, Scope
from reports.claims.numbers import Quantity, quantities
from reports.claims.phrases import COUNT, OBJECT, PIECES, is_own
from reports.claims.sentences import Sentence

_LONGEST_CLAUSE = 60
_RECEIVE = r"接收到|收到|接到|接收|收悉|新收|受理"
_ANSWER = r"办理答复|答复办结|办结答复|受理并答复|办结|答复|办复|回复|办理|处理"
_VERBS = {Role.RECEIVED: re.compile(_RECEIVE), Role.HANDLED: re.compile(_ANSWER)}
_REST = re.compile(
    rf"(?:到|的|了|完毕|完成|有效|各类)*+(?P<object>{OBJECT}|申请)?(?:的|答复)?{COUNT}"
)
_AFTER = re.compile(rf"(?P<object>(?:的)?(?:{OBJECT}|申请))?(?=$|[,、;:()。])")
_OBJECT = re.compile(OBJECT)
_ABOUT_DISCLOSURE = re.compile(r"结转|信息公开|依申请公开|公开申请")
_ON_REQUEST = re.compile(r"依申请公开|信息公开申请")
_OTHER_AFFAIRS = re.compile(
    r"复议|诉讼|应诉|信访|提案|建议|议案|留言|诉求|热线|投诉|举报|来信|咨询|工单|行政许可|行政处罚|公文|案件|"
    r"救助|补贴|低保|意见"
)
_TOPIC = re.compile(r"领域|征地|拆迁|涉及|关于|针对")
_SUM = "合计"
_SUMMED = re.compile(
    rf"(?:{_RECEIVE}){OBJECT}[,:]?(?:[^\d,、:;。]{{1,14}}\d{{1,7}}[件起宗份次条封][,、]){{2,6}}+(?:合计|共计|总计|共|总共)$"
)


_PUBLIC = re.compile(
    # Named together they are everybody; 公民 alone may be one kind of applicant.
    r"(?:(?:公民|自然人|个人|群众)(?:个人)?(?:、|和|及|与|或者?|以及)(?:企业|法人|单位)(?:(?:、|和|及|与|或者?|以及)*"
    r"(?:其他|其它|社会|非法人)?组织)?|(?<=[收接]到)(?:广大|社会)?(?:群众|公众|社会|社会各界|申请人))"
    r"(?:等)?(?:向我[局单委办]位?)?(?:提出|提交|递交|发来)?的?(?!\d)"
)


def _blanked(found: re.Match[str]) -> str:
    return "的" * len(found[0])


def counted(sentence: Sentence, agency: str | None, year: int | None) -> Iterator[Claim]:
    """Yield the counts of requests received and answered that a sentence states."""
    if "申请" not in sentence.text and not _ON_REQUEST.search(sentence.topic):
        return
    if _PUBLIC.search(sentence.text):
        sentence = replace(sentence, text=_PUBLIC.sub(_blanked, sentence.text))
    known = False
    for quantity in quantities(sentence.text):
        if quantity.unit not in PIECES:
            continue
        found = _role_of(sentence, quantity, agency, known)
        if found is None:
            continue
        role, verb = found
        known = True
        yield _claim(role, verb, sentence, quantity, year)


def _claim(
    role: Role, verb: str, sentence: Sentence, quantity: Quantity, year: int | None
) -> Claim:
    text, start = sentence.text, quantity.start
    scope = Scope.OWN if verb == _SUM else scope_of(text, start)
    if _TOPIC.search(text, 0, start):
        scope = Scope.PART
    return Claim(
        role,
        quantity.number,
        sentence.quote,
        exact=quantity.exact,
        unit=quantity.unit,
        scope=scope,
        time=time_of(text, start, year),
        verb=verb,
        section=sentence.section,
        start=start,
        end=quantity.end,
    )


def _role_of(
    sentence: Sentence, quantity: Quantity, agency: str | None, known: bool
) -> tuple[Role, str] | None:
    """Return what a number counts and the verb that says so, None when it is no count of requests."""
    text = sentence.text
    begin = max(clause_start(text, quantity.start), quantity.start - _LONGEST_CLAUSE)
    clause, after = text[begin : quantity.start], _AFTER.match(text, quantity.end)
    if after is None:
        return None
    if _SUMMED.search(text, 0, quantity.start):
        return Role.RECEIVED, _SUM
    for role, verbs in _VERBS.items():
        spoken = list(verbs.finditer(clause))
        rest = _REST.fullmatch(clause, spoken[-1].end()) if spoken else None
        if rest is None:
            continue
        lead = _before_bracket(text, begin) + clause[: spoken[-1].start()]
        if not is_own(lead, agency):
            continue
        named = f"{clause}{after['object'] or ''}"
        if _of_requests(sentence, text[:begin], named, known):
            return role, spoken[-1][0]
    return None


def _before_bracket(text: str, begin: int) -> str:
    """Return the words before a bracket that ends where a clause begins: 乡镇(街道)收到 3 件."""
    if not text[:begin].endswith(")"):
        return ""
    opened = text.rfind("(", max(0, begin - _LONGEST_CLAUSE), begin)
    return (
        text[max(clause_start(text, opened), opened - _LONGEST_CLAUSE) : opened]
        if opened > 0
        else ""
    )


def _of_requests(sentence: Sentence, before: str, named: str, known: bool) -> bool:
    """Say whether it is requests for disclosure that are counted: named here, or spoken of before."""
    if _OBJECT.search(named):
        return not _OTHER_AFFAIRS.search(named)
    if _OTHER_AFFAIRS.search(sentence.text):
        return False
    if known or _OBJECT.search(before) or _ON_REQUEST.search(sentence.topic):
        return True
    return "申请" in named and (
        sentence.section == 3 or _ABOUT_DISCLOSURE.search(sentence.text) is not None
    )
