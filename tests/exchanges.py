"""Answers of sites as the archive keeps them, made up for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from db.archive import Archive
from db.warc import Exchange
from reports.visits import Outcome

NOON = datetime(2026, 2, 1, 4, tzinfo=UTC)
URL = "http://www.x.gov.example/zfxxgk/index.html"


def an_exchange(body: bytes = b"<p>1</p>", url: str = URL, **changes: Any) -> Exchange:
    """Return an answer 200 to a GET."""
    chosen: dict[str, Any] = {
        "key": url,
        "url": url,
        "status": 200,
        "headers": (("Content-Type", "text/html"), ("Date", "Sun, 01 Feb 2026 04:00:00 GMT")),
        "body": body,
        "request_headers": (("User-Agent", "Nianshao/1.0 (+test)"),),
        "reason": "OK",
    }
    return Exchange(**{**chosen, **changes})


def kept(
    archive: Archive,
    exchange: Exchange,
    outcome: Outcome = Outcome.OK,
    at: datetime = NOON,
) -> str:
    """Put an answer into the archive and its index; return the hash of what is kept."""
    sha256 = archive.keep(exchange, outcome, at)
    with archive.recording():
        pass
    return sha256
