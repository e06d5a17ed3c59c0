"""Which of the links that a visit knows are asked for in it: the season always, history slowly. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from reports.deadlines import china_date

HISTORY_EVERY = timedelta(days=30)
FAILED_HISTORY_EVERY = timedelta(days=1)
YEARS_IN_SEASON = 2
_SPREAD = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Reread:
    """What is known of a link before it is asked for.

    ``year`` is the report year, None when nobody told; ``asked_at`` when it was last asked for, None
    for never; ``has_body`` says that some body of it is kept, ``is_gone`` that it was not there last time.
    """

    url: str
    year: int | None
    asked_at: datetime | None
    has_body: bool
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """History are years before ``first_year``, None for none; one visit reads ``at_once`` of it anew."""

    first_year: int | None = None
    at_once: int = 20

    def holds(self, year: int | None, at: datetime) -> bool:
        """Say whether reports of a year change so seldom that they are read on a slow clock."""
        if self.first_year is None or year is None:
            return False
        return year < max(self.first_year, china_date(at).year - YEARS_IN_SEASON)

    def can_wait(self, year: int | None, at: datetime) -> bool:
        """Say whether a report that was never read may wait for its turn.

        The year before the first one that is judged may not: this year's figures are held against it.
        """
        return self.holds(year, at) and year is not None and year + 1 != self.first_year


def worth_asking(
    links: Sequence[Reread], history: History, at: datetime
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the positions of the links to ask for in this visit: those of the season, then of history.

    Of history that was never read the newest years come first. A known report that is not there is
    asked for at every visit: a withdrawal is proven by looks, not by silence.
    """
    season, known, unread = [], [], []
    for number, link in enumerate(links):
        if link.has_body or link.asked_at is not None:
            if not history.holds(link.year, at):
                season.append(number)
            elif _is_due(link, at):
                known.append(number)
        elif history.can_wait(link.year, at):
            unread.append(number)
        else:
            season.append(number)
    unread.sort(key=lambda number: -(links[number].year or 0))
    return tuple(season), (*known, *unread[: history.at_once])


def _is_due(link: Reread, at: datetime) -> bool:
    if link.asked_at is None or (link.is_gone and link.has_body):
        return True
    pause = HISTORY_EVERY - _SPREAD * _share(link.url) if link.has_body else FAILED_HISTORY_EVERY
    return at - link.asked_at >= pause


def _share(url: str) -> float:
    """Return a number from 0 to 1 that is always the same for one address."""
    return int.from_bytes(blake2b(url.encode(), digest_size=4).digest(), "big") / 2**32
