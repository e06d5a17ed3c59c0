"""Several passes over the same sites: what is asked again, what is kept, what is told apart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.plan import SitePlan
from db.tables import Link, Resource, SiteColumn, Snapshot
from tests.crawler.crawls import START, Crawls, site_plan
from tests.season_pages import Gone
from tests.season_site import Fault, SeasonSite

pytestmark = pytest.mark.service

KEYS = ("steady", "bare", "changing", "emptied", "partly", "shared")


class Passes:
    """Six sites, and what to do to them between the passes."""

    def __init__(self, stack: ExitStack, crawls: Crawls) -> None:
        self.crawls = crawls
        self.sites = {key: stack.enter_context(SeasonSite(page_size=4)) for key in KEYS}
        self.urls: dict[str, str] = {}
        for site in self.sites.values():
            site.publish("甲县乙局", 2024, date(2025, 1, 20))
        self.sites["bare"].validators = False
        # A body that no other site has: the archive keeps equal bodies once.
        self.sites["steady"].publish("甲县乙局", 2025, date(2026, 1, 19))
        changing = self.sites["changing"]
        for name in ("withdrawn", "unlisted", "revised", "soft"):
            year = 2020 + len(self.urls)
            self.urls[name] = changing.publish("甲县乙局", year, date(year + 1, 1, 9))
        # Enough others stay for the list not to count as shrunken.
        for year in range(2012, 2019):
            changing.publish("甲县丙局", year, date(year + 1, 1, 9))
        self.urls["docx"] = changing.publish("甲县丙局", 2025, date(2026, 1, 20), as_docx=True)
        for year in (2021, 2022, 2023):
            self.sites["emptied"].publish("甲县乙局", year, date(year + 1, 1, 9))
            self.sites["partly"].publish("甲县乙局", year, date(year + 1, 1, 9))

    @property
    def plans(self) -> tuple[SitePlan, ...]:
        plans = [site_plan(key, site.column_url) for key, site in self.sites.items()]
        return (*plans, site_plan("twin", self.sites["shared"].column_url))

    def crawl(self, day: int, **settings: Any) -> dict[str, tuple[Any, ...]]:
        for site in self.sites.values():
            site.forget_hits()
        self.crawls.crawl(*self.plans, day=day, **settings)
        return {key: site.hits for key, site in self.sites.items()}

    def state(self) -> dict[str, list[Any]]:
        """Return the rows that decide what a pass means, without the costs and the server's clock."""
        rows: dict[str, list[Any]] = {}
        for table in (Link, Resource, Snapshot, SiteColumn):
            left_out = {"headers", "http_status"}
            rows[table.__name__] = [
                row.model_dump(exclude=left_out) for row in self.crawls.rows(table)
            ]
        return {**rows, "visits": sorted(self.crawls.outcomes().items())}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Four passes: the first, the first run again, an uneventful one, and one after many changes."""
    with ExitStack() as stack:
        passes = Passes(stack, Crawls(tmp_path_factory.mktemp("passes")))
        told: dict[str, Any] = {"passes": passes, "first": passes.crawl(0)}
        told["state"] = passes.state()
        told["again"], told["state_again"] = passes.crawl(0), passes.state()
        steady = passes.crawls.link(passes.urls["revised"])
        told["before"] = steady.snapshot_id
        told["uneventful"] = passes.crawl(1)
        _change_much(passes)
        told["changed"] = passes.crawl(2, obey_robots=False)
        yield told


def _change_much(passes: Passes) -> None:
    changing = passes.sites["changing"]
    changing.withdraw(passes.urls["withdrawn"])
    changing.withdraw(passes.urls["soft"], Gone.SOFT)
    changing.unlist(passes.urls["unlisted"])
    changing.unlist(passes.urls["docx"])
    changing.revise(passes.urls["revised"], note="补充说明")
    emptied = passes.sites["emptied"]
    for url in {link.url for link in passes.crawls.rows(Link) if link.column_key == "emptied/x"}:
        if passes.crawls.link(url).snapshot_id:
            emptied.unlist(url)
    passes.sites["partly"].fail(Fault.EMPTY, "/zfxxgk/index_1.html")
    passes.sites["steady"].stop_listening()
    passes.sites["bare"].disallow("/")


def test_pass_run_again_at_the_same_instant_leaves_the_same_rows(story: dict[str, Any]) -> None:
    assert story["state_again"] == story["state"]


def test_second_look_downloads_no_body_where_the_site_gives_validators(
    story: dict[str, Any],
) -> None:
    for key in ("steady", "changing"):
        asked = [hit for hit in story["again"][key] if hit.path != "/robots.txt"]
        assert asked
        assert {hit.status for hit in asked} == {304}, key


def test_lost_archive_is_filled_again_once_the_term_of_trust_is_over(tmp_path: Path) -> None:
    with ExitStack() as stack:
        passes = Passes(stack, Crawls(tmp_path))
        passes.crawl(0)
        shutil.rmtree(passes.crawls.archive)
        asked = passes.crawl(7)["changing"]
    pages = [hit for hit in asked if hit.path == "/zfxxgk/"]
    assert [(hit.status, hit.conditional) for hit in pages] == [(200, False)]
    assert any(passes.crawls.archive.rglob("*"))


def test_uneventful_pass_is_called_unchanged_with_and_without_validators(
    story: dict[str, Any],
) -> None:
    outcomes = story["passes"].crawls.outcomes(day=1)
    assert outcomes["steady"] == outcomes["bare"] == "not_modified"
    assert {hit.status for hit in story["uneventful"]["bare"]} == {200}


def test_two_columns_at_one_address_both_have_their_rows(story: dict[str, Any]) -> None:
    links = story["passes"].crawls.rows(Link)
    mine = {link.column_key for link in links if link.outcome == "not_modified"}
    assert {"shared/x", "twin/x"} <= mine


def test_report_off_the_list_is_told_from_one_that_is_gone(story: dict[str, Any]) -> None:
    passes = story["passes"]
    ends = {name: passes.crawls.link(url).outcome for name, url in passes.urls.items()}
    assert ends == {
        "withdrawn": "not_found",
        "soft": "soft_404",
        "unlisted": "not_modified",
        "revised": "ok",
        "docx": "not_modified",
    }
    unlisted = passes.crawls.link(passes.urls["unlisted"])
    assert unlisted.last_listed_at == START + timedelta(days=1)
    assert unlisted.outcome_at == START + timedelta(days=2)


def test_withdrawn_report_keeps_its_last_body(story: dict[str, Any]) -> None:
    passes = story["passes"]
    withdrawn = passes.crawls.link(passes.urls["withdrawn"])
    assert withdrawn.snapshot_id is not None


def test_revised_report_points_to_its_new_body(story: dict[str, Any]) -> None:
    passes = story["passes"]
    assert passes.crawls.link(passes.urls["revised"]).snapshot_id != story["before"]


def test_attachment_follows_its_page_and_is_asked_once_a_pass(story: dict[str, Any]) -> None:
    passes = story["passes"]
    page = passes.crawls.link(passes.urls["docx"])
    files = [link for link in passes.crawls.rows(Link) if link.parent_id == page.id]
    assert [(file.agency_key, file.year, file.outcome) for file in files] == [
        ("bing", 2025, "not_modified")
    ]
    for name in ("first", "again", "changed"):
        asked = [hit for hit in story[name]["changing"] if hit.target in files[0].url]
        assert len([hit for hit in asked if hit.path.endswith(".docx")]) == 1, name


def test_list_without_any_of_its_many_reports_is_a_lost_column(story: dict[str, Any]) -> None:
    passes = story["passes"]
    assert passes.crawls.outcomes(day=2)["emptied"] == "column_lost"
    links = [link for link in passes.crawls.rows(Link) if link.column_key == "emptied/x"]
    assert {link.outcome for link in links if link.snapshot_id} == {"not_modified"}


def test_list_of_which_a_page_fails_is_incomplete(story: dict[str, Any]) -> None:
    visit = story["passes"].crawls.visit("partly", day=2)
    assert visit.outcome == "incomplete"
    assert "1" in visit.detail_zh


def test_host_that_is_down_leaves_its_reports_unjudged(story: dict[str, Any]) -> None:
    passes = story["passes"]
    assert passes.crawls.outcomes(day=2)["steady"] == "unreachable"
    links = [link for link in passes.crawls.rows(Link) if link.column_key == "steady/x"]
    assert {link.outcome_at for link in links if link.outcome} == {START + timedelta(days=1)}


def test_column_remembers_its_last_look_and_its_last_good_one(story: dict[str, Any]) -> None:
    columns = {column.key: column for column in story["passes"].crawls.rows(SiteColumn)}
    assert columns["steady/x"].last_visit_at == START + timedelta(days=2)
    assert columns["steady/x"].last_good_at == START + timedelta(days=1)
    assert columns["changing/x"].last_good_at == START + timedelta(days=2)


def test_rules_are_not_asked_for_when_they_are_not_obeyed(story: dict[str, Any]) -> None:
    assert story["passes"].crawls.outcomes(day=2)["bare"] == "not_modified"
    assert "/robots.txt" not in {hit.path for hit in story["changed"]["bare"]}
