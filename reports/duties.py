"""Whether an agency owes the report of a year: required, voluntary, exempt, merged, abolished. Pure.

The register says what holds from one day to another; a report year is judged by its last day, since the
report is written after it. Whoever holds the functions of a body that is gone carries its duty
(国办公开办函〔2019〕14号): a body that is gone is never said to be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import assert_never

from reports.deadlines import CHINA
from reports.words import Words


class Duty(StrEnum):
    """What the register says of an agency's duty to publish."""

    REQUIRED = "required"
    VOLUNTARY = "voluntary"
    EXEMPT = "exempt"
    MERGED = "merged"
    ABOLISHED = "abolished"


_NOT_REQUIRED = Words("登记为无需发布年度报告。", "Registered as not required to publish a report.")
_VOLUNTARY = Words(
    "登记为自愿公开，没有期限；尚未见到报告。",
    "Registered as publishing of its own accord, with no deadline; no report seen yet.",
)
GONE = frozenset({Duty.MERGED, Duty.ABOLISHED})
"""Duties of bodies that are no more from the day ``since`` on."""


@dataclass(frozen=True, slots=True)
class Charge:
    """An agency's duty as registered: it holds from ``since`` to ``until``, both included, None is open.

    ``reason`` is what the register adds in words, ``successor`` the name of the body that continues it.
    """

    duty: Duty = Duty.REQUIRED
    since: date | None = None
    until: date | None = None
    reason: str | None = None
    successor: str | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the day lies within the term of the duty."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why the report of a year is not required; ``until_found`` lets a report that appears be shown."""

    reason: Words
    until_found: bool = True


def waiver_of(charge: Charge, year: int, last_day: date) -> Waiver | None:
    """Return why the report of a year is not required; None where it is due by ``last_day``."""
    reason = _reason(charge, year, last_day)
    if reason is None:
        return None
    if charge.duty is Duty.EXEMPT:
        own = charge.reason
        return Waiver(Words(own, own) if own else reason, until_found=False)
    if charge.reason:
        reason = Words(f"{reason.zh}（{charge.reason}）", f"{reason.en} ({charge.reason})")
    return Waiver(reason)


def _reason(charge: Charge, year: int, last_day: date) -> Words | None:
    match charge.duty:
        case Duty.REQUIRED:
            return _outside_term(charge, year, last_day)
        case Duty.EXEMPT:
            return _NOT_REQUIRED if charge.holds_on(date(year, 12, 31)) else None
        case Duty.VOLUNTARY:
            return _VOLUNTARY if charge.holds_on(date(year, 12, 31)) else None
        case Duty.MERGED | Duty.ABOLISHED:
            return _gone(charge, year, last_day)
        case _:
            assert_never(charge.duty)


def last_year(duty: Duty, since: date | None) -> int | None:
    """Return the last report year for which a body that is no more answered itself, None for all others."""
    return since.year - 1 if since is not None and duty in GONE else None


def closed_at(charge: Charge) -> datetime | None:
    """Return the instant (China) from which looks say nothing against the body; None while it owes."""
    day = charge.since if charge.duty in GONE else None
    if charge.duty is Duty.REQUIRED and charge.until is not None:
        day = charge.until + timedelta(days=1)
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=CHINA)


def _outside_term(charge: Charge, year: int, last_day: date) -> Words | None:
    since, until = charge.since, charge.until
    if since is not None and since > date(year, 12, 31):
        return Words(
            f"登记为自 {since} 起承担公布义务，不要求公布 {year} 年度的报告。",
            f"Registered as reporting from {since} on; no report of {year} is required.",
        )
    if until is not None and until < last_day:
        return Words(
            f"登记的公布义务至 {until} 为止，{year} 年度的报告由谁公布待确认。",
            f"The registered duty ended on {until}; who publishes the report of {year} awaits "
            "confirmation.",
        )
    return None


def _gone(charge: Charge, year: int, last_day: date) -> Words | None:
    since, what = charge.since, _fate(charge)
    if since is not None and since > last_day:
        return None
    if since is not None and since > date(year, 12, 31):
        return Words(
            f"{what.zh}，在 {year} 年度结束之后、期限之前；该年度的报告由谁公布待确认。",
            f"{what.en}, after the year {year} and before its deadline; who publishes that report "
            "awaits confirmation.",
        )
    return Words(
        f"{what.zh}；{year} 年度的报告由承接其职能的单位公布。",
        f"{what.en}; the report of {year} is published by who took over its functions.",
    )


def _fate(charge: Charge) -> Words:
    on_zh, on_en = (
        ("", "") if charge.since is None else (f"于 {charge.since} ", f" on {charge.since}")
    )
    heir = charge.successor
    if charge.duty is Duty.MERGED:
        return Words(f"登记为{on_zh}并入{heir}", f"Registered as merged into {heir}{on_en}")
    return Words(
        f"登记为{on_zh}撤销" + (f"，职能由{heir}承接" if heir else ""),
        f"Registered as abolished{on_en}" + (f", continued by {heir}" if heir else ""),
    )
