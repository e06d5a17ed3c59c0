"""The score sheets of every unit of a year: what is open costs points, what was dismissed does not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.findings import FindingQuery, finding_of, standing_findings
from db.ledger import BROKEN, LedgerQuery, LedgerRow, ledger_rows
from db.tables import FindingRow, Obligation, ReportVersion
from monitor.score_sheets import HEADINGS, RECOGNISED, UNREADABLE, columns, number, score_json
from reports.findings import Verdict
from reports.naming import STATUSES
from reports.profile import Profile
from reports.scoring import ScoreSheet, score
from reports.words import Language, Words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The sheet of one unit; ``remark`` says why it has no score, or what the score leaves out."""

    unit: LedgerRow
    sheet: ScoreSheet
    is_scored: bool
    remark: Words | None


def unit_scores(session: Session, year: int, profile: Profile) -> Iterator[UnitScore]:
    """Yield the sheet of every unit that owes the year's report; dismissed findings cost nothing."""
    found: dict[str, list[FindingRow]] = {}
    for standing in standing_findings(session, FindingQuery(year=year, dismissed=False)):
        found.setdefault(standing.agency.key, []).append(standing.row)
    pictures, gaps = _recognised(session, year), _gaps(session, year)
    for unit in ledger_rows(session, LedgerQuery(year=year, active=True)):
        key, version = unit.agency.key, unit.obligation.version_id
        sheet = score(map(finding_of, found.get(key, ())), profile)
        why = RECOGNISED if version in pictures else _no_score(unit)
        yield UnitScore(unit, sheet, why is None, why or _left_out(gaps.get(version or 0, 0)))


def _no_score(unit: LedgerRow) -> Words | None:
    if unit.verdict == Verdict.UNREADABLE.value:
        return UNREADABLE
    if unit.verdict is not None:
        return None
    status = STATUSES[unit.obligation.status]
    return Words(f"{status.zh}，不评分。", f"{status.en}: no score.")


def _left_out(gaps: int) -> Words | None:
    if not gaps:
        return None
    return Words(
        f"另有 {gaps} 项因内容缺失无法核对，未计入。",
        f"{gaps} checks could not be made for lack of content and do not count.",
    )


def _recognised(session: Session, year: int) -> frozenset[int | None]:
    """Return the versions whose characters were recognised: no finding does not mean no fault there."""
    by_ocr = col(ReportVersion.report)["by_ocr"].as_boolean()
    return frozenset(
        session.exec(select(ReportVersion.id).where(ReportVersion.year == year, by_ocr.is_(True)))
    )


def _gaps(session: Session, year: int) -> dict[int, int]:
    counted = session.exec(
        select(FindingRow.version_id, func.count())
        .join(Obligation, col(Obligation.version_id) == FindingRow.version_id)
        .where(FindingRow.year == year, FindingRow.outcome != BROKEN)
        .group_by(col(FindingRow.version_id))
    )
    return {version: count for version, count in counted if version is not None}


def unit_json(found: UnitScore, language: Language) -> dict[str, Any]:
    """Return the documented object of one unit; what has no score has ``left`` null, never full marks."""
    sheet = score_json(found.sheet, language)
    return {
        "agency": found.unit.agency.key,
        "agency_name": found.unit.agency.name,
        "year": found.unit.obligation.year,
        **sheet,
        "left": sheet["left"] if found.is_scored else None,
        "remark": None if found.remark is None else found.remark.in_language(language),
    }


def sheet_csv(units: Sequence[UnitScore], language: Language) -> str:
    """Return one line per finding that costs points, and one per unit without any; for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([name.in_language(language) for name in HEADINGS])
    for unit in units:
        writer.writerows([_harmless(cell) for cell in row] for row in _unit_rows(unit, language))
    return text.getvalue()


def _unit_rows(found: UnitScore, language: Language) -> Iterator[tuple[str, ...]]:
    unit, sheet = found.unit, found.sheet
    head = (unit.agency.name, str(unit.obligation.year))
    left = str(number(sheet.left)) if found.is_scored else ""
    remark = "" if found.remark is None else found.remark.in_language(language)
    tail = (str(number(sheet.full)), left, remark)
    items = [item for item in sheet.items if item.points or item.spared]
    if not items:
        yield (*head, "", "", "", "", "0" if found.is_scored else "", "", "", *tail)
    for item in items:
        yield (*head, *columns(item, language), *tail)


def _harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet takes a published text for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
