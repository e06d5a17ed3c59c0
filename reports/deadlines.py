"""When a report is due. Pure; source: 政府信息公开条例 第四十九条 (国务院令第711号)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from reports.agencies import AgencyKind
from reports.words import Words

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The zone of all legal days: UTC+8 without summer time."""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """The last permitted day of each year, included: month and day."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """Return the date in one calendar year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class RegionalDays:
    """The days that a notice sets for a region; ``basis`` names the notice.

    ``region`` is a division code, with ``*`` behind it for all that it begins. A day after the usual
    one extends the term; an earlier one is a local day, which binds nobody by law.
    """

    region: str
    basis: str
    department: MonthDay | None = None
    government: MonthDay | None = None
    local: MonthDay | None = None

    def covers(self, region: str) -> bool:
        """Say whether a division is meant."""
        prefix, star, _ = self.region.partition("*")
        return region.startswith(prefix) if star else region == prefix

    def day_for(self, kind: AgencyKind) -> MonthDay | None:
        """Return the day for this kind of body, None where the notice is silent."""
        return self.government if kind is AgencyKind.GOVERNMENT else self.department


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Last permitted days, and how many days before them a reminder is due.

    ``local`` is the earlier day that a local notice sets for all but governments; it binds nobody by
    law. ``regions`` are the days of some regions: of those that cover one, the longest code counts.
    """

    department: MonthDay = MonthDay(1, 31)
    government: MonthDay = MonthDay(3, 31)
    reminder_days: tuple[int, ...] = (14, 7, 3, 1)
    local: MonthDay | None = None
    regions: tuple[RegionalDays, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """When one report is due: the last day, included, and the earlier day of a local notice.

    ``extended_by`` names the notice that set a day later than the usual one, ``local_by`` the one
    behind the local day; both None where there is none.
    """

    last_day: date
    extended_by: str | None = None
    local_day: date | None = None
    local_by: str | None = None

    @property
    def due_at(self) -> datetime:
        """Return the instant (UTC) at which the last day ends in China: 24:00 Asia/Shanghai."""
        day = self.last_day
        midnight = datetime(day.year, day.month, day.day, tzinfo=CHINA)
        return (midnight + timedelta(days=1)).astimezone(UTC)


def term_of(kind: AgencyKind, region: str, year: int, deadlines: Deadlines) -> Term:
    """Return when a body of this kind and region owes the report of the year.

    A regional day never makes a report late by law: before the usual day it is a local day only.
    """
    usual = last_day_of(kind, year, deadlines)
    covering = [notice for notice in deadlines.regions if notice.covers(region)]
    notices = sorted(covering, key=lambda notice: len(notice.region), reverse=True)
    own = _first_day(notices, year, lambda notice: notice.day_for(kind))
    last_day, extended_by = own if own is not None and own[0] > usual else (usual, None)
    local = own if own is not None and own[0] < usual else None
    if kind is not AgencyKind.GOVERNMENT:
        everywhere = None if deadlines.local is None else (deadlines.local.in_year(year + 1), None)
        said = _first_day(notices, year, lambda notice: notice.local)
        local = said or local or everywhere
    local_day, local_by = local or (None, None)
    return Term(last_day, extended_by, local_day, local_by)


def _first_day(
    notices: Sequence[RegionalDays], year: int, day_of: Callable[[RegionalDays], MonthDay | None]
) -> tuple[date, str | None] | None:
    """Return the day, and its basis, of the first notice that sets one."""
    days = ((day_of(notice), notice.basis) for notice in notices)
    return next(((day.in_year(year + 1), basis) for day, basis in days if day is not None), None)


_BASIS: Mapping[bool, Words] = {
    True: Words(
        "《政府信息公开条例》第四十九条第二款", "Regulation on Disclosure, art. 49 para. 2"
    ),
    False: Words(
        "《政府信息公开条例》第四十九条第一款", "Regulation on Disclosure, art. 49 para. 1"
    ),
}
_BASIS_BY_PRACTICE = Words(
    "《政府信息公开条例》第四条及当地年报工作安排（条例未写明乡镇、街道的日期）",
    "Regulation on Disclosure, art. 4, and local practice (no statutory date for townships)",
)
_BY_PRACTICE = {AgencyKind.TOWNSHIP, AgencyKind.STREET, AgencyKind.COMMITTEE, AgencyKind.OTHER}


def due_at(kind: AgencyKind, year: int, deadlines: Deadlines) -> datetime:
    """Return the usual due instant (UTC) of a year, whatever notices say of single regions.

    The report of year Y is due in Y+1. Article 49 knows no roll-over to a working day.
    """
    return Term(last_day_of(kind, year, deadlines)).due_at


def last_day_of(kind: AgencyKind, year: int, deadlines: Deadlines) -> date:
    """Return the usual last day, included, on which the report of this year may appear."""
    day = deadlines.government if kind is AgencyKind.GOVERNMENT else deadlines.department
    return day.in_year(year + 1)


def basis_of(kind: AgencyKind) -> Words:
    """Return the legal basis of this kind's deadline."""
    if kind in _BY_PRACTICE:
        return _BASIS_BY_PRACTICE
    return _BASIS[kind is AgencyKind.GOVERNMENT]


def china_date(instant: datetime) -> date:
    """Return the calendar day of an instant in China."""
    return instant.astimezone(CHINA).date()


def season_opens_at(year: int) -> datetime:
    """Return the instant (UTC) from which the report of this year may be expected: 1 January of Y+1."""
    return datetime(year + 1, 1, 1, tzinfo=CHINA).astimezone(UTC)
