"""What a check says of a report: findings, what could not be assessed, and one verdict. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from reports.words import Words


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Verdict(StrEnum):
    """The one word about a whole document."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"


class Cause(StrEnum):
    """Why a rule could not be assessed: our copy lacks a statutory part, or nobody told us the context."""

    SOURCE = "source"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold, with the figures found and expected."""

    code: str
    severity: Severity
    cells: tuple[str, ...]
    expected: str | None
    actual: str | None
    message: Words
    basis: Words
    version: int = 1

    def fingerprint(self) -> str:
        """Return a stable name within one report: rule and its version, cells and figures, no wording."""
        rule = self.code if self.version == 1 else f"{self.code}.{self.version}"
        parts = (rule, *self.cells, self.expected or "", self.actual or "")
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class NotAssessable:
    """A rule that could not be checked, the cells it lacks, and why."""

    code: str
    cells: tuple[str, ...]
    reason: Words
    cause: Cause


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that the rules say of one report."""

    findings: tuple[Finding, ...]
    not_assessable: tuple[NotAssessable, ...]

    @property
    def verdict(self) -> Verdict:
        """Return inconsistent on any error; incomplete when statutory parts could not be assessed."""
        if any(finding.severity is Severity.ERROR for finding in self.findings):
            return Verdict.INCONSISTENT
        if any(gap.cause is Cause.SOURCE for gap in self.not_assessable):
            return Verdict.INCOMPLETE
        return Verdict.CONSISTENT
