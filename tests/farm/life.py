"""The scripted life of one agency's report: what was done to it and when, and how it stands at an instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from enum import Enum, auto

from tests.season_pages import Gone

CHINA = timezone(timedelta(hours=8))
YEAR = 2025
"""The report year of every scripted life; last year's reports only stand beside them."""


class Manner(Enum):
    """How a report is put on its site; the last two are no readable report of the agency."""

    PAGE = auto()
    ATTACHMENT = auto()
    SCAN = auto()
    WRONG_REPORT = auto()

    @property
    def is_readable(self) -> bool:
        return self in (Manner.PAGE, Manner.ATTACHMENT)


class Deed(Enum):
    """What an agency, or the editor of its site, does."""

    PUBLISH = auto()
    EDIT = auto()
    DRESS = auto()
    MOVE = auto()
    MOVE_WITH_REDIRECT = auto()
    COPY = auto()
    DROP = auto()
    LIST = auto()
    WITHDRAW = auto()
    RESTORE = auto()
    BREAK = auto()
    MEND = auto()


@dataclass(frozen=True, slots=True)
class Act:
    """One deed at an instant; ``content`` says which text an edit puts up: 0 is the first."""

    at: datetime
    deed: Deed
    content: int = 0
    how: Gone = Gone.NOT_FOUND


@dataclass(frozen=True, slots=True)
class Shown:
    """A report on its site: the number of its address, its text, and what became of both.

    ``place`` counts addresses from 0, ``dress`` changes of the page around the report. ``copied`` says
    that the next address shows the same report too; ``broken`` that the address answers an error.
    """

    place: int = 0
    content: int = 0
    dress: int = 0
    redirects: bool = False
    copied: bool = False
    listed: bool = True
    gone: Gone | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that happens to one report, in the order of its instants; no acts: never published.

    ``shown_on`` is the day that page and list claim, None when neither shows one.
    """

    acts: tuple[Act, ...] = ()
    shown_on: date | None = None
    manner: Manner = Manner.PAGE
    title: int = 0

    @property
    def published_at(self) -> datetime | None:
        return self.acts[0].at if self.acts else None

    def at(self, now: datetime) -> Shown | None:
        """Return how the report stands, None before it is published."""
        done = [act for act in self.acts if act.at <= now]
        return _after(done[1:]) if done else None


def _after(acts: Iterable[Act]) -> Shown:
    shown = Shown()
    for act in acts:
        shown = _changed(shown, act)
    return shown


def _changed(shown: Shown, act: Act) -> Shown:
    changes: dict[Deed, dict[str, object]] = {
        Deed.EDIT: {"content": act.content},
        Deed.DRESS: {"dress": shown.dress + 1},
        Deed.MOVE: {"place": shown.place + 1, "redirects": False},
        Deed.MOVE_WITH_REDIRECT: {"place": shown.place + 1, "redirects": True},
        Deed.COPY: {"copied": True},
        Deed.DROP: {"listed": False},
        Deed.LIST: {"listed": True},
        Deed.WITHDRAW: {"listed": False, "gone": act.how},
        Deed.RESTORE: {"listed": True, "gone": None},
        Deed.BREAK: {"broken": True},
        Deed.MEND: {"broken": False},
    }
    return replace(shown, **changes[act.deed])  # type: ignore[arg-type]
