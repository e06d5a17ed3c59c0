"""Which year the narrative speaks of. Pure."""

from __future__ import annotations

import re
from collections import Counter

from reports.claims.sentences import plain

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
