"""Draws what becomes of one report: when it is published, what it claims, what is done to it later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from tests.farm.life import CHINA, Act, Deed, Life, Manner
from tests.farm.pages import TITLES
from tests.season_pages import Gone

_OPENS = datetime(2026, 1, 5, tzinfo=CHINA)
_MANNERS = (Manner.PAGE, Manner.ATTACHMENT, Manner.SCAN, Manner.WRONG_REPORT)


@dataclass(frozen=True, slots=True)
class _Term:
    """The last day of a term, and until when the late ones come."""

    last_day: datetime
    late_days: int


_DEPARTMENT = _Term(datetime(2026, 1, 31, tzinfo=CHINA), 45)
_GOVERNMENT = _Term(datetime(2026, 3, 31, tzinfo=CHINA), 5)


def drawn_life(random: Random, *, is_government: bool, dated: bool) -> Life:
    """Return a life; ``dated`` False lets some reports show no day at all."""
    term = _GOVERNMENT if is_government else _DEPARTMENT
    punctual, late, backdated, never = random.choices(
        [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)], [60, 14, 10, 16]
    )[0]
    if never:
        return Life()
    at = _on_time(random, term) if punctual else _too_late(random, term)
    shown_on: date | None = at.date()
    if backdated:
        shown_on = term.last_day.date() - timedelta(days=random.randrange(12))
    elif not dated and random.random() < 0.12:
        shown_on = None
    acts = (Act(at, Deed.PUBLISH), *_later(random, at))
    manner = random.choices(_MANNERS, [86, 10, 2, 2])[0]
    title = 0 if random.random() < 0.3 else random.randrange(len(TITLES))
    return Life(acts, shown_on, manner, title)


def _on_time(random: Random, term: _Term) -> datetime:
    """Return an instant of the term; a third of all come on its last two days."""
    if random.random() < 0.33:
        return (
            term.last_day + timedelta(days=1) - timedelta(minutes=random.randrange(1, 2 * 24 * 60))
        )
    whole = term.last_day - _OPENS
    return _OPENS + timedelta(minutes=random.randrange(int(whole.total_seconds()) // 60))


def _too_late(random: Random, term: _Term) -> datetime:
    first = term.last_day + timedelta(days=1)
    days = random.choice((3, 12, term.late_days))
    return first + timedelta(minutes=random.randrange(1, days * 24 * 60))


def _later(random: Random, at: datetime) -> tuple[Act, ...]:
    """Return what is done to a report after it is published: mostly nothing."""
    story = random.choices(_STORIES, [story.weight for story in _STORIES])[0]
    acts, last = [], at
    for deed in story.deeds:
        last = last + timedelta(hours=random.randrange(20, 260))
        acts.append(deed(random, last))
    return tuple(acts)


_Draw = Callable[[Random, datetime], Act]


def _plain(deed: Deed, content: int = 0) -> _Draw:
    return lambda random, at: Act(at, deed, content)


def _withdrawal(random: Random, at: datetime) -> Act:
    return Act(at, Deed.WITHDRAW, how=random.choice(list(Gone)))


@dataclass(frozen=True, slots=True)
class _Story:
    weight: int
    deeds: tuple[_Draw, ...] = ()


_STORIES = (
    _Story(46),
    _Story(8, (_plain(Deed.EDIT, 1),)),
    _Story(5, (_plain(Deed.EDIT, 2),)),
    _Story(5, (_plain(Deed.EDIT, 1), _plain(Deed.EDIT, 0))),
    _Story(6, (_plain(Deed.DRESS), _plain(Deed.DRESS))),
    _Story(5, (_withdrawal,)),
    _Story(5, (_withdrawal, _plain(Deed.RESTORE))),
    _Story(4, (_plain(Deed.MOVE),)),
    _Story(2, (_plain(Deed.MOVE), _plain(Deed.EDIT, 1))),
    _Story(3, (_plain(Deed.MOVE_WITH_REDIRECT),)),
    _Story(4, (_plain(Deed.COPY), _plain(Deed.EDIT, 2))),
    _Story(4, (_plain(Deed.DROP),)),
    _Story(2, (_plain(Deed.DROP), _plain(Deed.EDIT, 1), _plain(Deed.LIST))),
    _Story(3, (_plain(Deed.BREAK), _plain(Deed.MEND))),
)
"""What becomes of reports, by how often it happens."""
