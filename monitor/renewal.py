"""Reads known bodies again with a newer reader and judges them by newer rules; that revises no report."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from db.session import reading, writing
from db.tables import Agency, FindingRow, Obligation, ReaderFault, ReportVersion, Snapshot
from monitor.finding_rows import assessment_rows
from monitor.readings import (
    MOST_RECOGNISED,
    MOST_TRIES,
    TOGETHER,
    WAITS,
    BodyReader,
    is_fault,
)
from monitor.version_events import Why, broken_findings, last_judged, tell_renewed
from monitor.versions import assessment_of, newest_version, put_reading
from reports.codec import from_store
from reports.findings import Verdict
from reports.reading.read import READER_VERSION
from reports.rules.registry import RULES_VERSION
from reports.words import Words
from sandbox.readings import Reading, cells_read

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500
KEPT = f"{READER_VERSION} (kept)"
"""Marks an older reader's reading that stays: this reader has no body to read, or fails on it."""

_OUR_OWN_FAILURES = frozenset({"failed", "image"})


def is_outdated(version: ReportVersion) -> bool:
    """Say whether another version of the reader read it: its content compares with nothing of today."""
    return version.reader_version not in (READER_VERSION, KEPT)


def renew_outdated(reader: BodyReader, now: datetime, most: int = MOST_AT_ONCE) -> int:
    """Renew what an older reader read or an older rule set judged, oldest report year first.

    At most ``most`` of either at once: the rest follows with the next passes. Returns how many.
    """
    with reading(reader.engine) as session:
        unread = _outdated(session, most)
        unjudged = _judged_by_older_rules(session, most)
    pictures: list[int] = []
    for start in range(0, len(unread), TOGETHER):
        part = unread[start : start + TOGETHER]
        pictures += renew_versions(reader, part, now, recognise=False)
    renew_versions(reader, pictures[:MOST_RECOGNISED], now)
    for version_id in unjudged:
        with writing(reader.engine) as session:
            _judge_by_newer_rules(session, version_id, now)
    if unread or unjudged:
        left = max(0, len(pictures) - MOST_RECOGNISED)
        logger.info(
            "event=renewed reader=%d rules=%d pictures_wait=%d",
            len(unread) - left,
            len(unjudged),
            left,
        )
    return len(unread) + len(unjudged)


def renew_versions(
    reader: BodyReader, version_ids: Sequence[int], now: datetime, *, recognise: bool = True
) -> list[int]:
    """Read the bodies of these versions again and make them say what the reader says now.

    Returns the versions that wait, unchanged, since their bodies are pictures: none with ``recognise``.
    """
    with reading(reader.engine) as session:
        rows = session.exec(
            select(ReportVersion.id, Snapshot)
            .join(Snapshot, col(Snapshot.id) == ReportVersion.snapshot_id)
            .where(col(ReportVersion.id).in_(version_ids))
        ).all()
    snapshots = {version_id: snapshot for version_id, snapshot in rows if version_id is not None}
    readings = reader.read(list(snapshots.values()), recognise=recognise)
    waiting: list[int] = []
    for version_id in version_ids:
        with writing(reader.engine) as session:
            version = session.get_one(ReportVersion, version_id)
            found = readings.get(version.snapshot_id)
            if found is WAITS:
                waiting.append(version_id)
            else:
                renew(session, version, found, now)
    return waiting


def renew(session: Session, version: ReportVersion, found: Reading | None, now: datetime) -> None:
    """Put the new reading of the same bytes in place of the old one; tell only what it means for findings."""
    if found is None:
        version.reader_version = KEPT
        return
    if is_fault(found):
        _after_fault(session, version, found)
        return
    if version.readable and found.code in _OUR_OWN_FAILURES:
        version.reader_version = KEPT
        return
    if not is_outdated(version) and not _reads_more(version, found):
        return
    changed = version.content_key != found.content_key
    judged = last_judged(session, version)
    old = broken_findings(session, judged)
    put_reading(version, found, _before(session, version))
    why = _by_reader(version)
    _judge_anew(session, version, old, why, now)
    if changed:
        _judge_next_year(session, version, why, now)


def _after_fault(session: Session, version: ReportVersion, found: Reading) -> None:
    """Keep the older reading of a body that this reader fails on; give up after the last try."""
    snapshot = session.get_one(Snapshot, version.snapshot_id)
    fault = session.get(ReaderFault, snapshot.sha256)
    if fault is None or fault.times < MOST_TRIES:
        return
    if version.readable:
        version.reader_version = KEPT
        return
    put_reading(version, found, None)


