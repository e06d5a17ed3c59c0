"""A sweep that derives only what may have changed leaves the very rows that a whole sweep leaves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, SQLModel, col

from db.session import open_engine, writing
from db.tables import Agency, Event, FindingRow, Link, Look, Obligation, Site, SiteColumn, Visit
from db.upgrade import upgrade
from monitor.seasons import Season
from monitor.sweep import sweep, sweep_in
from monitor.versions import Arrival, Snapshot, record
from reports.deadlines import Deadlines
from sandbox.readings import Reading
from tests.builders import a_report
from tests.deployment import china

SEASON = Season(2025, Deadlines())
START = china("2026-01-20T09:00")
COLUMNS = ("one/nb", "two/nb")
NAMES = {"a": "甲县财政局", "b": "甲县民政局", "c": "甲县人民政府", "d": "甲县审计局"}
ENDS = ("ok", "ok", "ok", "not_modified", "timeout", "incomplete", "column_lost", "blocked")
DUTIES = ("required", "required", "voluntary", "exempt", "abolished")
FATES = ("ok", "ok", "not_found", "soft_404", "timeout")


def _open(folder: Path) -> Engine:
    engine = open_engine(f"sqlite:///{folder}/x.db")
    upgrade(engine)
    with writing(engine) as session:
        for key in ("one", "two"):
            session.add(Site(key=key, name=key, base_url=f"http://{key}.test/"))
            session.flush()
            url = f"http://{key}.test/nb/"
            session.add(SiteColumn(key=f"{key}/nb", site_key=key, url=url))
        for key, name in NAMES.items():
            kind = "government" if key == "c" else "department"
            columns = list(COLUMNS) if key == "d" else [COLUMNS["abcd".index(key) % 2]]
            session.add(Agency(key=key, name=name, kind=kind, columns=columns))
    return engine


class Season2025:
    """A season of random happenings, written as crawler and ingest write them."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self.engine, self.random, self.now = engine, Random(seed), START
        self.count = 0

    def happen(self) -> None:
        """Let time pass, and one thing happen."""
        self.now += timedelta(hours=self.random.choice((0, 1, 5, 13, 26, 60)), minutes=1)
        deed = self.random.choice(
            (self._visit, self._visit, self._list, self._read, self._register)
        )
        with writing(self.engine) as session:
            deed(session)

    def _visit(self, session: Session) -> None:
        key = self.random.choice(COLUMNS)
        outcome, column = self.random.choice(ENDS), session.get_one(SiteColumn, key)
        session.add(Visit(column_key=key, at=self.now, outcome=outcome))
        column.last_visit_at = self.now
        if outcome in ("ok", "not_modified"):
            column.last_good_at = self.now
        for link in session.execute(select(Link).where(col(Link.column_key) == key)).scalars():
            if self.random.random() < 0.9:
                link.last_listed_at = self.now
            if link.outcome is not None:
                link.outcome, link.outcome_at = self.random.choice((link.outcome, *FATES)), self.now

    def _list(self, session: Session) -> None:
        """List a link whose body waits, or that could not be had."""
        self.count += 1
        agency = self.random.choice(("a", "b", "c", "d", None))
        title = "2025年政府信息公开工作年度报告"
        session.add(
            Link(
                column_key=self.random.choice(COLUMNS),
                url=f"http://one.test/{self.count}.html",
                title=f"{NAMES[agency]}{title}" if agency else title,
                year=2025,
                agency_key=agency,
                first_listed_at=self.now,
                last_listed_at=self.now,
                outcome=self.random.choice(("ok", "timeout", "not_found")),
                outcome_at=self.now,
            )
        )

    def _read(self, session: Session) -> None:
        """Read a link as the ingest does: a report, or a page that holds none."""
        rows = (
            session.execute(select(Link).where(col(Link.agency_key).is_not(None))).scalars().all()
        )
        if not rows:
            return
        self.count += 1
        link = self.random.choice(rows)
        sha = f"{self.count:064}"
        snapshot = Snapshot(url=link.url, sha256=sha, size=1, http_status=200, fetched_at=self.now)
        session.add(snapshot)
        session.flush()
        link.snapshot_id = link.read_snapshot_id = snapshot.id
        link.outcome, link.outcome_at = "ok", self.now
        link.listed_on = self.random.choice((None, self.now.date()))
        if self.random.random() < 0.6:
            arrival = Arrival(link, snapshot, Reading(sha, a_report(2025)))
            agency = session.get_one(Agency, link.agency_key)
            record(session, arrival, agency, 2025, SEASON, self.now)

    def _register(self, session: Session) -> None:
        agency = session.get_one(Agency, self.random.choice("abcd"))
        match self.random.randrange(4):
            case 0:
                agency.aliases = [f"又名{self.now:%d%H}"]
            case 1:
                agency.name = f"{NAMES[agency.key]}{self.now:%d%H}"
            case 2:
                agency.duty, agency.successor = self.random.choice(DUTIES), None
            case _:
                agency.duty, agency.successor = "merged", self.random.choice("abcd")
                agency.since = self.random.choice((None, date(2025, 7, 1), date(2026, 2, 1)))


def rows(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a sweep writes, without identities."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    tables: tuple[type[SQLModel], ...] = (Obligation, Look, FindingRow, Event, Site, SiteColumn)
    for table in tables:
        columns = [c for c in table.__table__.columns if c.name not in ("id", "mark")]  # type: ignore[attr-defined]
        found[table.__name__] = sorted(map(repr, session.execute(select(*columns))))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_a_whole_sweep_finds_nothing_left_to_do(seed: int, tmp_path: Path) -> None:
    engine = _open(tmp_path)
    season = Season2025(engine, seed)
    for _ in range(40):
        season.happen()
        sweep(engine, SEASON, season.now)
        with Session(engine) as session:
            before = rows(session)
            sweep_in(session, SEASON, season.now, everything=True)
            session.flush()
            assert rows(session) == before
            session.rollback()


def test_what_nothing_happened_to_is_not_derived_again(tmp_path: Path) -> None:
    engine = _open(tmp_path)
    sweep(engine, SEASON, START)
    with writing(engine) as session:
        for obligation in session.execute(select(Obligation)).scalars():
            obligation.because_zh = "未动"
    _assert_untouched(engine, START + timedelta(hours=1), "未动")
    sweep(engine, SEASON, START + timedelta(days=1))
    with Session(engine) as session:
        assert "未动" not in {
            row.because_zh for row in session.execute(select(Obligation)).scalars()
        }


def _assert_untouched(engine: Engine, at: datetime, words: str) -> None:
    sweep(engine, SEASON, at)
    with Session(engine) as session:
        assert {row.because_zh for row in session.execute(select(Obligation)).scalars()} == {words}
