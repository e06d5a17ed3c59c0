"""The pages of rules under a profile, and what people said of findings on the page of a report."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from db.session import writing
from db.tables import Dismissal, FindingRow
from reports.findings import Severity
from reports.profile import Profile, Setting
from reports.rules.engine import Default
from reports.rules.registry import RULES, THEMES
from reports.words import Words
from tests.web_client import HOSTILE, a_client
from tests.web_rows import (
    NOW,
    WRONG,
    AgencyRow,
    Published,
    a_site,
    a_version,
    an_obligation,
    stands_for,
)
from web.app import create_app
from web.settings import WebSettings

LIMITED = next(rule for rule in RULES if rule.limits)
LIMIT = next(iter(LIMITED.limits))
ROW = AgencyRow("a", "某局", "s", "", "on_time", Words("原因", "reason"))


def under(engine: Engine, profile: Profile) -> TestClient:
    settings = WebSettings("https://x.example", "zh", timedelta(hours=48), profile=profile)
    return TestClient(create_app(engine, settings, lambda: NOW))


def a_word(row: FindingRow, **differences: object) -> Dismissal:
    same = {name: getattr(row, name) for name in Dismissal.model_fields if hasattr(row, name)}
    said = {"reason": "原件核对无误", "dismissed_by": "张三", "dismissed_at": NOW}
    return Dismissal(**{**same, "id": None, **said, **differences})


@pytest.fixture
def errors(empty: Engine) -> list[FindingRow]:
    """Write a report with errors, and return their rows."""
    with writing(empty) as session:
        a_site(session, "s", "站点")
        duty = an_obligation(session, ROW)
        stands_for(duty, a_version(session, ROW, Published(figures=WRONG)))
        broken = select(FindingRow).where(FindingRow.severity == Severity.ERROR.value)
        return list(session.exec(broken))


def say(engine: Engine, *words: Dismissal) -> None:
    with writing(engine) as session:
        session.add_all(words)


def test_the_rules_stand_under_their_themes(pages: TestClient) -> None:
    listed = pages.get("/rules").text
    for letter in {rule.code[0] for rule in RULES}:
        assert f'id="theme-{letter}"' in listed
        assert THEMES[letter].zh in listed


def test_the_page_of_a_rule_is_complete(pages: TestClient) -> None:
    page = pages.get(f"/rules/{LIMITED.code}").text
    words = (LIMITED.statement, LIMITED.basis, LIMITED.innocent, LIMITED.clears)
    for sentence in (text for pair in words for text in (pair.zh, pair.en)):
        assert sentence.replace("&", "&amp;").replace('"', "&#34;").replace("'", "&#39;") in page
    assert LIMIT in page
    assert re.search(r"<title>[A-Z]\d\d · ", page)


def test_a_rule_that_is_off_says_so(pages: TestClient) -> None:
    off = next((rule for rule in RULES if rule.default is Default.OFF), None)
    if off is None:
        pytest.skip("no rule begins switched off")
    assert "未启用" in pages.get(f"/rules/{off.code}").text


def test_the_pages_show_the_rules_as_the_profile_has_them(empty: Engine) -> None:
    setting = Setting(active=True, points=Decimal("2.5"), limits={LIMIT: Decimal("98765")})
    off = Setting(active=False)
    other = next(rule for rule in RULES if rule is not LIMITED)
    client = under(empty, Profile(settings={LIMITED.code: setting, other.code: off}))
    page = client.get(f"/rules/{LIMITED.code}").text
    for shown in ("2.5", "98765", "按配置", f"原为 {LIMITED.limits[LIMIT]}"):
        assert shown in page
    assert "未启用" in client.get(f"/rules/{other.code}").text
    assert "未启用" in client.get("/rules").text


def test_a_dismissed_finding_is_struck_and_marks_no_cell(
    empty: Engine, errors: list[FindingRow]
) -> None:
    client = a_client(empty)
    assert 'class="number marked f-error"' in client.get("/reports/1").text
    say(empty, *map(a_word, errors))
    page = client.get("/reports/1").text
    assert "已由 张三 于 2026-02-05 核实不成立：原件核对无误" in page
    assert page.count("<s ") == len(errors)
    assert "marked f-error" not in page
    assert 'class="f-error"' not in client.get("/").text


def test_a_finding_that_returned_says_what_changed(empty: Engine, errors: list[FindingRow]) -> None:
    row = next(row for row in errors if row.cells)
    say(empty, a_word(row, fingerprint="other", actual="77"))
    page = a_client(empty).get("/reports/1").text
    assert f"现有值 77 → {row.actual}" in page
    assert "<s " not in page


def test_a_word_that_was_taken_back_is_not_shown(empty: Engine, errors: list[FindingRow]) -> None:
    say(empty, a_word(errors[0], reopened_by="李四", reopened_at=NOW))
    assert "核实不成立：" not in a_client(empty).get("/reports/1").text


def test_what_a_person_wrote_is_escaped(empty: Engine, errors: list[FindingRow]) -> None:
    say(empty, a_word(errors[0], reason=HOSTILE, dismissed_by=HOSTILE))
    assert HOSTILE not in a_client(empty).get("/reports/1").text


def test_the_score_shows_each_point_and_none_for_what_was_dismissed(
    empty: Engine, errors: list[FindingRow]
) -> None:
    client = under(empty, Profile(points={**Profile().points, Severity.WARNING: Decimal(0)}))
    page = client.get("/reports/1").text
    assert 'id="score"' in page
    for row in errors:
        assert f'<a class="code" href="#finding-{row.id}">{row.code}</a></td>' in page
    say(empty, *map(a_word, errors))
    after = client.get("/reports/1").text
    assert re.search(r'id="score">.*?>100</span>', after, re.DOTALL)
