"""Reads known bodies again with a newer reader and judges them by newer rules; that revises no report."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from db.session import reading, writing
from db.tables import ReaderFault, ReportVersion, Snapshot
from monitor.anew import Anew, is_newest
from monitor.readings import (
    MOST_RECOGNISED,
    MOST_TRIES,
    TOGETHER,
    WAITS,
    BodyReader,
    is_fault,
)
from monitor.version_events import Why, broken_findings, last_judged
from monitor.versions import put_reading
from reports.codec import from_store
from reports.profile import Profile
from reports.reading.read import READER_VERSION
from reports.rules.standing import is_by_other_rules, rules_version
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
        unjudged = _judged_by_other_rules(session, most, reader.profile)
    pictures: list[int] = []
    for start in range(0, len(unread), TOGETHER):
        part = unread[start : start + TOGETHER]
        pictures += renew_versions(reader, part, now, recognise=False)
    renew_versions(reader, pictures[:MOST_RECOGNISED], now)
    for version_id in unjudged:
        with writing(reader.engine) as session:
            _judge_by_newer_rules(session, version_id, reader.profile, now)
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
                renew(session, version, found, reader.profile, now)
    return waiting


def renew(
    session: Session,
    version: ReportVersion,
    found: Reading | None,
    profile: Profile,
    now: datetime,
) -> None:
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
    anew = Anew(session, profile, why, now)
    anew.judge(version, old)
    if changed and is_newest(session, version):
        anew.judge_next_year(version)


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


def _judge_by_newer_rules(
    session: Session, version_id: int, profile: Profile, now: datetime
) -> None:
    version = session.get_one(ReportVersion, version_id)
    by_rules = is_by_other_rules(version.rules_version)
    why = _by_rules(profile) if by_rules else _by_profile(version, profile, now)
    Anew(session, profile, why, now).judge(version, broken_findings(session, version))


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


def _judged_by_other_rules(session: Session, most: int, profile: Profile) -> list[int]:
    found = session.exec(
        select(ReportVersion.id)
        .where(
            ReportVersion.rules_version != rules_version(profile),
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


def _by_rules(profile: Profile) -> Why:
    return Why(
        raised=lambda count: Words(
            f"核对规则已更新，同一份文件需核对 {count} 处；报告本身没有变化。",
            f"Our rules were renewed: the same file shows {count} to be checked. The report itself has "
            "not changed.",
        ),
        cleared=lambda count: Words(
            f"核对规则已更新，此前需核对的 {count} 处撤回；报告本身没有变化。",
            f"Our rules were renewed: {count} earlier findings on the same file are withdrawn. The "
            "report itself has not changed.",
        ),
        occasion=f"rules-{rules_version(profile)}",
    )


def _by_profile(version: ReportVersion, profile: Profile, now: datetime) -> Why:
    """Return the reason where a person set the rules otherwise; he may well set them back again."""
    return Why(
        raised=lambda count: Words(
            f"规则配置已调整，同一份文件需核对 {count} 处；报告和规则本身没有变化。",
            f"The rule profile was changed: the same file shows {count} to be checked. Neither the "
            "report nor a rule has changed.",
        ),
        cleared=lambda count: Words(
            f"规则配置已调整，此前需核对的 {count} 处不再列出；报告和规则本身没有变化。",
            f"The rule profile was changed: {count} earlier findings on the same file are no longer "
            "listed. Neither the report nor a rule has changed.",
        ),
        occasion=f"profile-{version.rules_version}-{rules_version(profile)}-{now.isoformat()}",
    )
