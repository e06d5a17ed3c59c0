"""Writes what one fetch brought: the row of the address, and that of each distinct body."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import sqlalchemy
from sqlalchemy import bindparam
from sqlalchemy.engine import Connection
from sqlmodel import Session, col

from crawler.fetched import Fetched, Known
from db.tables import Resource, Snapshot

_FEW = 5

# Made once: they are asked for every single answer.
_KNOWN = sqlalchemy.select(*(getattr(Resource, field.name) for field in fields(Known))).where(
    col(Resource.url) == bindparam("url")
)
_SAME_BODY = (col(Snapshot.url) == bindparam("url"), col(Snapshot.sha256) == bindparam("sha256"))
_SAME_SNAPSHOT = sqlalchemy.select(col(Snapshot.id)).where(*_SAME_BODY)
_BEFORE = (
    sqlalchemy.select(col(Snapshot.sha256))
    .where(col(Snapshot.url) == bindparam("url"), col(Snapshot.fetched_at) <= bindparam("until"))
    .order_by(col(Snapshot.fetched_at).desc())
    .limit(_FEW)
)


def known_of(connection: Connection, key: str) -> Known | None:
    """Return what is known of a resource, None when there is no body of it to compare with."""
    row = connection.execute(_KNOWN, {"url": key}).first()
    return None if row is None or row.sha256 is None else Known(*row)


def write_fetch(session: Session, fetched: Fetched, at: datetime) -> int | None:
    """Bring the resource up to date, and return the snapshot that holds the body."""
    row = session.get(Resource, fetched.key)
    if row is None:
        row = Resource(url=fetched.key, outcome=fetched.outcome, checked_at=at)
        session.add(row)
    row.outcome, row.http_status = fetched.outcome, fetched.http_status
    row.checked_at = at
    # A bad end leaves validators and hash alone: they speak of the newest body that we have.
    if fetched.sha256 is None:
        return None
    _renew(row, fetched, at)
    return write_snapshot(session, fetched, at)


def write_snapshot(session: Session, fetched: Fetched, at: datetime) -> int | None:
    """Keep that this body was seen at its address, and return its row."""
    found: int | None = session.connection().scalar(_SAME_SNAPSHOT, _body_of(fetched))
    if found is not None:
        return found
    new = Snapshot(
        url=fetched.key,
        sha256=fetched.sha256 or "",
        size=len(fetched.body or b""),
        media_type=fetched.media_type,
        charset=fetched.charset,
        http_status=fetched.http_status or 200,
        headers=dict(fetched.headers),
        fetched_at=at,
    )
    session.add(new)
    session.flush()
    return new.id


def seen_before(connection: Connection, fetched: Fetched, until: datetime) -> tuple[str, ...]:
    """Return the newest bodies of an address that were first seen by an instant, by their hashes."""
    rows = connection.execute(_BEFORE, {"url": fetched.key, "until": until})
    return tuple(sha256 for (sha256,) in rows)


def _renew(row: Resource, fetched: Fetched, at: datetime) -> None:
    if row.sha256 != fetched.sha256:
        row.changed_at = at
    if fetched.http_status == 304:
        return
    row.sha256, row.full_at = fetched.sha256, at
    row.etag, row.last_modified = fetched.header("etag"), fetched.header("last-modified")
    row.media_type, row.charset = fetched.media_type, fetched.charset


def _body_of(fetched: Fetched) -> dict[str, str | None]:
    return {"url": fetched.key, "sha256": fetched.sha256}