def _reads_more(version: ReportVersion, found: Reading) -> bool:
    """Say whether another reading by the same reader holds more: a converter may have been busy or absent."""
    if found.report is None or not version.readable:
        return found.report is not None
    stored = Reading(version.content_key, from_store(version.report))
    return cells_read(found) > cells_read(stored)


def _before(session: Session, version: ReportVersion) -> ReportVersion | None:
    return session.exec(
        select(ReportVersion).where(
            ReportVersion.agency_key == version.agency_key,
            ReportVersion.year == version.year,
            ReportVersion.number == version.number - 1,
        )
    ).first()


def _judge_anew(
    session: Session,
    version: ReportVersion,
    old: Mapping[str, FindingRow],
    why: Why,
    now: datetime,
) -> None:
    """Replace the findings of a version by those of its report; tell the difference if it stands."""
    for row in session.exec(select(FindingRow).where(FindingRow.version_id == version.id)).all():
        session.delete(row)
    agency = session.get_one(Agency, version.agency_key)
    report = from_store(version.report) if version.readable else None
    assessment = assessment_of(session, report, agency, version.year)
    version.verdict = (assessment.verdict if assessment else Verdict.UNREADABLE).value
    version.rules_version = RULES_VERSION
    if assessment is not None and version.id is not None:
        session.add_all(assessment_rows(assessment, agency.key, version.year, version.id))
    session.flush()
    obligation = session.exec(select(Obligation).where(Obligation.version_id == version.id)).first()
    if obligation is not None:
        tell_renewed(session, obligation, version, old, why, now)


def _judge_next_year(session: Session, version: ReportVersion, why: Why, now: datetime) -> None:
    """Hold next year's report against what last year's is now read to say."""
    newest = newest_version(session, version.agency_key, version.year)
    following = newest_version(session, version.agency_key, version.year + 1)
    if newest is version and following is not None and following.readable:
        _judge_anew(session, following, broken_findings(session, following), why, now)


def _judge_by_newer_rules(session: Session, version_id: int, now: datetime) -> None:
    version = session.get_one(ReportVersion, version_id)
    _judge_anew(session, version, broken_findings(session, version), _BY_RULES, now)


def _outdated(session: Session, most: int) -> list[int]:
    """Return versions to be read again: an older reader's, and those whose body failed but once."""
    failed_once = and_(
        col(ReportVersion.readable).is_(False),
        col(ReaderFault.reader_version) == READER_VERSION,
        col(ReaderFault.times) < MOST_TRIES,
    )
    found = session.exec(
        select(ReportVersion.id)
        .join(Snapshot, col(Snapshot.id) == ReportVersion.snapshot_id)
        .outerjoin(ReaderFault, col(ReaderFault.sha256) == Snapshot.sha256)
        .where(or_(col(ReportVersion.reader_version).not_in((READER_VERSION, KEPT)), failed_once))
        .order_by(col(ReportVersion.year), col(ReportVersion.number), col(ReportVersion.id))
        .limit(most)
    )
    return [version_id for version_id in found if version_id is not None]


def _judged_by_older_rules(session: Session, most: int) -> list[int]:
    found = session.exec(
        select(ReportVersion.id)
        .where(
            ReportVersion.rules_version != RULES_VERSION,
            col(ReportVersion.reader_version).in_((READER_VERSION, KEPT)),
            col(ReportVersion.readable),
        )
        .order_by(col(ReportVersion.year), col(ReportVersion.number), col(ReportVersion.id))
        .limit(most)
    )
    return [version_id for version_id in found if version_id is not None]


def _by_reader(version: ReportVersion) -> Why:
    return Why(
        raised=lambda count: Words(
            f"读取程序已改进，重新读取同一份文件后需核对 {count} 处；报告本身没有变化。",
            f"Our reader was mended: the same file, read again, shows {count} to be checked. The report "
            "itself has not changed.",
        ),
        cleared=lambda count: Words(
            f"读取程序已改进，重新读取同一份文件后，此前需核对的 {count} 处撤回；报告本身没有变化。",
            f"Our reader was mended: {count} earlier findings on the same file are withdrawn. The report "
            "itself has not changed.",
        ),
        occasion=f"reader-{READER_VERSION}-{version.content_key[:8]}",
    )


_BY_RULES = Why(
    raised=lambda count: Words(
        f"核对规则已更新，同一份文件需核对 {count} 处；报告本身没有变化。",
        f"Our rules were renewed: the same file shows {count} to be checked. The report itself has not "
        "changed.",
    ),
    cleared=lambda count: Words(
        f"核对规则已更新，此前需核对的 {count} 处撤回；报告本身没有变化。",
        f"Our rules were renewed: {count} earlier findings on the same file are withdrawn. The report "
        "itself has not changed.",
    ),
    occasion=f"rules-{RULES_VERSION}",
)
