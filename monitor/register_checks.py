"""What must agree across the register: keys, columns, duties, successors, regional days. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from monitor.register_settings import AgencySettings, DeadlineSettings
from reports.duties import GONE, Duty
from reports.succession import MOST_HANDS, has_no_end
from reports.words import Words


def register_problems(
    agencies: Sequence[AgencySettings],
    columns: Collection[str],
    places: Mapping[int, Words],
) -> Iterator[Words]:
    """Yield one sentence for everything in the register that does not agree.

    ``columns`` are the keys ``site/column`` that there are, ``places`` says by position in which row of a
    file an agency stands; those of the configuration itself are named by their key.
    """
    successors = {agency.key: agency.successor for agency in agencies}
    first: dict[str, Words] = {}
    for at, agency in enumerate(agencies):
        place = _named(agency, places.get(at))
        if agency.key in first:
            other = first[agency.key]
            yield Words(
                f"{place.zh} 与{other.zh} 简称重复；请删去其一，或改用不同的简称。",
                f"{place.en} has the key of {other.en}; delete one, or give it another key.",
            )
        first.setdefault(agency.key, place)
        reasons = (
            *_unknown_columns(agency, columns),
            *_contradictions(agency),
            *_succession(agency, successors),
        )
        for why in reasons:
            yield Words(f"{place.zh}：{why.zh}。", f"{place.en}: {why.en}.")


def deadline_problems(deadlines: DeadlineSettings) -> Iterator[Words]:
    """Yield one sentence for every regional day that says nothing, or that stands twice."""
    seen: set[str] = set()
    for at, days in enumerate(deadlines.regions):
        key = f"deadlines.regions[{at}]"
        if days.department is None and days.government is None and days.local is None:
            yield Words(
                f"配置项 {key}（{days.region}）没有写任何日期；请写 department、government 或 local。",
                f"Key {key} ({days.region}) sets no day; give department, government or local.",
            )
        if days.region in seen:
            yield Words(
                f"配置项 {key}.region 的 {days.region} 重复；请合为一项。",
                f"Key {key}.region: {days.region} stands twice; make one table of them.",
            )
        seen.add(days.region)


def _named(agency: AgencySettings, place: Words | None) -> Words:
    at = place or Words("[[agencies]]", "[[agencies]]")
    return Words(f"{at.zh} 单位 {agency.key}", f"{at.en}, agency {agency.key}")


def _unknown_columns(agency: AgencySettings, columns: Collection[str]) -> Iterator[Words]:
    for column in agency.columns:
        if column not in columns:
            yield Words(
                f"栏目 {column} 没有在 [[sites]] 或 sites_file 中定义；请核对",
                f"column {column} is defined by no [[sites]] table nor sites_file; check it",
            )


def _contradictions(agency: AgencySettings) -> Iterator[Words]:
    if agency.duty is Duty.REQUIRED and not agency.expected:
        yield Words(
            "expected = false 与 duty = required 矛盾；请删去其一",
            "expected = false contradicts duty = required; delete one of them",
        )
    if agency.since and agency.until and agency.until < agency.since:
        yield Words(
            f"until {agency.until} 早于 since {agency.since}；请改正",
            f"until {agency.until} lies before since {agency.since}; mend it",
        )
    if agency.owed not in GONE:
        return
    if agency.since is None:
        yield Words(
            f"duty = {agency.owed} 需要 since，写从哪天起不再存在",
            f"duty = {agency.owed} needs since, the day from which it is no more",
        )
    if agency.until is not None:
        yield Words(
            f"duty = {agency.owed} 不写 until；请把撤并的日期写在 since",
            f"duty = {agency.owed} has no until; write the day of the change as since",
        )


def _succession(agency: AgencySettings, successors: Mapping[str, str | None]) -> Iterator[Words]:
    heir = agency.successor
    if heir is None:
        if agency.owed is Duty.MERGED:
            yield Words(
                "duty = merged 需要 successor（并入单位的简称）；并入名录以外的单位，请写 abolished",
                "duty = merged needs successor, the key of the body it joined; write abolished when that "
                "is not in the register",
            )
        return
    if agency.owed not in GONE:
        yield Words(
            "写了 successor，duty 应为 merged 或 abolished；请改正",
            "successor is given, so duty must be merged or abolished; mend it",
        )
    if heir not in successors:
        yield Words(
            f"承接单位 {heir} 不在名录中；请补上该单位或核对简称",
            f"successor {heir} is not in the register; add it or check the key",
        )
    elif has_no_end(agency.key, successors):
        yield Words(
            f"承接关系循环或超过 {MOST_HANDS} 层（{agency.key} → {heir}）；请改正",
            f"successors lead back or through over {MOST_HANDS} hands ({agency.key} → {heir}); mend it",
        )
