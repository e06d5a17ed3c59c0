"""Keeps what a report's page says of itself, and builds from the rows what the rules want to know of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import sqlalchemy
from sqlalchemy import bindparam
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, col, select

from db.tables import Link, ReportVersion, Snapshot
from reports.case import Revision
from reports.compare import Change
from reports.documents.model import Method
from reports.surroundings import File, Page, Source
from reports.visits import WORDS, Outcome
from reports.words import Words
from sandbox.readings import DocumentFacts, Reading

_DELAY = timedelta(hours=6)
"""A file that a page offers may lag behind the page for so long."""
_EXTENSION = re.compile(
    r"\.(docx?|pdf|wps|ofd|rtf|odt|xlsx?|et|zip|rar|7z|exe|txt|html?)$", re.IGNORECASE
)
_FORMATS = {"text/html": "html"}
_USELESS = {
    "empty": Words("文件为空（0 字节）", "the file is empty (0 bytes)"),
    "damaged": Words("文件已损坏，打不开", "the file is damaged and does not open"),
    "garbage": Words("文件内容无法识别", "the content of the file is not recognisable"),
}
_NEVER = frozenset({Outcome.NOT_FOUND, Outcome.SOFT_404, Outcome.EMPTY})


def stored_page(reading: Reading, offered_by: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what is kept of a page: that of the report itself, and of the page that offers it as a file."""
    document = reading.document
    return {
        "scanned": reading.code == "image" or bool(document and document.method is Method.OCR),
        "document": stored_facts(document),
        "offered_by": offered_by,
    }


def stored_facts(document: DocumentFacts | None) -> dict[str, Any] | None:
    """Return the facts of one document as JSON."""
    if document is None:
        return None
    return {
        "media_type": document.media_type,
        "titles": list(document.titles),
        "metas": dict(document.metas),
        "published_on": document.published_on and document.published_on.isoformat(),
        "printed_on": document.printed_on and document.printed_on.isoformat(),
        "characters": document.characters,
        "images": document.images,
        "files": [[file.href, file.text] for file in document.attachments],
    }


def found_as(reading: Reading) -> str | None:
    """Return what a body without a report turned out to be; None for a report."""
    if reading.report is not None:
        return None
    return reading.document.media_type if reading.document else reading.code


@dataclass(frozen=True, slots=True)
class Shown:
    """What is kept of a version beside its text, which is long: only these columns are loaded."""

    number: int
    link_id: int
    snapshot_id: int
    first_seen_at: datetime
    url_on: date | None
    page: Mapping[str, Any]
    changes: Sequence[Mapping[str, Any]]


def shown_of(version: ReportVersion) -> Shown:
    """Return what is kept of a version that is at hand."""
    return Shown(
        version.number,
        version.link_id,
        version.snapshot_id,
        version.first_seen_at,
        version.url_on,
        version.page,
        version.changes,
    )


def shown(session: Session, version_id: int | None) -> Shown | None:
    """Return what is kept of the version with this id."""
    held = session.identity_map.get(identity_key(ReportVersion, version_id))
    if held is not None:
        return shown_of(held)
    row = session.execute(_SHOWN, {"version_id": version_id}).first()
    return None if row is None else Shown(*row)


_SHOWN = sqlalchemy.select(*(getattr(ReportVersion, field.name) for field in fields(Shown))).where(
    col(ReportVersion.id) == bindparam("version_id")
)


def page_of(session: Session, version: Shown) -> Page | None:
    """Return the page that shows the report; None for what was read before such facts were kept."""
    link = session.get(Link, version.link_id)
    offered_by = version.page.get("offered_by")
    facts = offered_by or version.page.get("document")
    if link is None or not version.page or (facts is None and not version.page["scanned"]):
        return None
    place = session.get(Link, link.parent_id) if offered_by and link.parent_id else link
    snapshot = session.get_one(Snapshot, version.snapshot_id)
    assert place is not None
    url = place.url if offered_by else snapshot.url
    facts = facts or {}
    return Page(
        source=Source(url, snapshot.sha256, version.first_seen_at),
        media_type=facts.get("media_type"),
        titles=tuple(facts.get("titles", ())),
        metas=facts.get("metas", {}),
        published_on=_day(facts.get("published_on")),
        printed_on=_day(facts.get("printed_on")),
        characters=facts.get("characters", 0),
        images=facts.get("images", 0),
        scanned=version.page["scanned"],
        files=_files(session, place, url, facts.get("files", ())),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _files(
    session: Session, page: Link, url: str, offered: Sequence[Sequence[str]]
) -> tuple[File, ...]:
    """Return the files of a page, with what is known of those that were fetched."""
    if not offered:
        return ()
    fetched = {link.url: link for link in session.exec(_FILES, params={"page_id": page.id})}
    return tuple(_file(session, _joined(url, href), name, fetched) for href, name in offered)


_FILES = select(Link).where(Link.parent_id == bindparam("page_id"), col(Link.refusal_zh).is_(None))


def _joined(url: str, href: str) -> str:
    try:
        return urljoin(url, href)
    except ValueError:
        return href


def _file(session: Session, url: str, name: str, fetched: Mapping[str, Link]) -> File:
    says, link = _named_format(url, name), fetched.get(url)
    if link is None:
        return File(name, url, says)
    snapshot = session.get(Snapshot, link.snapshot_id) if link.snapshot_id else None
    return File(
        name or link.title,
        url,
        says,
        is_=_FORMATS.get(link.found_as or "", says if snapshot else None),
        size=snapshot.size if snapshot else None,
        sha256=snapshot.sha256 if snapshot else None,
        failure=_failure(link),
    )


def _named_format(url: str, name: str) -> str | None:
    for text in (_path(url), name.strip()):
        found = _EXTENSION.search(text)
        if found is not None:
            return found[1].lower()
    return None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _failure(link: Link) -> Words | None:
    """Return why a file is of no use: what its body is, or that it could never be had."""
    if link.snapshot_id is not None:
        return _USELESS.get(link.found_as or "")
    if link.outcome is None or link.outcome_at is None or Outcome(link.outcome) not in _NEVER:
        return None
    lasted = link.outcome_at - link.first_listed_at
    return WORDS[Outcome(link.outcome)] if lasted >= _DELAY else None


def revision_of(session: Session, agency_key: str, year: int, version: Shown) -> Revision:
    """Return what a version changed; nothing where either side was read from a picture."""
    changes = [Change(**change) for change in version.changes]
    firm = (
        changes
        and not version.page.get("scanned")
        and _before_is_text(session, agency_key, year, version)
    )
    return Revision(version.number, version.first_seen_at, tuple(changes) if firm else ())


def _before_is_text(session: Session, agency_key: str, year: int, version: Shown) -> bool:
    before = session.exec(
        select(ReportVersion.report).where(
            ReportVersion.agency_key == agency_key,
            ReportVersion.year == year,
            ReportVersion.number == version.number - 1,
        )
    ).first()
    return before is not None and not before.get("by_ocr")
