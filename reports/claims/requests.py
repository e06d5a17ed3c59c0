"""What the narrative claims about requests received and carried over. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.claims.claim import NOT, Claim, Role, Time
from reports.claims.sentences import (
    clause_before,
    mentions,
    of_this_year,
    sentences_of,
    speaks_of_a_part,
)
from reports.claims.whole import speaks_of_the_whole
from reports.model import AnnualReport

_RECEIVE = r"(?:收到|接到|接收到|接收|收悉|受理|发生|产生)"
_PIECE = r"(?:件|起|宗|份|次)"

_NO_REQUEST = re.compile(
    rf"(?:{NOT}|不存在)(?:{_RECEIVE})?过?"
    r"(?:公民|自然人|法人|其他组织|其它组织|社会组织|企业|单位|个人|群众|社会公众|公众|社会|任何|一件|1件|"
    r"我局|我镇|我街道|本机关|本单位|我单位|向|对|提出|提交|递交|要求|获取|有关|关于|相关|方面|形式|公开|政府信息|"
    r"信息|依|和|或者|或|及|以及|与|、|,|的){0,16}"
    r"(?:依申请公开(?:政府信息)?+(?:的申请|(?:办理)?事项|事宜|申请|请求|件)?+|公开的?申请|的申请|任何申请|"
    r"申请公开(?:相关|有关)?(?:政府)?信息(?:的申请)?+|申请(?:政府)?信息公开|公开(?:政府)?信息的?申请)(?:事项|事宜)?件?"
    # What follows must not narrow it: 申请的单位, 申请补正, 申请收费.
    r"(?=$|[,、()（）:]|的?(?:情况|情形|现象)(?=$|发生|出现|[,、()（）])|[和及或也且])"
)
_ZERO_REQUESTS = re.compile(
    rf"(?:收到|接到|受理|新收)(?:到)?(?:的)?(?:政府信息公开|信息公开|依申请公开)(?:的)?(?:申请)?(?:数量|数|共计|共|为|事项){{0,2}}"
    rf"[0零]{_PIECE}(?![\d.])|"
    rf"(?:收到|接到|受理|新收)[0零]{_PIECE}"
    r"(?:(?:政府信息公开|信息公开)(?:的)?申请|依申请公开(?:申请|事项)?)(?=$|[,、()（）])|"
    r"(?:收到|接到|受理|新收)?(?:政府信息公开|信息公开)(?:的)?申请(?:数量|件数|总数|数)?(?:共计|总计)?为[0零](?=$|[,、()])"
)
_ZERO_ALONE = re.compile(
    rf"(?<!答复)(?<!办结)(?<!处理)(?<!办理)(?<!结转)(?:政府信息公开|信息公开)申请(?:数量|件数|数)?(?:共计|共|为|:)?[0零]{_PIECE}"
    r"(?=$|[,、()])|"
    rf"依申请公开(?:政府信息)?(?:申请)?(?:数量|件数|数)?(?:共计|共|为|:)?[0零]{_PIECE}(?=$|[,、()])"
)
_PAPERS = re.compile(r"主动公开|公文|文件|属性|制发|认定|确定|不予公开|条")
# The words before have said what is applied for: 依申请公开情况：未收到申请。
_NO_SUCH_REQUEST = re.compile(
    rf"(?:{NOT}(?:收到|接到|受理)(?:任何|相关|有关)?申请|(?:收到|接到|受理|新收)申请(?:数量|件数|数)?(?:共计|共|为)?[0零]{_PIECE})"
    r"(?=$|[,、()])"
)
_DISCLOSURE = re.compile(r"依申请公开|信息公开申请")
_SOME_REQUESTS = re.compile(
    # Reviews, suits and proposals that came in are no requests.
    rf"(?:收到|接到|受理|新收|接收|办理)[^,\d复诉提]{{0,24}}[1-9]\d*余?{_PIECE}|"
    rf"申请[^,\d复诉]{{0,6}}[1-9]\d*余?{_PIECE}"
)
_ONE_CHANNEL = re.compile(
    r"书面|信函|邮寄|邮件|传真|当面|现场|窗口|网上|线上|在线|电话|下属|所属|直属|除(?!夕)|以外|不予|重复|费用"
)
_CHANNEL_IN_CLAUSE = re.compile(r"渠道|平台|网站|网络|微信|系统|专栏|栏目|结转|补正")
_PEOPLE = re.compile(r"公民|自然人|个人|群众|公众")
_ORGANISATIONS = re.compile(r"法人|组织|企业|(?<![我本])单位")


def no_request_received(report: AnnualReport, year: int | None) -> str | None:
    """Return the sentence of section one that says that no request came in, None when none says so."""
    sentences = tuple(sentences_of(report, (1,)))
    if any(_SOME_REQUESTS.search(s.text) for s in sentences if of_this_year(s.text, year)):
        return None
    for sentence in sentences:
        if not of_this_year(sentence.text, year):
            continue
        headed = _DISCLOSURE.search(sentence.topic) is not None
        if _denies_requests(sentence.text, report.agency, headed=headed):
            return sentence.quote
    return None


def _denies_requests(text: str, agency: str | None, *, headed: bool) -> bool:
    if _ONE_CHANNEL.search(text):
        return False
    found = _denial(text, headed=headed)
    if found is None:
        return False
    before = clause_before(text, found.start())
    if speaks_of_a_part(before) or not speaks_of_the_whole(text, found.start(), agency):
        return False
    clause = before + found[0]
    one_group = bool(_PEOPLE.search(found[0])) != bool(_ORGANISATIONS.search(found[0]))
    whole_public = re.search(r"群众|公众", found[0]) is not None
    return not _CHANNEL_IN_CLAUSE.search(clause) and (whole_public or not one_group)


def _denial(text: str, *, headed: bool) -> re.Match[str] | None:
    """Return where a sentence denies requests; under a heading on them the bare word will do."""
    found = _NO_REQUEST.search(text) or _ZERO_REQUESTS.search(text)
    if found is None and not _PAPERS.search(text):
        found = _ZERO_ALONE.search(text)
    named = None if found else _DISCLOSURE.search(text)
    if found is None and (headed or named is not None):
        found = _NO_SUCH_REQUEST.search(text, named.end() if named else 0)
    return found


_OUT = re.compile(
    r"(?:结转|转结)(?:至|到|入)?(?:下一?年度?|次年|(?P<year>20\d\d)年度?)(?:继续)?(?:办理|答复|处理)?"
    r"(?:的)?(?:政府信息公开|信息公开)?(?:申请)?(?:数量|件数|数|有)?"
    rf"(?:(?:共计|共|为|:)?(?P<n>\d{{1,9}}){_PIECE}(?!中|里|/)|为[0零](?=$|[,、)）]))|"
    rf"(?<![\d.])(?P<n2>\d{{1,9}}){_PIECE}(?:申请)?(?:需|将|已|均|按规定|按程序|依法|按期)?(?:结转|转结)(?:至|到|入)?"
    r"(?:下一?年度?|次年|(?P<year2>20\d\d)年度?)|"
    rf"(?<![\d.])(?P<n3>\d{{1,9}}){_PIECE}(?:申请)?(?:均|还|仍|尚)?(?:未办结|未办理完毕|未答复|在办|(?:尚|正)?在办理(?:中|期限内)?|(?:尚|仍)?在(?:法定)?(?:办理|答复)?[期时]限内|未到期)[,、]"
    r"(?:均|将|已|需|按规定|依法)?(?:结转|转结)(?:至|到|入)?(?:下一?年度?|次年|20\d\d年度?)|"
    r"(?:无|没有|未有|不存在)(?:需)?(?:结转|转结)(?:至|到|入)?(?:下一?年度?|次年)(?:继续)?(?:办理|答复|处理)?"
    r"(?:的)?(?:政府信息公开|信息公开)?(?:申请|事项|件)?(?:的?情况)?(?=$|[,、)）])"
)
_IN = re.compile(
    r"(?:上一?年度?|(?P<year>20\d\d)年度?)(?:结转|转结)(?:的)?(?:政府信息公开|信息公开)?(?:申请)?(?:数量)?"
    rf"(?:(?:共计|共|为|:)?(?P<n>\d{{1,9}}){_PIECE}|为[0零])(?=$|[,、)）])|"
    rf"(?<!年)(?<!年度)(?:结转|转结)(?:上一?年度?|(?P<year2>20\d\d)年度?)(?:的)?(?:申请)?(?P<n2>\d{{1,9}}){_PIECE}(?=$|[,、)）])|"
    r"(?:无|没有|未有|不存在)上一?年度?(?:结转|转结)(?:的)?(?:政府信息公开)?(?:申请|事项|件)?(?:的?情况)?(?=$|[,、)）])"
)
_OTHER_AFFAIRS = re.compile(
    r"复议|诉讼|应诉|去年|同比|相比|信访|提案|建议案|资金|经费|热线|工单|诉求|留言|来信|投诉|举报|许可|处罚|仲裁|项目|办件申请|全市|全县|全区|全省|各"
)
_ONE_GROUP = re.compile(r"自然人|法人|企业|科研机构|公益组织|法律服务|本级|其余|其他")
_RECEIVED = re.compile(r"收到|接到|受理|新收|接收")
_SETTLED = re.compile(r"办结|答复|办理|处理|予以公开|完成|其中")


def carried_out(report: AnnualReport, year: int | None) -> tuple[Claim, ...]:
    """Return the counts that the text says were carried over into the next year."""
    target = None if year is None else year + 1
    return tuple(claim for claim, _ in _carried(report, _OUT, target, Role.CARRIED_OUT))


def carried_in(report: AnnualReport, year: int | None) -> tuple[Claim, ...]:
    """Return the counts that the text says were carried in from the year before."""
    target = None if year is None else year - 1
    found = _carried(report, _IN, target, Role.CARRIED_IN)
    return tuple(claim for claim, before in found if not _speaks_of_settled(before))


def _carried(
    report: AnnualReport, pattern: re.Pattern[str], target: int | None, role: Role
) -> Iterator[tuple[Claim, str]]:
    """Yield each claim with the words of its sentence that stand before it."""
    for sentence in sentences_of(report, (1, 3)):
        if "转" not in sentence.text or _OTHER_AFFAIRS.search(sentence.text):
            continue
        if _FOR_SOMETHING_ELSE.search(sentence.text):
            continue
        if len(_TO_THE_NEXT.findall(sentence.text)) > 1:
            # 4 件 for one reason and 3 件 for another: neither is the total.
            continue
        for found in mentions(pattern, sentence.text):
            named = found["year"] or found["year2"]
            if named is not None and target is not None and int(named) != target:
                continue
            stated = found["n"] or found["n2"] or found.groupdict().get("n3")
            excepted = stated is None and "除" in sentence.text[: found.start()]
            if not excepted and not _of_one_group(sentence.text, found.start()):
                number = Decimal(stated or 0)
                claim = Claim(
                    role,
                    number,
                    sentence.quote,
                    time=Time.CARRY_OVER,
                    section=sentence.section,
                    start=found.start(),
                    end=found.end(),
                )
                yield claim, sentence.text[: found.start()]


# 工伤认定申请, 法律援助申请: what is applied for stands before the word.
_FOR_SOMETHING_ELSE = re.compile(
    r"(?<![开到收理依年转办次息本的未项件接新度余共结留人业织构,、;:()\d])(?<!网上)(?<!线上)(?<!网络)(?<!在线)"
    r"(?<!信函)(?<!书面)(?<!当面)(?<!平台)(?<!传真)(?<!邮寄)(?<!邮件)(?<!现场)(?<!起宗)(?<!办结)(?<!民众)(?<!群众)"
    r"(?<!^)申请"
)
_TO_THE_NEXT = re.compile(r"(?:结转|转结)(?:至|到|入)?[下次]")
_THE_REST = re.compile(r"(?:办结|答复)(?:了)?\d{1,9}件[^;]{0,12}[,、](?:其余|剩余)(?:的)?$")


def _of_one_group(text: str, start: int) -> bool:
    """Say whether the count is that of one kind of applicant, named in its clause or as the topic."""
    if _THE_REST.search(text, max(0, start - 40), start):
        return False
    topic = re.split(r"[,、(（:]", text[:start])[0]
    return any(_ONE_GROUP.search(words) for words in (topic, clause_before(text, start)))


def _speaks_of_settled(before: str) -> bool:
    """Say whether the carried-in count is a part of what was answered, hence perhaps not all of it."""
    received = max((m.start() for m in _RECEIVED.finditer(before)), default=-1)
    settled = max((m.start() for m in _SETTLED.finditer(before)), default=-1)
    return settled > received
