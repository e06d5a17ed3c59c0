"""Tells a new version of a report from the known one in other clothes, and from two that take turns."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import ReportVersion
from reports.codec import from_store
from reports.compare import alternates, compare
from reports.model import AnnualReport


def differs_in_looks_only(report: AnnualReport | None, before: ReportVersion) -> bool:
    """Say whether nothing but typography or layout changed: that makes no version."""
    if report is None or not before.readable or report.by_ocr or before.report.get("by_ocr"):
        return False
    return not compare(from_store(before.report), report)


def takes_turns(session: Session, content: str, before: ReportVersion, now: datetime) -> bool:
    """Say whether this content and that of the newest version ``before`` take turns, as mirrors do."""
    rows = session.exec(
        select(ReportVersion.content_key, ReportVersion.first_seen_at)
        .where(ReportVersion.agency_key == before.agency_key, ReportVersion.year == before.year)
        .order_by(col(ReportVersion.number))
    ).all()
    return alternates(rows, content, now)
