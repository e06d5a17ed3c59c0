"""Gathers what the page of one report version shows: times, proof, findings, tables, differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from db.findings import Said, dismissals, finding_of, said_of
from db.ledger import BROKEN
from db.tables import Agency, FindingRow, Link, Obligation, ReportVersion, Snapshot
from reports.cells import CELL_LABELS
from reports.codec import from_store
from reports.findings import Severity
from reports.hidden_times import HiddenTime, hidden_time
from reports.model import AnnualReport
from reports.naming import READ_BY_OCR
from reports.reading_words import nulls
from reports.rules.registry import rule_named
from reports.scoring import ScoreItem, ScoreSheet, score
from reports.words import Words
from web.agency import versions_of
from web.freshness import Freshness, freshness_at
from web.published import Concern, Published, published
from web.settings import WebSettings
from web.words import cell_name

_UNSAID = Said({}, {})
_GRAVEST_FIRST = {severity.value: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding on the page: its row, its own anchor, and the cells with the place where they stand."""

    row: FindingRow
    anchor: str
    cells: tuple[tuple[Words, str | None], ...]
    dismissed: Words | None = None
    since: Words | None = None

    @property
    def message(self) -> Words:
        """Return what is to be checked."""
        return Words(self.row.message_zh, self.row.message_en)

    @property
    def basis(self) -> Words:
        """Return the provision that the rule rests on."""
        return Words(self.row.basis_zh, self.row.basis_en)

    @property
    def clears(self) -> Words | None:
        """Return what makes the finding go away; None for a rule that is no more."""
        rule = rule_named(self.row.code)
        return None if rule is None else rule.clears


