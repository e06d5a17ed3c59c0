"""Whatever a site sends: every family answers, within bounds, with addresses that can be asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.families import FAMILIES
from crawler.families.bounds import is_bounded
from crawler.families.html import parse
from crawler.families.model import ListPage, ListReading

PAGES = Path(__file__).parent / "pages"
SAVED = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted(PAGES.iterdir())
    if not path.name.endswith(".expected.json")
}
OWN_URLS = {
    path.name.removesuffix(".expected.json"): json.loads(path.read_text(encoding="utf-8"))["url"]
    for path in PAGES.glob("*.expected.json")
}
URLS = tuple(OWN_URLS.values())
_SIGNS = "<>\"'&[]{}()#=\x00…"
MOST_LINKS, MOST_FURTHER = 5_000, 100


def _mangled(draw: Callable[[st.SearchStrategy[int]], int], text: str) -> str:
    """Cut a page, double a part of it, or put a stray sign into it."""
    start, end = sorted(draw(st.integers(0, len(text))) for _ in range(2))
    part, times = text[start:end], draw(st.integers(0, 3))
    sign = _SIGNS[draw(st.integers(0, len(_SIGNS) - 1))]
    return text[:start] + part * times + sign + text[draw(st.integers(start, len(text))) :]


@st.composite
def pages(draw: Callable[[st.SearchStrategy[int]], int]) -> str:
    texts = tuple(SAVED.values())
    return _mangled(draw, texts[draw(st.integers(0, len(texts) - 1))])


def _assert_sound(reading: ListReading) -> None:
    further = (*reading.next_pages, *reading.folders, *reading.guesses)
    assert len(reading.links) <= MOST_LINKS
    assert len(further) <= MOST_FURTHER
    for url in (*(link.url for link in reading.links), *(ask.url for ask in further)):
        assert urlsplit(url).scheme in {"http", "https"}
        assert urlsplit(url).hostname
    assert reading.recognised or not reading.links


@settings(max_examples=150, deadline=None)
@given(text=pages() | st.text(max_size=300), url=st.sampled_from(URLS))
def test_every_family_answers_soundly_for_any_text(text: str, url: str) -> None:
    body = text.encode("utf-8", "replace")
    for family in FAMILIES.values():
        _assert_sound(family.read(ListPage(url, body, text)))


@settings(max_examples=50, deadline=None)
@given(body=st.binary(max_size=300))
def test_every_family_answers_soundly_for_any_bytes(body: bytes) -> None:
    for family in FAMILIES.values():
        _assert_sound(family.read(ListPage(URLS[0], body, body.decode("latin-1"))))


_NAMES = [f"a{n}" for n in range(100_000)]
HOSTILE = {
    "attributes": "<html><a " + " ".join(_NAMES) + ">",
    "attributes with values": "<a " + " ".join(f'{name}="1"' for name in _NAMES) + ">",
    "attributes behind a stray quote": '<a x" ' + " ".join(_NAMES) + '">',
    "attributes behind an early comment": "<!--><a " + " ".join(_NAMES) + ">-->",
    "attributes with ends in them": "<a " + "/".join(f'{name}=">"' for name in _NAMES) + ">",
    "nested boxes": "<div>" * 100_000 + "</div>" * 100_000,
    "ends of what was never open": "<div>" * 2_000 + "</b>" * 200_000,
    "open scripts": "<script " * 100_000,
    "open comments": "<!--" * 200_000,
    "open quotes": '<a b="' * 100_000,
    "records": "<datastore><record><![CDATA[" * 50_000,
    "nested arrays": "[" * 500_000,
    "nested objects": '{"a":' * 200_000,
    "addresses": "<urlset>" + "<url><loc>http://a.example/nb/1.html</loc></url>" * 20_000,
    "calls": 'createPageHTML(1,"' * 50_000 + "Pager({size:1," * 50_000 + 'url: "' * 50_000,
    "years": '<a href="2024/">2024年</a>' * 5_000,
    "more": '<ul><li><a href="/x">更多</a></li></ul>' * 5_000,
    "tree": "_CONFIG SID:1 TREE:" + "[" * 300_000,
    "options": "<select>" + "<option>2024</option>" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_costs_each_family_less_than_a_second(name: str) -> None:
    text = HOSTILE[name]
    for family in FAMILIES.values():
        page = ListPage(OWN_URLS.get(family.name, URLS[0]), text.encode(), text)
        began = time.process_time()
        _assert_sound(family.read(page))
        assert time.process_time() - began < 1.0, family.name


def test_attributes_beyond_number_never_reach_the_parser() -> None:
    assert not is_bounded(HOSTILE["attributes"])
    assert parse(HOSTILE["attributes"]) is None
    assert is_bounded('<img src="data:image/png;base64,' + "x" * 3_000_000 + '">')
    assert is_bounded("<script>var a = '<b " + "word " * 50_000 + "'</script><p>")


def test_page_that_the_parser_would_cut_in_silence_is_not_taken_for_the_whole() -> None:
    entry = '<a href="a.html">甲县乙局2025年政府信息公开工作年度报告</a>'
    assert parse("<p>" * 3_000 + entry) is not None
    assert parse("<font>" * 3_000 + entry) is None
