"""Findings as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from db.findings import StandingFinding, finding_of
from reports.naming import SEVERITIES
from reports.words import Language


def finding_lines(found: StandingFinding, language: Language) -> Iterator[str]:
    """Yield its name, what is to be checked, and what a person said of it."""
    finding = finding_of(found.row)
    severity = SEVERITIES[finding.severity].in_language(language)
    yield f"{found.key}  {found.agency.name}"
    yield f"  [{severity}] {finding.code} {finding.message.in_language(language)}"
    if found.dismissed is not None:
        yield f"  ✓ {found.dismissed.words().in_language(language)}"
    if found.since is not None:
        yield f"  ! {found.since.since(finding).in_language(language)}"
