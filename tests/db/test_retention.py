"""Old bytes go when the configuration says so; what something rests on stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db.archive import Archive
from db.proving import faults
from db.retention import Pruning, prune_archive
from db.seen import PageSeen, keep_pages
from db.session import open_engine, reading, writing
from db.tables import Agency, Capture, Obligation, Resource, Site, SiteColumn, Visit
from db.upgrade import upgrade
from reports.visits import Outcome
from tests.exchanges import NOON, URL, an_exchange, kept

LATER = NOON + timedelta(days=5 * 366)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path}/x.db")
    upgrade(engine)
    with writing(engine) as session:
        session.add(Agency(key="a", name="甲", kind="department", columns=["s/c"]))
        session.add(Site(key="s", name="站", base_url="http://www.x.gov.example/"))
        session.flush()
        session.add(SiteColumn(key="s/c", site_key="s", url=URL))
    return engine


@pytest.fixture
def archive(tmp_path: Path, engine: Engine) -> Archive:
    return Archive(tmp_path / "archive", engine)


def _visited(engine: Engine, sha256: str, at: datetime = NOON) -> None:
    with writing(engine) as session:
        seen = keep_pages(session, [PageSeen(URL, sha256, 200, "ok")])
        session.add(Visit(column_key="s/c", at=at, outcome="ok", pages_seen_id=seen))


def _stands(engine: Engine, status: str) -> None:
    with writing(engine) as session:
        session.add(
            Obligation(
                agency_key="a",
                year=2025,
                due_at=NOON,
                status=status,
                proof="none",
                because_zh="",
                because_en="",
                since=NOON,
                first_seen_at=None if status == "missing" else NOON,
            )
        )


def _prune(engine: Engine, archive: Archive, *, dry_run: bool = False) -> Pruning:
    return prune_archive(engine, archive, 3, LATER, dry_run=dry_run)


def _is_there(archive: Archive, sha256: str) -> bool:
    try:
        return bool(archive.get(sha256))
    except FileNotFoundError:
        return False


def test_old_bytes_go_and_the_rest_of_their_file_stays_readable(
    engine: Engine, archive: Archive
) -> None:
    bodies = [kept(archive, an_exchange(b"%d" % n * 99, url=f"{URL}?{n}")) for n in range(4)]
    with writing(engine) as session:
        session.add(Resource(url=URL, sha256=bodies[2], outcome="ok", checked_at=NOON))
    before = sorted(archive.root.rglob("*.gz"))
    assert _prune(engine, archive, dry_run=True).answers == 3
    assert all(_is_there(archive, body) for body in bodies)
    assert _prune(engine, archive).answers == 3
    assert [_is_there(archive, body) for body in bodies] == [False, False, True, False]
    assert not before[0].exists()
    assert _prune(engine, archive).answers == 0
    with reading(engine) as session:
        assert len(session.exec(select(Capture)).all()) == 4
    assert list(faults(engine, archive, lambda done, total: None)) == []


@pytest.mark.parametrize(
    ("status", "stays"), [("missing", True), ("late", True), ("exempt", False)]
)
def test_what_an_accusation_rests_on_never_goes(
    engine: Engine, archive: Archive, status: str, stays: bool
) -> None:
    sha256 = kept(archive, an_exchange())
    _visited(engine, sha256)
    _stands(engine, status)
    _prune(engine, archive)
    assert _is_there(archive, sha256) is stays


def test_bytes_that_a_recent_visit_saw_stay_however_old_they_are(
    engine: Engine, archive: Archive
) -> None:
    seen, repeated = kept(archive, an_exchange(b"1")), kept(archive, an_exchange(b"2"))
    _visited(engine, seen, LATER - timedelta(days=9))
    kept(archive, an_exchange(b"2", url=f"{URL}?2"), at=LATER - timedelta(days=9))
    assert _prune(engine, archive) == Pruning(0, 0, 2)
    assert _is_there(archive, seen)
    assert _is_there(archive, repeated)


def test_a_file_that_holds_what_stays_and_is_written_today_is_not_lost(
    engine: Engine, archive: Archive
) -> None:
    old, new = kept(archive, an_exchange(b"old", url=f"{URL}?1")), None
    kept(archive, an_exchange(b"refused", url=f"{URL}?2", status=412), Outcome.BLOCKED)
    new = kept(archive, an_exchange(b"new", url=f"{URL}?3"), at=LATER)
    with writing(engine) as session:
        # As a prune on this very day would have left it.
        for row in session.exec(select(Capture).where(Capture.sha256 == new)):
            row.at = NOON
        session.add(Resource(url=URL, sha256=old, outcome="ok", checked_at=NOON))
    _prune(engine, archive)
    assert [_is_there(archive, body) for body in (old, new)] == [True, False]
    assert list(faults(engine, archive, lambda done, total: None)) == []
