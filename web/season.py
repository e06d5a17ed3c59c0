"""The season: its deadlines, the days to or since them, and the bar that draws them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.agencies import AgencyKind
from reports.deadlines import Deadlines, china_date, due_at, season_opens_at
from reports.words import Words

BAR_WIDTH = 1000
_TAIL = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DeadlineMark:
    """One due instant of the season; ``x`` is its place on the bar, ``days`` < 0 means days since."""

    due_at: datetime
    name: Words
    days: int
    x: int

    @property
    def last_day(self) -> str:
        """Return the last permitted day, included."""
        return last_day_before(self.due_at)

    @property
    def is_over(self) -> bool:
        """Say whether the last permitted day has ended."""
        return self.days < 0

    @property
    def count(self) -> Words:
        """Return how many days are left, or how many have passed."""
        if self.is_over:
            return Words(f"已过 {-self.days} 天", _days(-self.days, "ago"))
        if self.days == 0:
            return Words("今天 24:00 截止", "Ends today at 24:00")
        return Words(f"还有 {self.days} 天", _days(self.days, "left"))


@dataclass(frozen=True, slots=True)
class Season:
    """One report year on its calendar."""

    year: int
    marks: tuple[DeadlineMark, ...]
    today_x: int
    opens_on: str


def season_of(
    year: int, due_instants: Iterable[datetime], deadlines: Deadlines, now: datetime
) -> Season:
    """Return the season of a report year with the usual deadlines and those of its obligations."""
    usual = {
        due_at(AgencyKind.DEPARTMENT, year, deadlines): _DEPARTMENTS,
        due_at(AgencyKind.GOVERNMENT, year, deadlines): _GOVERNMENTS,
    }
    instants = sorted({*usual, *due_instants})
    opens, closes = season_opens_at(year), instants[-1] + _TAIL

    def place(instant: datetime) -> int:
        share = (instant - opens) / (closes - opens)
        return round(BAR_WIDTH * min(max(share, 0.0), 1.0))

    marks = tuple(
        DeadlineMark(instant, usual.get(instant, _LOCAL), days_until(instant, now), place(instant))
        for instant in instants
    )
    return Season(year, marks, place(now), china_date(opens).isoformat())


def last_day_before(due: datetime) -> str:
    """Return the last permitted day of a due instant: the day that ends at it."""
    return china_date(due - timedelta(microseconds=1)).isoformat()


def days_until(due: datetime, now: datetime) -> int:
    """Return the whole calendar days in China from today to the last permitted day; < 0 when over."""
    return (china_date(due) - timedelta(days=1) - china_date(now)).days


def _days(count: int, tail: str) -> str:
    return f"{count} day {tail}" if count == 1 else f"{count} days {tail}"


_DEPARTMENTS = Words("部门、乡镇、街道", "Departments, townships, streets")
_GOVERNMENTS = Words("人民政府", "Governments")
_LOCAL = Words("另行规定", "Local deadline")
