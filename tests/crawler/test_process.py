"""The crawling process: stopped, broken, orphaned, and what its parent learns of it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from crawler.plan import CrawlPlan
from crawler.plan_file import write_plan
from crawler.process import CrawlFailed, run_crawl
from tests.crawler.crawls import Crawls, site_plan
from tests.crawler.processes import children_of, is_gone
from tests.season_site import Fault, SeasonSite

pytestmark = pytest.mark.service

PARENT = """
import sys
from dataclasses import replace
from crawler.plan_file import PlanFile
from crawler.process import run_crawl
plan = PlanFile(int(sys.argv[1]))
run_crawl(replace(plan.head, sites=tuple(plan.site(number) for number in plan.numbers)))
"""


@pytest.fixture
def slow() -> Iterator[SeasonSite]:
    with SeasonSite() as site:
        site.publish("甲县乙局", 2025, date(2026, 1, 20))
        site.fail(Fault.SLOW, site.column_url)
        yield site


def slow_plan(crawls: Crawls, slow: SeasonSite) -> CrawlPlan:
    sites = (site_plan("slow", slow.column_url), site_plan("next", slow.column_url))
    return crawls.plan(*sites, timeout_seconds=60.0)


def was_asked(site: SeasonSite) -> bool:
    return any(hit.path == "/robots.txt" for hit in site.hits)


def wait_until_asked(site: SeasonSite) -> None:
    pause = threading.Event()
    for _ in range(200):
        if was_asked(site):
            return
        pause.wait(0.05)
    pytest.fail("the crawl never asked the site")


def test_stopped_crawl_ends_soon_and_leaves_a_row_for_every_column(
    crawls: Crawls, slow: SeasonSite, tmp_path: Path
) -> None:
    lock = os.open(tmp_path / "lock", os.O_CREAT)
    summary = run_crawl(
        slow_plan(crawls, slow), keep_open_fds=(lock,), should_stop=lambda: was_asked(slow)
    )
    os.close(lock)
    assert summary.seconds < 5
    assert crawls.outcomes() == {"slow": "incomplete", "next": "incomplete"}
    assert "提前停止" in crawls.visit("slow").detail_zh


def test_crawl_dies_with_its_parent(crawls: Crawls, slow: SeasonSite) -> None:
    with TemporaryFile() as file:
        write_plan(slow_plan(crawls, slow), file)
        number = file.fileno()
        command = [sys.executable, "-c", PARENT, str(number)]
        parent = subprocess.Popen(command, pass_fds=(number,))
    wait_until_asked(slow)
    (crawl,) = children_of(parent.pid)
    parent.kill()
    parent.wait()
    assert is_gone(crawl)


def test_crawl_that_cannot_write_fails_with_the_end_of_its_log(
    crawls: Crawls, caplog: pytest.LogCaptureFixture
) -> None:
    site = site_plan("s", "http://127.0.0.1:9/")
    plan = replace(crawls.plan(site), database_url="sqlite:////nowhere/at/all.db")
    with caplog.at_level(logging.INFO), pytest.raises(CrawlFailed) as failed:
        run_crawl(plan)
    assert "unable to open database file" in failed.value.words.en
    assert "采集进程异常结束" in failed.value.words.zh
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("arguments", [[], ["plan"], ["0"], ["97"]])
def test_process_without_a_plan_says_so_on_one_line(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "nonsense").write_bytes(b"nonsense\n")
    with (tmp_path / "nonsense").open() as nonsense:
        done = subprocess.run(
            [sys.executable, "-m", "crawler.run", *arguments],
            stdin=nonsense,
            capture_output=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("ERROR event=plan_unreadable")


def test_crawl_that_is_silent_for_too_long_is_ended_and_reported(
    crawls: Crawls, slow: SeasonSite
) -> None:
    plan = slow_plan(crawls, slow)
    patient = replace(plan, settings=replace(plan.settings, stall_seconds=2.0))
    with pytest.raises(CrawlFailed, match="silent for 2 s") as failed:
        run_crawl(patient)
    assert "没有动静" in failed.value.words.zh


def test_visit_ends_when_its_time_is_up_and_says_so(crawls: Crawls, slow: SeasonSite) -> None:
    slow.heal(slow.column_url)
    slow.robots = "User-agent: *\nCrawl-delay: 1\n"
    crawls.crawl(site_plan("slow", slow.column_url), visit_seconds=0.5)
    visit = crawls.visit("slow")
    assert visit.outcome == "incomplete"
    assert "用时已满" in visit.detail_zh
    crawls.crawl(site_plan("slow", slow.column_url), day=1)
    whole = {"refetch_days": 0.01, "visit_seconds": 0.5}
    crawls.crawl(site_plan("slow", slow.column_url), day=2, **whole)
    assert crawls.visit("slow", day=2).outcome == "not_modified"
    assert "未再核对" in crawls.visit("slow", day=2).detail_zh


def test_long_sweep_of_a_slow_host_is_not_taken_for_a_hung_one(crawls: Crawls) -> None:
    with SeasonSite() as site:
        for year in range(2014, 2025):
            site.publish("甲县乙局", year, date(year + 1, 1, 20))
        plan = site_plan("slow", site.column_url)
        crawls.crawl(plan)
        summary = crawls.crawl(plan, day=1, delay_seconds=1.0, stall_seconds=8.0)
    assert summary.seconds > 9
    assert crawls.visit("slow", day=1).outcome == "not_modified"


def test_plan_that_finds_no_room_is_told_in_one_sentence(
    crawls: Crawls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(CrawlFailed, match="no site was visited") as failed:
        run_crawl(crawls.plan(site_plan("s", "http://127.0.0.1:9/")))
    assert "本轮没有访问网站" in failed.value.words.zh
