"""Days printed in lists and feeds, read as Asia/Shanghai whatever the machine thinks. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

CHINA = timezone(timedelta(hours=8))

_DAY = re.compile(r"(?<!\d)(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_DAY_IN_BRACKETS = re.compile(rf"[\[(（【]?\s*{_DAY.pattern}\s?日?\s*[\])）】]?")


def last_day(text: str) -> date | None:
    """Return the last calendar day written in a short text: lists print it after the title."""
    days = (_calendar(found) for found in _DAY.finditer(text))
    return next((day for day in reversed(list(days)) if day is not None), None)


def without_days(text: str) -> str:
    """Return the text without the days that lists print around a title, brackets included."""
    return _DAY_IN_BRACKETS.sub(" ", text).strip()


def feed_day(text: str) -> date | None:
    """Return the day of a feed's date: ISO, RFC 822 or Chinese; naive and CST are China's time."""
    plain = text.strip().replace("CST", "+0800")
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            instant = parse(plain)
            return instant.astimezone(CHINA).date() if instant.tzinfo else instant.date()
        except (ValueError, OverflowError):
            continue
    return last_day(plain[:100])


def _calendar(found: re.Match[str]) -> date | None:
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
