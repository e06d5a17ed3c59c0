"""Findings as rows."""

from __future__ import annotations

from collections.abc import Iterator

from db.ledger import BROKEN
from db.tables import FindingRow
from reports.findings import Assessment, Cause, Finding, NotAssessable

NOT_ASSESSABLE = "not_assessable"


def finding_row(
    finding: Finding, agency_key: str, year: int, version_id: int | None = None
) -> FindingRow:
    """Return the row of a rule that does not hold."""
    return FindingRow(
        version_id=version_id,
        agency_key=agency_key,
        year=year,
        outcome=BROKEN,
        code=finding.code,
        severity=finding.severity.value,
        cells=list(finding.cells),
        expected=finding.expected,
        actual=finding.actual,
        message_zh=finding.message.zh,
        message_en=finding.message.en,
        basis_zh=finding.basis.zh,
        basis_en=finding.basis.en,
        fingerprint=finding.fingerprint(),
        rule_version=finding.version,
    )


def assessment_rows(
    assessment: Assessment, agency_key: str, year: int, version_id: int
) -> Iterator[FindingRow]:
    """Yield one row per finding and per rule that the document gives too little for."""
    for finding in assessment.findings:
        yield finding_row(finding, agency_key, year, version_id)
    for gap in assessment.not_assessable:
        if gap.cause is Cause.SOURCE:
            yield _gap_row(gap, agency_key, year, version_id)


def _gap_row(gap: NotAssessable, agency_key: str, year: int, version_id: int) -> FindingRow:
    return FindingRow(
        version_id=version_id,
        agency_key=agency_key,
        year=year,
        outcome=NOT_ASSESSABLE,
        code=gap.code,
        cells=list(gap.cells),
        message_zh=gap.reason.zh,
        message_en=gap.reason.en,
    )
