"""What a visit saw: its pages with their hashes, its bad ends, its entries; kept once for equal visits."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from db.evidence import Seen

MOST_PAGES = 500
MOST_ENTRIES = 3_000
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class PageSeen:
    """One answer of a visit: what was asked for, the hash of its bytes (None: no bytes), how it ended.

    ``is_list`` tells the pages of the column from reports whose fetch ended badly.
    """

    key: str
    sha256: str | None
    status: int | None
    outcome: str
    is_list: bool = True


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """One entry that the column listed."""

    title: str
    url: str
    listed_on: date | None = None


def keep_pages(session: Session, pages: Iterable[PageSeen]) -> int | None:
    """Keep the pages of a visit; return the id for ``Visit.pages_seen_id``, None when there are none."""
    rows = [[p.key, p.sha256, p.status, p.outcome, p.is_list] for p in pages]
    return _keep(session, rows[:MOST_PAGES])


def keep_entries(session: Session, entries: Iterable[EntrySeen]) -> int | None:
    """Keep the entries of a visit; return the id for ``Visit.entries_seen_id``, None when there are none."""
    rows = [
        [
            entry.title[:LONGEST_TEXT],
            entry.url[: 4 * LONGEST_TEXT],
            entry.listed_on.isoformat() if entry.listed_on else None,
        ]
        for entry in entries
    ]
    return _keep(session, rows[:MOST_ENTRIES])


def pages_seen(session: Session, seen_id: int | None) -> tuple[PageSeen, ...]:
    """Return the pages that were kept under an id."""
    return tuple(PageSeen(*row) for row in _read(session, seen_id))


def entries_seen(session: Session, seen_id: int | None) -> tuple[EntrySeen, ...]:
    """Return the entries that were kept under an id."""
    return tuple(
        EntrySeen(title, url, date.fromisoformat(day) if day else None)
        for title, url, day in _read(session, seen_id)
    )


def _keep(session: Session, rows: list[list[Any]]) -> int | None:
    if not rows:
        return None
    text = json.dumps(rows, ensure_ascii=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(text).hexdigest()
    known = session.exec(select(Seen.id).where(Seen.digest == digest)).first()
    if known is not None:
        return known
    row = Seen(digest=digest, content=zlib.compress(text))
    session.add(row)
    session.flush()
    return row.id


def _read(session: Session, seen_id: int | None) -> list[list[Any]]:
    row = None if seen_id is None else session.get(Seen, seen_id)
    return [] if row is None else list(json.loads(zlib.decompress(row.content)))
