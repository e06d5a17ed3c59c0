"""Keeps the other copies of a report whose figures are not those of the version that stands for it."""

from __future__ import annotations

from sqlmodel import Session

from db.tables import Link, ReportCopy, ReportVersion, Snapshot
from reports.codec import from_store, to_store
from reports.model import AnnualReport
from reports.reading.read import READER_VERSION
from reports.rules.across.documents import differences


def keep_copy(
    session: Session,
    link: Link,
    snapshot: Snapshot,
    report: AnnualReport | None,
    version: ReportVersion,
) -> bool:
    """Keep what a link other than the version's own says if it says otherwise; return whether that is new.

    A copy that agrees, or is the version itself by now, is kept no longer.
    """
    known = session.get(ReportCopy, link.id)
    if not _differs(link, report, version):
        if known is not None:
            session.delete(known)
            session.flush()
        return known is not None
    assert report is not None
    assert link.id is not None
    assert snapshot.id is not None
    stored = to_store(report)
    if known is not None and known.report == stored:
        known.snapshot_id, known.reader_version = snapshot.id, READER_VERSION
        return False
    session.merge(
        ReportCopy(
            link_id=link.id,
            agency_key=version.agency_key,
            year=version.year,
            snapshot_id=snapshot.id,
            report=stored,
            reader_version=READER_VERSION,
        )
    )
    session.flush()
    return True


def _differs(link: Link, report: AnnualReport | None, version: ReportVersion) -> bool:
    if report is None or report.by_ocr or not version.readable or version.link_id == link.id:
        return False
    return next(differences(from_store(version.report), report), None) is not None
