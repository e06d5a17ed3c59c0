"""Reads and checks documents without a database: files, standard input, addresses."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import Refusal
from monitor.fetching import Fetching, fetch
from reports.case import Case
from reports.findings import Assessment, Severity, Verdict
from reports.model import AnnualReport
from reports.rules.registry import assess
from reports.words import Words
from sandbox.faults import SandboxUnavailable
from sandbox.pool import Sandbox
from sandbox.readings import NO_REPORT, Body, Reading

MAX_BYTES = 200 * 1024 * 1024
_TOGETHER = 16
_BYTES_TOGETHER = 64 * 1024 * 1024


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


@dataclass(frozen=True, slots=True)
class Checking:
    """What checking needs beside the documents."""

    fetching: Fetching
    sandbox: Sandbox


def check(sources: Sequence[str], case: Case, checking: Checking) -> Iterator[Checked]:
    """Read inputs and run every rule that needs no history of ours; in the order of the inputs.

    Raises Refusal when nothing can be read here at all.
    """
    for part in _parts(sources, checking.fetching):
        bodies = [body for _, body in part if isinstance(body, Body)]
        readings = iter(_read(bodies, checking.sandbox))
        for source, body in part:
            if isinstance(body, Refusal):
                yield Checked(source, None, None, None, body.words)
            else:
                yield _checked(source, next(readings), case)


def previous_report(source: str, checking: Checking) -> AnnualReport:
    """Read last year's report to hold this one against; raises Refusal when it cannot be read."""
    (found,) = _read([_body_of(source, checking.fetching)], checking.sandbox)
    if found.report is None:
        reason = found.unreadable or NO_REPORT
        raise Refusal(Words(f"{source}：{reason.zh}", f"{source}: {reason.en}"))
    return found.report


_Part = list[tuple[str, Body | Refusal]]


def _parts(sources: Sequence[str], fetching: Fetching) -> Iterator[_Part]:
    """Load inputs, few enough at a time; one that cannot be loaded stands there with its refusal."""
    part: _Part = []
    size = 0
    for source in sources:
        try:
            body: Body | Refusal = _body_of(source, fetching)
        except Refusal as refusal:
            body = refusal
        part.append((source, body))
        size += len(body.content) if isinstance(body, Body) else 0
        if len(part) == _TOGETHER or size > _BYTES_TOGETHER:
            yield part
            part, size = [], 0
    if part:
        yield part


def _read(bodies: Sequence[Body], sandbox: Sandbox) -> Sequence[Reading]:
    try:
        return sandbox.read_many(bodies)
    except SandboxUnavailable as unavailable:
        raise Refusal(unavailable.words) from None


def _checked(source: str, found: Reading, case: Case) -> Checked:
    media_type = found.document.media_type if found.document else None
    if found.report is None:
        return Checked(source, media_type, None, None, found.unreadable or NO_REPORT)
    return Checked(source, media_type, found.report, assess(found.report, case), None)


def _body_of(source: str, fetching: Fetching) -> Body:
    content, media_type = _bytes_of(source, fetching)
    return Body(content, media_type)


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
