"""A season in rows, written through the real reader and rules: what the pages are tested with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from db.session import open_engine
from db.tables import (
    Agency,
    Event,
    FindingRow,
    Link,
    Obligation,
    ReportVersion,
    Site,
    SiteColumn,
    Snapshot,
    Visit,
)
from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.codec import content_key, from_store, grids_to_store, to_store
from reports.compare import compare
from reports.deadlines import CHINA, Deadlines, due_at
from reports.documents.read import read_document
from reports.findings import Assessment, Cause, Finding
from reports.reading.read import READER_VERSION, read_report
from reports.rules.registry import RULES_VERSION, assess
from reports.words import Words
from web.sample.figures import balanced_figures
from web.sample.render import WrittenReport, headed, report_html

YEAR = 2025
NOW = datetime(2026, 2, 5, 10, 0, tzinfo=CHINA)
FIGURES = {
    "requests.new.natural_person": 14,
    "requests.new.enterprise": 3,
    "requests.carried_in.natural_person": 2,
    "requests.granted.natural_person": 7,
    "requests.granted.enterprise": 2,
    "requests.partly_granted.natural_person": 2,
    "requests.unavailable.not_held.natural_person": 5,
    "requests.refused.third_party_rights.enterprise": 1,
    "review.upheld": 1,
    "licensing.decisions": 36,
}
WRONG = {**FIGURES, "requests.handled_total.natural_person": 16}
KIND = AgencyKind


def an_instant(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    """Return an instant of the season in China's time."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def an_engine(folder: Path) -> Engine:
    """Return an empty database."""
    engine = open_engine(f"sqlite:///{folder / 'nianshao.db'}")
    SQLModel.metadata.create_all(engine)
    return engine


