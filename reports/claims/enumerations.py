"""Totals with their parts: “共 n 条，其中 a 条、b 条”; in doubt no enumeration. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, islice

from reports.claims.bearing import clause_start
from reports.claims.sentences import plain_periods
from reports.model import AnnualReport, Section

_PIECE = r"件次|条次|人次|场次|件|条|篇|起|宗|份|期|次|项|场"
_TOTAL = re.compile(
    rf"(?<![\d.第])(?P<n>\d{{1,9}})(?P<unit>{_PIECE})(?P<object>[^,、;:。\d()]{{0,14}}?)"
    r"(?:[,。;:]|\([^()\d]{0,30}\))?(?P<opens>其中|包括|分别为|分别是)(?:包括|包含|:|,)*"
)
_PART = re.compile(
    r"(?P<label>[^,;:。\d]{1,36}?)(?P<about>约|近|超过|超)?(?P<n>\d{1,9})"
    rf"(?P<more>余|多|万)?(?P<unit>{_PIECE})(?P<tail>\([^()]{{0,30}}\))?"
    r"(?:[,、]?占(?:比|总数的?|总量的?|全部的?|[^,、;。\d]{0,8}的)?\d{1,3}(?:\.\d{1,4})?%)?(?P<end>$|[,、;。和及])"
)
_LISTED = re.compile(
    rf"(?P<whole>(?<![\d.第])\d{{1,9}}(?:{_PIECE})[^,、;:。\d()]{{0,14}}?)\((?P<opens>其中|包括)?[:,]?"
    r"(?P<list>[^()]{4,200})\)"
)
_FORMS = re.compile(r"图解|视频|图文|动漫|一图|H5|直播|文字解读|负责人解读")
_VERB = re.compile(
    r"解读政策|(?:检查|培训|召开|举办|开展|制作|发布|推送|组织|整改|解答|出台|制定|印发|更新|维护|公布|公开|编发|接受|参加|开设|发现|报送|撰写|出席|宣讲|答记者)(?!类|信息|情况|$)"
)
_BRACKETED = re.compile(r"\([^()]{0,60}\)")
_OPEN_LIST = re.compile(r"等|主要|重点|部分(?!公开)|余|未计|不含|除|如|以及其他|另|剩余|其余|集中")
_OVERLAPPING = re.compile(
    r"涉及|关于|有关|含|包括|其中|转载|转发|同步|同时|合计|总计|累计|(?<!公)共|均|采用|阅读|点击|分别|"
    r"(?:办结|答复|办理|回复)(?!情况|结果)|按时|按期|延期|较|结转|转办|移送|撤回|撤销|退回|补正|复议|诉讼|征求|收取|"
    r"同比|增加|减少|新开|新增|更新"
)
_CHANNEL = re.compile(r"网站|网|微信|微博|公众号|媒体|平台|栏|屏|抖音|视频号|客户端")
_COMPARED = re.compile(r"较|比|增|减|超|少|降|升")
_EARLIER = re.compile(rf"(?<![\d.第])(?P<n>\d{{1,9}})(?P<unit>{_PIECE})")
_LONGEST_LIST = 1_500
_MOST_BRACKETS = 60
_CHINESE_SIGNS = str.maketrans(",;:()", "，；：（）")
_LONGEST_PERIOD = 6_000
_OPENINGS = (
    "其中",
    "包括",
    "分别",
    "件（",
    "条（",
    "次（",
    "篇（",
    "份（",
    "件(",
    "条(",
    "次(",
    "篇(",
    "份(",
)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A stated total and the parts that the text lists of it, in the same unit.

    ``closed`` says that the list reads as complete: it ends the sentence and no word leaves it open.
    ``sure`` says that the words open it with 其中, which can only name parts.
    """

    total: Decimal
    unit: str
    parts: tuple[Decimal, ...]
    quote: str
    closed: bool
    sure: bool

    @property
    def listed(self) -> Decimal:
        """Return what the parts add up to."""
        return sum(self.parts, Decimal(0))

    @property
    def exceeds(self) -> bool:
        """Say whether the parts cannot all be parts of the total, each counted once.

        Where the first ones make up the total exactly, the rest divides it again by another measure
        (网站18件、信函5件，自然人20件、法人3件); only a part that is itself larger is too much then.
        """
        if any(part > self.total for part in self.parts):
            return True
        sums = tuple(accumulate(self.parts))
        return sums[-1] > self.total and self.total not in sums


