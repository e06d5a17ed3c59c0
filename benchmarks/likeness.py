"""One narrative against 150,000 others in a database: ``python -m benchmarks.likeness``.

Counties of units write from a template of their own (60 % of the sentences) and add their own; some
reports are near-copies of another's with names and figures exchanged. Printed are the times that a
comparison and an insertion take of the processor, the size of the index, and how many of the copies are
found. Times are of the process alone, since others may share the machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, insert, text
from sqlmodel import Session

from db.likeness import LONGEST_LIST, Sample, region_mates, resembling
from db.session import open_engine, reading, writing
from db.tables import (
    Agency,
    Link,
    Narrative,
    NarrativeGram,
    ReportVersion,
    Site,
    SiteColumn,
    Snapshot,
)
from db.upgrade import upgrade
from monitor.likeness import WORTH_READING, enter_narrative, likenesses_of
from reports.codec import to_store
from reports.likeness import containment
from reports.model import AnnualReport
from reports.narrative import grams_of, narrative_of
from tests.builders import a_report, with_text

YEAR = 2025
_NOON = datetime(2026, 1, 20, 4, tzinfo=UTC)
_UNITS, _TEMPLATE, _OWN, _NATION = 40, 24, 16, 4
_LETTERS = [chr(0x4E00 + n) for n in range(3_000)]
_LIMIT_MS, _INSERT_MS, _BYTES, _RECALL = 50.0, 3.0, 2_048, 0.99
_LEAST = 0.70
_TOGETHER = 2_000


def sentence(random: Random) -> str:
    """Return a sentence of 25 to 60 characters that occurs nowhere else."""
    return "".join(random.choices(_LETTERS, k=random.randint(25, 60))) + "。"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a county, and the sentences of its own."""

    key: str
    region: str
    template: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, str]:
        """Return sections one and five."""
        lines = [*self.template, *self.own]
        return "".join(lines[::2]), "".join(lines[1::2])


def units(random: Random, count: int) -> Iterator[Unit]:
    """Yield units county by county; every sentence of the nation's form stands in every template."""
    nation = tuple(sentence(random) for _ in range(_NATION))
    for number in range(count):
        if number % _UNITS == 0:
            county = number // _UNITS
            local = tuple(sentence(random) for _ in range(_TEMPLATE - _NATION))
        region = f"{100_000 + county:06}"
        own = tuple(sentence(random) for _ in range(_OWN))
        yield Unit(f"u{number}", region, nation + local, own)


def copied(random: Random, unit: Unit, key: str, region: str, kept: float) -> Unit:
    """Return a unit that takes the words of another: a part kept, a few characters exchanged in each."""
    own = [line if random.random() < kept else sentence(random) for line in unit.own]
    return Unit(key, region, unit.template, tuple(_exchanged(random, line) for line in own))


def _exchanged(random: Random, line: str) -> str:
    if random.random() < 0.7:
        return line
    at = random.randrange(len(line) - 3)
    return line[:at] + "".join(random.choices(_LETTERS, k=3)) + line[at + 3 :]


def report_of(unit: Unit) -> AnnualReport:
    """Return a whole report with this unit's narrative."""
    first, fifth = unit.texts
    return with_text(with_text(a_report(YEAR), 1, first), 5, fifth)


def agency_of(unit: Unit) -> Agency:
    """Return the unit as the register knows it."""
    return Agency(key=unit.key, name=f"{unit.key}局", kind="department", region=unit.region)


