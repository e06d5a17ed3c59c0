"""Each way in which a site can fail ends in its name, and harms no other site: one crawl of them all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest

from crawler.plan import SitePlan
from crawler.process import CrawlSummary
from db.tables import Link, Visit
from tests.crawler.crawls import Crawls, site_plan
from tests.season_server import Answer, Ask, LocalServer
from tests.season_site import Fault, SeasonSite

pytestmark = pytest.mark.service

FAULTS: dict[str, tuple[Fault | int, str]] = {
    "reset": (Fault.DOWN, "unreachable"),
    "reset_mid_body": (Fault.RESET_MID_BODY, "unreachable"),
    "redirect_loop": (Fault.REDIRECT_LOOP, "redirect_loop"),
    "redirect_home": (Fault.REDIRECT_HOME, "redirected_home"),
    "soft_404": (Fault.SOFT_404, "soft_404"),
    "huge": (Fault.HUGE, "too_large"),
    "huge_declared": (Fault.HUGE_DECLARED, "too_large"),
    "gzip_bomb": (Fault.GZIP_BOMB, "too_large"),
    "garbage": (Fault.GARBAGE, "garbage"),
    "empty": (Fault.EMPTY, "empty"),
    "slow": (Fault.SLOW, "timeout"),
    "accepted_script": (202, "blocked"),
    "forbidden": (403, "blocked"),
    "gone": (404, "column_lost"),
    "gone_for_good": (410, "column_lost"),
    "wall_412": (412, "blocked"),
    "too_many": (429, "rate_limited"),
    "wall_521": (521, "blocked"),
    "broken": (500, "server_error"),
    "overloaded": (503, "server_error"),
}

PAGES: dict[str, tuple[Answer, str]] = {
    "script_only": (Answer(200, b"<html><script>eval(x)</script></html>"), "blocked"),
    "no_list": (
        Answer(200, "<p>本页正在建设，欢迎以后再来看看我们的工作。</p>".encode()),
        "column_lost",
    ),
    "offsite": (Answer(302, headers={"Location": "http://127.0.0.1:9/elsewhere"}), "offsite"),
    "to_file": (Answer(302, headers={"Location": "file:///etc/hostname"}), "refused_address"),
    "redirect_nowhere": (Answer(302), "garbage"),
}


class World:
    """Sites that each fail in one way, good ones beside them, and the one crawl of them all."""

    def __init__(self, stack: ExitStack, crawls: Crawls) -> None:
        self._stack = stack
        self.crawls = crawls
        self.plans: list[SitePlan] = []
        self.expected: dict[str, str] = {}
        self.seasons: dict[str, SeasonSite] = {}
        self.summary: CrawlSummary | None = None

    def add(
        self, key: str, expected: str, *, private: bool = True, tls: bool = False
    ) -> SeasonSite:
        site = self._stack.enter_context(SeasonSite())
        site.publish("甲县乙局", 2025, date(2026, 1, 20))
        url = site.column_url.replace("http:", "https:") if tls else site.column_url
        self.plans.append(site_plan(key, url, allow_private=private))
        self.expected[key] = expected
        self.seasons[key] = site
        return site

    def serve(self, key: str, answer: Answer, expected: str) -> None:
        def give(ask: Ask) -> Answer:
            return Answer(404) if ask.path == "/robots.txt" else answer

        server = LocalServer(give)
        self._stack.callback(server.close)
        self.plans.append(site_plan(key, f"http://127.0.0.1:{server.port}/col/"))
        self.expected[key] = expected


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with ExitStack() as stack:
        world = World(stack, Crawls(tmp_path_factory.mktemp("faults")))
        _break_everything(world)
        world.summary = world.crawls.crawl(*world.plans, timeout_seconds=4.0)
        yield world


def _break_everything(world: World) -> None:
    for key, (fault, expected) in FAULTS.items():
        site = world.add(key, expected)
        if isinstance(fault, Fault):
            site.fail(fault, site.column_url)
        else:
            site.fail_with_status(fault, site.column_url)
    for key, (answer, expected) in PAGES.items():
        world.serve(key, answer, expected)
    world.add("refused", "unreachable").stop_listening()
    world.add("not_tls", "unreachable", tls=True)
    world.add("private", "refused_address", private=False)
    world.add("rules_broken", "server_error").fail_with_status(500, "/robots.txt")
    world.add("rules_slow", "timeout").fail(Fault.SLOW, "/robots.txt")
    world.add("rules_at_home", "ok").fail(Fault.REDIRECT_HOME, "/robots.txt")
    world.add("good", "ok")
    world.add("patient", "ok").robots = "User-agent: *\nCrawl-delay: 0.4\n"
    forbidden = world.add("robots", "robots")
    forbidden.disallow("/zfxxgk/")
    for number in range(5):
        world.plans.append(site_plan(f"robots{number}", forbidden.column_url))
        world.expected[f"robots{number}"] = "robots"


def test_each_fault_ends_in_its_name(world: World) -> None:
    assert world.crawls.outcomes() == world.expected


def test_good_site_is_read_in_full_beside_the_broken_ones(world: World) -> None:
    assert world.crawls.visit("good").candidates == 1
    assert {link.outcome for link in world.crawls.rows(Link) if link.agency_key} == {"ok"}


def test_endless_answer_is_cut(world: World) -> None:
    site = world.seasons["huge"]
    assert 0 < site.streamed_bytes(site.column_url) < 20 << 20


def test_rules_that_forbid_are_read_once_for_all_columns_and_obeyed(world: World) -> None:
    assert [hit.path for hit in world.seasons["robots"].hits] == ["/robots.txt"]


def test_unreadable_rules_forbid_everything(world: World) -> None:
    assert {hit.path for hit in world.seasons["rules_broken"].hits} == {"/robots.txt"}
    assert "robots.txt" in world.crawls.visit("rules_broken").detail_zh


def test_delay_that_the_rules_ask_for_is_kept(world: World) -> None:
    assert world.crawls.visit("patient").requests == 2
    assert world.crawls.visit("patient").seconds > 0.7


def test_private_address_without_permission_is_asked_nothing(world: World) -> None:
    assert world.seasons["private"].hits == ()


def test_connection_that_broke_is_tried_once_more_and_a_bad_answer_is_not(world: World) -> None:
    for key, tries in (("reset", 2), ("broken", 1), ("overloaded", 1), ("slow", 1)):
        site = world.seasons[key]
        assert len(site.hits_of(site.column_url)) == tries, key


def test_every_ending_says_in_both_languages_where_and_what(world: World) -> None:
    for visit in world.crawls.rows(Visit):
        assert "127.0.0.1" in visit.detail_zh
        assert "127.0.0.1" in visit.detail_en
    assert "HTTP 503" in world.crawls.visit("overloaded").detail_zh
    assert "连接被拒绝" in world.crawls.visit("refused").detail_zh
    assert "TLS" in world.crawls.visit("not_tls").detail_en
