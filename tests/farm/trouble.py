"""What befalls a whole site for a while, and what a faithful watcher may conclude meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum, StrEnum, auto


class Strength(IntEnum):
    """Whether a look can bring something to light: it cannot, it may, it surely does."""

    NO = 0
    MAY = 1
    SURE = 2


class Trouble(StrEnum):
    """How a site fails its readers."""

    REFUSED = "refused"
    RESET = "reset"
    ERROR = "error 500"
    UNAVAILABLE = "error 503"
    GATEWAY = "error 502"
    JSL = "challenge 521"
    WALL = "challenge 412"
    LOOP = "challenge 202"
    SCRIPT = "challenge 200"
    FORBIDDEN = "forbidden 403"
    TOO_MANY = "too many 429"
    ROBOTS = "robots"
    COLUMN_GONE = "column 404"
    COLUMN_SOFT = "column soft 404"
    COLUMN_HOME = "column sent home"
    EMPTY_LIST = "empty list"
    SHRUNKEN = "shrunken list"
    STALE = "stale cache"
    MOJIBAKE = "mojibake"
    BROKEN_OFF = "broken-off body"
    CUT = "cut pages"
    NEW_TAGS = "changed validators"
    NO_TAGS = "lost validators"


class Kind(Enum):
    """What a trouble strikes."""

    HOST = auto()
    COLUMN = auto()
    LIST = auto()
    HARMLESS = auto()


HARMLESS = frozenset({Trouble.NEW_TAGS, Trouble.NO_TAGS})
OF_LIST = frozenset(
    {
        Trouble.EMPTY_LIST,
        Trouble.SHRUNKEN,
        Trouble.STALE,
        Trouble.MOJIBAKE,
        Trouble.BROKEN_OFF,
        Trouble.CUT,
    }
)
OF_COLUMN = frozenset({Trouble.COLUMN_GONE, Trouble.COLUMN_SOFT, Trouble.COLUMN_HOME})
OF_HOST = frozenset(Trouble) - HARMLESS - OF_LIST - OF_COLUMN


def kind_of(trouble: Trouble) -> Kind:
    """Say what a trouble strikes."""
    if trouble in HARMLESS:
        return Kind.HARMLESS
    if trouble in OF_LIST:
        return Kind.LIST
    return Kind.COLUMN if trouble in OF_COLUMN else Kind.HOST


@dataclass(frozen=True, slots=True)
class Spell:
    """A trouble that lasts from one instant, included, to another, left out."""

    trouble: Trouble
    since: datetime
    until: datetime

    def covers(self, now: datetime) -> bool:
        return self.since <= now < self.until


class Reach(IntEnum):
    """How the old address of a column answers after a redesign."""

    GONE = 0
    SOFT = 1
    HOME = 2
    REDIRECTED = 3


@dataclass(frozen=True, slots=True)
class Redesign:
    """The column moves to another address; ``articles`` says that every report moves with it."""

    at: datetime
    reach: Reach
    articles: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Say whether a watcher may well hesitate to take the new list for the old one."""
        return self.articles or self.reach is not Reach.REDIRECTED


@dataclass(frozen=True, slots=True)
class View:
    """What one look at a site can bring to light of a report and of its absence.

    ``new``: a report that is listed is found. ``again``: a known report is read again. ``absence``: its
    not being listed is proof. ``gone``: its address being empty is proof.
    """

    new: Strength
    again: Strength
    absence: Strength
    gone: Strength


CLEAR = View(Strength.SURE, Strength.SURE, Strength.SURE, Strength.SURE)
BLIND = View(Strength.NO, Strength.NO, Strength.NO, Strength.NO)
_NO_COLUMN = View(Strength.NO, Strength.MAY, Strength.NO, Strength.MAY)
_DOUBTFUL_LIST = View(Strength.MAY, Strength.MAY, Strength.NO, Strength.MAY)
# Whoever reads past the cache sees the list of today.
_CACHED = View(Strength.MAY, Strength.MAY, Strength.MAY, Strength.MAY)
_MOVED = View(Strength.MAY, Strength.MAY, Strength.MAY, Strength.MAY)

_VIEWS = {
    Kind.HOST: BLIND,
    Kind.COLUMN: _NO_COLUMN,
    Kind.LIST: _DOUBTFUL_LIST,
    Kind.HARMLESS: CLEAR,
}


def view_at(spells: tuple[Spell, ...], redesign: Redesign | None, now: datetime) -> View:
    """Return what a look at this instant can show."""
    spell = next((spell for spell in spells if spell.covers(now)), None)
    view = CLEAR if spell is None else _view_of(spell.trouble)
    if view is not CLEAR or redesign is None or now < redesign.at:
        return view
    return _MOVED if redesign.is_doubtful else CLEAR


def _view_of(trouble: Trouble) -> View:
    return _CACHED if trouble is Trouble.STALE else _VIEWS[kind_of(trouble)]
