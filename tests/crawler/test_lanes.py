"""A sweep of many hosts goes on in two processes, which ask, book, stop and break as one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from tempfile import TemporaryFile

import pytest

from crawler.lane.lanes import HOSTS_WORTH_A_LANE, MOST_LANES, lanes_for
from crawler.lane.portions import Share
from crawler.plan import SitePlan
from crawler.plan_file import write_plan
from crawler.process import CrawlFailed, run_crawl
from db.tables import Visit
from tests.crawler.crawls import START, Crawls, site_plan
from tests.crawler.processes import children_of, is_gone, wait_for_children
from tests.crawler.sweeps import NEW, Host
from tests.season_server import Answer, LocalServer

pytestmark = pytest.mark.service

COUNT = 2 * HOSTS_WORTH_A_LANE


class Hosts:
    """Enough hosts for two lanes, each with one column; all were read once."""

    def __init__(self, stack: ExitStack, crawls: Crawls) -> None:
        self.crawls = crawls
        self.hosts = [Host() for _ in range(COUNT)]
        self.servers = [LocalServer(host.answer) for host in self.hosts]
        for server in self.servers:
            stack.callback(server.close)
        crawls.crawl(*self.sites)
        self.forget()

    @property
    def sites(self) -> list[SitePlan]:
        numbered = enumerate(self.servers)
        return [site_plan(f"s{n}", f"http://127.0.0.1:{s.port}/zfxxgk/") for n, s in numbered]

    def forget(self) -> None:
        for server in self.servers:
            server.hits.clear()

    def asked(self) -> Counter[str]:
        """Return how often each path was asked for at all hosts together."""
        return Counter(hit.path for server in self.servers for hit in server.hits)

    def outcomes(self, day: int) -> Counter[str]:
        at = START + timedelta(days=day)
        return Counter(visit.outcome for visit in self.crawls.rows(Visit) if visit.at == at)


@pytest.fixture
def hosts(crawls: Crawls) -> Iterator[Hosts]:
    with ExitStack() as stack:
        yield Hosts(stack, crawls)


@pytest.mark.parametrize(
    ("hosts", "processors", "connections", "lanes"),
    [
        (0, 2, 64, 1),
        (COUNT - 1, 2, 64, 1),
        (COUNT, 1, 64, 1),
        (COUNT, 2, 1, 1),
        (COUNT, 2, 64, 2),
        (99_999, 64, 64, MOST_LANES),
    ],
)
def test_lanes_are_as_many_as_are_worth_their_start(
    hosts: int, processors: int, connections: int, lanes: int
) -> None:
    assert lanes_for(hosts, processors, connections) == lanes


@pytest.mark.parametrize("total", [2, 3, 64, 30_000])
def test_lanes_keep_a_bound_together(total: int) -> None:
    assert sum(Share((), 2, lane).of(total) for lane in range(2)) == total


def test_two_lanes_ask_each_host_once_and_book_everything(hosts: Hosts) -> None:
    changed = [hosts.hosts[number] for number in (0, 1, COUNT - 1)]
    for host in changed:
        host.pages["/zfxxgk/"] += NEW
        host.faults["/zfxxgk/"] = Answer(200, host.pages["/zfxxgk/"].encode())
    summary = hosts.crawls.crawl(*hosts.sites, day=1)
    asked = hosts.asked()
    assert asked["/zfxxgk/"] == asked["/robots.txt"] == COUNT
    assert hosts.outcomes(1) == {"not_modified": COUNT - 3, "ok": 3}
    assert summary.requests == asked.total()


def test_a_lane_whose_books_break_ends_the_whole_sweep(hosts: Hosts) -> None:
    with hosts.crawls.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON sitecolumn WHEN old.key = 's1/x' "
            "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
    with pytest.raises(CrawlFailed, match="the disk is full"):
        hosts.crawls.crawl(*hosts.sites, day=1)


def test_a_stop_ends_both_lanes(hosts: Hosts) -> None:
    for host in hosts.hosts:
        host.silent = threading.Event()
    began = time.monotonic()
    plan = hosts.crawls.plan(*hosts.sites, day=1, timeout_seconds=60.0)
    run_crawl(plan, should_stop=lambda: all(host.asked_at[1:] for host in hosts.hosts))
    for host in hosts.hosts:
        host.silent.set()
    assert time.monotonic() - began < 15
    assert not hosts.outcomes(1)


def test_a_stop_is_heard_while_only_the_lane_beside_is_still_at_work(hosts: Hosts) -> None:
    beside = hosts.hosts[1::2]
    for host in beside:
        host.silent = threading.Event()
    done = threading.Event()

    def is_over() -> bool:
        # The leading lane books its last looks within a second or two.
        if hosts.outcomes(1)["not_modified"] == COUNT - len(beside):
            done.wait(2)
            return True
        return False

    began = time.monotonic()
    plan = hosts.crawls.plan(*hosts.sites, day=1, timeout_seconds=60.0)
    summary = run_crawl(plan, should_stop=is_over)
    for host in beside:
        host.silent.set()
    assert time.monotonic() - began < 12
    # Of each host its list and one report.
    assert summary.not_modified == 2 * (COUNT - len(beside))


def test_one_lane_does_where_no_other_process_is_permitted(hosts: Hosts) -> None:
    refusing = (
        "import os, sys\n"
        "def refuse(): raise BlockingIOError(11, 'Resource temporarily unavailable')\n"
        "os.fork = refuse\n"
        "from crawler.run import main\n"
        "sys.exit(main())"
    )
    with TemporaryFile() as file:
        write_plan(hosts.crawls.plan(*hosts.sites, day=1), file)
        crawl = subprocess.Popen(
            [sys.executable, "-c", refusing, str(file.fileno())],
            pass_fds=(file.fileno(),),
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert crawl.stderr is not None
    # Its input stays open until its log ends: it would take itself for an orphan.
    said = crawl.stderr.read()
    crawl.communicate()
    assert (crawl.returncode, hosts.outcomes(1)) == (0, {"not_modified": COUNT})
    assert "event=one_lane" in said


def test_a_lane_that_is_killed_ends_the_sweep_with_a_word(hosts: Hosts) -> None:
    for host in hosts.hosts:
        host.silent = threading.Event()
    before = set(children_of(os.getpid()))
    plan = hosts.crawls.plan(*hosts.sites, day=1, timeout_seconds=60.0)
    with ThreadPoolExecutor(1) as beside:
        crawl = beside.submit(run_crawl, plan)
        while not (started := set(children_of(os.getpid())) - before):
            threading.Event().wait(0.02)
        (lane,) = wait_for_children(started.pop())
        os.kill(lane, signal.SIGKILL)
        with pytest.raises(CrawlFailed, match="ended without a word"):
            crawl.result(30)
    for host in hosts.hosts:
        host.silent.set()


def test_a_lane_dies_with_the_one_that_leads(hosts: Hosts) -> None:
    for host in hosts.hosts:
        host.silent = threading.Event()
    with TemporaryFile() as file:
        write_plan(hosts.crawls.plan(*hosts.sites, day=1, timeout_seconds=60.0), file)
        leading = subprocess.Popen(
            [sys.executable, "-m", "crawler.run", str(file.fileno())],
            pass_fds=(file.fileno(),),
            stdin=subprocess.PIPE,
        )
    (lane,) = wait_for_children(leading.pid)
    leading.kill()
    leading.communicate()
    for host in hosts.hosts:
        host.silent.set()
    assert is_gone(lane)
