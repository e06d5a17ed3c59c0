"""Writes what columns and report pages list as link rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from crawler.listed import Listed
from db.tables import Link


def write_listing(
    session: Session,
    column: str,
    listing: Sequence[Listed],
    known: Mapping[str, Link],
    at: datetime,
) -> list[Link]:
    """Write the entries of a listing read at ``at``; ``known`` are the column's rows by address."""
    rows = dict(known)
    for entry in listing:
        if entry.url not in rows:
            rows[entry.url] = _new(session, column, entry, None, at)
        _tell(rows[entry.url], entry, at)
    return [rows[entry.url] for entry in listing]


def _new(session: Session, column: str, entry: Listed, parent: int | None, at: datetime) -> Link:
    row = Link(
        column_key=column,
        url=entry.url,
        title=entry.title,
        parent_id=parent,
        first_listed_at=at,
        last_listed_at=at,
    )
    session.add(row)
    return row


def _tell(row: Link, entry: Listed, at: datetime) -> None:
    """Let the row say what the entry says."""
    is_same = row.title == entry.title and entry.refusal is None
    # What the document told of an entry without a year or an agency is still true of it.
    row.year = entry.year or (row.year if is_same else None)
    row.agency_key = entry.agency_key or (row.agency_key if is_same else None)
    row.title, row.listed_on = entry.title, entry.listed_on
    row.refusal_zh = entry.refusal.zh if entry.refusal else None
    row.refusal_en = entry.refusal.en if entry.refusal else None
    row.last_listed_at = max(row.last_listed_at, at)


def write_offered(session: Session, page: Link, file: Listed, at: datetime) -> Link | None:
    """Write a file of a page; None when the column, or another page, has listed it as its own."""
    heir = _heir(file, page)
    row = _known(session, page.column_key, heir)
    if row is not None and row.parent_id != page.id:
        return None
    row = row or _new(session, page.column_key, heir, page.id, at)
    _tell(row, heir, at)
    return row


def _known(session: Session, column: str, entry: Listed) -> Link | None:
    return session.exec(
        select(Link).where(Link.column_key == column, Link.url == entry.url)
    ).first()


def _heir(file: Listed, page: Link) -> Listed:
    """Return the file with the year and agency of its page, where its own name says neither."""
    if file.refusal is not None:
        return file
    return replace(file, year=file.year or page.year, agency_key=file.agency_key or page.agency_key)