def enumerations_of(report: AnnualReport) -> Iterator[Enumeration]:
    """Yield the enumerations of the narrative."""
    for section in report.sections:
        yield from _within(section)


# Two rules read the same enumerations.
@lru_cache(maxsize=32)
def _within(section: Section) -> tuple[Enumeration, ...]:
    return tuple(
        found
        for period in plain_periods(section, _OPENINGS)
        if len(period) <= _LONGEST_PERIOD
        for found in _divided(period)
    )


def _divided(period: str) -> Iterator[Enumeration]:
    yield from _listed(_BRACKETED.sub("", period))
    for found in islice(_LISTED.finditer(period), _MOST_BRACKETS):
        # In brackets without 其中 anything may stand: such a list is never sure.
        opens = "其中" if found["opens"] == "其中" else "包括"
        for listed in _listed(f"{found['whole']},{opens}{found['list']}。"):
            yield replace(listed, quote=_as_printed(found[0]))


def _listed(text: str) -> Iterator[Enumeration]:
    for opening in _TOTAL.finditer(text):
        end, parts, words = _list_from(text, opening.end(), opening["unit"])
        if len(parts) < 2 and not (parts and parts[0] > Decimal(opening["n"])):
            continue
        if (
            _OVERLAPPING.search(words)
            or _FORMS.search(words)
            or _is_nested(text, opening.start("opens"))
        ):
            continue
        if opening["unit"] in {"条", "篇"} and len(_CHANNEL.findall(words)) > 1:
            # One item may stand in several channels.
            continue
        if _divides_another(text, opening, sum(parts)):
            continue
        yield Enumeration(
            total=Decimal(opening["n"]),
            unit=opening["unit"],
            parts=parts,
            quote=_as_printed(text[clause_start(text, opening.start()) : end].rstrip(",、;。")),
            closed=_is_closed(text, end, opening["object"] + words),
            sure=opening["opens"] == "其中",
        )


def _divides_another(text: str, opening: re.Match[str], listed: Decimal | int) -> bool:
    """Say whether the list may divide another number than the one before it.

    “收到 60 件，办结 58 件，其中网上 45 件、信函 15 件” and “收到 47 件，较上年增加 42 件。其中 …” divide
    what was received.
    """
    start = max(text.rfind(sign, 0, opening.start()) for sign in "。;") + 1
    if _COMPARED.search(text, clause_start(text, opening.start()), opening.start()):
        return True
    earlier = _EARLIER.finditer(text, start, opening.start())
    return any(
        found["unit"] == opening["unit"] and Decimal(found["n"]) >= listed for found in earlier
    )


def _is_nested(text: str, position: int) -> bool:
    """Say whether another list is open where this one begins: whose the later parts are is not clear."""
    before = max(text.rfind(word, 0, position) for word in ("其中", "包括", "分别"))
    return before >= 0 and not re.search(r"[;。]", text[before:position])


def _list_from(text: str, start: int, unit: str) -> tuple[int, tuple[Decimal, ...], str]:
    """Return where a list ends, its numbers in one unit, and all its labels."""
    parts: list[Decimal] = []
    labels: list[str] = []
    separators: list[str] = []
    position, limit = start, start + _LONGEST_LIST
    while position < limit:
        found = _PART.match(text, position)
        if found is None or found["unit"] != unit or found["about"] or found["more"]:
            break
        if _begins_anew(labels, separators, found["label"]):
            break
        parts.append(Decimal(found["n"]))
        separators.append(found["end"])
        labels.append(found["label"])
        position = found.end()
        if found["end"] in {"", "。"}:
            break
    return position, tuple(parts), "、".join(labels)


def _as_printed(words: str) -> str:
    return words.translate(_CHINESE_SIGNS)


def _begins_anew(labels: list[str], separators: list[str], label: str) -> bool:
    """Say whether another clause begins here: after “a、b，”, or with a verb that the list did not have."""
    if not separators or separators[-1] == "、":
        return False
    verb = _VERB.match(label)
    return "、" in separators or (verb is not None and not labels[0].startswith(verb[0]))


def _is_closed(text: str, end: int, words: str) -> bool:
    ended = end >= len(text) or text[end - 1] in "。;"
    return ended and not _OPEN_LIST.search(words)
