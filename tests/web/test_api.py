from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from db.ledger import LedgerQuery, event_json, ledger_rows, obligation_json
from db.session import reading, writing
from db.tables import Event, FindingRow
from reports.events import EventKind
from reports.words import Words
from tests.web_client import a_client
from tests.web_rows import (
    NOW,
    YEAR,
    AgencyRow,
    Published,
    a_site,
    a_version,
    an_engine,
    an_event,
    an_instant,
    an_obligation,
    stands_for,
)
from tests.web_season import FAULTY, LATE, MISSING, REVISED

OBLIGATION_KEYS = [
    "agency",
    "agency_name",
    "year",
    "due_at",
    "status",
    "proof",
    "because",
    "since",
    "url",
    "shown_on",
    "first_seen_at",
    "versions",
    "findings",
]
EVENT_KEYS = ["id", "kind", "agency", "site", "year", "happened_at", "noticed_at", "data"]


def test_an_obligation_has_exactly_the_documented_keys(pages: TestClient) -> None:
    answer = pages.get("/api/v1/obligations").json()
    assert answer["total"] == len(answer["items"]) == 8
    for item in answer["items"]:
        assert list(item) == OBLIGATION_KEYS
        assert list(item["findings"]) == ["error", "warning", "notice"]


def test_a_found_report_is_told_with_its_times_in_china(pages: TestClient) -> None:
    (item,) = pages.get(f"/api/v1/obligations?agency={REVISED.key}").json()["items"]
    assert item["due_at"] == "2026-02-01T00:00:00+08:00"
    assert item["first_seen_at"] == "2026-01-20T09:30:00+08:00"
    assert item["shown_on"] == "2026-01-20"
    assert item["versions"] == 2
    assert item["url"].startswith("https://www.luolong.gov.example/")


def test_what_is_not_there_is_null_and_not_nought(pages: TestClient) -> None:
    (item,) = pages.get("/api/v1/obligations?status=missing").json()["items"]
    assert item["agency"] == MISSING.key
    assert item["url"] is item["shown_on"] is item["first_seen_at"] is None


def test_findings_count_the_current_version_and_the_obligation_only(pages: TestClient) -> None:
    items = {item["agency"]: item for item in pages.get("/api/v1/obligations").json()["items"]}
    assert items[REVISED.key]["findings"]["error"] == 0  # the first version had some
    assert items[FAULTY.key]["findings"]["error"] > 0
    assert items[LATE.key]["findings"]["warning"] >= 1  # raised on the obligation itself


def test_the_reason_is_in_the_configured_language(season: Engine) -> None:
    english = a_client(season, language="en").get("/api/v1/obligations?status=missing").json()
    assert english["items"][0]["because"] == MISSING.because.en
    chinese = a_client(season).get("/api/v1/obligations?status=missing").json()
    assert chinese["items"][0]["because"] == MISSING.because.zh


def test_pages_of_obligations_cover_all_without_repeating(pages: TestClient) -> None:
    found = [
        item["agency"]
        for offset in range(0, 8, 3)
        for item in pages.get(f"/api/v1/obligations?limit=3&offset={offset}").json()["items"]
    ]
    assert len(found) == len(set(found)) == 8


