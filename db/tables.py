"""The rows that Nianshao keeps. Instants are aware UTC, legal days dates, enumerations their values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.columns import json_list, json_object
from db.evidence import Capture as Capture
from db.evidence import ChainDay as ChainDay
from db.evidence import Seen as Seen
from db.hosts import ColumnListing as ColumnListing
from db.hosts import HostRules as HostRules
from db.judgements import Dismissal as Dismissal
from db.judgements import FindingRow as FindingRow
from db.narratives import Narrative as Narrative
from db.narratives import NarrativeGram as NarrativeGram
from db.narratives import ReportCopy as ReportCopy
from db.sites import Site as Site
from db.sites import SiteColumn as SiteColumn


class Agency(SQLModel, table=True):
    """A reporting body of the register. ``active`` is False once the configuration no longer names it.

    ``duty`` is a value of ``reports.duties.Duty`` that holds from ``since`` to ``until``, ``successor`` the
    key of the body that continues it, ``heir_of`` the names of the bodies that it continues itself.
    """

    key: str = Field(primary_key=True)
    name: str
    kind: str
    region: str = ""
    aliases: list[str] = json_list()
    columns: list[str] = json_list()
    former_names: list[str] = json_list()
    heir_of: list[str] = json_list()
    duty: str = "required"
    since: date | None = None
    until: date | None = None
    successor: str | None = Field(default=None, index=True)
    exempt_reason: str | None = None
    active: bool = True


class Visit(SQLModel, table=True):
    """One look at one column in one pass. ``outcome`` is a value of ``reports.visits.Outcome``.

    ``pages_seen_id`` and ``entries_seen_id`` name what it saw, as in ``db.seen``; None before release 0.4.
    """

    __table_args__ = (UniqueConstraint("column_key", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    column_key: str = Field(foreign_key="sitecolumn.key")
    at: datetime = Field(index=True)
    outcome: str
    detail_zh: str = ""
    detail_en: str = ""
    http_status: int | None = None
    pages: int = 0
    links: int = 0
    candidates: int = 0
    requests: int = 0
    not_modified: int = 0
    bytes: int = 0
    seconds: float = 0.0
    pages_seen_id: int | None = Field(default=None, foreign_key="seen.id")
    entries_seen_id: int | None = Field(default=None, foreign_key="seen.id")


class Resource(SQLModel, table=True):
    """The newest known state of one address: validators for conditional GET, hash of the newest body.

    ``full_at`` is when the server last sent the whole of it, unasked for a change.
    """

    url: str = Field(primary_key=True)
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    media_type: str | None = None
    charset: str | None = None
    outcome: str
    http_status: int | None = None
    checked_at: datetime
    changed_at: datetime | None = None
    full_at: datetime | None = None


class Link(SQLModel, table=True):
    """A link of a column (or an attachment of a linked page) that may be an annual report.

    ``refusal_zh/en`` say why it was not followed, None when it was. ``snapshot_id`` is the newest body,
    ``read_snapshot_id`` the one that was ingested last: they differ while work is waiting. ``read_by`` is
    the version of the reader that read it. ``found_as`` is what a body without a report turned out to be:
    its media type, or the reader's word for why it cannot be read; of a report that is not the one listed,
    what ``reports.held`` keeps of it. ``broken_since`` is when its answers began to break off, None while
    they do not.
    """

    __table_args__ = (UniqueConstraint("column_key", "url"),)

    id: int | None = Field(default=None, primary_key=True)
    column_key: str = Field(foreign_key="sitecolumn.key")
    parent_id: int | None = Field(default=None, foreign_key="link.id", index=True)
    url: str = Field(index=True)
    title: str
    listed_on: date | None = None
    year: int | None = None
    agency_key: str | None = Field(default=None, index=True)
    refusal_zh: str | None = None
    refusal_en: str | None = None
    first_listed_at: datetime
    last_listed_at: datetime
    outcome: str | None = None
    outcome_at: datetime | None = None
    snapshot_id: int | None = Field(default=None, foreign_key="snapshot.id")
    read_snapshot_id: int | None = None
    read_by: str | None = None
    found_as: str | None = None
    broken_since: datetime | None = None


class Snapshot(SQLModel, table=True):
    """A distinct body seen at an address; the bytes lie in the archive under ``sha256``."""

    __table_args__ = (UniqueConstraint("url", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    url: str
    sha256: str = Field(index=True)
    size: int
    media_type: str | None = None
    charset: str | None = None
    http_status: int
    headers: dict[str, Any] = json_object()
    fetched_at: datetime


class ReaderFault(SQLModel, table=True):
    """A body that ended the process which read it, how often, and why: by one version of the reader."""

    sha256: str = Field(primary_key=True)
    reader_version: str
    times: int
    code: str
    reason_zh: str
    reason_en: str


class ReportVersion(SQLModel, table=True):
    """One distinct content of the report of one agency and year, numbered from 1.

    ``page`` is what the page that shows the report said of itself, as in ``monitor.page_facts``.
    """

    __table_args__ = (UniqueConstraint("agency_key", "year", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_key: str = Field(foreign_key="agency.key")
    year: int
    number: int
    link_id: int = Field(foreign_key="link.id", index=True)
    snapshot_id: int = Field(foreign_key="snapshot.id")
    content_key: str
    title: str | None = None
    form: str | None = None
    verdict: str
    readable: bool = True
    unreadable_zh: str | None = None
    unreadable_en: str | None = None
    shown_on: date | None = None
    url_on: date | None = None
    first_seen_at: datetime
    report: dict[str, Any] = json_object()
    grids: list[Any] = json_list()
    page: dict[str, Any] = json_object()
    changes: list[Any] = json_list()
    reader_version: str
    rules_version: str


class Obligation(SQLModel, table=True):
    """One agency × one report year: the derived standing, and the report that stands for it.

    ``mark`` names what the standing was derived from, "" when it is to be derived anew.
    """

    __table_args__ = (UniqueConstraint("agency_key", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_key: str = Field(foreign_key="agency.key")
    year: int = Field(index=True)
    due_at: datetime
    status: str
    proof: str
    because_zh: str
    because_en: str
    since: datetime
    next_check_at: datetime | None = Field(default=None, index=True)
    link_id: int | None = Field(default=None, foreign_key="link.id")
    version_id: int | None = Field(default=None, foreign_key="reportversion.id")
    first_seen_at: datetime | None = None
    shown_on: date | None = None
    mark: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Look(SQLModel, table=True):
    """What one pass could say of one obligation after its due instant. ``result`` as in ``monitor.facts``."""

    __table_args__ = (UniqueConstraint("agency_key", "year", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_key: str = Field(foreign_key="agency.key")
    year: int
    at: datetime
    result: str
    reason_zh: str = ""
    reason_en: str = ""


class Event(SQLModel, table=True):
    """An appended fact; ``key`` is its natural key. ``fanned_out_at`` is set when its deliveries exist."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str = Field(index=True)
    agency_key: str | None = Field(default=None, index=True)
    site_key: str | None = None
    year: int | None = None
    happened_at: datetime
    noticed_at: datetime
    data: dict[str, Any] = json_object()
    fanned_out_at: datetime | None = Field(default=None, index=True)


class Delivery(SQLModel, table=True):
    """What one channel was told of one event. ``state``: pending, sending, sent, skipped, failed, dead.

    The row exists before the send and is marked after it. ``occasion`` counts repeats from 1.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "channel", "occasion"),
        Index("ix_delivery_state_next_attempt_at", "state", "next_attempt_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(sa_column=Column(Integer, ForeignKey("event.id"), nullable=False))
    channel: str
    occasion: int = 1
    state: str
    reason_zh: str = ""
    reason_en: str = ""
    attempts: int = 0
    created_at: datetime
    next_attempt_at: datetime | None = None
    last_attempt_at: datetime | None = None
    sent_at: datetime | None = None
    last_error: str | None = None
