"""Reading the same bytes again revises nothing; what a mended reader sees replaces what the old one saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from db.session import reading, writing
from db.tables import FindingRow, Link, Obligation, ReaderFault, ReportVersion
from monitor.ingest import ingest
from monitor.renewal import KEPT
from reports.reading.read import READER_VERSION
from sandbox.limits import Limits
from sandbox.pool import Sandbox
from tests.deployment import Agency, Deployment, china
from tests.season_site import SeasonSite

pytestmark = pytest.mark.service

NAME = "甲县财政局"
FIRST, SECOND, THIRD = "2026-01-24T09:00", "2026-01-24T21:00", "2026-01-25T09:00"
INSTANT = Limits(seconds=0.000_001)


@pytest.fixture
def site() -> Iterator[SeasonSite]:
    with SeasonSite() as made:
        made.publish(NAME, 2025, date(2026, 1, 20))
        yield made


@pytest.fixture
def house(site: SeasonSite, tmp_path: Path) -> Deployment:
    return Deployment(tmp_path, {"site": site.column_url}, (Agency("one", NAME),))


def version_of(house: Deployment) -> ReportVersion:
    with reading(house.house.engine) as session:
        return session.exec(select(ReportVersion)).one()


def findings_of(house: Deployment) -> list[dict[str, Any]]:
    with reading(house.house.engine) as session:
        return [row.model_dump() for row in session.exec(select(FindingRow))]


def read_again(house: Deployment, at: str, sandbox: Sandbox | None = None) -> None:
    reader = house.house.reader
    ingest(replace(reader, sandbox=sandbox) if sandbox else reader, house.house.season, china(at))


def as_an_older_reader_left_it(house: Deployment, **differences: Any) -> None:
    """Put the version into the state that an older reader would have left."""
    with writing(house.house.engine) as session:
        version = session.exec(select(ReportVersion)).one()
        version.reader_version = "0"
        for name, value in differences.items():
            setattr(version, name, value)
        for link in session.exec(select(Link)):
            link.read_by = "0"


def accuse_falsely(house: Deployment) -> None:
    with writing(house.house.engine) as session:
        version = session.exec(select(ReportVersion)).one()
        session.add(
            FindingRow(
                version_id=version.id,
                agency_key="one",
                year=2025,
                outcome="broken",
                code="B01",
                severity="error",
                message_zh="不平",
                message_en="does not balance",
                fingerprint="false",
            )
        )


def test_reading_again_with_the_same_reader_changes_nothing(house: Deployment) -> None:
    house.once(FIRST)
    known, findings, events = version_of(house), findings_of(house), house.events()
    with writing(house.house.engine) as session:
        for link in session.exec(select(Link)):
            link.read_snapshot_id = None
    read_again(house, SECOND)
    assert version_of(house).model_dump() == known.model_dump()
    assert findings_of(house) == findings
    assert house.events() == events


def test_a_newer_reader_renews_the_version_in_place_and_tells_no_revision(
    house: Deployment,
) -> None:
    house.once(FIRST)
    known, events = version_of(house), house.events()
    as_an_older_reader_left_it(house, content_key="0" * 64, title="乱码", report=known.report)
    read_again(house, SECOND)
    assert version_of(house).model_dump() == known.model_dump()
    assert house.events() == events


def test_an_accusation_that_a_mended_reader_does_not_repeat_is_withdrawn_with_the_reason(
    house: Deployment,
) -> None:
    house.once(FIRST)
    accuse_falsely(house)
    as_an_older_reader_left_it(house, verdict="inconsistent")
    read_again(house, SECOND)
    last = house.events()[-1]
    assert last["kind"] == "findings.cleared"
    assert "读取程序已改进" in last["data"]["because"]["zh"]
    assert version_of(house).verdict != "inconsistent"
    assert not [row for row in findings_of(house) if row["fingerprint"] == "false"]
    read_again(house, THIRD)
    assert house.events()[-1] == last


def test_what_a_mended_reader_sees_first_is_raised_with_the_reason(
    site: SeasonSite, house: Deployment
) -> None:
    house.once(FIRST)
    with writing(house.house.engine) as session:
        broken = session.exec(select(FindingRow).where(FindingRow.outcome == "broken")).all()
        version = session.exec(select(ReportVersion)).one()
        expected = sorted(row.fingerprint for row in broken if row.version_id)
        for row in broken:
            session.delete(row)
        session.flush()
        version.reader_version = "0"
    read_again(house, SECOND)
    found = sorted(row["fingerprint"] for row in findings_of(house) if row["outcome"] == "broken")
    assert found == expected
    kinds = house.kinds("one")
    assert kinds.count("findings.raised") == (2 if expected else 0)
    assert "report.revised" not in kinds


def test_what_was_unreadable_becomes_the_report_of_the_same_version(house: Deployment) -> None:
    house.once(FIRST)
    known, kinds = version_of(house), house.kinds("one")
    as_an_older_reader_left_it(
        house,
        readable=False,
        report={},
        grids=[],
        form=None,
        verdict="unreadable",
        unreadable_zh="读不了",
        unreadable_en="cannot",
    )
    read_again(house, SECOND)
    assert version_of(house).model_dump() == known.model_dump()
    assert "report.revised" not in house.kinds("one")
    assert house.kinds("one").count("report.published") == kinds.count("report.published")


@pytest.mark.parametrize(("read_by", "becomes_report"), [("0", True), (READER_VERSION, False)])
def test_a_body_that_became_no_report_is_tried_again_by_a_newer_reader_only(
    house: Deployment, read_by: str, becomes_report: bool
) -> None:
    house.once(FIRST)
    with writing(house.house.engine) as session:
        forget_reports(session)
        for link in session.exec(select(Link)):
            link.agency_key, link.year, link.read_by = None, None, read_by
    read_again(house, SECOND)
    with reading(house.house.engine) as session:
        assert (session.exec(select(ReportVersion)).first() is not None) is becomes_report


def forget_reports(session: Session) -> None:
    for obligation in session.exec(select(Obligation)):
        obligation.version_id = obligation.link_id = None
    session.flush()
    for row in session.exec(select(FindingRow)):
        session.delete(row)
    session.flush()
    for version in session.exec(select(ReportVersion)):
        session.delete(version)


@pytest.mark.parametrize("number", [1, 2])
def test_no_revision_is_told_where_either_side_was_read_from_a_picture(
    site: SeasonSite, house: Deployment, number: int
) -> None:
    house.once(FIRST)
    url = house.obligations()["one"]["url"]
    with writing(house.house.engine) as session:
        version = session.exec(select(ReportVersion)).one()
        version.report = {**version.report, "by_ocr": number == 1}
    site.revise(url, note="本年度另有一项需要报告的事项。")
    house.once(SECOND)
    revised = "report.revised" in house.kinds("one")
    assert revised is (number == 2)


def test_a_body_that_ended_its_worker_twice_is_not_tried_until_the_reader_changes(
    house: Deployment,
) -> None:
    first = house.house
    house._house = replace(first, sandbox=Sandbox(INSTANT))
    house.once(FIRST)
    assert _faults(house) == [1]
    assert (version_of(house).readable, version_of(house).verdict) == (False, "unreadable")
    read_again(house, SECOND)
    assert _faults(house) == [2]

    house._house = first
    read_again(house, THIRD)
    assert not version_of(house).readable
    assert _faults(house) == [2]
    with reading(first.engine) as session:
        reason = session.exec(select(ReaderFault)).one()
    assert (reason.code, version_of(house).unreadable_zh) == ("time", reason.reason_zh)

    with writing(first.engine) as session:
        session.exec(select(ReaderFault)).one().reader_version = "0"
    as_an_older_reader_left_it(house)
    read_again(house, THIRD)
    assert version_of(house).readable
    assert _faults(house) == []
    assert house.kinds("one").count("report.unreadable") == 1
    assert "report.revised" not in house.kinds("one")


def test_a_body_that_failed_once_is_read_by_the_next_pass(house: Deployment) -> None:
    first = house.house
    house._house = replace(first, sandbox=Sandbox(INSTANT))
    house.once(FIRST)
    house._house = first
    house.once(SECOND)
    assert version_of(house).readable
    assert (version_of(house).number, _faults(house)) == (1, [])


def test_what_was_read_once_is_kept_when_the_newer_reader_fails_on_it(house: Deployment) -> None:
    house.once(FIRST)
    known = version_of(house)
    as_an_older_reader_left_it(house)
    failing = Sandbox(INSTANT)
    for at in (SECOND, THIRD, THIRD):
        read_again(house, at, failing)
    kept = version_of(house)
    assert kept.report == known.report
    assert kept.reader_version == KEPT


def test_a_body_that_the_archive_lost_keeps_its_reading_and_stops_nothing(
    house: Deployment, tmp_path: Path
) -> None:
    house.once(FIRST)
    known = version_of(house)
    as_an_older_reader_left_it(house)
    for path in (tmp_path / "data" / "archive").rglob("*"):
        if path.is_file():
            path.unlink()
    read_again(house, SECOND)
    assert version_of(house).report == known.report
    assert version_of(house).reader_version == KEPT
    assert READER_VERSION in KEPT


def _faults(house: Deployment) -> Sequence[int]:
    with reading(house.house.engine) as session:
        return [fault.times for fault in session.exec(select(ReaderFault))]
