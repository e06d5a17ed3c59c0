"""A source of newest entries finds reports; it proves no absence, and takes no proof from a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.deployment import Agency, Deployment
from tests.listed_site import ListedSite

pytestmark = pytest.mark.service

FEED = """<rss version="2.0"><channel><title>年报</title><item><title>{title}</title>
<link>{url}</link><pubDate>Tue, 21 Jan 2025 09:00:00 +0800</pubDate></item></channel></rss>"""
OLD = "甲县财政局2024年政府信息公开工作年度报告"


def test_feed_proves_nothing_and_takes_no_proof_from_the_list_beside_it(tmp_path: Path) -> None:
    with ListedSite() as site:
        site.add(OLD, "/old.html", date(2025, 1, 21))
        site.pages["/old.html"] = site.report("甲县财政局", 2024, date(2025, 1, 21))
        url = f"{site.base_url}/old.html"
        site.pages["/feed.xml"] = FEED.format(title=OLD, url=url).encode()
        agencies = (
            Agency("both", "甲县财政局", columns=("site/reports", "feed/reports")),
            Agency("fed", "甲县民政局", columns=("feed/reports",)),
        )
        sites = {"site": site.column_url, "feed": f"{site.base_url}/feed.xml"}
        house = Deployment(tmp_path, sites, agencies)
        for at in ("2026-02-02T09:00", "2026-02-03T09:00"):
            house.once(at)
    assert house.statuses() == {"both": "missing", "fed": "unverified"}
    assert "只列出最新的条目" in house.obligations()["fed"]["because"]
