"""What the narrative claims about requests, carry-over, fees and years; in doubt nothing. Pure.

A reader here may overlook a claim; it must not invent one. So the words between the parts of a claim come
from closed lists, and sentences on one channel, one group, another time or a quotation say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.model import AnnualReport
from reports.rules.sentences import (
    clause_before,
    mentions,
    of_this_year,
    plain,
    sentences_of,
    speaks_of_a_part,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the text states, in pieces or in yuan, and the sentence that states it."""

    number: Decimal
    quote: str


_NOT = r"(?:未曾|尚未|从未|均未|并未|没有|未|无)"
_RECEIVE = r"(?:收到|接到|接收到|接收|收悉|受理|发生|产生)"
_PIECE = r"(?:件|起|宗|份|次)"

_NO_REQUEST = re.compile(
    rf"{_NOT}(?:{_RECEIVE})?过?"
    r"(?:公民|自然人|法人|其他组织|其它组织|社会组织|企业|单位|个人|群众|社会公众|公众|社会|任何|一件|1件|"
    r"我局|我镇|我街道|本机关|本单位|我单位|向|对|提出|提交|递交|要求|获取|有关|关于|相关|方面|形式|公开|政府信息|"
    r"信息|依|和|或者|或|及|以及|与|、|,|的){0,16}"
    r"(?:依申请公开(?:政府信息)?+(?:事项|事宜|申请|请求|件)?+|公开的?申请|的申请|任何申请|"
    r"申请公开(?:相关|有关)?(?:政府)?信息(?:的申请)?+)件?"
    # What follows must not narrow it: 申请的单位, 申请补正, 申请收费.
    r"(?=$|[,、()（）:]|的?(?:情况|情形|现象)(?=$|发生|出现|[,、()（）])|[和及或也且])"
)
_ZERO_REQUESTS = re.compile(
    rf"(?:收到|接到|受理|新收)(?:到)?(?:的)?(?:政府信息公开|信息公开|依申请公开)(?:的)?(?:申请)?(?:数量|数|共计|共|为|事项)?"
    rf"[0零]{_PIECE}(?![\d.])|"
    rf"(?:收到|接到|受理|新收)[0零]{_PIECE}"
    r"(?:(?:政府信息公开|信息公开)(?:的)?申请|依申请公开(?:申请|事项)?)(?=$|[,、()（）])"
)
_SOME_REQUESTS = re.compile(
    rf"(?:收到|接到|受理|新收|接收|办理)[^,\d]{{0,24}}[1-9]\d*余?{_PIECE}|"
    rf"申请[^,\d]{{0,6}}[1-9]\d*余?{_PIECE}"
)
_ONE_CHANNEL = re.compile(
    r"书面|信函|邮寄|邮件|传真|当面|现场|窗口|网上|线上|在线|电话|下属|所属|直属|除(?!夕)|以外|不予|重复|费用"
)
_CHANNEL_IN_CLAUSE = re.compile(r"渠道|平台|网站|网络|微信|系统|专栏|栏目|结转|补正")
_PEOPLE = re.compile(r"公民|自然人|个人|群众|公众")
_ORGANISATIONS = re.compile(r"法人|组织|企业")


def no_request_received(report: AnnualReport, year: int | None) -> str | None:
    """Return the sentence of section one that says that no request came in, None when none says so."""
    sentences = tuple(sentences_of(report, (1,)))
    if any(_SOME_REQUESTS.search(s.text) for s in sentences if of_this_year(s.text, year)):
        return None
    for sentence in sentences:
        if of_this_year(sentence.text, year) and _denies_requests(sentence.text):
            return sentence.quote
    return None


def _denies_requests(text: str) -> bool:
    if _ONE_CHANNEL.search(text):
        return False
    found = _NO_REQUEST.search(text) or _ZERO_REQUESTS.search(text)
    if found is None:
        return False
    before = clause_before(text, found.start())
    if speaks_of_a_part(before):
        return False
    clause = before + found[0]
    one_group = bool(_PEOPLE.search(found[0])) != bool(_ORGANISATIONS.search(found[0]))
    whole_public = re.search(r"群众|公众", found[0]) is not None
    return not _CHANNEL_IN_CLAUSE.search(clause) and (whole_public or not one_group)


