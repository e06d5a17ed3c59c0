"""Judges known versions anew: by newer rules, after a better reading, or beside a report that came since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.ledger import BROKEN
from db.likeness import FEWEST_UNITS, region_mates, resembling
from db.tables import Agency, FindingRow, Obligation, ReportVersion, Snapshot
from monitor.dismissals import settle_verdict
from monitor.finding_rows import assessment_rows
from monitor.likeness import WORTH_READING, enter_narrative, versions_of
from monitor.page_facts import shown_of
from monitor.twins import is_met_elsewhere
from monitor.version_events import Why, broken_findings, tell_renewed
from monitor.versions import assessment_of, newest_version, put_judgement
from reports.codec import from_store
from reports.profile import Profile
from reports.words import Words

_MOST_ALIKE = 5
_TEXT, _FILE = "D01", "D07"


@dataclass(frozen=True, slots=True)
class Anew:
    """Judges known versions anew: by which profile, why, and when."""

    session: Session
    profile: Profile
    why: Why
    now: datetime

    def judge(self, version: ReportVersion, old: Mapping[str, FindingRow]) -> None:
        """Replace the findings of a version by those of its report; tell the difference if it stands."""
        self._judge_alone(version, old)
        if is_newest(self.session, version):
            self.judge_touched(version)

    def _judge_alone(self, version: ReportVersion, old: Mapping[str, FindingRow]) -> None:
        session = self.session
        known = select(FindingRow).where(FindingRow.version_id == version.id)
        for row in session.exec(known).all():
            session.delete(row)
        agency = session.get_one(Agency, version.agency_key)
        report = from_store(version.report) if version.readable else None
        assessment = assessment_of(
            session, report, agency, version.year, self.profile, shown_of(version)
        )
        put_judgement(version, assessment, self.profile)
        if assessment is not None and version.id is not None:
            session.add_all(assessment_rows(assessment, agency.key, version.year, version.id))
        session.flush()
        settle_verdict(session, version)
        standing = select(Obligation).where(Obligation.version_id == version.id)
        obligation = session.exec(standing).first()
        if obligation is not None:
            obligation.mark = ""
            tell_renewed(session, obligation, version, old, self.why, self.now)

    def judge_next_year(self, version: ReportVersion) -> None:
        """Hold next year's report against what last year's newest version is now read to say."""
        following = newest_version(self.session, version.agency_key, version.year + 1)
        if following is not None and following.readable:
            self.judge(following, broken_findings(self.session, following))

    def judge_touched(self, version: ReportVersion) -> None:
        """Judge those again beside which this newest version now stands, or no longer stands as it did.

        Of many only the closest few are judged, and nothing is told where their findings stay the same: who
        shares a text with fifty must not hear of it fifty times.
        """
        beside = replace(
            self, why=beside_another(f"{version.id}-{version.content_key[:8]}", self.now)
        )
        for number in touched_by(self.session, version):
            touched = self.session.get_one(ReportVersion, number)
            beside._judge_alone(touched, broken_findings(self.session, touched))


def is_newest(session: Session, version: ReportVersion) -> bool:
    """Say whether a version is the newest of its report."""
    return newest_version(session, version.agency_key, version.year) is version


def touched_by(session: Session, version: ReportVersion) -> Sequence[int]:
    """Let the index know a newest version, and return the versions that it may concern."""
    agency = session.get_one(Agency, version.agency_key)
    samples = enter_narrative(session, version, agency)
    alike: dict[int, float] = {}
    region: Sequence[int] = ()
    for sample in samples:
        region = region_mates(session, sample)
        for one in resembling(session, sample, WORTH_READING, region):
            if one.of_theirs >= WORTH_READING:
                alike[one.version_id] = max(one.of_theirs, alike.get(one.version_id, 0.0))
    closest = sorted(alike, key=lambda number: (-alike[number], number))[:_MOST_ALIKE]
    mates = _mates(session, region) if samples else ()
    return tuple(dict.fromkeys((*closest, *mates, *_twins(session, version))))


def _mates(session: Session, region: Sequence[int]) -> Sequence[int]:
    """Return the region's versions that one more unit may clear, or that may be judged from now on.

    The more units there are, the surer it is which sentences are the region's template. ``region`` are
    its narratives.
    """
    mates = versions_of(session, region)
    if len(mates) + 1 == FEWEST_UNITS:
        return mates
    if not mates:
        return ()
    accused = session.execute(_ACCUSED, {"mates": mates}).scalars()
    return [number for number in accused if number is not None]


_ACCUSED = (
    sqlalchemy.select(col(FindingRow.version_id))
    .where(
        col(FindingRow.version_id).in_(bindparam("mates", expanding=True)),
        col(FindingRow.code) == _TEXT,
        col(FindingRow.outcome) == BROKEN,
    )
    .order_by(col(FindingRow.version_id))
    .limit(_MOST_ALIKE)
)
"""Made once: it is asked for every single report."""


def _twins(session: Session, version: ReportVersion) -> Sequence[int]:
    """Return the reports of other agencies that are the same bytes and were not told so yet."""
    own = session.get_one(Snapshot, version.snapshot_id)
    if not is_met_elsewhere(session, own):
        return ()
    told = select(FindingRow.id).where(
        FindingRow.version_id == ReportVersion.id,
        FindingRow.code == _FILE,
        FindingRow.outcome == BROKEN,
    )
    found = session.exec(
        select(ReportVersion.id)
        .join(Snapshot, col(Snapshot.id) == ReportVersion.snapshot_id)
        .where(
            Snapshot.sha256 == own.sha256,
            Snapshot.url != own.url,
            ReportVersion.year == version.year,
            ReportVersion.agency_key != version.agency_key,
            ~told.exists(),
        )
        .order_by(col(ReportVersion.id))
        .limit(_MOST_ALIKE)
    )
    return [number for number in found if number is not None]


def beside_another(which: str, now: datetime) -> Why:
    """Return the reason where what stands beside a report has changed, and may well change back again."""
    return Why(
        raised=lambda count: Words(
            f"与另一份报告比对后，需核对 {count} 处；本报告没有变化。",
            f"Beside another report {count} are to be checked; this report has not changed.",
        ),
        cleared=lambda count: Words(
            f"与另一份报告重新比对后，此前需核对的 {count} 处撤回；本报告没有变化。",
            f"Beside another report {count} earlier findings are withdrawn; this report has not changed.",
        ),
        occasion=f"beside-{which}-{now.isoformat()}",
    )
