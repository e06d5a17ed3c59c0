"""Where versions were read: address, hash and first sight, as findings cite them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables import Link, ReportVersion, Snapshot
from reports.surroundings import Source


def sources_of(session: Session, version_ids: Sequence[int]) -> dict[int, Source]:
    """Return version id → its source."""
    rows = session.exec(
        select(ReportVersion.id, Link.url, Snapshot.sha256, ReportVersion.first_seen_at)
        .join(Link, col(Link.id) == ReportVersion.link_id)
        .join(Snapshot, col(Snapshot.id) == ReportVersion.snapshot_id)
        .where(col(ReportVersion.id).in_(version_ids))
    )
    return {
        number: Source(url, sha256, seen_at)
        for number, url, sha256, seen_at in rows
        if number is not None
    }


def source_of(session: Session, version: ReportVersion | None) -> Source:
    """Return the source of one version; an empty one without it."""
    if version is None or version.id is None:
        return Source()
    return sources_of(session, [version.id]).get(version.id, Source())