def fill(engine: Engine, random: Random, count: int) -> list[Unit]:
    """Write the index as the ingest would, in large parts, and the reports without their tables."""
    kept: list[Unit] = []
    lengths: dict[int, int] = {}
    with writing(engine) as session:
        session.add(Site(key="s", name="s", base_url="http://127.0.0.1/"))
        session.flush()
        session.add(SiteColumn(key="s/c", site_key="s", url="http://127.0.0.1/c"))
        snapshot = Snapshot(url="", sha256="0", size=1, http_status=200, fetched_at=_NOON)
        session.add(snapshot)
        session.flush()
        session.add(
            Link(column_key="s/c", url="", title="", first_listed_at=_NOON, last_listed_at=_NOON)
        )
    part: list[Unit] = []
    for number, unit in enumerate(units(random, count), 1):
        part.append(unit)
        if number % (count // 300) == 0:
            kept.append(unit)
        if len(part) == _TOGETHER or number == count:
            _write(engine, part, number - len(part), lengths)
            part = []
    return kept


def _write(engine: Engine, part: list[Unit], before: int, lengths: dict[int, int]) -> None:
    narratives, grams, agencies, versions = [], [], [], []
    for number, unit in enumerate(part, before + 1):
        agency = agency_of(unit)
        sample = Sample.of(agency, YEAR, grams_of(unit.texts))
        packed = b"".join(gram.to_bytes(6) for gram in sample.grams)
        agencies.append(agency.model_dump())
        versions.append(_version(unit, number))
        narratives.append(
            {"id": number, "agency_key": unit.key, "year": YEAR, "version_id": number}
            | {"region": unit.region, "grams": packed}
        )
        for gram in sample.grams:
            if lengths.setdefault(gram, 0) < LONGEST_LIST:
                lengths[gram] += 1
                grams.append({"gram": gram, "narrative_id": number})
    with writing(engine) as session:
        session.execute(insert(Agency), agencies)
        session.execute(insert(ReportVersion), versions)
        session.execute(insert(Narrative), narratives)
        session.execute(insert(NarrativeGram), grams)


def _version(unit: Unit, number: int) -> dict[str, object]:
    first, fifth = unit.texts
    return {
        **{"id": number, "agency_key": unit.key, "year": YEAR, "number": 1, "link_id": 1},
        **{"snapshot_id": 1, "content_key": unit.key, "verdict": "consistent", "readable": True},
        **{"first_seen_at": _NOON, "reader_version": "", "rules_version": "", "changes": []},
        **{"report": {"sections": [[1, "", first], [5, "", fifth]]}, "grids": []},
    }


def size_of(engine: Engine) -> float:
    """Return the bytes of the index on disk, all its tables and their indexes."""
    names = (
        "('narrative', 'narrativegram', 'uq_narrative_agency_key_year', 'ix_narrative_region_year')"
    )
    with reading(engine) as session:
        pages = text(f"select sum(pgsize) from dbstat where name in {names}")
        return float(session.execute(pages).scalar_one())


@dataclass
class Measured:
    """What was measured: times in milliseconds, and how many copies were there and were found."""

    comparing: list[float]
    entering: list[float]
    there: int = 0
    proposed: int = 0
    found: int = 0


def measure(engine: Engine, random: Random, known: list[Unit], rounds: int) -> Measured:
    """Compare and enter new reports, every second one a copy of a known one."""
    measured = Measured([], [])
    for number in range(rounds):
        model = known[number % len(known)]
        kept = random.uniform(0.75, 1.0) if number % 2 else 0.0
        region = model.region if number % 4 else "999999"
        unit = copied(random, model, f"new{number}", region, kept)
        own = grams_of(unit.own)
        share = containment(own, grams_of(model.own)) or 0
        with writing(engine) as session:
            _one(session, unit, model, measured, share >= _LEAST)
    return measured


def _one(session: Session, unit: Unit, model: Unit, measured: Measured, is_copy: bool) -> None:
    agency, report = agency_of(unit), report_of(unit)
    session.add(agency)
    session.flush()
    grams_of(narrative_of(report))
    begin = time.process_time()
    alike = likenesses_of(session, report, agency, YEAR)
    measured.comparing.append(1000 * (time.process_time() - begin))
    sample = Sample.of(agency, YEAR, grams_of(narrative_of(report)))
    mates = region_mates(session, sample)
    near = {one.agency_key for one in resembling(session, sample, WORTH_READING, mates)}
    version = ReportVersion(**_version(unit, 10_000_000 + len(measured.comparing)))
    version.report = to_store(report)
    session.add(version)
    session.flush()
    begin = time.process_time()
    enter_narrative(session, version, agency)
    session.flush()
    measured.entering.append(1000 * (time.process_time() - begin))
    if is_copy:
        measured.there += 1
        measured.proposed += model.key in near
        measured.found += any(one.identity.key == model.key for one in alike)


def main() -> int:
    """Build the database, measure, print, and say whether every limit holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=150_000)
    parser.add_argument("--rounds", type=int, default=600)
    asked = parser.parse_args()
    random = Random(20210930)
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder)}/likeness.db")
        upgrade(engine)
        begin = time.perf_counter()
        known = fill(engine, random, asked.reports)
        print(f"{asked.reports} narratives in {time.perf_counter() - begin:.0f} s", flush=True)
        size = size_of(engine) / asked.reports
        measured = measure(engine, random, known, asked.rounds)
    return 0 if _show(measured, size) else 1


def _show(measured: Measured, size: float) -> bool:
    ninety_five = int(len(measured.comparing) * 0.95)
    recall = measured.found / measured.there
    rows = [
        ("comparison, median ms", median(measured.comparing), _LIMIT_MS, True),
        ("comparison, p95 ms", sorted(measured.comparing)[ninety_five], _LIMIT_MS, True),
        ("insertion, median ms", median(measured.entering), _INSERT_MS, True),
        ("index, bytes per report", size, float(_BYTES), True),
        ("copies proposed by the index", measured.proposed / measured.there, _RECALL, False),
        ("copies found", recall, _RECALL, False),
    ]
    holds = True
    for name, value, limit, is_most in rows:
        good = value <= limit if is_most else value >= limit
        holds = holds and good
        print(
            f"{'ok  ' if good else 'MISS'} {name}: {value:.4g} ({'≤' if is_most else '≥'} {limit})"
        )
    print(f"     {measured.there} copies among {len(measured.comparing)} new reports")
    return holds


if __name__ == "__main__":
    sys.exit(main())
