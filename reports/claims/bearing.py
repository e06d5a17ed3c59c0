"""What a number in a sentence bears on: which time, whose affairs, the whole or a part. Pure."""

from __future__ import annotations

import re

from reports.claims.claim import Scope, Time

_DELIMITERS = ",、;:()。"
_YEARS = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年(?!度?(?:结转|转结))|(?P<last>去年|往年|历年|前年|上一?年(?!度?(?:结转|转结)))|"
    r"(?P<now>今年|本年)"
)
_COMPARED = re.compile(r"同比|环比|相比|较|比(?![例重率])|与|同(?=20|去年|上)")
_COMPARISON = re.compile(
    r"同比|环比|相比|同期|较|比(?![例重率])|增长|增加|增幅|减少|下降|上升|降幅|翻|多出|少了|提高|提升"
)
_PLAN = re.compile(r"将|拟|计划|力争|预计|下一步|目标|明年|次年(?!.{0,4}(?:结转|办理))")
_PART_OF_YEAR = re.compile(
    r"季度|半年|\d月份|(?<!\d)(?!1[-~—至到]12月)\d{1,2}[-~—至到]\d{1,2}月|(?<![年\d至到~—-])\d{1,2}月(?!底|末|\d)|"
    r"截[至止]到?(?:20\d\d年)?(?!12月(?:31日|底|末)|1月1日)\d{1,2}月"
)
_PART = re.compile(
    r"其中|其余|其他|另有|部分(?!公开)|各(?!类|项|种|级)|下属|所属|直属|本级|下级|基层|(?<![农乡])村(?![镇乡])|社区|"
    r"学校|医院|自然人|法人|企业|科研|公民|个人|组织(?!推|领|协|开|实)|重复|延期|补正|不予受理"
)
_CHANNEL = re.compile(
    r"网站|网上|网络|在线|线上|平台|系统|微信|微博|公众号|抖音|信函|邮寄|邮件|邮箱|快递|当面|现场|窗口|"
    r"传真|电话|书面|栏目|专栏|公报|客户端|公示栏|公告栏|公开栏|显示屏|电子屏|视频号|新媒体|(?<!各种)(?<!各类)(?<!多种)渠道"
)
_REGION = re.compile(r"[全我][省市州盟区县旗]|各[级地区县乡镇街]|辖区")
_LONGEST_LOOK = 400


def clause_start(text: str, position: int) -> int:
    """Return where the clause that holds a position begins."""
    return max(text.rfind(sign, 0, position) for sign in _DELIMITERS) + 1


def time_of(text: str, start: int, year: int | None) -> Time:
    """Return of which time a number is that starts at a position of a plain sentence."""
    clause = text[clause_start(text, start) : start]
    if _COMPARISON.search(clause):
        return Time.COMPARISON
    if _PLAN.search(clause):
        return Time.PLAN
    spoken = _year_spoken_of(text[max(0, start - _LONGEST_LOOK) : start], year)
    return Time.OTHER_YEAR if spoken is not None and spoken != year else Time.THIS_YEAR


def _year_spoken_of(before: str, year: int | None) -> int | None:
    """Return the year that the words last made their topic, 0 for an unnamed other one, None for none."""
    spoken: int | None = None
    for found in _YEARS.finditer(before):
        if _COMPARED.search(before, clause_start(before, found.start()), found.start()):
            continue
        if found["year"]:
            spoken = int(found["year"]) if year is not None else None
        else:
            spoken = 0 if found["last"] else year
    return spoken


def scope_of(text: str, start: int) -> Scope:
    """Return whose affairs a number counts that starts at a position of a plain sentence."""
    before = text[max(0, start - _LONGEST_LOOK) : start]
    clause = text[clause_start(text, start) : start]
    if "其中" in before or "本级" in before or _PART.search(clause) or _PART_OF_YEAR.search(before):
        return Scope.PART
    if _CHANNEL.search(clause):
        return Scope.CHANNEL
    return Scope.REGION if _REGION.search(before) else Scope.OWN