def test_the_ledger_is_read_in_one_statement(season: Engine) -> None:
    statements: list[str] = []

    def count(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(season, "before_cursor_execute", count)
    with reading(season) as session:
        rows = ledger_rows(session, LedgerQuery())
        _ = [obligation_json(row, "zh") for row in rows]
    event.remove(season, "before_cursor_execute", count)
    assert len(rows) == 8
    assert len([text for text in statements if text.lstrip().startswith("SELECT")]) == 1


def test_years_come_newest_first_and_can_be_chosen(tmp_path: Path) -> None:
    engine = an_engine(tmp_path)
    row = AgencyRow("a", "某局", "s", "", "on_time", Words("原因", "reason"))
    with writing(engine) as session:
        a_site(session, "s", "站点")
        duty = an_obligation(session, row)
        stands_for(duty, a_version(session, row, Published()))
        older = type(duty)(**duty.model_dump(exclude={"id", "year"}), year=YEAR - 1)
        session.add(older)
        session.add(
            FindingRow(
                agency_key="a",
                year=YEAR - 1,
                outcome="broken",
                code="T01",
                severity="error",
                message_zh="逾期",
                message_en="late",
            )
        )
    with reading(engine) as session:
        rows = ledger_rows(session, LedgerQuery())
        assert [row.obligation.year for row in rows] == [YEAR, YEAR - 1]
        assert [row.errors for row in rows] == [0, 1]
        assert len(ledger_rows(session, LedgerQuery(year=YEAR))) == 1
        assert ledger_rows(session, LedgerQuery(agency="nobody")) == ()


def test_an_event_has_exactly_the_documented_keys(pages: TestClient) -> None:
    for item in pages.get("/api/v1/events").json()["items"]:
        assert list(item) == EVENT_KEYS
        assert item["happened_at"].endswith("+08:00")


def test_events_go_on_after_the_last_id(pages: TestClient) -> None:
    first = pages.get("/api/v1/events?limit=2").json()
    rest = pages.get(f"/api/v1/events?after={first['next_after']}").json()
    ids = [item["id"] for page in (first, rest) for item in page["items"]]
    assert ids == sorted(set(ids))
    assert len(ids) == first["total"]
    end = pages.get(f"/api/v1/events?after={ids[-1]}").json()
    assert end["items"] == []
    assert end["next_after"] == ids[-1]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("kind=site.down", {"site.down"}),
        (
            "kind=report.*",
            {"report.published", "report.published_late", "report.revised", "report.missing"},
        ),
        (f"agency={MISSING.key}", {"report.missing"}),
        ("year=2019", set()),
    ],
)
def test_events_can_be_narrowed(pages: TestClient, query: str, kinds: set[str]) -> None:
    items = pages.get(f"/api/v1/events?{query}").json()["items"]
    assert {item["kind"] for item in items} == kinds


def test_an_event_keeps_its_data_as_written(tmp_path: Path) -> None:
    engine = an_engine(tmp_path)
    with writing(engine) as session:
        because = Words("网站恢复。", "The site is up.")
        row = an_event(session, EventKind.SITE_UP, an_instant(2, 5), None, because, site="s")
        told = event_json(row)
    assert told["site"] == "s"
    assert told["agency"] is None
    assert told["data"] == {"because": {"zh": "网站恢复。", "en": "The site is up."}}


def test_an_event_that_was_never_stored_has_no_identity() -> None:
    event_row = Event(key="k", kind="site.up", happened_at=NOW, noticed_at=NOW)
    with pytest.raises(ValueError, match="stored"):
        event_json(event_row)


@pytest.mark.parametrize(
    "query",
    [
        "obligations?limit=501",
        "obligations?limit=0",
        "obligations?offset=-1",
        "obligations?status=guilty",
        "obligations?year=abc",
        "events?kind=report.unheard",
        "events?after=-1",
    ],
)
def test_a_parameter_that_means_nothing_is_refused_in_both_languages(
    pages: TestClient, query: str
) -> None:
    answer = pages.get(f"/api/v1/{query}")
    assert answer.status_code == 422
    assert set(answer.json()["error"]) >= {"status", "zh", "en"}


def test_a_wrong_address_below_the_interface_answers_json(pages: TestClient) -> None:
    answer = pages.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"]["status"] == 404


def test_the_interface_documents_itself_without_foreign_scripts(pages: TestClient) -> None:
    document = pages.get("/api/openapi.json").json()
    page = pages.get("/api/docs").text
    assert set(document["paths"]) == {"/api/v1/obligations", "/api/v1/events"}
    for key in (*OBLIGATION_KEYS, *EVENT_KEYS):
        assert f"<code>{key}</code>" in page
    assert "https://nianshao.example/api/v1/obligations" in page
    assert "<script" not in page
