from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from sqlalchemy import Engine

from tests.web_rows import NOW, YEAR
from tests.web_season import MISSING, REVISED
from web.app import create_app
from web.settings import WebSettings

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")
STARTED_WITHIN_SECONDS = 10

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs a Chromium"),
]


@pytest.fixture(scope="module")
def address(season: Engine) -> Iterator[str]:
    settings = WebSettings("http://127.0.0.1", "zh", timedelta(hours=48))
    app = create_app(season, settings, lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    limit = time.monotonic() + STARTED_WITHIN_SECONDS
    while not server.started and thread.is_alive() and time.monotonic() < limit:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways_complains_or_asks_elsewhere(address: str, width: int) -> None:
    complaints: list[str] = []
    asked: set[str] = set()
    paths = (
        "/",
        f"/agencies/{REVISED.key}",
        f"/evidence/{MISSING.key}/{YEAR}",
        f"/evidence/{REVISED.key}/{YEAR}",
        "/reports/1",
        "/reports/2",
        "/rules",
        "/api/docs",
    )
    with playwright.sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.add(request.url))
        for path in paths:
            answer = page.goto(address + path)
            assert answer.status == 200
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow == 0, f"{path} is {overflow}px too wide at {width}px"
        page.goto(address + "/reports/1")
        page.click("td.marked a.code >> nth=0")
        assert "#finding-" in page.url
        browser.close()
    assert complaints == []
    assert {url for url in asked if not url.startswith(address)} == set()
