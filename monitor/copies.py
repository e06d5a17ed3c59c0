"""Keeps the other copies of a report whose figures are not those of the version that stands for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables import Link, ReportCopy, ReportVersion, Snapshot
from monitor.left import is_gone
from reports.canonical import same_page
from reports.codec import from_store, to_store
from reports.model import AnnualReport
from reports.reading.read import READER_VERSION
from reports.rules.across.documents import differences

_LEFT = "left"
"""Stands in place of the reader's version while a copy is gone: it contradicts nothing until it is back."""


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
    if not _differs(session, link, report, version):
        if known is not None:
            session.delete(known)
            session.flush()
        return known is not None
    assert report is not None
    assert link.id is not None
    assert snapshot.id is not None
    stored = to_store(report)
    if known is not None and known.report == stored:
        # One that was gone, or that another reader read, contradicted nothing until now.
        returned = known.reader_version != READER_VERSION
        known.snapshot_id, known.reader_version = snapshot.id, READER_VERSION
        session.flush()
        return returned
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


def _differs(
    session: Session, link: Link, report: AnnualReport | None, version: ReportVersion
) -> bool:
    if report is None or report.by_ocr or not version.readable:
        return False
    # Another spelling of one address is no other copy: what differs there is a matter of minutes.
    if same_page(link.url, session.get_one(Link, version.link_id).url):
        return False
    return next(differences(from_store(version.report), report), None) is not None


def let_go(session: Session) -> Sequence[tuple[str, int]]:
    """Let go of copies that were taken away, and have those that are back read again.

    Returns agency and year of the reports that such a copy contradicted: they are judged anew.
    """
    rows = session.exec(
        select(ReportCopy, Link)
        .join(Link, col(Link.id) == ReportCopy.link_id)
        .order_by(col(ReportCopy.link_id))
    ).all()
    cleared: dict[tuple[str, int], None] = {}
    for copy, link in rows:
        left, was_left = is_gone(link), copy.reader_version == _LEFT
        if left and not was_left:
            copy.reader_version = _LEFT
            cleared[copy.agency_key, copy.year] = None
        elif was_left and not left:
            copy.reader_version = ""
            link.read_snapshot_id = None
    session.flush()
    return tuple(cleared)
