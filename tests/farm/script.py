"""What a season is played from: sites with their offices, all that will happen, and when we look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from tests.farm.life import Life
from tests.farm.trouble import Redesign, Spell


class Neighbour(Enum):
    """Entries beside the reports; the last two name our subject, so that they may excuse an absence."""

    WEBSITE = "{unit}2025年政府网站工作年度报表"
    RULE_OF_LAW = "{unit}2025年法治政府建设年度报告"
    ENFORCEMENT = "{unit}2025年度行政执法年度数据"
    BUDGET = "{unit}2025年部门预算公开说明"
    MEETING = "{unit}召开2025年政府信息公开工作年度报告编制部署会"
    SUMMARY = "{unit}2025年政务公开工作总结"

    @property
    def is_plain(self) -> bool:
        return self not in (Neighbour.MEETING, Neighbour.SUMMARY)


@dataclass(frozen=True, slots=True)
class Office:
    """One agency of a site: its entry in the register, what titles call it, its report, its neighbours."""

    key: str
    name: str
    kind: str
    called: str
    life: Life
    expected: bool = True
    had_report: bool = False
    neighbours: tuple[Neighbour, ...] = ()


class Ends(Enum):
    """How the pages of a site end; ``BARE`` ones have neither html, nor head, nor body."""

    CLOSED = auto()
    OPEN = auto()
    BARE = auto()


@dataclass(frozen=True, slots=True)
class SiteScript:
    """One site. ``system`` names its content system; ``validators`` is etag, date or none.

    ``ends`` says whether its pages close what they open: they do, never, or open nothing either.
    """

    key: str
    county: str
    system: str
    charset: str
    validators: str
    offices: tuple[Office, ...]
    spells: tuple[Spell, ...] = ()
    redesign: Redesign | None = None
    ends: Ends = Ends.CLOSED

    def turns(self) -> Iterator[datetime]:
        """Yield every instant at which something of the site changes."""
        for office in self.offices:
            yield from (act.at for act in office.life.acts)
        for spell in self.spells:
            yield from (spell.since, spell.until)
        if self.redesign is not None:
            yield self.redesign.at


@dataclass(frozen=True, slots=True)
class SeasonScript:
    """A whole season: its seed, its sites, and the instants of our passes in order."""

    seed: int
    sites: tuple[SiteScript, ...]
    passes: tuple[datetime, ...]

    @property
    def agency_years(self) -> int:
        return sum(len(site.offices) for site in self.sites)
