"""A sweep of more columns than are read together, and one whose books break."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest

from crawler.lane.portions import COLUMNS_TOGETHER
from crawler.process import CrawlFailed
from db.tables import HostRules, Visit
from tests.crawler.crawls import START
from tests.crawler.sweeps import NEW, OTHERS, Sweeps, columns
from tests.season_server import Answer

pytestmark = pytest.mark.service


def test_columns_of_many_portions_are_each_asked_once(sweeps: Sweeps) -> None:
    paths = [f"/c{number}/" for number in range(3 * COLUMNS_TOGETHER // 2)]
    sweeps.host.pages = dict.fromkeys(paths, OTHERS)
    site = columns(sweeps.site, paths)
    sweeps.crawl(0, site)
    sweeps.host.pages[paths[-1]] += NEW
    sweeps.host.faults[paths[-1]] = Answer(200, (OTHERS + NEW).encode())
    asked = [path for path, _ in sweeps.crawl(1, site)]
    assert sorted(asked) == sorted([*paths, "/r/new.html", "/robots.txt"])
    day = START + timedelta(days=1)
    visits = [visit for visit in sweeps.crawls.rows(Visit) if visit.at == day]
    found = [visit.column_key for visit in visits if visit.outcome == "ok"]
    assert (len(visits), found) == (len(paths), [f"s/{len(paths) - 1}"])


def test_silent_host_is_not_asked_for_its_later_portions_either(sweeps: Sweeps) -> None:
    paths = [f"/c{number}/" for number in range(3 * COLUMNS_TOGETHER // 2)]
    sweeps.host.pages = dict.fromkeys(paths, OTHERS)
    site = columns(sweeps.site, paths)
    sweeps.crawl(0, site)
    sweeps.host.robots = Answer(200, b"User-agent: *\nAllow: /\n")
    sweeps.crawl(1, site)
    sweeps.host.silent = threading.Event()
    sweeps.host.asked_at.clear()
    sweeps.crawl(2, site, timeout_seconds=0.5)
    sweeps.host.silent.set()
    day = START + timedelta(days=2)
    visits = [visit for visit in sweeps.crawls.rows(Visit) if visit.at == day]
    assert {visit.outcome for visit in visits} == {"timeout"}
    assert len(visits) == len(paths)
    assert len(sweeps.host.asked_at) == 1


def test_sweep_ends_when_its_books_cannot_be_written(sweeps: Sweeps) -> None:
    paths = [f"/c{number}/" for number in range(40)]
    sweeps.host.pages = dict.fromkeys(paths, OTHERS)
    site = columns(sweeps.site, paths)
    sweeps.crawl(0, site)
    with sweeps.crawls.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON sitecolumn "
            "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
    began = time.monotonic()
    with pytest.raises(CrawlFailed, match="the disk is full"):
        sweeps.crawl(1, site, delay_seconds=0.5)
    # All columns together would take twenty seconds.
    assert time.monotonic() - began < 10


def test_rules_with_a_null_byte_can_be_kept(sweeps: Sweeps) -> None:
    sweeps.crawl(0)
    sweeps.host.robots = Answer(200, "User-agent: *\nAllow: /\n".encode("utf-16"))
    sweeps.crawl(1)
    (rules,) = sweeps.crawls.rows(HostRules)
    assert "\0" not in rules.robots_body
