"""The agencies that the titles of a column name, as rows that a register may take over. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.probing.found import ListedReport
from reports.agencies import AgencyKind, Identity
from reports.names import match_agency, names_same_agency

MOST_SPELLINGS = 200
"""Each is held against all others: more would take the look from seconds to minutes."""

LONGEST_NAME = 40
_RECENT_YEARS = 2

# The first row that fits decides: a town's government is a township, a government's office no government.
_KINDS: tuple[tuple[AgencyKind, re.Pattern[str]], ...] = (
    (AgencyKind.VERTICAL, re.compile(r"(?:税务局|气象局|海关|调查队|邮政管理局|烟草专卖局)$")),
    (AgencyKind.STREET, re.compile(r"(?:街道|办事处|街道办)$")),
    (AgencyKind.TOWNSHIP, re.compile(r"[镇乡](?:人民政府|政府)?$|苏木(?:人民政府|政府)?$")),
    (AgencyKind.GOVERNMENT_OFFICE, re.compile(r"(?:政府|府)(?:办公厅|办公室|办)$")),
    (AgencyKind.COMMITTEE, re.compile(r"(?:开发|园|景|示范|高新|保税|功能)区$")),
    (AgencyKind.GOVERNMENT, re.compile(r"(?:人民政府|政府)$|[省市县区旗盟州]$")),
    (AgencyKind.COMMITTEE, re.compile(r"(?:管理委员会|管委会)$")),
    (AgencyKind.DEPARTMENT, re.compile(r"[局厅委办处院会队]$|委员会$|办公室$|中心$|联合会$")),
)


@dataclass(frozen=True, slots=True)
class SuggestedAgency:
    """A unit of the titles. ``kind`` OTHER and ``is_recent`` False make it a suggestion to look into.

    ``years`` are those of its listed reports, the newest first.
    """

    name: str
    kind: AgencyKind
    aliases: tuple[str, ...]
    years: tuple[int, ...]
    is_recent: bool

    @property
    def is_ready(self) -> bool:
        """Say whether the row may stand in a register as it is."""
        return self.is_recent and self.kind is not AgencyKind.OTHER


@dataclass(slots=True)
class _Unit:
    identity: Identity
    spellings: dict[str, None] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)


def suggested_agencies(reports: Iterable[ListedReport]) -> tuple[SuggestedAgency, ...]:
    """Return the agencies that the titles name, each once, in the order of their names.

    Spellings of one agency are one row: the longest is its name, the others are aliases. An agency
    whose newest listed report is older than the column's last two years may be merged or gone.
    """
    units: list[_Unit] = []
    spelled = _years_by_spelling(reports)
    # Full names come first, so that a shorter spelling finds the name that it is short for.
    for spelling in sorted(list(spelled)[:MOST_SPELLINGS], key=lambda name: (-len(name), name)):
        unit = _unit_of(spelling, units)
        if unit is not None:
            unit.spellings[spelling] = None
            unit.years |= spelled[spelling]
    newest = max((year for unit in units for year in unit.years), default=0)
    found = (_suggested(unit, newest) for unit in units)
    return tuple(sorted(found, key=lambda agency: agency.name))


def left_out(reports: Iterable[ListedReport]) -> int:
    """Return how many spellings of units a column names beyond those that are looked at."""
    return max(0, len(_years_by_spelling(reports)) - MOST_SPELLINGS)


def kind_of(name: str) -> AgencyKind:
    """Return the kind of body that a name speaks of; OTHER when it does not say."""
    fitting = (kind for kind, pattern in _KINDS if pattern.search(name))
    return next(fitting, AgencyKind.OTHER)


def _years_by_spelling(reports: Iterable[ListedReport]) -> dict[str, set[int]]:
    """Return each spelling with the years of its reports, those of the newest years first."""
    spelled: dict[str, set[int]] = {}
    for report in sorted(reports, key=lambda report: report.year or 0, reverse=True):
        if 1 < len(report.unit) <= LONGEST_NAME:
            years = spelled.setdefault(report.unit, set())
            years |= {report.year} if report.year is not None else set()
    return spelled


def _unit_of(name: str, units: list[_Unit]) -> _Unit | None:
    fitting = [unit for unit in units if names_same_agency(name, unit.identity)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        # A name that fits two of them is neither.
        return None
    units.append(_Unit(Identity(name, name, kind_of(name))))
    return units[-1]


def _suggested(unit: _Unit, newest: int) -> SuggestedAgency:
    printed = unit.identity.name
    # A title leaves the government out where only its place is named: 甲县2025年政府信息公开工作年度报告.
    is_place = unit.identity.kind is AgencyKind.GOVERNMENT and not printed.endswith("政府")
    name = f"{printed}人民政府" if is_place else printed
    identity = Identity(name, name, kind_of(name))
    return SuggestedAgency(
        name=name,
        kind=identity.kind,
        aliases=tuple(s for s in unit.spellings if not names_same_agency(s, identity)),
        years=tuple(sorted(unit.years, reverse=True)),
        is_recent=not unit.years or max(unit.years) > newest - _RECENT_YEARS,
    )


def known_of(agencies: Sequence[SuggestedAgency], known: Sequence[Identity]) -> dict[str, Identity]:
    """Return name of a suggested agency → the one registered agency that it is."""
    # Comparing names is slow for a register of thousands: most are spelled as they are registered.
    spelled = {name: identity for identity in known for name in (identity.name, *identity.aliases)}
    pairs: dict[str, Identity] = {}
    for agency in agencies:
        same = spelled.get(agency.name) or match_agency(agency.name, known)
        if same is not None:
            pairs[agency.name] = same
    return pairs
