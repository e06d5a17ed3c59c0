"""Tells what a new version of a report means: revised, unreadable, findings raised or cleared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.eventlog import append
from db.ledger import BROKEN
from db.tables import FindingRow, Obligation, ReportVersion
from monitor.judging import describe
from reports.events import EventKind, Happening
from reports.findings import Severity

_CHANGES_TOLD = 60
_CHARACTERS_TOLD = 80


def tell(
    session: Session,
    obligation: Obligation,
    version: ReportVersion,
    before: ReportVersion | None,
    now: datetime,
) -> None:
    """Append the events of a version; ``before`` is the version that it follows."""
    if before is not None and version.readable:
        _tell(session, obligation, EventKind.REVISED, version, _revision(version), now)
    if version.readable:
        _tell_findings(session, obligation, version, before, now)
    else:
        reason = {"zh": version.unreadable_zh, "en": version.unreadable_en}
        _tell(session, obligation, EventKind.UNREADABLE, version, {"because": reason}, now)


def _revision(version: ReportVersion) -> dict[str, Any]:
    figures = sum(
        not change["cell"].startswith(("section.", "title")) for change in version.changes
    )
    others = len(version.changes) - figures
    return {
        "changes": [
            {name: value and str(value)[:_CHARACTERS_TOLD] for name, value in change.items()}
            for change in version.changes[:_CHANGES_TOLD]
        ],
        "changes_total": len(version.changes),
        "because": {
            "zh": f"第 {version.number} 版与上一版相比：数字变化 {figures} 处，文字变化 {others} 处。",
            "en": f"Version {version.number} against the one before: {figures} figures and {others} "
            "texts changed.",
        },
    }


def _tell(
    session: Session,
    obligation: Obligation,
    kind: EventKind,
    version: ReportVersion,
    data: dict[str, Any],
    now: datetime,
) -> None:
    happening = Happening(
        kind=kind,
        key=f"{kind.value}:{obligation.agency_key}:{obligation.year}:{version.number}",
        happened_at=now,
        agency=obligation.agency_key,
        year=obligation.year,
        data={
            **describe(session, obligation),
            "version": version.number,
            "report_id": version.id,
            **data,
        },
    )
    append(session, happening, now)


def _last_readable(session: Session, version: ReportVersion | None) -> ReportVersion | None:
    if version is None or version.readable:
        return version
    return session.exec(
        select(ReportVersion)
        .where(
            ReportVersion.agency_key == version.agency_key,
            ReportVersion.year == version.year,
            ReportVersion.number < version.number,
            col(ReportVersion.readable),
        )
        .order_by(col(ReportVersion.number).desc())
    ).first()


def _broken(session: Session, version: ReportVersion | None) -> dict[str, FindingRow]:
    if version is None:
        return {}
    rows = session.exec(
        select(FindingRow).where(FindingRow.version_id == version.id, FindingRow.outcome == BROKEN)
    )
    return {row.fingerprint: row for row in rows}


def _tell_findings(
    session: Session,
    obligation: Obligation,
    version: ReportVersion,
    before: ReportVersion | None,
    now: datetime,
) -> None:
    # What an unreadable version in between could not show was neither cleared nor raised anew.
    old = _broken(session, _last_readable(session, before))
    new = _broken(session, version)
    raised = [row for key, row in new.items() if key not in old]
    cleared = [row for key, row in old.items() if key not in new]
    if raised:
        _tell(session, obligation, EventKind.FINDINGS_RAISED, version, _raised(raised), now)
    if cleared:
        _tell(session, obligation, EventKind.FINDINGS_CLEARED, version, _cleared(cleared), now)


def _raised(rows: Sequence[FindingRow]) -> dict[str, Any]:
    return {
        "severity": _worst(rows),
        "findings": [_brief(row) for row in rows],
        "because": {
            "zh": f"需核对 {len(rows)} 处，第一处：{rows[0].message_zh}",
            "en": f"{len(rows)} to be checked, the first: {rows[0].message_en}",
        },
    }


def _cleared(rows: Sequence[FindingRow]) -> dict[str, Any]:
    return {
        "codes": [row.code for row in rows],
        "findings": [_brief(row) for row in rows],
        "because": {
            "zh": f"此前需核对的 {len(rows)} 处已消除。",
            "en": f"{len(rows)} earlier findings are cleared.",
        },
    }


def _worst(rows: Sequence[FindingRow]) -> str:
    present = {row.severity for row in rows}
    return next(severity.value for severity in Severity if severity.value in present)


def _brief(row: FindingRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "severity": row.severity,
        "cells": list(row.cells),
        "expected": row.expected,
        "actual": row.actual,
        "message": {"zh": row.message_zh, "en": row.message_en},
    }
