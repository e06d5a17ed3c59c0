"""When a report is due. Pure; source: 政府信息公开条例 第四十九条 (国务院令第711号)."""

from __future__ import annotations

from collections.abc import Mapping
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
class Deadlines:
    """Last permitted days, and how many days before them a reminder is due.

    ``local`` is the earlier day that a local notice sets; it binds nobody by law.
    """

    department: MonthDay = MonthDay(1, 31)
    government: MonthDay = MonthDay(3, 31)
    reminder_days: tuple[int, ...] = (14, 7, 3, 1)
    local: MonthDay | None = None

    def local_day_of(self, year: int) -> date | None:
        """Return the local day for the report of this year, None when no notice sets one."""
        return None if self.local is None else self.local.in_year(year + 1)


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
    """Return the instant (UTC) at which the last permitted day ends in China: 24:00 Asia/Shanghai.

    The report of year Y is due in Y+1. Article 49 knows no roll-over to a working day.
    """
    last_day = last_day_of(kind, year, deadlines)
    midnight = datetime(last_day.year, last_day.month, last_day.day, tzinfo=CHINA)
    return (midnight + timedelta(days=1)).astimezone(UTC)


def last_day_of(kind: AgencyKind, year: int, deadlines: Deadlines) -> date:
    """Return the last day, included, on which the report of this year may appear."""
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
