"""A client that asks the real application, without a network."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from starlette.testclient import TestClient

from reports.words import Language
from tests.web_rows import NOW
from web.app import create_app
from web.settings import WebSettings

HOSTILE = "<script>alert('年报')</script>"


def a_client(
    engine: Engine,
    now: datetime = NOW,
    language: Language = "zh",
    *,
    faults: bool = True,
    archive_dir: Path | None = None,
) -> TestClient:
    """Return a client; with ``faults`` an exception of ours fails the test instead of giving 500."""
    settings = WebSettings(
        "https://nianshao.example", language, timedelta(hours=48), archive_dir=archive_dir
    )
    app = create_app(engine, settings, lambda: now)
    return TestClient(app, raise_server_exceptions=faults)
