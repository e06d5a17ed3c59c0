"""What the visits of one crawl cost. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crawled:
    """Requests sent, unchanged answers, body bytes; ``broken`` is what ended the crawl before its time."""

    requests: int = 0
    not_modified: int = 0
    bytes: int = 0
    broken: BaseException | None = None
