"""How the text splits the results: 予以公开 a 件, 部分公开 b 件, and groups counted together. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.claims.bearing import time_of
from reports.claims.claim import Claim, Role, Scope
from reports.claims.phrases import COUNT
from reports.claims.sentences import Sentence

_ROLES = {
    "予以公开": Role.GRANTED,
    "部分公开": Role.PARTLY_GRANTED,
    "不予公开": Role.REFUSED,
    "无法提供": Role.UNAVAILABLE,
    "不予处理": Role.UNPROCESSED,
    "其他处理": Role.OTHER,
}
_LABEL = "|".join(_ROLES)
_RESULT = re.compile(
    r"(?:^|[,、;:(]|中|其中|作出|决定|答复|结果为|分别为|分别是|包括|[一二三四五六七]是)(?:其中)?(?:依法|决定|作出)?"
    rf"(?P<labels>(?:{_LABEL})(?:(?:和|或|及|以及|与|、)(?:{_LABEL}))*+)"
    rf"(?:答复|决定|处理|政府信息|信息|申请|的|类)*+{COUNT}"
    r"(?P<n>\d{1,9})(?P<unit>件次|件|起|宗|份|条|次|项|例)(?=$|[,、;:()。]|占)"
)
_COUNT_FIRST = re.compile(
    rf"(?:^|[,、;:(]|其中)(?P<n>\d{{1,9}})(?P<unit>件次|件|起|宗|份)(?:申请)?(?:依法|决定|作出)?(?P<labels>{_LABEL})"
    r"(?:决定|答复)?(?=$|[,、;()。])"
)
_LABELS = re.compile(_LABEL)
_CONTEXT = re.compile(r"申请|答复|办结")
_OTHER_AFFAIRS = re.compile(
    r"公文|建议|提案|议案|信访|留言|诉求|复议|诉讼|制发|文件|热线|投诉|行政许可|去年|同比"
)
_OF_A_GROUP = re.compile(
    r"(?:自然人|法人|企业|机构|组织|信函|网络|网上|当面|传真|结转|本级)[^,;。]{0,6}中|本级|季度|半年|各"
)


def counted(sentence: Sentence, year: int | None) -> Iterator[Claim]:
    """Yield the results of the requests that a sentence counts."""
    text = sentence.text
    found = tuple(_RESULT.finditer(text))
    firsts = () if found else tuple(_COUNT_FIRST.finditer(text))
    found = firsts if len(firsts) > 1 else found
    if not found:
        return
    spoken = {label for result in found for label in _LABELS.findall(result["labels"])}
    if len(spoken) < 2 and not _CONTEXT.search(text):
        return
    if _OTHER_AFFAIRS.search(text) or _OF_A_GROUP.search(text):
        return
    yield from (_claim(sentence, result, year) for result in found)


def _claim(sentence: Sentence, found: re.Match[str], year: int | None) -> Claim:
    roles = tuple(_ROLES[label] for label in _LABELS.findall(found["labels"]))
    return Claim(
        roles[0] if len(roles) == 1 else Role.MERGED_RESULTS,
        Decimal(found["n"]),
        sentence.quote,
        unit=found["unit"],
        scope=Scope.OWN,
        time=time_of(sentence.text, found.start("n"), year),
        parts=roles,
        section=sentence.section,
        start=found.start("n"),
        end=found.end("unit"),
    )
