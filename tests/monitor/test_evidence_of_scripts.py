"""What only a script writes is proved by what it wrote, beside the answer that brought the script."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.browser_at_hand import why_no_browser
from tests.deployment import Agency, Deployment
from tests.season_server import Answer, Ask, LocalServer

pytestmark = [
    pytest.mark.service,
    pytest.mark.browser,
    pytest.mark.skipif(why_no_browser() is not None, reason="needs a Chromium"),
]

SHELL = """<html><head><meta charset="utf-8"><script src="/app.js"></script></head>
<body><ul id="app"></ul></body></html>"""
TITLE = "甲县财政局2024年政府信息公开工作年度报告"
APP = f"""document.querySelector("#app") || addEventListener("load", () =>
  document.querySelector("#app").innerHTML = '<li><a href="/r.html">{TITLE}</a> 2025-01-20</li>');"""
PAGES = {"/nb/": SHELL, "/app.js": APP, "/r.html": f"<h1>{TITLE}</h1><p>一、总体情况</p>"}


@pytest.fixture
def server() -> Iterator[LocalServer]:
    def answer(ask: Ask) -> Answer:
        page = PAGES.get(ask.path)
        return Answer(404) if page is None else Answer(200, page.encode())

    server = LocalServer(answer)
    yield server
    server.close()


def test_an_absence_from_a_written_page_is_proved_by_that_page(
    server: LocalServer, tmp_path: Path
) -> None:
    column = f"http://127.0.0.1:{server.port}/nb/"
    agencies = (Agency("absent", "甲县民政局"), Agency("other", "甲县财政局"))
    house = Deployment(tmp_path, {"site": column}, agencies)
    text = house.config.read_text(encoding="utf-8")
    written = text.replace(f'url = "{column}"', f'url = "{column}"\nrender = true')
    house.config.write_text(written, encoding="utf-8")
    for day in (1, 2, 3):
        house.once(f"2026-02-0{day}T09:00")
    assert house.statuses()["absent"] == "missing"
    assert house.command("db", "verify").returncode == 0

    file = tmp_path / "evidence.zip"
    assert house.command("evidence", "absent/2025", "--output", str(file)).returncode == 0
    with zipfile.ZipFile(file) as packed:
        packed.extractall(tmp_path / "evidence")
    verifier = str(tmp_path / "evidence" / "verify.py")
    assert subprocess.run([sys.executable, "-I", verifier], capture_output=True).returncode == 0
    with (tmp_path / "evidence" / "records.warc.gz").open("rb") as stream:
        records = [(one.rec_type, one.raw_stream.read()) for one in ArchiveIterator(stream)]
    (page,) = [body.decode() for kind, body in records if kind == "conversion"]
    assert TITLE in page
    assert "甲县民政局" not in page
    shown = (tmp_path / "evidence" / "index.html").read_text(encoding="utf-8")
    assert "页面脚本写出，不是应答" in shown