def _in_places(count: int, why: Words) -> Words:
    if count == 1:
        return why
    return Words(f"{count} 处，其一：{why.zh}", f"{count} places, one of them: {why.en}")


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that is known of one version of one report."""

    fresh: Freshness
    version: ReportVersion
    agency: Agency
    obligation: Obligation | None
    link: Link
    snapshot: Snapshot
    versions: tuple[ReportVersion, ...]
    report: AnnualReport | None
    findings: tuple[ShownFinding, ...]
    dismissed: tuple[ShownFinding, ...]
    gaps: tuple[ShownFinding, ...]
    published: Published
    sheet: ScoreSheet | None

    @property
    def is_current(self) -> bool:
        """Say whether this version stands for the obligation now."""
        return self.obligation is None or self.obligation.version_id == self.version.id

    @property
    def taken(self) -> tuple[tuple[ScoreItem, ShownFinding], ...]:
        """Return the findings that cost points, or would without the limit per rule."""
        items = () if self.sheet is None else self.sheet.items
        pairs = zip(items, self.findings, strict=False)
        return tuple((item, finding) for item, finding in pairs if item.points or item.spared)

    @property
    def gaps_by_rule(self) -> tuple[tuple[str, Words], ...]:
        """Return for each rule that could not be checked in how many places, and the first reason."""
        counted = Counter(gap.row.code for gap in self.gaps)
        first = {gap.row.code: gap.message for gap in reversed(self.gaps)}
        return tuple((code, _in_places(counted[code], first[code])) for code in counted)

    @property
    def unreadable(self) -> Words | None:
        """Return why the document could not be read, None when it could."""
        if self.version.readable:
            return None
        return Words(self.version.unreadable_zh or "", self.version.unreadable_en or "")

    @property
    def id_time(self) -> HiddenTime | None:
        """Return the time that hides in the numbers of the address, None when there is none."""
        return hidden_time(self.link.url, self.version.first_seen_at)

    @property
    def notes(self) -> tuple[Words, ...]:
        """Return what must be known before anything else of the page is believed."""
        if self.report is None:
            return () if self.unreadable is None else (self.unreadable,)
        recognised = (READ_BY_OCR,) if self.report.by_ocr else ()
        return (*recognised, *self.report.remarks)

    @property
    def nulls(self) -> tuple[Words, ...]:
        """Return why cells of the statutory tables have no value, one sentence per reason."""
        return () if self.report is None else tuple(nulls(self.report, most=len(CELL_LABELS)))

    @property
    def changes(self) -> tuple[tuple[Words, Any, Any], ...]:
        """Return what this version changed against the one before: name, before, after."""
        return tuple((cell_name(c["cell"]), c["before"], c["after"]) for c in self.version.changes)


def report_page(
    session: Session, version_id: int, settings: WebSettings, now: datetime
) -> ReportPage | None:
    """Return the page of the version with this id, or None when there is none."""
    version = session.get(ReportVersion, version_id)
    if version is None:
        return None
    agency, obligation = session.get_one(Agency, version.agency_key), _obligation(session, version)
    rows = _finding_rows(session, version, obligation)
    broken = [row for row in rows if row.outcome == BROKEN]
    report = from_store(version.report) if version.report else None
    said = said_of(broken, dismissals(session, version.agency_key, version.year))
    open_rows = [row for row in broken if row.fingerprint not in said.held]
    tables = published(version.grids, report, [_concern(row) for row in open_rows])
    return ReportPage(
        fresh=freshness_at(session, now, settings.stale_after, agency.columns),
        version=version,
        agency=agency,
        obligation=obligation,
        link=session.get_one(Link, version.link_id),
        snapshot=session.get_one(Snapshot, version.snapshot_id),
        versions=versions_of(session, version.agency_key, version.year),
        report=report,
        findings=tuple(_shown(row, tables, said) for row in open_rows),
        dismissed=tuple(_shown(row, tables, said) for row in broken if row not in open_rows),
        gaps=tuple(_shown(row, tables) for row in rows if row.outcome != BROKEN),
        published=tables,
        sheet=_sheet(report, open_rows, settings),
    )


def _sheet(
    report: AnnualReport | None, rows: Sequence[FindingRow], settings: WebSettings
) -> ScoreSheet | None:
    """Return the score, None where nothing was judged: no finding is then no praise."""
    if report is None or report.by_ocr:
        return None
    return score(map(finding_of, rows), settings.profile)


def _obligation(session: Session, version: ReportVersion) -> Obligation | None:
    statement = select(Obligation).where(
        col(Obligation.agency_key) == version.agency_key, col(Obligation.year) == version.year
    )
    return session.execute(statement).scalar_one_or_none()


def _finding_rows(
    session: Session, version: ReportVersion, obligation: Obligation | None
) -> list[FindingRow]:
    """Return the version's rows; those of the obligation itself belong to its current version."""
    belongs = col(FindingRow.version_id) == version.id
    if obligation is None or obligation.version_id == version.id:
        belongs = belongs | col(FindingRow.version_id).is_(None)
    statement = (
        select(FindingRow)
        .where(
            col(FindingRow.agency_key) == version.agency_key,
            col(FindingRow.year) == version.year,
            belongs,
        )
        .order_by(col(FindingRow.code), col(FindingRow.id))
    )
    found = session.execute(statement).scalars().all()
    return sorted(found, key=lambda row: _GRAVEST_FIRST.get(row.severity or "", len(Severity)))


def _concern(row: FindingRow) -> Concern:
    return Concern(_anchor(row), row.code, row.severity or "", tuple(row.cells))


def _anchor(row: FindingRow) -> str:
    return f"finding-{row.id}"


def _shown(row: FindingRow, tables: Published, said: Said = _UNSAID) -> ShownFinding:
    cells = tuple((cell_name(key), tables.anchors.get(key)) for key in row.cells)
    held, outgrown = said.held.get(row.fingerprint), said.outgrown.get(row.fingerprint)
    return ShownFinding(
        row,
        _anchor(row),
        cells,
        None if held is None else held.words(),
        None if outgrown is None else outgrown.since(finding_of(row)),
    )
