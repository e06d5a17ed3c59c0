"""Reports beside those of other units: likeness, twins, parts, copies, and who is judged again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from db.tables import Agency, Event, FindingRow, Narrative, Snapshot
from monitor.anew import Anew, beside_another
from monitor.likeness import likenesses_of
from monitor.surroundings import parts_of, twins_of
from monitor.version_events import broken_findings
from monitor.versions import record
from reports.profile import DEFAULT
from sandbox.readings import Reading
from tests.builders import a_report, with_cell
from tests.desk import NOON, SEASON, YEAR, Desk, sentences, told

NEW = "requests.new.total"


@pytest.fixture
def county(desk: Desk) -> Desk:
    """Return a county whose other units write each for themselves: nothing is its template."""
    for number in range(5):
        desk.publish(desk.unit(f"邻{number}"), told(sentences(50 + number)))
    return desk


def test_copy_of_another_report_is_told_of_both_the_older_one_included(county: Desk) -> None:
    one, two = county.unit("一"), county.unit("二")
    county.publish(one, told(sentences(1)))
    assert county.found("D01") == {}
    county.publish(two, told(sentences(1)))
    assert county.found("D01") == {"一": ">=100% 甲县二局", "二": ">=100% 甲县一局"}
    raised = ("findings.raised", "一"), ("findings.raised", "二")
    assert sorted(county.told_of("D01")) == sorted(raised)


def test_near_copy_names_address_passage_and_first_sight(county: Desk) -> None:
    one, two = county.unit("一"), county.unit("二")
    county.publish(one, told(sentences(1)))
    (found,) = likenesses_of(county.session, told(sentences(1, 10), sentences(2, 2)), two, YEAR)
    assert 0.75 < found.share < 0.9
    assert found.identity.key == "一"
    assert found.source.url == "http://x.gov.cn/6.html"
    assert found.source.seen_at == NOON + timedelta(hours=6)
    assert found.passage in "".join(sentences(1))


def test_unlike_reports_tell_nothing(desk: Desk) -> None:
    for number in range(4):
        desk.publish(desk.unit(str(number)), told(sentences(number)))
    assert desk.found("D01") == {}


def test_template_of_the_county_is_no_copy_but_a_copy_within_it_is(desk: Desk) -> None:
    template = sentences(0, 18)
    for number in range(10):
        desk.publish(desk.unit(str(number)), told(template, sentences(100 + number, 8)))
    early = set(desk.found("D01"))
    copy = desk.unit("抄")
    desk.publish(copy, told(template, sentences(107, 8)))
    assert set(desk.found("D01")) - early == {"抄", "7"}
    assert desk.found("D01")["抄"] == ">=100% 甲县7局"
    plain = told(template, sentences(999, 8))
    assert likenesses_of(desk.session, plain, desk.unit("新"), YEAR) == ()


def test_few_units_of_a_county_accuse_nobody_until_its_template_can_be_told(desk: Desk) -> None:
    for number in range(4):
        desk.publish(desk.unit(str(number)), told(sentences(number // 2)))
    assert desk.found("D01") == {}
    desk.publish(desk.unit("五"), told(sentences(9)))
    assert set(desk.found("D01")) == {"0", "1", "2", "3"}


def test_template_that_shows_only_later_clears_the_first_who_used_it(county: Desk) -> None:
    for number in range(2):
        county.publish(county.unit(str(number)), told(sentences(1)))
    assert set(county.found("D01")) == {"0", "1"}
    for number in range(2, 5):
        county.publish(county.unit(str(number)), told(sentences(1)))
    assert county.found("D01") == {}


def test_passage_quoted_is_not_the_countys_template(desk: Desk) -> None:
    template, own = sentences(0, 18), sentences(107, 8)
    for number in range(10):
        desk.publish(desk.unit(str(number)), told(template, sentences(100 + number, 8)))
    found = likenesses_of(desk.session, told(template, own), desk.unit("抄"), YEAR)
    assert found[0].passage in "".join(own)


def test_many_equal_reports_raise_no_storm(desk: Desk) -> None:
    units = [desk.unit(str(number), region=f"41{number:02}11") for number in range(12)]
    for agency in units:
        desk.publish(agency, told(sentences(1)))
    told_once = desk.told_of("D01")
    assert len(told_once) == len(set(told_once))


def test_mended_report_takes_the_finding_from_the_other_one_too(county: Desk) -> None:
    one, two = county.unit("一"), county.unit("二")
    county.publish(one, told(sentences(1)))
    arrival = county.arrive(told(sentences(1)))
    county.file(two, arrival)
    mended = Reading("another", told(sentences(2)))
    snapshot = replace_body(county, arrival.snapshot, "mended")
    county.file(two, replace(arrival, snapshot=snapshot, reading=mended))
    assert county.found("D01") == {}
    assert county.told_of("D01")[-2:] == [("findings.cleared", "二"), ("findings.cleared", "一")]


def replace_body(desk: Desk, old: Snapshot, sha: str) -> Snapshot:
    later = old.fetched_at + timedelta(hours=9)
    new = Snapshot(url=old.url, sha256=sha, size=1, http_status=200, fetched_at=later)
    desk.session.add(new)
    desk.session.flush()
    return new


def test_judging_again_without_any_change_tells_nothing(county: Desk) -> None:
    one, two = county.unit("一"), county.unit("二")
    version = county.publish(one, told(sentences(1)))
    county.publish(two, told(sentences(1)))
    events = len(county.session.exec(select(Event)).all())
    anew = Anew(county.session, DEFAULT, beside_another("again", NOON), NOON)
    anew.judge(version, broken_findings(county.session, version))
    assert len(county.session.exec(select(Event)).all()) == events
    assert set(county.found("D01")) == {"一", "二"}


def test_index_holds_one_narrative_per_unit_and_year_and_none_of_a_picture(desk: Desk) -> None:
    one = desk.unit("一")
    arrival = desk.arrive(told(sentences(1)))
    desk.file(one, arrival)
    (row,) = desk.session.exec(select(Narrative)).all()
    snapshot = replace_body(desk, arrival.snapshot, "picture")
    picture = replace(told(sentences(1)), by_ocr=True)
    desk.file(one, replace(arrival, snapshot=snapshot, reading=Reading("p", picture)))
    assert row.agency_key == "一"
    assert desk.session.exec(select(Narrative)).all() == []


def test_narrative_known_before_the_index_was_is_entered_when_judged_anew(desk: Desk) -> None:
    one = desk.unit("一")
    version = desk.publish(one, told(sentences(1)))
    for row in desk.session.exec(select(Narrative)).all():
        desk.session.delete(row)
    desk.session.flush()
    Anew(desk.session, DEFAULT, beside_another("x", NOON), NOON).judge(version, {})
    assert [row.agency_key for row in desk.session.exec(select(Narrative))] == ["一"]


def test_same_bytes_of_two_units_are_told_of_both(desk: Desk) -> None:
    one, two = desk.unit("一"), desk.unit("二")
    desk.publish(one, told(sentences(1)), body="same")
    desk.publish(two, told(sentences(1)), body="same")
    assert desk.found("D07") == {"一": "甲县二局", "二": "甲县一局"}
    assert desk.found("D01") == {}


def test_aliases_that_share_a_file_are_no_twins_and_end_the_work(desk: Desk) -> None:
    one, two = desk.unit("一"), desk.unit("二")
    two.aliases = ["甲县一局"]
    desk.publish(one, told(sentences(1)), body="same")
    version = desk.publish(two, told(sentences(1)), body="same")
    assert desk.found("D07") == desk.found("D01") == {}
    assert [twin.key for twin in twins_of(desk.session, "二", YEAR, version.snapshot_id)] == ["一"]


def test_parts_are_the_bodies_of_the_region_and_lower_governments_once(desk: Desk) -> None:
    city = desk.unit("市", "government", "410300")
    for key, kind, region in (
        ("市科", "department", "410300"),
        ("县", "government", "410311"),
        ("县科", "department", "410311"),
        ("乡", "township", "410311"),
        ("税", "vertical", "410300"),
        ("外", "department", "410400"),
    ):
        desk.publish(desk.unit(key, kind, region), a_report())
    found = parts_of(desk.session, city, YEAR)
    assert found is not None
    assert [part.identity.key for part in found.found] == ["县", "市科"]
    assert found.expected == 2
    county = desk.session.get_one(Agency, "县")
    below = parts_of(desk.session, county, YEAR)
    assert below is not None
    assert {part.identity.key for part in below.found} == {"县科", "乡"}
    assert parts_of(desk.session, desk.session.get_one(Agency, "县科"), YEAR) is None


def test_last_years_report_is_cited_with_its_address_and_hash(desk: Desk) -> None:
    one = desk.unit("一")
    last = replace(a_report(2024), agency=one.name)
    arrival = desk.arrive(last, body="c0ffee" + "0" * 58)
    record(desk.session, arrival, one, 2024, SEASON, NOON)
    desk.publish(one, with_cell(a_report(), "requests.carried_in.total", 999))
    rows = desk.session.exec(select(FindingRow).where(FindingRow.code == "Y01")).all()
    assert "http://x.gov.cn/1.html" in rows[-1].message_zh
    assert "c0ffee" in rows[-1].message_zh
