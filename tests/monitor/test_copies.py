"""Other copies of one report: kept, let go when they are taken away, told whenever they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from db.tables import ReportCopy
from monitor.anew import Anew, beside_another
from monitor.copies import let_go
from monitor.surroundings import copies_of
from monitor.version_events import broken_findings
from sandbox.readings import Reading
from tests.builders import a_report, with_cell
from tests.desk import NOON, PROFILE, YEAR, Desk

NEW = "requests.new.total"


def test_copy_with_other_figures_is_kept_and_told_and_dropped_when_mended(desk: Desk) -> None:
    one = desk.unit("一")
    version = desk.publish(one, a_report())
    copy = desk.arrive(with_cell(a_report(), NEW, 61))
    assert desk.file(one, copy) is version
    assert desk.found("X05") == {"一": "60"}
    (kept,) = copies_of(desk.session, "一", YEAR)
    assert (kept.what.zh, kept.source.url) == ("另一网页", "http://x.gov.cn/2.html")
    desk.file(one, replace(copy, reading=Reading("now the same", a_report())))
    assert desk.found("X05") == {}
    assert [kind for kind, _ in desk.told_of("X05")] == ["findings.raised", "findings.cleared"]


def test_copy_that_is_gone_contradicts_nothing(desk: Desk) -> None:
    one = desk.unit("一")
    desk.publish(one, a_report())
    copy = desk.arrive(with_cell(a_report(), NEW, 61))
    desk.file(one, copy)
    copy.link.outcome = "not_found"
    assert list(copies_of(desk.session, "一", YEAR)) == []


def test_copy_that_was_taken_away_is_let_go_and_contradicts_again_when_it_is_back(
    desk: Desk,
) -> None:
    one = desk.unit("一")
    desk.publish(one, a_report())
    copy = desk.arrive(with_cell(a_report(), NEW, 61))
    desk.file(one, copy)
    assert let_go(desk.session) == ()
    copy.link.outcome, copy.link.read_snapshot_id = "not_found", copy.snapshot.id
    assert let_go(desk.session) == (("一", YEAR),)
    assert let_go(desk.session) == ()
    copy.link.outcome = "not_modified"
    assert list(copies_of(desk.session, "一", YEAR)) == []
    assert let_go(desk.session) == ()
    assert copy.link.read_snapshot_id is None
    desk.file(one, copy)
    assert len(list(copies_of(desk.session, "一", YEAR))) == 1
    assert desk.found("X05") == {"一": "60"}


def test_copy_that_another_reader_read_contradicts_again_once_it_is_read(desk: Desk) -> None:
    one = desk.unit("一")
    version = desk.publish(one, a_report())
    copy = desk.arrive(with_cell(a_report(), NEW, 61))
    desk.file(one, copy)
    desk.session.exec(select(ReportCopy)).one().reader_version = "0"
    anew = Anew(desk.session, PROFILE, beside_another("reader", NOON), NOON)
    anew.judge(version, broken_findings(desk.session, version))
    assert desk.found("X05") == {}
    desk.file(one, copy)
    assert desk.found("X05") == {"一": "60"}


def test_copy_that_changes_back_and_forth_is_told_every_time(desk: Desk) -> None:
    one = desk.unit("一")
    desk.publish(one, a_report())
    copy = desk.arrive(with_cell(a_report(), NEW, 61))
    for hour in range(4):
        now, report = NOON + timedelta(days=hour), a_report() if hour % 2 else copy.reading.report
        snapshot = copy.snapshot
        snapshot.fetched_at = now
        desk.file(one, replace(copy, reading=Reading(f"{hour}", report)))
    told = [kind for kind, _ in desk.told_of("X05")]
    assert told == ["findings.raised", "findings.cleared"] * 2