def a_site(session: Session, key: str, name: str, state: str = "up") -> None:
    """Write a site with one column, ``key/annual-reports``."""
    session.add(Site(key=key, name=name, base_url=f"https://www.{key}.gov.example", state=state))
    session.flush()
    good = an_instant(1, 29) if state == "down" else an_instant(2, 5, 8)
    url = f"https://www.{key}.gov.example/zfxxgk/zfxxgknb/index.html"
    column = f"{key}/annual-reports"
    session.add(
        SiteColumn(
            key=column,
            site_key=key,
            url=url,
            state="found",
            last_good_at=good,
            last_visit_at=an_instant(2, 5, 8),
        )
    )
    session.flush()
    for day in (3, 4, 5):
        down = state == "down"
        session.add(
            Visit(
                column_key=column,
                at=an_instant(2, day, 8),
                outcome="unreachable" if down else "ok",
                detail_zh="连接被拒绝，重试 1 次" if down else "",
                detail_en="connection refused, 1 retry" if down else "",
                links=0 if down else 24,
                candidates=0 if down else 6,
            )
        )


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency of the season, and how it stands."""

    key: str
    name: str
    site: str
    region: str
    status: str
    because: Words
    kind: AgencyKind = KIND.STREET
    proof: str = "none"
    first_seen_at: datetime | None = None
    shown_on: date | None = None


def an_obligation(session: Session, row: AgencyRow) -> Obligation:
    """Write the agency and its obligation of the season."""
    session.add(
        Agency(
            key=row.key,
            name=row.name,
            kind=row.kind.value,
            region=row.region,
            columns=[f"{row.site}/annual-reports"],
        )
    )
    session.flush()
    duty = Obligation(
        agency_key=row.key,
        year=YEAR,
        due_at=due_at(row.kind, YEAR, Deadlines()),
        status=row.status,
        proof=row.proof,
        because_zh=row.because.zh,
        because_en=row.because.en,
        since=row.first_seen_at or an_instant(2, 1, 0, 0),
        first_seen_at=row.first_seen_at,
        shown_on=row.shown_on,
    )
    session.add(duty)
    session.flush()
    return duty


@dataclass(frozen=True, slots=True)
class Published:
    """One version to be written: its figures, and how the page prints them."""

    figures: Mapping[str, int | str] = field(default_factory=lambda: FIGURES)
    tear: str | None = None
    title: str | None = None
    seen_at: datetime = an_instant(1, 20)
    url: str | None = None


def a_version(
    session: Session, row: AgencyRow, shown: Published, previous: ReportVersion | None = None
) -> ReportVersion:
    """Write a report version with its findings, as read and judged by the real code."""
    title = shown.title or f"{row.name}{YEAR}年政府信息公开工作年度报告"
    body = _html(title, shown).encode()
    document = read_document(body)
    report = read_report(document)
    assessment = assess(report, Case(Identity(row.key, row.name, row.kind), YEAR))
    link, snapshot = _evidence(session, row, shown, title, body)
    before = None if previous is None else from_store(previous.report)
    version = ReportVersion(
        agency_key=row.key,
        year=YEAR,
        number=1 if previous is None else previous.number + 1,
        link_id=link.id,
        snapshot_id=snapshot.id,
        content_key=content_key(report),
        title=title,
        form=report.form.name,
        verdict=assessment.verdict.value,
        shown_on=row.shown_on,
        url_on=date(2026, 1, 20),
        first_seen_at=shown.seen_at,
        report=to_store(report),
        grids=grids_to_store(document),
        changes=[
            {"cell": change.cell, "before": change.before, "after": change.after}
            for change in (compare(before, report) if before else ())
        ],
        reader_version=READER_VERSION,
        rules_version=RULES_VERSION,
    )
    session.add(version)
    session.flush()
    _findings(session, version, assessment)
    return version


def stands_for(duty: Obligation, version: ReportVersion) -> None:
    """Let the version be the current one of the obligation."""
    duty.version_id, duty.link_id = version.id, version.link_id


def an_event(
    session: Session, kind: str, at: datetime, row: AgencyRow | None, because: Words, **more: object
) -> Event:
    """Write an event that was noticed at once."""
    event = Event(
        key=f"{kind}:{row.key if row else more.get('site')}:{at.isoformat()}",
        kind=kind,
        agency_key=row.key if row else None,
        site_key=None if row else str(more["site"]),
        year=YEAR if row else None,
        happened_at=at,
        noticed_at=at + timedelta(minutes=2),
        data={"because": {"zh": because.zh, "en": because.en}},
    )
    session.add(event)
    session.flush()
    return event


def _html(title: str, shown: Published) -> str:
    number = balanced_figures(FIGURES)["requests.new.total"]
    sections = (
        headed(1, "2025年，本机关按照条例要求推进政务公开，围绕群众关心的事项及时发布信息。"),
        headed(2),
        headed(3, f"本年度新收政府信息公开申请{number}件，上年结转2件。"),
        headed(4),
        headed(5, "公开内容的查找还不够方便，下一步将调整栏目并做好解读。"),
        headed(6, "本年度未收取信息公开处理费。"),
    )
    report = WrittenReport(title, sections, balanced_figures(shown.figures), tear=shown.tear)
    return f"<html><body><h1>{title}</h1><div>{report_html(report)}</div></body></html>"


def _evidence(
    session: Session, row: AgencyRow, shown: Published, title: str, body: bytes
) -> tuple[Link, Snapshot]:
    sha256 = hashlib.sha256(body).hexdigest()
    url = shown.url or f"https://www.{row.site}.gov.example/202601/t20260120_{sha256[:6]}.html"
    snapshot = Snapshot(
        url=url,
        sha256=sha256,
        size=len(body),
        media_type="text/html",
        http_status=200,
        fetched_at=shown.seen_at,
    )
    session.add(snapshot)
    session.flush()
    link = Link(
        column_key=f"{row.site}/annual-reports",
        url=url,
        title=title,
        first_listed_at=shown.seen_at,
        last_listed_at=shown.seen_at,
        snapshot_id=snapshot.id,
    )
    session.add(link)
    session.flush()
    return link, snapshot


def _findings(session: Session, version: ReportVersion, assessment: Assessment) -> None:
    broken = [(f, "broken", f.severity.value, f.message) for f in assessment.findings]
    gaps = [
        (g, "not_assessable", None, g.reason)
        for g in assessment.not_assessable
        if g.cause is Cause.SOURCE
    ]
    for outcome in (*broken, *gaps):
        judged, name, severity, message = outcome
        basis = getattr(judged, "basis", Words("", ""))
        session.add(
            FindingRow(
                version_id=version.id,
                agency_key=version.agency_key,
                year=version.year,
                outcome=name,
                code=judged.code,
                severity=severity,
                cells=list(judged.cells),
                expected=getattr(judged, "expected", None),
                actual=getattr(judged, "actual", None),
                fingerprint=judged.fingerprint() if isinstance(judged, Finding) else "",
                message_zh=message.zh,
                message_en=message.en,
                basis_zh=basis.zh,
                basis_en=basis.en,
            )
        )
