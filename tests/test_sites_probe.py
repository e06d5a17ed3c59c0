"""A site that nobody configured is taken up: probe, paste, once; and everything that can stand in the way."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.deployment import Deployment, Ended
from tests.season_server import Answer, Ask, LocalServer
from tests.season_site import Fault, SeasonSite
from web.sample.site import resources

pytestmark = pytest.mark.service

AT = "2026-02-05T09:00"
SETTINGS = "[crawler]\ndelay_seconds = 0.0\ntimeout_seconds = 5.0\n"


@dataclass(frozen=True)
class Probing:
    """A folder with a configuration that knows no site, and what is done from there."""

    config: Path

    def probe(self, url: str, *more: str) -> Ended:
        words = ("sites", "probe", url, "--allow-private", "--at", AT, *more)
        return Deployment.opened(self.config).command(*words)

    def take_up(self, tables: str) -> dict[str, str]:
        """Paste the tables, run ``once``, and return agency name → status."""
        self.config.write_text(SETTINGS + tables, encoding="utf-8")
        house = Deployment.opened(self.config)
        ended = house.command("once", "--json", "--at", AT)
        assert ended.returncode == 0, ended.stderr
        return {row["agency_name"]: row["status"] for row in house.obligations().values()}


@pytest.fixture
def probing(tmp_path: Path) -> Probing:
    config = tmp_path / "config.toml"
    config.write_text(SETTINGS, encoding="utf-8")
    return Probing(config)


@pytest.fixture
def season() -> Iterator[SeasonSite]:
    with SeasonSite(page_size=3) as site:
        for year in (2024, 2025):
            for agency in ("甲县财政局", "甲县教育局", "清水镇人民政府"):
                site.publish(agency, year, date(year + 1, 1, 20))
        yield site


@pytest.fixture(scope="module")
def sample() -> Iterator[str]:
    served = resources()

    def answer(ask: Ask) -> Answer:
        found = served.get(ask.path)
        if found is None:
            return Answer(404, b"<html><body>404</body></html>", {"Content-Type": "text/html"})
        return Answer(200, found.body, {"Content-Type": found.media_type})

    server = LocalServer(answer)
    yield f"http://127.0.0.1:{server.port}"
    server.close()


@pytest.mark.parametrize("start", ["column", "front page"])
def test_the_printed_tables_make_once_find_the_reports(
    season: SeasonSite, probing: Probing, start: str
) -> None:
    probed = probing.probe(season.column_url if start == "column" else season.base_url)
    assert probed.returncode == 0, probed.stderr
    assert len(season.hits) <= 15
    assert not any("/t20" in hit.path for hit in season.hits), "a probe fetches no report"
    assert not (probing.config.parent / "data").exists(), "a probe stores nothing"
    assert probing.take_up(probed.stdout) == dict.fromkeys(
        ("甲县财政局", "甲县教育局", "清水镇人民政府"), "on_time"
    )


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("/luolong/zfxxgk/zfxxgknb/index.html", "trs"),
        ("/luolong/", "trs"),
        ("/weidong/col/col1501/index.html", "jcms"),
        ("/lushan/zfxxgk/index.html", "paged"),
        ("/lushan/zfxxgk/rss.xml", "feed"),
    ],
)
def test_every_family_of_the_sample_site_is_taken_up(
    sample: str, probing: Probing, path: str, family: str
) -> None:
    ended = probing.probe(sample + path, "--json")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    probed = json.loads(ended.stdout)
    assert probed["column"]["family"] == family
    assert 2025 in probed["column"]["years"]
    assert probed["requests"] <= 15
    statuses = probing.take_up(probed["toml"])
    assert statuses
    assert set(statuses.values()) <= {"on_time", "late"}


def test_the_register_is_held_against_the_titles(season: SeasonSite, probing: Probing) -> None:
    register = probing.config.parent / "known.csv"
    register.write_text("key,name,kind\ncaizheng,甲县财政局,department\n", encoding="utf-8")
    text = probing.probe(season.column_url, "--agencies", str(register)).stdout
    assert "甲县财政局 已在名册中（caizheng）" in text
    assert {row["name"] for row in tomllib.loads(text)["agencies"]} == {
        "甲县教育局",
        "清水镇人民政府",
    }


def test_the_tables_go_to_a_new_file_and_never_over_an_old_one(
    season: SeasonSite, probing: Probing, tmp_path: Path
) -> None:
    target = tmp_path / "found.toml"
    assert probing.probe(season.column_url, "--output", str(target)).returncode == 0
    assert tomllib.loads(target.read_text(encoding="utf-8"))["sites"][0]["name"] == "示例县人民政府"
    asked = len(season.hits)
    again = probing.probe(season.column_url, "--output", str(target))
    assert (again.returncode, len(season.hits)) == (2, asked)
    assert "不会覆盖" in again.stderr


def test_robots_are_obeyed_and_named(season: SeasonSite, probing: Probing) -> None:
    season.disallow("/")
    ended = probing.probe(season.column_url)
    assert ended.returncode == 2
    assert "robots" in ended.stderr
    assert tomllib.loads(ended.stdout) == {}
    assert {hit.path for hit in season.hits} == {"/robots.txt"}


@pytest.mark.parametrize("fault", [Fault.EMPTY, Fault.SOFT_404])
def test_a_column_that_shows_nothing_is_sought_by_name(
    season: SeasonSite, probing: Probing, fault: Fault
) -> None:
    season.fail(fault, season.column_url)
    ended = probing.probe(season.column_url)
    assert ended.returncode == 1
    assert tomllib.loads(ended.stdout) == {}
    assert ended.stderr.strip()
    assert len(season.hits) <= 15


def test_a_wall_is_not_climbed(season: SeasonSite, probing: Probing) -> None:
    season.fail_with_status(521, season.column_url)
    ended = probing.probe(season.column_url)
    assert ended.returncode == 2
    assert "不绕过限制" in ended.stderr
    assert len(season.hits) == 2


def test_a_site_without_a_way_ends_in_a_sentence(probing: Probing, sample: str) -> None:
    ended = probing.probe(f"{sample}/nothing/")
    assert ended.returncode == 1
    assert "用它的完整地址再试" in ended.stderr


@pytest.mark.parametrize("url", ["www.example.gov.cn", "ftp://a/", "file:///etc/passwd", ""])
def test_what_is_no_address_is_said_in_one_sentence(probing: Probing, url: str) -> None:
    ended = probing.probe(url)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "不是网页地址" in ended.stderr


def test_private_addresses_need_the_word(season: SeasonSite, probing: Probing) -> None:
    house = Deployment.opened(probing.config)
    ended = house.command("sites", "probe", season.column_url)
    assert ended.returncode == 2
    assert "--allow-private" in ended.stderr
    assert not season.hits


def test_a_crowd_of_named_links_is_not_followed_beyond_the_requests(probing: Probing) -> None:
    links = "".join(f'<a href="/c{n}/">政府信息公开年报</a>' for n in range(500))
    page = f"<html><body><p>欢迎访问</p>{links}</body></html>".encode()
    server = LocalServer(lambda ask: Answer(200, page, {"Content-Type": "text/html"}))
    ended = probing.probe(f"http://127.0.0.1:{server.port}/")
    server.close()
    assert ended.returncode == 1
    assert len(server.hits) <= 15


def test_a_probe_waits_between_two_requests(season: SeasonSite, probing: Probing) -> None:
    probing.config.write_text(SETTINGS.replace("0.0", "0.5", 1), encoding="utf-8")
    ended = probing.probe(season.column_url, "--json")
    probed: Mapping[str, object] = json.loads(ended.stdout)
    assert float(str(probed["seconds"])) > 0.5 * (len(season.hits) - 1)
