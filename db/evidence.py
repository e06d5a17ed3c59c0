"""Rows of evidence: where each kept answer lies, what a visit saw, and the daily chain over the event log."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Capture(SQLModel, table=True):
    """One answer of a site in the archive: headers and times stand in its WARC record, here is where it lies.

    ``key`` names what was asked for, the form of a POST included; ``url`` is the address asked. ``kind``
    is ``response``, ``revisit`` for bytes that an earlier record holds, or ``conversion`` for a page as its
    scripts wrote it, which has no request of its own. ``sha256`` and ``kept`` speak of
    the bytes kept, ``size`` of the bytes that came: bad ends are cut. ``outcome`` is a value of
    ``reports.visits.Outcome``. ``offset`` and ``length`` are the compressed record; the record of the
    request follows it, ``request_length`` long. ``file`` is None once the bytes were let go of.
    """

    __table_args__ = (Index("ix_capture_key_id", "key", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    url: str
    at: datetime
    kind: str
    outcome: str
    status: int
    sha256: str = Field(index=True)
    size: int
    kept: int
    file: str | None = Field(default=None, index=True)
    offset: int
    length: int
    request_length: int


class Seen(SQLModel, table=True):
    """What a visit saw, kept once for all visits that saw the same: JSON, deflated, named by its SHA-256."""

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    content: bytes


class ChainDay(SQLModel, table=True):
    """A link of the chain over the event log: the events of a day that ended, and all days before.

    ``hashes`` are those of the events' lines, 32 bytes each; ``events_sha256`` is over them, ``sha256``
    over it and the link before, as ``db.chain`` says. A day may have two links: a replay may add to a
    day that is sealed.
    """

    number: int = Field(primary_key=True)
    day: date
    first_event_id: int
    last_event_id: int
    hashes: bytes
    events_sha256: str
    sha256: str
