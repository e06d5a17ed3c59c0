"""Records reports as the ingest does, without a site: units, arrivals, and what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from sqlmodel import Session, col, select

from db.tables import Agency, Event, FindingRow, Link, ReportVersion, Snapshot
from monitor.anew import Anew, beside_another
from monitor.copies import keep_copy
from monitor.seasons import Season
from monitor.version_events import broken_findings
from monitor.versions import Arrival, newest_version, record
from reports.deadlines import Deadlines
from reports.findings import Severity
from reports.model import AnnualReport
from reports.profile import Profile, Setting
from sandbox.readings import Reading
from tests.builders import a_report, with_text

YEAR = 2025
NOON = datetime(2026, 1, 10, 4, tzinfo=UTC)
# Notices are told to nobody: here copies are warnings.
TOLD = Setting(severity=Severity.WARNING)
PROFILE = Profile(settings=dict.fromkeys(("D01", "D03", "D07", "X03", "X05", "Y05", "Y06"), TOLD))
SEASON = Season(2025, Deadlines(), PROFILE)
_LETTERS = [chr(0x4E00 + n) for n in range(2_000)]


def sentences(seed: int, count: int = 12) -> tuple[str, ...]:
    random = Random(seed)
    return tuple("".join(random.choices(_LETTERS, k=40)) + "。" for _ in range(count))


def told(*parts: tuple[str, ...]) -> AnnualReport:
    return with_text(a_report(YEAR), 1, "".join(line for part in parts for line in part))


@dataclass
class Desk:
    """Records reports as the ingest does, one transaction for the whole test."""

    session: Session
    count: int = 0

    def unit(self, key: str, kind: str = "department", region: str = "410311") -> Agency:
        agency = Agency(key=key, name=f"甲县{key}局", kind=kind, region=region)
        self.session.add(agency)
        self.session.flush()
        return agency

    def arrive(self, report: AnnualReport, body: str = "", **link: object) -> Arrival:
        self.count += 1
        at, url = NOON + timedelta(hours=self.count), f"http://x.gov.cn/{self.count}.html"
        facts = {"column_key": "s/c", "title": "报告", "outcome": "ok", **link}
        came = Link(url=url, first_listed_at=at, last_listed_at=at, **facts)
        sha = body or f"{self.count:064}"
        snapshot = Snapshot(url=url, sha256=sha, size=1, http_status=200, fetched_at=at)
        self.session.add_all([came, snapshot])
        self.session.flush()
        return Arrival(came, snapshot, Reading(sha, report))

    def publish(self, agency: Agency, report: AnnualReport, body: str = "") -> ReportVersion:
        return self.file(agency, self.arrive(report, body))

    def file(self, agency: Agency, arrival: Arrival) -> ReportVersion:
        now = arrival.snapshot.fetched_at
        written = record(self.session, arrival, agency, YEAR, SEASON, now)
        version = newest_version(self.session, agency.key, YEAR)
        assert version is not None
        anew = Anew(self.session, PROFILE, beside_another(f"{self.count}", now), now)
        report = arrival.reading.report
        if keep_copy(self.session, arrival.link, arrival.snapshot, report, version):
            anew.judge(version, broken_findings(self.session, version))
        elif written:
            anew.judge_touched(version)
        return version

    def found(self, code: str) -> dict[str, str]:
        """Return agency → what its newest version is told by a rule."""
        rows = self.session.exec(
            select(FindingRow, ReportVersion)
            .join(ReportVersion, col(ReportVersion.id) == FindingRow.version_id)
            .where(FindingRow.code == code, FindingRow.outcome == "broken")
        ).all()
        return {
            row.agency_key: row.actual or ""
            for row, version in rows
            if newest_version(self.session, row.agency_key, YEAR) is version
        }

    def told_of(self, code: str) -> list[tuple[str, str | None]]:
        """Return the kinds of the events that name a rule, and of whom they tell."""
        return [
            (event.kind, event.agency_key)
            for event in self.session.exec(select(Event).order_by(col(Event.id)))
            if code in [finding["code"] for finding in event.data.get("findings", ())]
        ]
