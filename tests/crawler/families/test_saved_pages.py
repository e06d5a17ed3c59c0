"""Each family reads its saved pages as a person has read them: what it lists, and where it goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from crawler.families import FAMILIES, KINDS
from crawler.families.auto import family_of
from crawler.families.model import ListPage
from monitor.site_sample import expectation

PAGES = Path(__file__).parent / "pages"
SAVED = sorted(path for path in PAGES.iterdir() if not path.name.endswith(".expected.json"))
NEVER_RECOGNISED = {"list", "auto"}


def _family_name(saved: Path) -> str:
    return saved.stem.partition("-")[0]


def _expectation(saved: Path) -> Path:
    return saved.with_name(f"{saved.stem}.expected.json")


def _page(saved: Path) -> ListPage:
    body = saved.read_bytes()
    url = json.loads(_expectation(saved).read_text(encoding="utf-8"))["url"]
    plain, fragment = urldefrag(url)
    return ListPage(plain, body, body.decode(), fragment)


def test_every_family_has_a_saved_page() -> None:
    assert {_family_name(saved) for saved in SAVED} == set(FAMILIES)


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.name)
def test_saved_page_is_read_as_reviewed(saved: Path) -> None:
    """Where the expectation is the address alone, the reading is written down, to be reviewed once."""
    page, reviewed = _page(saved), _expectation(saved)
    told = expectation(page, _family_name(saved))
    expected = json.loads(reviewed.read_text(encoding="utf-8"))
    if expected.keys() == {"url"}:
        text = json.dumps(told, ensure_ascii=False, indent=1)
        reviewed.write_text(text + "\n", encoding="utf-8")
        pytest.fail(f"review {reviewed.name}, and run again")
    assert told == expected


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.name)
def test_family_is_recognised_from_its_saved_page(saved: Path) -> None:
    name, page = _family_name(saved), _page(saved)
    if name in NEVER_RECOGNISED:
        name = "paged"
    elif saved.name == "longxun-answer.json":
        name = "json"
    family = family_of(page, KINDS)
    assert family is not None
    assert family.name == name
    assert FAMILIES["auto"].read(page) == family.read(page)


def test_reading_of_a_source_that_lists_the_newest_only_always_has_a_gap() -> None:
    for saved in SAVED:
        family = FAMILIES[_family_name(saved)]
        reading = family.read(_page(saved))
        if not family.proves_absence:
            assert not reading.complete
            assert reading == replace(family.reader(_page(saved)), gap=reading.gap)
