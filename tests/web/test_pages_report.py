from __future__ import annotations

import re

from sqlalchemy import Engine
from sqlmodel import Session, delete
from starlette.testclient import TestClient

from db.session import writing
from db.tables import FindingRow
from reports.rules.registry import RULES
from reports.words import Words
from tests.web_client import a_client
from tests.web_rows import (
    FIGURES,
    WRONG,
    AgencyRow,
    Published,
    a_site,
    a_version,
    an_obligation,
)

FAULTY_ID, TORN_ID = 3, 4
"""The season writes two versions of the revised report before them."""


def test_a_report_page_gives_the_proof(pages: TestClient, season: Engine) -> None:
    page = pages.get(f"/reports/{FAULTY_ID}").text
    assert re.search(r'<code class="hash">[0-9a-f]{64}</code>', page)
    assert "2026-01-28" in page  # the date shown
    assert "2026-01-20" in page  # the date in the address
    assert "2026-01-29 09:30" in page  # first seen by us


def test_what_a_torn_copy_kept_from_being_checked_is_told(pages: TestClient) -> None:
    page = pages.get(f"/reports/{TORN_ID}").text
    assert "未能核对的规则" in page
    listed = page.partition('<ul class="gaps">')[2].partition("</ul>")[0]
    codes = re.findall(r'href="/rules/(\w+)"', listed)
    assert len(codes) == len(set(codes))
    assert "25 处，其一：" in listed


def test_a_finding_is_marked_in_the_cell_it_speaks_of(pages: TestClient, season: Engine) -> None:
    page = pages.get(f"/reports/{FAULTY_ID}").text
    cell = re.search(r'<td[^>]* id="cell-requests\.handled_total\.natural_person".*?</td>', page)
    assert cell is not None
    wrong = WRONG["requests.handled_total.natural_person"]
    assert f'class="number marked f-error">{wrong}<a class="code" href="#finding-' in cell.group(0)
    finding = re.search(r'href="#(finding-\d+)">B01</a>', cell.group(0))
    assert finding is not None
    assert f'id="{finding.group(1)}"' in page
    assert 'href="#cell-requests.handled_total.natural_person"' in page


def test_a_cell_without_a_finding_is_not_marked(pages: TestClient, season: Engine) -> None:
    page = pages.get(f"/reports/{FAULTY_ID}").text
    cell = re.search(r'<td[^>]* id="cell-licensing\.decisions".*?</td>', page)
    assert cell is not None
    assert f'class="number">{FIGURES["licensing.decisions"]}</td>' in cell.group(0)


def test_a_revised_report_shows_what_changed(pages: TestClient) -> None:
    page = pages.get("/reports/2").text
    assert re.search(r"<del[^>]*>16</del>", page)
    assert re.search(r"<ins[^>]*>14</ins>", page)
    assert "不是当前版本" in pages.get("/reports/1").text


def row_written(session: Session, row: AgencyRow) -> AgencyRow:
    an_obligation(session, row)
    return row


def test_an_unreadable_report_says_why_and_shows_no_findings(empty: Engine) -> None:
    row = AgencyRow("pdf", "某局", "s", "", "on_time", Words("原因", "reason"))
    with writing(empty) as session:
        a_site(session, "s", "站点")
        version = a_version(session, row_written(session, row), Published())
        version.readable, version.verdict = False, "unreadable"
        version.unreadable_zh, version.unreadable_en = "文件为图片", "the file is an image"
        version.report, version.grids = {}, []
    page = a_client(empty).get("/reports/1").text
    assert "文件为图片" in page
    assert "the file is an image" in page


def test_every_cell_without_a_value_is_explained_on_the_page(empty: Engine) -> None:
    row = AgencyRow("a", "某局", "s", "", "on_time", Words("原因", "reason"))
    figures = {**FIGURES, "review.total": "/", "licensing.decisions": "约30件"}
    with writing(empty) as session:
        a_site(session, "s", "站点")
        a_version(session, row_written(session, row), Published(figures=figures))
    page = a_client(empty).get("/reports/1").text
    assert "没有数值的单元格及原因" in page
    assert re.search("行政许可 处理决定数量）：该格写作“约30件”", page)
    assert re.search("行政复议·总计）：该格写作“/”，不是数字，也不等于 0", page)


def test_a_report_read_from_a_picture_says_so_and_claims_no_check(empty: Engine) -> None:
    row = AgencyRow("a", "某局", "s", "", "on_time", Words("原因", "reason"))
    with writing(empty) as session:
        a_site(session, "s", "站点")
        version = a_version(session, row_written(session, row), Published())
        version.report = {**version.report, "by_ocr": True}
        session.exec(delete(FindingRow))
    page = a_client(empty).get("/reports/1").text
    assert 'role="note"' in page
    assert "原件是图片" in page
    assert "没有据此核对" in page
    assert "没有发现问题" not in page


def test_history_before_the_first_year_has_its_page_without_an_obligation(empty: Engine) -> None:
    row = AgencyRow("a", "某局", "s", "", "on_time", Words("原因", "reason"))
    with writing(empty) as session:
        a_site(session, "s", "站点")
        duty = an_obligation(session, row)
        version = a_version(session, row, Published())
        version.year = 2021
        assert duty.version_id is None
    client = a_client(empty)
    assert "历史资料" in client.get("/agencies/a").text
    assert client.get("/reports/1").status_code == 200


def test_every_rule_has_its_page(pages: TestClient) -> None:
    listed = pages.get("/rules").text
    for rule in RULES:
        assert f'href="/rules/{rule.code}"' in listed
        assert rule.statement.zh in pages.get(f"/rules/{rule.code.lower()}").text
