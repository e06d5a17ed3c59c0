"""Each accusation on the page opens its evidence; bytes of others are files and never pages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from db.archive import Archive
from db.seen import EntrySeen, PageSeen, keep_entries, keep_pages
from db.session import writing
from db.tables import Visit
from reports.visits import Outcome
from reports.words import Words
from tests.exchanges import an_exchange, kept
from tests.web_client import HOSTILE, a_client
from tests.web_rows import YEAR, AgencyRow, a_site, an_instant, an_obligation
from tests.web_season import LATE, MISSING, OTHERS

WHY = Words("期限已过，未见报告。", "Deadline passed, not there.")
ACCUSED = AgencyRow("xuefu", "洛龙区学府街道办事处", "s", "410311", "missing", WHY)
PAGE = f"<title>{HOSTILE}</title><ul><li>2024年政府信息公开工作年度报告</li></ul>".encode()


@pytest.fixture
def pages_with_bytes(empty: Engine, tmp_path: Path) -> tuple[TestClient, str]:
    """One accused agency whose column was read twice, and refused us between."""
    archive = Archive(tmp_path / "archive", empty)
    url = f"https://www.s.gov.example/{HOSTILE}"
    with writing(empty) as session:
        a_site(session, "s", "站点")
        an_obligation(session, ACCUSED)
    listed = kept(archive, an_exchange(PAGE, url=url))
    refused = kept(archive, an_exchange(b"<b>no</b>", url=url, status=412), Outcome.BLOCKED)
    with writing(empty) as session:
        for hour, sha256, outcome in (
            (1, listed, "ok"),
            (2, refused, "blocked"),
            (3, listed, "ok"),
        ):
            status = 412 if outcome == "blocked" else 200
            pages = keep_pages(session, [PageSeen(url, sha256, status, outcome)])
            entries = keep_entries(session, [EntrySeen(HOSTILE, "javascript:alert(1)")])
            session.add(
                Visit(
                    column_key="s/annual-reports",
                    at=an_instant(2, 6, hour),
                    outcome=outcome,
                    detail_zh=HOSTILE,
                    detail_en=HOSTILE,
                    pages_seen_id=pages,
                    entries_seen_id=entries,
                )
            )
    return a_client(empty, archive_dir=archive.root), listed


@pytest.mark.parametrize("row", [MISSING, LATE, *OTHERS[:2]], ids=lambda row: row.status)
def test_each_accusing_status_opens_its_evidence(pages: TestClient, row: AgencyRow) -> None:
    address = f"/evidence/{row.key}/{YEAR}"
    assert f'href="{address}"' in pages.get("/").text
    assert f'href="{address}"' in pages.get(f"/agencies/{row.key}").text
    shown = pages.get(address)
    assert shown.status_code == 200
    assert row.because.zh in shown.text


def test_what_a_site_sent_is_never_part_of_the_page(
    pages_with_bytes: tuple[TestClient, str],
) -> None:
    client, listed = pages_with_bytes
    page = client.get(f"/evidence/xuefu/{YEAR}").text
    assert "<script" not in page
    assert "javascript:" not in page
    assert f'href="/bodies/{listed}"' in page
    assert "412" in page


def test_bytes_come_as_a_file_that_no_browser_opens(
    pages_with_bytes: tuple[TestClient, str],
) -> None:
    client, listed = pages_with_bytes
    answer = client.get(f"/bodies/{listed}")
    assert answer.content == PAGE
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_file_is_the_one_that_the_command_writes(
    pages_with_bytes: tuple[TestClient, str],
) -> None:
    client, listed = pages_with_bytes
    answer = client.get(f"/evidence/xuefu/{YEAR}.zip")
    assert (
        answer.headers["content-disposition"] == f'attachment; filename="nianshao-xuefu-{YEAR}.zip"'
    )
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = set(packed.namelist())
        page = packed.read("index.html").decode()
        bodies = {packed.read(name) for name in names if name.startswith("bytes/")}
    assert {"index.html", "manifest.json", "verify.py", "SHA256SUMS", "records.warc.gz"} <= names
    assert {PAGE, b"<b>no</b>"} == bodies
    assert "<script" not in page
    assert listed[:12] in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/evidence/nobody/2025", 404),
        ("/evidence/nobody/2025.zip", 404),
        (f"/evidence/xuefu/{YEAR}.zip", 404),
        ("/evidence/xuefu/1999", 422),
        ("/bodies/" + "0" * 64, 404),
        ("/bodies/..%2f..%2fetc%2fpasswd", 404),
        ("/bodies/ABC", 422),
    ],
)
def test_what_is_not_there_is_said_so(pages: TestClient, path: str, status: int) -> None:
    assert pages.get(path).status_code == status