_OUT = re.compile(
    r"(?:结转|转结)(?:至|到|入)?(?:下一?年度?|次年|(?P<year>20\d\d)年度?)(?:继续)?(?:办理|答复|处理)?"
    r"(?:的)?(?:政府信息公开|信息公开)?(?:申请)?(?:数量|件数|数|有)?(?:共计|共|为|:)?"
    rf"(?P<n>\d{{1,9}}){_PIECE}(?!中|里|/)|"
    rf"(?<![\d.])(?P<n2>\d{{1,9}}){_PIECE}(?:申请)?(?:需|将|已|均)?(?:结转|转结)(?:至|到|入)?"
    r"(?:下一?年度?|次年|(?P<year2>20\d\d)年度?)|"
    r"(?:无|没有)(?:需)?(?:结转|转结)(?:至|到|入)?(?:下一?年度?|次年)(?:继续)?(?:办理|答复|处理)?"
    r"(?:的)?(?:政府信息公开|信息公开)?(?:申请|事项|件)?(?:的?情况)?(?=$|[,、)）])"
)
_IN = re.compile(
    r"(?:上一?年度?|(?P<year>20\d\d)年度?)(?:结转|转结)(?:的)?(?:政府信息公开|信息公开)?(?:申请)?(?:数量)?"
    rf"(?:共计|共|为|:)?(?P<n>\d{{1,9}}){_PIECE}(?=$|[,、)）])|"
    rf"(?:结转|转结)(?:上一?年度?|(?P<year2>20\d\d)年度?)(?:的)?(?:申请)?(?P<n2>\d{{1,9}}){_PIECE}(?=$|[,、)）])"
)
_OTHER_AFFAIRS = re.compile(
    r"复议|诉讼|应诉|去年|同比|相比|信访|提案|建议案|资金|经费|全市|全县|全区|全省|各"
)
_ONE_GROUP = re.compile(r"自然人|法人|企业|科研机构|公益组织|法律服务|本级|其余|其他")
_RECEIVED = re.compile(r"收到|接到|受理|新收|接收")
_SETTLED = re.compile(r"办结|答复|办理|处理|予以公开|完成|其中")


def carried_out(report: AnnualReport, year: int | None) -> tuple[Claim, ...]:
    """Return the counts that the text says were carried over into the next year."""
    target = None if year is None else year + 1
    return tuple(claim for claim, _ in _carried(report, _OUT, target))


def carried_in(report: AnnualReport, year: int | None) -> tuple[Claim, ...]:
    """Return the counts that the text says were carried in from the year before."""
    target = None if year is None else year - 1
    found = _carried(report, _IN, target)
    return tuple(claim for claim, before in found if not _speaks_of_settled(before))


def _carried(
    report: AnnualReport, pattern: re.Pattern[str], target: int | None
) -> Iterator[tuple[Claim, str]]:
    """Yield each claim with the words of its sentence that stand before it."""
    for sentence in sentences_of(report, (1, 3)):
        if _OTHER_AFFAIRS.search(sentence.text):
            continue
        for found in mentions(pattern, sentence.text):
            named = found["year"] or found["year2"]
            if named is not None and target is not None and int(named) != target:
                continue
            if not _of_one_group(sentence.text, found.start()):
                number = Decimal(found["n"] or found["n2"] or 0)
                yield Claim(number, sentence.quote), sentence.text[: found.start()]


def _of_one_group(text: str, start: int) -> bool:
    """Say whether the count is that of one kind of applicant, named in its clause or as the topic."""
    topic = re.split(r"[,、(（:]", text[:start])[0]
    return any(_ONE_GROUP.search(words) for words in (topic, clause_before(text, start)))


def _speaks_of_settled(before: str) -> bool:
    """Say whether the carried-in count is a part of what was answered, hence perhaps not all of it."""
    received = max((m.start() for m in _RECEIVED.finditer(before)), default=-1)
    settled = max((m.start() for m in _SETTLED.finditer(before)), default=-1)
    return settled > received


