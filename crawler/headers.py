"""The headers that every request of a pass carries, whoever sends it. Pure."""

from __future__ import annotations

from crawler.plan import CrawlSettings


def request_headers(settings: CrawlSettings) -> dict[str, str]:
    """Return the common headers, the name we go by among them."""
    return {"User-Agent": settings.user_agent, **ACCEPTED}


ACCEPTED = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    # Always the same: servers give each encoding a validator of its own.
    "Accept-Encoding": "gzip, deflate",
}
