"""Pictures take seconds each: a pass reads everything else first, and only so many of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from db.session import reading, writing
from db.tables import Link, ReportVersion, Snapshot
from monitor import ingest as ingesting
from monitor import renewal
from monitor.ingest import ingest
from reports.documents.ocr import is_installed
from reports.reading.read import READER_VERSION
from reports.visits import Outcome
from tests.deployment import Agency, Deployment, china
from tests.exchanges import NOON, an_exchange
from tests.monitor.test_reading_again import forget_reports
from tests.sandbox.bombs import png
from tests.season_site import SeasonSite

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(not is_installed(), reason="needs the extra ocr"),
]

NAMES = {"one": "甲县财政局", "two": "乙县财政局", "three": "丙县财政局"}
FIRST, SECOND, THIRD = "2026-01-24T09:00", "2026-01-24T21:00", "2026-01-25T09:00"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Deployment]:
    with SeasonSite() as site:
        for day, name in enumerate(NAMES.values(), start=10):
            site.publish(name, 2025, date(2026, 1, day))
        agencies = tuple(Agency(key, name) for key, name in NAMES.items())
        yield Deployment(tmp_path, {"site": site.column_url}, agencies)


@pytest.fixture(autouse=True)
def one_in_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "MOST_RECOGNISED", 1)
    monkeypatch.setattr(renewal, "MOST_RECOGNISED", 1)


def picture(number: int) -> bytes:
    """Return a picture that breaks off: to learn that takes no second, to recognise one does."""
    return png(900, 900)[: 60 + number]


def put_pictures(house: Deployment, session: Session, *agencies: str) -> None:
    """Put pictures in the place of what was fetched for these agencies."""
    for number, key in enumerate(agencies):
        link = session.exec(select(Link).where(Link.agency_key == key)).one()
        snapshot = session.get_one(Snapshot, link.snapshot_id)
        snapshot.sha256 = house.house.archive.keep(an_exchange(picture(number)), Outcome.OK, NOON)
        snapshot.media_type = "image/png"


def ingested(house: Deployment, at: str) -> dict[str, bool]:
    """Run the ingest; return which agencies have a version, and whether it is readable."""
    ingest(house.house.reader, house.house.season, china(at))
    with reading(house.house.engine) as session:
        return {row.agency_key: row.readable for row in session.exec(select(ReportVersion))}


def test_new_pictures_come_after_what_is_quickly_read_and_one_by_one(house: Deployment) -> None:
    house.once(FIRST)
    with writing(house.house.engine) as session:
        forget_reports(session)
        put_pictures(house, session, "one", "two")
        for link in session.exec(select(Link)):
            link.read_snapshot_id = None
    first = ingested(house, SECOND)
    assert first.pop("three") is True
    assert list(first.values()) == [False]
    assert ingested(house, THIRD) == {"one": False, "two": False, "three": True}
    with reading(house.house.engine) as session:
        reasons = session.exec(
            select(ReportVersion.unreadable_en).where(col(ReportVersion.readable).is_(False))
        ).all()
    assert all("the picture cannot be decoded" in (reason or "") for reason in reasons)


def test_pictures_that_an_older_reader_left_are_renewed_one_by_one(house: Deployment) -> None:
    house.once(FIRST)
    with writing(house.house.engine) as session:
        put_pictures(house, session, "one", "two")
        for version in session.exec(select(ReportVersion)):
            version.reader_version, version.readable = "0", version.agency_key == "three"
    for at, left in ((SECOND, 1), (THIRD, 0)):
        ingested(house, at)
        with reading(house.house.engine) as session:
            read_by = [version.reader_version for version in session.exec(select(ReportVersion))]
        assert (read_by.count("0"), read_by.count(READER_VERSION)) == (left, 3 - left)
