"""A site may say where its pages hold the article; saying so later has the known bodies read again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from db.session import reading
from db.tables import ReportVersion
from reports.codec import from_store
from tests.deployment import Agency, Deployment
from tests.listed_site import ListedSite

pytestmark = pytest.mark.service

NAME = "甲县财政局"
FIRST, SECOND = "2026-01-24T09:00", "2026-01-24T21:00"


def two_states(site: ListedSite) -> bytes:
    """Return one page that shows an old state of the report and, in an element of its own, the new one."""
    old, new = (
        site.report(NAME, 2025, date(2026, 1, 20), {"requests.new.natural_person": count}).decode()
        for count in (3, 8)
    )
    body = new.partition("<body")[2].partition(">")[2].partition("</body>")[0]
    return old.replace("</body>", f'<div id="new">{body}</div></body>').encode()


def figures_of(house: Deployment) -> list[object]:
    with reading(house.house.engine) as session:
        versions = session.exec(select(ReportVersion)).all()
        reports = [from_store(version.report) for version in versions if version.readable]
    return [report.cell("requests.new.natural_person").value for report in reports]


def test_a_selector_given_later_has_known_pages_read_again_and_revises_no_report(
    tmp_path: Path,
) -> None:
    with ListedSite() as site:
        title = f"{NAME}2025年政府信息公开工作年度报告"
        site.add(title, "/1.html", date(2026, 1, 20))
        site.pages["/1.html"] = two_states(site)
        house = Deployment(tmp_path, {"site": site.column_url}, (Agency("one", NAME),))
        house.once(FIRST)
        before = figures_of(house)
        written = house.config.read_text(encoding="utf-8")
        house.config.write_text(
            written.replace("allow_private", 'article = "#new"\nallow_private'), encoding="utf-8"
        )
        again = Deployment.opened(house.config)
        again.once(SECOND)
    assert (len(before), figures_of(again)) == (1, [8])
    assert "report.revised" not in again.kinds("one")
