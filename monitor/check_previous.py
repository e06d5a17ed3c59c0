"""Last year's reports to hold this year's against: one file, or a folder in which each finds its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.codec import content_key
from reports.model import AnnualReport
from reports.names import names_same_agency
from reports.surroundings import Source
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report of an earlier year, and where it was read."""

    report: AnnualReport
    source: Source


@dataclass(frozen=True, slots=True)
class LastYear:
    """What ``--previous`` names. ``unread`` counts the files that gave no report.

    With ``is_sole`` the one report stands for whatever is checked: a person has named it for one input.
    """

    place: str
    earlier: tuple[Earlier, ...]
    unread: int = 0
    is_sole: bool = False

    def completed(self, case: Case, report: AnnualReport) -> tuple[Case, Words | None]:
        """Return the case with last year's report, or as it was and the sentence that says why."""
        if self.is_sole:
            (sole,) = self.earlier
            return _with(case, sole), _why_not(sole, case, report)
        year = case.year if report.year is None else report.year
        agency = report.agency or (case.identity.name if case.identity else None)
        if year is None or agency is None:
            return case, _UNNAMED
        identity = case.identity or Identity("check", agency, AgencyKind.OTHER)
        fitting = [one for one in self.earlier if _fits(one.report, identity, year - 1)]
        if not fitting:
            return case, self._nothing(agency, year - 1)
        if len({content_key(one.report) for one in fitting}) > 1:
            return case, self._several(agency, year - 1, fitting)
        return _with(case, fitting[0]), None

    def _nothing(self, agency: str, year: int) -> Words:
        zh = f"，另有 {self.unread} 个文件没有读出报告" if self.unread else ""
        en = f"; {self.unread} more gave no report" if self.unread else ""
        return Words(
            f"{self.place} 的 {len(self.earlier)} 份报告中没有“{agency}”{year} 年度的报告{zh}；"
            "未与上一年度对照。",
            f"Among the {len(self.earlier)} report(s) of {self.place} none is of {agency} for {year}{en}; "
            "the years were not compared.",
        )

    def _several(self, agency: str, year: int, fitting: Sequence[Earlier]) -> Words:
        names = [one.source.url or "?" for one in fitting[:3]]
        return Words(
            f"{self.place} 中有 {len(fitting)} 份“{agency}”{year} 年度的报告，内容不同"
            f"（{'、'.join(names)}）；未与上一年度对照，请用 --previous 指明一份。",
            f"{self.place} holds {len(fitting)} different reports of {agency} for {year} "
            f"({', '.join(names)}); the years were not compared. Name one with --previous.",
        )


def _with(case: Case, earlier: Earlier) -> Case:
    return replace(case, previous=earlier.report, previous_source=earlier.source)


def _fits(earlier: AnnualReport, identity: Identity, year: int) -> bool:
    return (
        earlier.year == year
        and earlier.agency is not None
        and names_same_agency(earlier.agency, identity)
    )


def _why_not(sole: Earlier, case: Case, report: AnnualReport) -> Words | None:
    """Return why the one report named cannot serve, None when it can."""
    year = case.year if report.year is None else report.year
    if year is None or sole.report.year == year - 1:
        return None
    found = sole.report.year
    zh = "没有写明年度" if found is None else f"是 {found} 年度的"
    return Words(
        f"--previous 指的报告{zh}，应为 {year - 1} 年度；未与上一年度对照。",
        f"The report named by --previous {'states no year' if found is None else f'is of {found}'}; "
        f"{year - 1} was expected. The years were not compared.",
    )


_UNNAMED = Words(
    "没有读到单位或年度，无法找到它的上一年度报告；请用 --agency 和 --year 指明。",
    "No agency or year was read, so its report of the year before cannot be found; "
    "state them with --agency and --year.",
)
