"""What was not assessed, in few lines: which options would let more be judged, what our copy lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from monitor.check import Checked
from reports.findings import Cause, NotAssessable
from reports.reading_words import nulls
from reports.rules.gaps import NO_IDENTITY
from reports.rules.proactive.enforcement import NO_ENFORCEMENT_DATA
from reports.rules.years.previous import NO_PREVIOUS, OTHER_AGENCY, PREVIOUS_LOST
from reports.words import Words

_TOLD_BY = (
    (NO_IDENTITY.zh, Words("--agency 单位名称", "--agency NAME")),
    (NO_PREVIOUS.zh, Words("--previous 上年报告", "--previous FILE")),
    ("没有给出应报年度", Words("--year 年度", "--year Y")),
)
"""How the reason begins → the option that gives what is lacking."""

_OF_LAST_YEAR = frozenset({OTHER_AGENCY, PREVIOUS_LOST})


def gap_lines(checked: Checked) -> Iterator[Words]:
    """Yield cells without a value, rules kept from judging by our copy, and last what options would add."""
    if checked.assessment is None or checked.report is None:
        return
    yield from nulls(checked.report)
    gaps = checked.assessment.not_assessable
    yield from _by_reason(checked, [gap for gap in gaps if not _is_untold(gap)])
    if checked.aside is not None:
        yield checked.aside
    untold = _untold(checked, [gap for gap in gaps if _is_untold(gap)])
    if untold is not None:
        yield untold


def _is_untold(gap: NotAssessable) -> bool:
    return gap.cause is Cause.CONTEXT and gap.reason not in _OF_LAST_YEAR


def _untold(checked: Checked, gaps: Sequence[NotAssessable]) -> Words | None:
    """Return one line for all that nobody told: the options first, then what only the service can see."""
    codes: dict[Words | None, set[str]] = {}
    for gap in gaps:
        option = _option(gap.reason)
        if gap.reason == NO_PREVIOUS and checked.aside is not None:
            continue
        codes.setdefault(option, set()).add(gap.code)
    elsewhere = codes.pop(None, set())
    parts = [
        Words(f"加 {option.zh} 可核对 {len(found)} 条", f"{option.en} adds {len(found)}")
        for _, option in _TOLD_BY
        if (found := codes.get(option))
    ]
    enforcement = {gap.code for gap in gaps if gap.reason == NO_ENFORCEMENT_DATA} & elsewhere
    if elsewhere - enforcement:
        parts.append(_seen_by_the_service(len(elsewhere - enforcement)))
    if enforcement:
        parts.append(_BY_HAND)
    if not parts:
        return None
    count = len(elsewhere.union(*codes.values()))
    return Words(
        f"另有 {count} 条规则这次没有核对：{'；'.join(part.zh for part in parts)}。",
        f"{count} more rules were not applied: {'; '.join(part.en for part in parts)}.",
    )


_BY_HAND = Words(
    "1 条要与另外公布的行政执法年度数据对照，请人工核对",
    "1 compares with the yearly enforcement data published elsewhere: please check it by hand",
)


def _seen_by_the_service(count: int) -> Words:
    return Words(
        f"{count} 条要看发布的网页、时间或其他资料，发布后由 nianshao run 核对",
        f"{count} need the published page, its time or other sources, which nianshao run sees",
    )


def _option(reason: Words) -> Words | None:
    return next((option for start, option in _TOLD_BY if reason.zh.startswith(start)), None)


def _by_reason(checked: Checked, gaps: Sequence[NotAssessable]) -> Iterator[Words]:
    """Yield one sentence per reason: the rules that it kept from being assessed, and how often."""
    tables = checked.report.tables.values() if checked.report else ()
    said = [table.reason for table in tables if table.reason is not None]
    first: dict[str, Words] = {}
    codes: dict[Words, Counter[str]] = {}
    for gap in gaps:
        # A rule that could not be assessed in many places has as many reasons, all alike.
        why = first.setdefault(gap.code, _without(gap.reason, said))
        codes.setdefault(why, Counter())[gap.code] += 1
    for why, counted in codes.items():
        zh, en = "、".join(counted), ", ".join(counted)
        yield Words(
            f"{zh} 共 {counted.total()} 处无法核对：{why.zh}",
            f"{en}: {counted.total()} not assessable: {why.en}",
        )


def _without(why: Words, said: Sequence[Words]) -> Words:
    """Leave out the sentences on a table that have been said already, once for all rules."""
    zh, en = why.zh, why.en
    for words in said:
        zh, en = zh.replace(words.zh, ""), en.replace(words.en, "")
    return Words(zh.strip(), en.strip())
