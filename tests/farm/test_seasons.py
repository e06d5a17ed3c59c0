"""Seasons on real sites: the ledger says what the scripts allow, and tells each thing once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.farm.draw import TROUBLES, Size, draw_season
from tests.farm.life import CHINA, Act, Deed, Life, Manner
from tests.farm.script import Office, SeasonScript, SiteScript
from tests.farm.season import Disagreement, play
from tests.farm.trouble import Spell, Trouble

pytestmark = pytest.mark.service


def _on(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"2026-{day}T{hour:02}:00").replace(tzinfo=CHINA)


def _published(day: str, *later: Act, shown: str | None = None) -> Life:
    shown_on = date.fromisoformat(f"2026-{shown or day}")
    return Life((Act(_on(day), Deed.PUBLISH), *later), shown_on)


LIVES = {
    "财政局": _published("01-12", Act(_on("02-01", 12), Deed.EDIT, 1)),
    "教育局": _published("01-31"),
    "民政局": Life(),
    "审计局": _published("02-03", shown="01-29"),
    "水利局": _published("01-13", Act(_on("01-31"), Deed.MOVE)),
    "商务局": _published("01-15", Act(_on("01-30"), Deed.DROP)),
}
PASSES = (
    *(_on("01-05"), _on("01-20"), _on("02-01", 8), _on("02-01", 21), _on("02-02")),
    *(_on("02-04", 10), _on("02-06")),
)


def _troubled(number: int, trouble: Trouble) -> SiteScript:
    """Return a site that is struck over the deadline, while its offices publish, move and edit."""
    offices = tuple(
        Office(
            key=f"s{number}-{place}",
            name=f"青禾县{name}",
            kind="department",
            called=name,
            life=life,
            had_report=place < 4,
        )
        for place, (name, life) in enumerate(LIVES.items())
    )
    spell = Spell(trouble, _on("01-30", 18), _on("02-05"))
    return SiteScript(f"s{number}", "青禾县", "static", "utf-8", "etag", offices, (spell,))


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Disagreement]]:
    """Play one season in which each trouble has a site of its own; return what is found by site."""
    sites = tuple(_troubled(number, trouble) for number, trouble in enumerate(TROUBLES))
    played = play(SeasonScript(0, sites, PASSES), tmp_path_factory.mktemp("troubled"))
    found: dict[str, list[Disagreement]] = {site.key: [] for site in sites}
    for disagreement in played.disagreements:
        found[disagreement.site].append(disagreement)
    return found


@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_trouble_over_the_deadline_accuses_anybody_or_hides_a_report_for_good(
    trouble: Trouble, troubled: dict[str, list[Disagreement]]
) -> None:
    found = troubled[f"s{TROUBLES.index(trouble)}"]
    assert not found, "\n".join(map(str, found))


def test_a_random_season_is_told_as_it_was(tmp_path: Path) -> None:
    played = play(draw_season(1, Size(sites=8, offices=6, few_passes=True)), tmp_path)
    assert played.publications > 25
    assert not played.disagreements, "\n".join(map(str, played.disagreements))


def test_a_picture_that_moves_to_another_address_is_not_withdrawn(tmp_path: Path) -> None:
    moved = Life((Act(_on("02-02"), Deed.PUBLISH), Act(_on("02-05"), Deed.MOVE)), date(2026, 1, 20))
    life = replace(moved, manner=Manner.SCAN)
    offices = (
        Office("s0-0", "青禾县财政局", "department", "财政局", life),
        Office("s0-1", "青禾县教育局", "department", "教育局", LIVES["教育局"], had_report=True),
    )
    site = SiteScript("s0", "青禾县", "static", "utf-8", "none", offices)
    passes = (*PASSES, _on("02-07"), _on("02-08"), _on("02-09"))
    played = play(SeasonScript(0, (site,), passes), tmp_path)
    assert not played.disagreements, "\n".join(map(str, played.disagreements))


def test_a_season_depends_on_its_seed_and_a_site_on_its_number_alone() -> None:
    size = Size(sites=4, offices=5)
    season = draw_season(3, size)
    assert draw_season(3, size) == season != draw_season(4, size)
    alone = draw_season(3, replace(size, only=2))
    assert (alone.sites, alone.passes) == (season.sites[2:3], season.passes)


def test_passes_go_forward_and_look_twice_after_each_deadline() -> None:
    for few in (False, True):
        passes = draw_season(5, Size(1, 1, few_passes=few)).passes
        assert list(passes) == sorted(set(passes))
        for due in (_on("02-01", 0), _on("04-01", 0)):
            after = [at for at in passes if due <= at < due + timedelta(days=2)]
            assert max(after) - min(after) >= timedelta(hours=12)
