"""Reads and checks documents without a database: files, standard input, addresses."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import Refusal
from monitor.fetching import Fetching, fetch
from monitor.readings import NO_REPORT, read_body
from reports.case import Case
from reports.findings import Assessment, Severity, Verdict
from reports.model import AnnualReport
from reports.rules.registry import assess
from reports.words import Words

MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """One input with what was found, or with the reason why it could not be read."""

    source: str
    media_type: str | None
    report: AnnualReport | None
    assessment: Assessment | None
    reason: Words | None

    @property
    def verdict(self) -> Verdict:
        """Return the one word about this input."""
        return Verdict.UNREADABLE if self.assessment is None else self.assessment.verdict

    @property
    def exit_code(self) -> int:
        """Return 0 without an error-severity finding, 1 with one, 2 when unreadable."""
        if self.assessment is None:
            return 2
        grave = any(f.severity is Severity.ERROR for f in self.assessment.findings)
        return 1 if grave else 0


def check(source: str, case: Case, fetching: Fetching) -> Checked:
    """Read one input and run every rule that needs no history of ours."""
    try:
        body, media_type = _bytes_of(source, fetching)
    except Refusal as refusal:
        return Checked(source, None, None, None, refusal.words)
    found = read_body(body, media_type, None)
    media_type = found.document.media_type if found.document else None
    if found.report is None:
        return Checked(source, media_type, None, None, found.unreadable or NO_REPORT)
    return Checked(source, media_type, found.report, assess(found.report, case), None)


def previous_report(source: str, fetching: Fetching) -> AnnualReport:
    """Read last year's report to hold this one against; raises Refusal when it cannot be read."""
    body, media_type = _bytes_of(source, fetching)
    found = read_body(body, media_type, None)
    if found.report is None:
        reason = found.unreadable or NO_REPORT
        raise Refusal(Words(f"{source}：{reason.zh}", f"{source}: {reason.en}"))
    return found.report


def _bytes_of(source: str, fetching: Fetching) -> tuple[bytes, str | None]:
    if source == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1), None
    if source.startswith(("http://", "https://")):
        return fetch(source, fetching)
    try:
        with Path(source).open("rb") as file:
            return file.read(MAX_BYTES + 1), None
    except OSError as error:
        raise Refusal(
            Words(
                f"无法打开 {source}：{error.strerror}；请核对路径和权限。",
                f"{source} cannot be opened: {error.strerror}; check the path and its permissions.",
            )
        ) from None