_FEE_SECTION = 6
_FEE = r"信息(?:公开)?处理费"
_NO_FEE = re.compile(
    rf"{_NOT}(?:向(?:任何)?申请人)?(?:实际)?(?:收取|收缴|产生|发生)过?(?:收取)?"
    rf"(?:任何|相关|有关|依申请公开|政府信息公开|政府|信息公开|的){{0,4}}{_FEE}|"
    rf"无{_FEE}(?:收取|收费)?(?:的?情况)?(?=$|[,、])|{_FEE}(?:收取)?(?:情况)?(?:为|:)+无(?=$|[,、])"
)
_NO_FEE_AT_ALL = re.compile(
    rf"{_NOT}(?:向(?:任何)?申请人)?(?:实际)?(?:收取|收缴)过?(?:任何|相关)?费用(?=$|[,、])"
)
_FEE_AMOUNT = re.compile(
    rf"(?:(?:收取|收缴)[^,\d]{{0,16}}{_FEE}|{_FEE}(?:实际)?(?:收取|收入))"
    r"(?:共计|合计|共|总计|金额|为|:){0,2}"
    r"(?P<n>\d{1,9}(?:\.\d{1,4})?)(?P<unit>万?)元(?!/|每)"
)
_NOT_A_TOTAL = re.compile(
    r"标准|每件|/件|按件|按量|超出|其余|其他申请|部分|除|以下|应收|减免|免收|拟|"
    r"通知|应缴|未缴|逾期|未支付|放弃|退还|退回"
)
_FEE_MENTION = re.compile(rf"{_FEE}|{_NOT}(?:收取|收缴)[^。;]{{0,20}}(?:费用|费)")


def mentions_the_fee(text: str) -> bool:
    """Say whether a section speaks of the information handling fee at all."""
    return _FEE_MENTION.search(re.sub(r"\s+", "", text)) is not None


def no_fee_collected(report: AnnualReport, year: int | None) -> str | None:
    """Return the sentence that says that no information handling fee was collected."""
    for sentence in sentences_of(report):
        text = sentence.text
        if not of_this_year(text, year) or _NOT_A_TOTAL.search(text):
            continue
        at_all = sentence.section == _FEE_SECTION and _NO_FEE_AT_ALL.search(text)
        zero = any(Decimal(found["n"]) == 0 for found in _FEE_AMOUNT.finditer(text))
        if at_all or zero or _NO_FEE.search(text):
            return sentence.quote
    return None


def fees_collected(report: AnnualReport, year: int | None) -> tuple[Claim, ...]:
    """Return the positive amounts, in yuan, that the text says were collected as this fee."""
    claims = []
    for sentence in sentences_of(report):
        if of_this_year(sentence.text, year) and not _NOT_A_TOTAL.search(sentence.text):
            for found in _FEE_AMOUNT.finditer(sentence.text):
                amount = Decimal(found["n"]) * (10_000 if found["unit"] else 1)
                claims.append(Claim(amount, sentence.quote))
    return tuple(claim for claim in claims if claim.number > 0)


_NARRATIVE_YEAR = re.compile(
    r"(?<![\d较比与于从自至和])(20\d\d)年"
    r"(?!度?(?:相比|以来|起|修订|印发|发布|施行|出台|制定|修正|实施|版|将|拟|计划|工作要点|\d|"
    r"结转|转结|底|末|初|考核|评估|反馈|遗留|存在的?问题|(?:政府信息公开)?(?:工作)?(?:年度)?(?:年报|报告)))"
)


def contradicting_year(text: str, titled: int) -> int | None:
    """Return the year that section one speaks of instead of the titled one, None when it does not.

    Comparisons, plans and the years of instruments do not count; another year must clearly prevail.
    """
    words = plain(text)
    years = Counter(int(year) for year in _NARRATIVE_YEAR.findall(words))
    if not years:
        return None
    prevailing, count = years.most_common(1)[0]
    enough = 2 * words.count(f"{titled}年") + 1
    return prevailing if prevailing < titled and count >= enough else None
