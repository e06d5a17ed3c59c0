"""Whether a denial speaks of the body itself and of its whole year; in doubt it does not. Pure."""

from __future__ import annotations

import re

from reports.claims.bearing import clause_start
from reports.claims.phrases import OBJECT, is_own

_MANNER = re.compile(
    r"(?:20\d\d年)?1月?份?(?:至|到|[-—~～])12月(?:份|底|31日)?|12月31日|经(?:统计|核实|核查|梳理|查)|"
    r"[本全]?年度?内|(?<=[局委办厅镇街道院])机关|实际|总体|目前|同时|此外|另外|尚|亦|也|并(?!案)|且|我们|"
    r"(?:办理|受理|收到|处理|答复|申请|统计)(?:的)?(?:情况|方面|工作)?|"
    r"所有|过程|信息处理费|收费|费用|收取|没有|政府|(?:行政)?(?:复议|诉讼|应诉)|因|由|引起|引发|导致|产生|发生|发起|被|提起|类|政府信息|信息公开|公开|工作|开展|以来|[上内中的,]"
)
_NARROWS = re.compile(
    r"^(?:关于|有关|对于|对(?![照标])|针对|除|自(?!觉|查|身)|涉及?|就|如(?![皋东])|若|凡|其中)|"
    r"(?:方面|领域|期间|[前后时中])$|\d月"
)
_NOUN = re.compile(r"(?:信息|项目|事项|问题|工程|档案)$")
_DOING = re.compile(
    r"公开|做好|加强|加大|规范|及时|严格|推进|更新|发布|完善|落实|梳理|依法|主动|强化|办理|聚焦|围绕|畅通|优化|按照|根据|依据|认真|积极|持续|提升|提高|回应|明确|坚持"
)
_WHOLE_YEAR = re.compile(
    r"(?:自|从|在)?(?:20\d\d年)?1月1日(?:起|开始)?(?:至|到|[-—~～])(?:20\d\d年)?12月31日(?:止)?|"
    r"(?:截至|截止)(?:到)?(?:20\d\d年)?(?:12月31日|12月底|年底|年末)|"
    r"(?:20\d\d年)?1月?份?(?:至|到|[-—~～])12月(?:份)?"
)
_ANY_DISCLOSURE = re.compile(rf"{OBJECT}|依申请公开|政府信息公开|信息公开")
_MOST_WORDS = 80


def speaks_of_the_whole(text: str, start: int, agency: str | None) -> bool:
    """Say whether what is denied at a position is denied of the body itself and of the whole year.

    The clause must name nobody or the body; the clause before it must not set a narrower topic
    (春节期间, 关于财政预决算, 主动公开方面).
    """
    begin = clause_start(text, start)
    if start - begin > _MOST_WORDS or not _is_own(text[begin:start], agency):
        return False
    if begin == 0:
        return True
    topic = text[max(clause_start(text, begin - 1), begin - _MOST_WORDS) : begin - 1]
    if text[begin - 1] == ":":
        return _is_own(topic, agency)
    rest = _WHOLE_YEAR.sub("", topic)
    narrowed = _NARROWS.search(rest) or (_NOUN.search(rest) and not _DOING.search(rest))
    return not narrowed or _is_own(rest, agency)


def _is_own(words: str, agency: str | None) -> bool:
    words = _ANY_DISCLOSURE.sub("", _WHOLE_YEAR.sub("", words))
    return is_own(_MANNER.sub("", words), agency)
