"""The conditional sweep: what has not changed costs one request and no engine, all else is read whole."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.plan import ColumnPlan
from db.tables import ColumnListing, HostRules, Link, Resource, SiteColumn, Visit
from tests.crawler.crawls import START, YI
from tests.crawler.sweeps import NEW, OTHERS, REPORT, Sweeps
from tests.season_server import Answer

pytestmark = pytest.mark.service


def test_unchanged_column_costs_one_question_for_each_address_and_is_booked(
    sweeps: Sweeps,
) -> None:
    sweeps.crawl(0)
    asked = sweeps.crawl(1)
    assert asked == [("/robots.txt", 404), ("/zfxxgk/", 304), ("/r/yi.html", 304)]
    visit = sweeps.crawls.visit("s", 1)
    assert (visit.outcome, visit.pages, visit.links, visit.candidates) == ("not_modified", 1, 2, 1)
    assert (visit.requests, visit.not_modified, visit.bytes) == (2, 2, 0)
    day = START + timedelta(days=1)
    links = {link.url[-8:]: link for link in sweeps.crawls.rows(Link)}
    assert links["/yi.html"].last_listed_at == links["/yi.html"].outcome_at == day
    assert links["/yi.html"].outcome == "not_modified"
    (column,) = sweeps.crawls.rows(SiteColumn)
    assert column.last_visit_at == column.last_good_at == day


def test_new_report_is_found_although_its_list_is_asked_only_once(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    sweeps.host.tag = '"2"'
    sweeps.host.pages["/zfxxgk/"] += NEW
    asked = sweeps.crawl(1)
    assert sorted(asked) == [
        ("/r/new.html", 200),
        ("/r/yi.html", 200),
        ("/robots.txt", 404),
        ("/zfxxgk/", 200),
    ]
    assert sweeps.outcome(1) == "ok"
    assert any(link.url.endswith("new.html") for link in sweeps.crawls.rows(Link))


def test_page_without_validators_is_unchanged_by_its_bytes(sweeps: Sweeps) -> None:
    sweeps.host.tag = None
    sweeps.crawl(0)
    asked = sweeps.crawl(1)
    assert asked == [("/robots.txt", 404), ("/zfxxgk/", 200), ("/r/yi.html", 200)]
    assert sweeps.outcome(1) == "not_modified"


def test_same_bytes_under_a_new_validator_teach_the_new_one(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    sweeps.host.tag = '"2"'
    assert [status for _, status in sweeps.crawl(1)] == [404, 200, 200]
    assert sweeps.outcome(1) == "not_modified"
    assert {row.etag for row in sweeps.crawls.rows(Resource)} == {'"2"'}
    assert [status for _, status in sweeps.crawl(2)] == [404, 304, 304]


def test_changed_report_behind_an_unchanged_list_is_read(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    changed = REPORT.replace("总体".encode(), "总的".encode())
    sweeps.host.faults["/r/yi.html"] = Answer(200, changed, {"ETag": '"9"'})
    asked = sweeps.crawl(1)
    assert asked == [("/robots.txt", 404), ("/zfxxgk/", 304), ("/r/yi.html", 200)]
    assert sweeps.crawls.link(f"{sweeps.site.base_url}/r/yi.html").outcome == "ok"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(404), "column_lost"),
        (Answer(403), "blocked"),
        (Answer(500), "server_error"),
        (Answer(200, "<p>您访问的页面不存在</p>".encode()), "soft_404"),
        (Answer(302, headers={"Location": "/"}), "redirected_home"),
        (Answer(302, headers={"Location": "http://127.0.0.1:9/"}), "offsite"),
        (Answer(200, b"x" * 50, cut_after=10), "unreachable"),
        (Answer(reset=True), "unreachable"),
        (Answer(200, b"\x1f\x8b broken", {"Content-Encoding": "gzip"}), "garbage"),
        (Answer(200, b"x" * (2 << 20)), "too_large"),
    ],
)
def test_whatever_else_a_known_column_answers_is_named_by_a_whole_visit(
    sweeps: Sweeps, answer: Answer, outcome: str
) -> None:
    sweeps.crawl(0)
    sweeps.host.faults["/zfxxgk/"] = answer
    sweeps.crawl(1)
    assert sweeps.outcome(1) == outcome


def test_rules_that_have_come_to_forbid_are_obeyed_at_once(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    sweeps.host.robots = Answer(200, b"User-agent: *\nDisallow: /zfxxgk/\n")
    assert sweeps.crawl(1) == [("/robots.txt", 200)]
    assert sweeps.outcome(1) == "robots"


def test_rules_that_cannot_be_read_stop_the_sweep_of_their_host(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    sweeps.host.robots = Answer(500)
    assert {path for path, _ in sweeps.crawl(1)} == {"/robots.txt"}
    assert sweeps.outcome(1) == "server_error"


def test_rules_are_asked_for_again_only_if_they_have_changed(sweeps: Sweeps) -> None:
    rules = b"User-agent: *\nDisallow: /admin/\n"
    sweeps.host.robots = Answer(200, rules, {"ETag": '"r"'})
    sweeps.crawl(0)
    sweeps.crawl(1)
    sweeps.host.robots = Answer(304)
    assert sweeps.crawl(2)[0] == ("/robots.txt", 304)
    (known,) = sweeps.crawls.rows(HostRules)
    assert (known.robots_body, known.robots_at) == (rules.decode(), START + timedelta(days=2))


def test_silent_host_costs_one_probe_for_all_its_columns(sweeps: Sweeps) -> None:
    column = sweeps.site.columns[0]
    twin = replace(column, key="s/y", url=column.url.replace("zfxxgk", "other"))
    sweeps.host.pages["/other/"] = OTHERS
    site = replace(sweeps.site, columns=(column, twin))
    sweeps.crawl(0, site)
    sweeps.host.silent = threading.Event()
    asked = sweeps.crawl(1, site, timeout_seconds=0.5)
    sweeps.host.silent.set()
    outcomes = sweeps.crawls.outcomes(1)
    assert outcomes == {"s": "timeout", "s/y": "timeout"}
    assert len(asked) <= 1
    visits = {visit.column_key: visit for visit in sweeps.crawls.rows(Visit) if visit.at > START}
    assert "不再访问" in visits["s/y"].detail_zh
    assert visits["s/y"].requests == 0


def test_two_requests_to_a_host_keep_their_distance_through_sweep_and_visit(
    sweeps: Sweeps,
) -> None:
    sweeps.crawl(0)
    sweeps.host.tag = '"2"'
    sweeps.host.pages["/zfxxgk/"] += NEW
    sweeps.host.asked_at.clear()
    sweeps.crawl(1, delay_seconds=0.3)
    times = sweeps.host.asked_at
    assert len(times) == 4
    assert min(after - before for before, after in zip(times, times[1:], strict=False)) >= 0.3


def test_host_that_asks_for_time_is_left_alone_until_then(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    sweeps.host.faults["/zfxxgk/"] = Answer(503, headers={"Retry-After": "129600"})
    sweeps.crawl(1)
    assert sweeps.outcome(1) == "server_error"
    sweeps.host.faults.clear()
    assert ("/zfxxgk/", 304) not in sweeps.crawl(2)
    assert sweeps.outcome(2) == "server_error"
    assert "要求" in sweeps.crawls.visit("s", 2).detail_zh
    sweeps.crawl(3)
    assert sweeps.outcome(3) in {"ok", "not_modified"}


def test_unasked_answer_never_becomes_the_answer_to_the_next_question(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    stowed = b"<p>x</p>HTTP/1.1 304 Not Modified\r\n\r\n"
    sweeps.host.faults["/zfxxgk/"] = Answer(200, stowed)
    sweeps.crawl(1)
    assert sweeps.outcome(1) == "column_lost"


def test_plan_that_has_changed_has_the_column_read_anew(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    column = ColumnPlan("s/x", sweeps.site.columns[0].url, "list", (YI,))
    sweeps.crawl(1, replace(sweeps.site, columns=(column,)))
    listings = {row.plan_key for row in sweeps.crawls.rows(ColumnListing)}
    sweeps.crawl(2)
    assert {row.plan_key for row in sweeps.crawls.rows(ColumnListing)} != listings


def test_private_host_that_is_not_permitted_is_not_swept_either(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    assert sweeps.crawl(1, replace(sweeps.site, allow_private=False)) == []
    assert sweeps.outcome(1) == "refused_address"
