from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from db.session import open_engine, writing
from reports.words import Words
from tests.web_client import HOSTILE, a_client
from tests.web_rows import (
    AgencyRow,
    Published,
    a_site,
    a_version,
    an_obligation,
    stands_for,
)
from tests.web_season import REVISED


def test_hostile_text_is_shown_and_never_run(empty: Engine) -> None:
    row = AgencyRow("bad", HOSTILE, "s", HOSTILE, "on_time", Words(HOSTILE, HOSTILE))
    shown = Published(title=HOSTILE, url="javascript:alert(1)")
    with writing(empty) as session:
        a_site(session, "s", "站点")
        duty = an_obligation(session, row)
        version = a_version(session, row, shown)
        version.changes = [{"cell": HOSTILE, "before": HOSTILE * 9, "after": None}]
        version.grids = [[[[HOSTILE, 10**9, -5, 0, 0]]]]
        stands_for(duty, version)
        number = version.id
    client = a_client(empty)
    for path in ("/", "/agencies/bad", f"/reports/{number}"):
        page = client.get(path).text
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert 'href="javascript:' not in page
    assert "javascript:alert(1)" in client.get(f"/reports/{number}").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/agencies/none", 404),
        ("/agencies/..%2F..%2Fetc", 404),
        ("/reports/999", 404),
        ("/reports/99999999999999999999", 422),
        ("/reports/abc", 422),
        ("/rules/Z99", 404),
        ("/?year=abc", 422),
        ("/?status=guilty", 422),
        ("/?page=0", 422),
    ],
)
def test_what_is_not_there_gets_a_page_in_both_languages(
    pages: TestClient, path: str, status: int
) -> None:
    answer = pages.get(path)
    assert answer.status_code == status
    assert 'lang="zh-Hans"' in answer.text
    assert 'class="second" lang="en"' in answer.text


def test_a_fault_of_ours_shows_no_trace_and_keeps_the_strict_headers(tmp_path: Path) -> None:
    broken = open_engine(f"sqlite:///{tmp_path / 'without-tables.db'}")
    answer = a_client(broken, faults=False).get("/")
    assert answer.status_code == 500
    assert "服务器内部出现错误" in answer.text
    assert "Traceback" not in answer.text
    assert "script" not in answer.headers["Content-Security-Policy"]


def test_health_is_well_while_the_database_can_be_read(pages: TestClient) -> None:
    answer = pages.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["newest_visit_at"] == "2026-02-05T08:30:00+08:00"


def test_health_fails_when_the_database_cannot_be_read(tmp_path: Path) -> None:
    gone = open_engine(f"sqlite:///{tmp_path / 'no-folder' / 'nianshao.db'}")
    assert a_client(gone).get("/healthz").status_code == 503


def test_every_answer_forbids_scripts_and_foreign_content(pages: TestClient) -> None:
    for path in ("/", "/static/page.css", "/api/v1/events", "/nowhere", "/healthz"):
        headers = pages.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_need_no_script_and_no_inline_style(pages: TestClient) -> None:
    for path in ("/", f"/agencies/{REVISED.key}", "/reports/1", "/rules", "/api/docs"):
        page = pages.get(path).text
        assert "<script" not in page
        assert not re.search(r"\sstyle=|\son\w+=", page)


def test_a_supervisor_may_ask_for_headers_only(pages: TestClient) -> None:
    assert pages.head("/").status_code == 200


def test_nobody_can_write_through_the_pages(pages: TestClient) -> None:
    assert pages.post("/").status_code == 405
