"""How many items the text says were published, in all or through one channel. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reports.claims.bearing import clause_start, scope_of, time_of
from reports.claims.claim import Claim, Role, Scope
from reports.claims.numbers import Quantity, quantities
from reports.claims.phrases import COUNT, is_own
from reports.claims.sentences import Sentence

_PUBLISHED = re.compile(
    r"(?P<head>.{0,40}?)(?P<verb>主动公开|公开|发布|更新)(?:了)?(?:各类|各种)?(?:政府|政务)?(?:类)?信息"
    rf"{COUNT}"
)
_CHANNEL = re.compile(
    r"网站|网|微信|微博|公众号|抖音|公报|客户端|公示栏|公告栏|公开栏|显示屏|视频号|栏目|专栏|平台"
)
_SEVERAL = re.compile(r"等|和|及|与|、|渠道|[两二三四五多]种")
_BEFORE = re.compile(r"^(?:.*(?:通过|依托|利用|在)|(?:20\d\d年度?|全年|本年度?|今年|共|累计)*)")
_BEHIND = re.compile(r"(?:上|中|累计|共计|共|全年|主动)+$")
_TOPIC = re.compile(
    r"聚焦|围绕|针对|重点|领域|涉及|关于|民生|财政|教育|医疗|就业|环保|安全|政策|解读|动态|事项|类"
)
# The name of an account stands in quotation marks, which plain text leaves out.
_NAMED = re.compile(r"[“”《》「」\"]")
_UNITS = frozenset(("条", "篇", "件", "项", "份"))
_ENDS = re.compile(r"$|[,、;:()。]")


def counted(sentence: Sentence, agency: str | None, year: int | None) -> Iterator[Claim]:
    """Yield the counts of items published that a sentence states."""
    if "信息" not in sentence.text or _NAMED.search(sentence.quote):
        return
    for quantity in quantities(sentence.text):
        if quantity.unit in _UNITS and _ENDS.match(sentence.text, quantity.end):
            yield from _published(sentence, quantity, agency, year)


def _published(
    sentence: Sentence, quantity: Quantity, agency: str | None, year: int | None
) -> Iterator[Claim]:
    text, start = sentence.text, quantity.start
    begin = clause_start(text, start)
    found = _PUBLISHED.fullmatch(text[max(begin, start - 60) : start])
    if found is None or text[max(0, begin - 1) : begin] == "、":
        return
    claim = Claim(
        Role.PUBLISHED,
        quantity.number,
        sentence.quote,
        exact=quantity.exact,
        unit=quantity.unit,
        scope=scope_of(text, start),
        time=time_of(text, start, year),
        verb=found["verb"].removeprefix("主动"),
        section=sentence.section,
        start=start,
        end=quantity.end,
    )
    channel, before = _BEHIND.sub("", _BEFORE.sub("", found["head"])), text[:begin]
    if _TOPIC.search(before):
        return
    if is_own(found["head"], agency):
        if not _CHANNEL.search(before):
            yield claim
    elif _CHANNEL.search(channel) and not _SEVERAL.search(channel):
        scope = Scope.PART if claim.scope is Scope.PART else Scope.CHANNEL
        yield replace(claim, scope=scope, channel=channel.replace("专栏", "栏目"))
