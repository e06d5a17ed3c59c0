"""Plays a season: the real crawl over real HTTP at the logical instants, held against the truth."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from db.session import reading
from db.tables import Event, Obligation
from tests.deployment import Deployment
from tests.farm.columns import SYSTEMS
from tests.farm.life import YEAR
from tests.farm.script import Office, SeasonScript, SiteScript
from tests.farm.server import Farm
from tests.farm.sights import due_of, sight_of
from tests.farm.site_truth import SiteWitness
from tests.farm.truth import Complaint, Fault, Said, Witness


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One complaint with where and when it arose; ``str`` gives the line from which it is replayed."""

    seed: int
    site: str
    system: str
    agency: str
    at: datetime
    complaint: Complaint

    def __str__(self) -> str:
        found = self.complaint
        return (
            f"seed={self.seed} site={self.site} ({self.system}) agency={self.agency} "
            f"at={self.at:%Y-%m-%dT%H:%M} {found.fault.value}: said {found.said}; "
            f"admissible {found.admissible}"
        )


@dataclass
class Played:
    """What came of a season."""

    script: SeasonScript
    publications: int = 0
    found_at_once: int = 0
    events: int = 0
    requests: int = 0
    seconds: float = 0.0
    disagreements: list[Disagreement] = field(default_factory=list)

    def count(self, fault: Fault) -> int:
        """Return how often this fault was found."""
        return sum(found.complaint.fault is fault for found in self.disagreements)


def play(script: SeasonScript, folder: Path) -> Played:
    """Play a season in a fresh folder, its last pass twice, and return every disagreement."""
    began = time.monotonic()
    played = Played(script)
    with Farm(script.sites) as farm:
        house = _deployed(script, farm, folder)
        season = _Season(script, house, played)
        for at in script.passes:
            farm.set_clock(at)
            season.look(at)
        season.look_again(script.passes[-1])
        played.requests = farm.requests.total()
    played.seconds = time.monotonic() - began
    return played


class _Season:
    """One season as it is played: a witness for every agency-year."""

    def __init__(self, script: SeasonScript, house: Deployment, played: Played) -> None:
        self._script, self._house, self._played = script, house, played
        self._offices = [(site, office) for site in script.sites for office in site.offices]
        self._witnesses = {office.key: _witness(office) for _, office in self._offices}
        self._of_sites = {site.key: SiteWitness(site) for site in script.sites}
        self._newest_event = 0

    def look(self, at: datetime) -> None:
        """Make one pass and hear every witness."""
        self._house.once(at.isoformat())
        standings, events = self._standings(), self._events()
        for site, office in self._offices:
            said = _said(standings[office.key], events[office.key])
            self._hear(site, office, at, said)
        for site in self._script.sites:
            for complaint in self._of_sites[site.key].hear(at, events[site.key]):
                self._note(site, "-", at, complaint)

    def look_again(self, at: datetime) -> None:
        """Make the same pass twice: nothing is left to tell."""
        self._house.once(at.isoformat())
        for key, kinds in self._events().items():
            complaint = Complaint(Fault.EVENT, f"{dict(kinds)} again", "nothing")
            self._note(self._site_of(key), key, at, complaint)

    def _hear(self, site: SiteScript, office: Office, at: datetime, said: Said) -> None:
        witness = self._witnesses[office.key]
        was_found = witness.found_at is not None
        sight = sight_of(site, office, at)
        complaints = witness.hear(sight, said)
        if not was_found and (witness.found_at is not None):
            self._played.publications += 1
            self._played.found_at_once += 1
        late = any(found.fault is Fault.NOT_FOUND for found in complaints)
        if late:
            self._played.publications += 1
        for complaint in complaints:
            self._note(site, office.key, at, complaint)

    def _note(self, site: SiteScript, agency: str, at: datetime, complaint: Complaint) -> None:
        self._played.disagreements.append(
            Disagreement(self._script.seed, site.key, site.system, agency, at, complaint)
        )

    def _site_of(self, agency: str) -> SiteScript:
        return next(s for s, office in self._offices if agency in (s.key, office.key))

    def _standings(self) -> Mapping[str, Obligation]:
        with reading(self._house.house.engine) as session:
            rows = session.exec(select(Obligation).where(Obligation.year == YEAR)).all()
            session.expunge_all()
        return {row.agency_key: row for row in rows}

    def _events(self) -> defaultdict[str, Counter[str]]:
        """Return how often each kind was told since the last look, by agency or by site."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        with reading(self._house.house.engine) as session:
            for event in session.exec(
                select(Event).where(col(Event.id) > self._newest_event).order_by(col(Event.id))
            ):
                self._newest_event = event.id or self._newest_event
                self._played.events += 1
                about = event.agency_key or event.site_key
                if about is not None:
                    found[about][event.kind] += 1
        return found


def _witness(office: Office) -> Witness:
    life = office.life
    return Witness(due_of(office), life.shown_on, life.manner.is_readable, office.expected)


def _said(row: Obligation, events: Mapping[str, int]) -> Said:
    return Said(row.status, row.proof, row.first_seen_at, events)


def _deployed(script: SeasonScript, farm: Farm, folder: Path) -> Deployment:
    config = folder / "config.toml"
    lines = ['[web]\nport = 0\npublic_url = "http://127.0.0.1:1"', "[crawler]"]
    lines += ["delay_seconds = 0.0", "timeout_seconds = 5.0"]
    lines += [_site_toml(site, farm.base_url(site.key)) for site in script.sites]
    lines += [_agency_toml(site, office) for site in script.sites for office in site.offices]
    config.write_text("\n".join(lines), encoding="utf-8")
    return Deployment.opened(config)


def _site_toml(site: SiteScript, base_url: str) -> str:
    system = SYSTEMS[site.system]
    return (
        f'[[sites]]\nkey = "{site.key}"\nname = "{site.county}人民政府"\nbase_url = "{base_url}/"\n'
        f'allow_private = true\n[[sites.columns]]\nkey = "reports"\n'
        f'url = "{system.column(0)}"\nfamily = "{system.family}"\n'
    )


def _agency_toml(site: SiteScript, office: Office) -> str:
    columns = json.dumps([f"{site.key}/reports"])
    exempt = "" if office.expected else "expected = false\n"
    return (
        f'[[agencies]]\nkey = "{office.key}"\nname = "{office.name}"\nkind = "{office.kind}"\n'
        f'region = "{_region_of(site)}"\ncolumns = {columns}\n{exempt}'
    )


def _region_of(site: SiteScript) -> str:
    """Return a county code of its own for each site: reports are held against those of their county."""
    prefecture, county = divmod(int(site.key.removeprefix("s")), 8)
    return f"41{3 + prefecture:02}{11 + county}"
