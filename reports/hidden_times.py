"""Times that hide in the numbers of an address: a clue to the second clock, and never an accusation. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from reports.words import Words

_LONGEST = 2_000
_NUMBER = re.compile(r"(?<![0-9])[0-9]{13,19}(?![0-9])")
_SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
_SNOWFLAKE_SHIFT = 22
_SNOWFLAKE_DIGITS = 19
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(2007, 1, 1, tzinfo=UTC)
"""The regulation on disclosure is of 2007: what is older is no time of a report."""
_LEEWAY = timedelta(days=2)


class Hiding(StrEnum):
    """How a number holds a time."""

    SNOWFLAKE = "snowflake"
    EPOCH = "epoch"
    PADDED_EPOCH = "padded_epoch"


NAMES = {
    Hiding.SNOWFLAKE: Words("19 位雪花编号", "a 19-digit snowflake id"),
    Hiding.EPOCH: Words("13 位毫秒时间", "a 13-digit time in milliseconds"),
    Hiding.PADDED_EPOCH: Words("编号中的 13 位毫秒时间", "13 digits of milliseconds inside the id"),
}
"""How → the words for it."""


@dataclass(frozen=True, slots=True)
class HiddenTime:
    """An instant (UTC) that a number of the address stands for, read as programs make such numbers."""

    at: datetime
    hiding: Hiding
    number: str


def hidden_time(url: str, seen_at: datetime) -> HiddenTime | None:
    """Return the first plausible time in the numbers of an address; None when there is none.

    Plausible is what lies between 2007 and shortly after we saw the address at ``seen_at`` (aware).
    """
    for number in _NUMBER.findall(_path(url)):
        for ms, hiding in _readings(number):
            at = _EPOCH + timedelta(milliseconds=ms)
            if _EARLIEST <= at <= seen_at + _LEEWAY:
                return HiddenTime(at, hiding, number)
    return None


def _path(url: str) -> str:
    """Return what stands behind the host."""
    _, _, rest = url[:_LONGEST].partition("://")
    return rest.partition("/")[2]


def _readings(number: str) -> Iterator[tuple[int, Hiding]]:
    """Yield the milliseconds since 1970 that a number may stand for."""
    if len(number) == _SNOWFLAKE_DIGITS:
        yield (int(number) >> _SNOWFLAKE_SHIFT) + _SNOWFLAKE_EPOCH_MS, Hiding.SNOWFLAKE
    elif len(number) == 13:
        yield int(number), Hiding.EPOCH
    elif len(number) == 16 and number.startswith("0"):
        yield int(number[1:14]), Hiding.PADDED_EPOCH
