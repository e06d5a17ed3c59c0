"""Reads and checks documents without a database: files, standard input, addresses."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.check_inputs import STANDARD_INPUT, Named, files_in, is_address
from monitor.check_previous import Earlier, LastYear
from monitor.errors import Refusal
from monitor.fetching import Fetching, fetch
from reports.case import Case
from reports.findings import Assessment, Severity, Verdict
from reports.model import AnnualReport
from reports.profile import DEFAULT, Profile
from reports.rules.registry import assess
from reports.surroundings import Source
from reports.words import Words
from sandbox.faults import SandboxUnavailable
from sandbox.pool import Sandbox
from sandbox.readings import NO_REPORT, Body, Reading

MAX_BYTES = 200 * 1024 * 1024
_TOGETHER = 16
_IN_A_FILE = Words(
    "该页面没有报告正文，以下读自页面提供的附件。",
    "The page holds no report; what follows was read from the file that it offers.",
)
_BYTES_TOGETHER = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """One input with what was found, or with the reason why it could not be read and its stable name.

    ``aside`` says why the report was not held against that of the year before, where one was to be.
    """

    source: str
    media_type: str | None
    report: AnnualReport | None
    assessment: Assessment | None
    reason: Words | None
    code: str | None = None
    aside: Words | None = None

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
    profile: Profile = DEFAULT


def check(
    sources: Sequence[str] | Sequence[Named],
    case: Case,
    checking: Checking,
    last_year: LastYear | None = None,
) -> Iterator[Checked]:
    """Read inputs and run every rule that needs no history of ours; in the order of the inputs.

    Raises Refusal when nothing can be read here at all.
    """
    named = [(one, None) if isinstance(one, str) else one for one in sources]
    for part in _parts(named, checking.fetching):
        inputs = [found for _, found in part if isinstance(found, _Input)]
        readings = iter(_read(inputs, checking.sandbox))
        for source, found in part:
            if isinstance(found, Refusal):
                yield Checked(source, None, None, None, found.words, "not_opened")
            else:
                yield _checked(source, next(readings), case, last_year, checking.profile)


def last_year_of(source: str, inputs: int, checking: Checking) -> LastYear:
    """Read what ``--previous`` names; raises Refusal when it gives no report at all.

    One file serves the one input beside it; where there are more, each takes only a report of its agency.
    """
    is_folder = not is_address(source) and Path(source).is_dir()
    names = list(map(str, files_in(Path(source)))) if is_folder else [source]
    earlier, reasons = [], []
    for part in _parts([(name, None) for name in names], checking.fetching):
        inputs_read = [(name, found) for name, found in part if isinstance(found, _Input)]
        reasons += [found.words for _, found in part if isinstance(found, Refusal)]
        readings = _read([found for _, found in inputs_read], checking.sandbox)
        for (name, found), reading in zip(inputs_read, readings, strict=True):
            if reading.report is None:
                why = reading.unreadable or NO_REPORT
                reasons.append(Words(f"{name}：{why.zh}", f"{name}: {why.en}"))
            else:
                digest = hashlib.sha256(found.body.content).hexdigest()
                earlier.append(Earlier(reading.report, Source(name, digest)))
    if not earlier:
        raise _no_last_year(source, reasons)
    return LastYear(source, tuple(earlier), len(reasons), not is_folder and inputs == 1)


def _no_last_year(source: str, reasons: Sequence[Words]) -> Refusal:
    if len(reasons) == 1:
        return Refusal(reasons[0])
    return Refusal(
        Words(
            f"{source}：文件夹里 {len(reasons)} 个文件都没有读出年度报告，请核对 --previous。",
            f"{source}: none of {len(reasons)} file(s) in it gave a report; check --previous.",
        )
    )


@dataclass(frozen=True, slots=True)
class _Input:
    """What stands at a source: its body, and the files that it offers if it is a page."""

    body: Body
    files: tuple[Body, ...] = ()


_Part = list[tuple[str, _Input | Refusal]]


def _parts(sources: Sequence[Named], fetching: Fetching) -> Iterator[_Part]:
    """Load inputs, few enough at a time; one that cannot be loaded stands there with its refusal."""
    part: _Part = []
    size = 0
    for source, refused in sources:
        found = refused or _loaded(source, fetching)
        part.append((source, found))
        if isinstance(found, _Input):
            size += sum(len(body.content) for body in (found.body, *found.files))
        if len(part) == _TOGETHER or size > _BYTES_TOGETHER:
            yield part
            part, size = [], 0
    if part:
        yield part


def _loaded(source: str, fetching: Fetching) -> _Input | Refusal:
    try:
        return _input(source, fetching)
    except Refusal as refusal:
        return refusal


def _read(inputs: Sequence[_Input], sandbox: Sandbox) -> Sequence[Reading]:
    try:
        readings = sandbox.read_many([found.body for found in inputs])
        return [
            reading if reading.report else _read_files(found, reading, sandbox)
            for found, reading in zip(inputs, readings, strict=True)
        ]
    except SandboxUnavailable as unavailable:
        raise Refusal(unavailable.words) from None


def _read_files(found: _Input, page: Reading, sandbox: Sandbox) -> Reading:
    """Return the report among the files of a page without one; two different ones are for a person."""
    readings = sandbox.read_many(found.files)
    reports = {reading.content_key: reading for reading in readings if reading.report is not None}
    if len(readings) == 1 and readings[0].document is None:
        # The only file could not be opened: why, says more than that there is one.
        return readings[0]
    if len(reports) != 1:
        return page
    (reading,) = reports.values()
    assert reading.report is not None
    remarks = (_IN_A_FILE, *reading.report.remarks)
    return replace(reading, report=replace(reading.report, remarks=remarks))


def _checked(
    source: str, found: Reading, case: Case, last_year: LastYear | None, profile: Profile
) -> Checked:
    media_type = found.document.media_type if found.document else None
    if found.report is None:
        return Checked(source, media_type, None, None, found.unreadable or NO_REPORT, found.code)
    aside = None
    if last_year is not None:
        case, aside = last_year.completed(case, found.report)
    assessment = assess(found.report, case, profile)
    return Checked(source, media_type, found.report, assessment, None, aside=aside)


def _input(source: str, fetching: Fetching) -> _Input:
    if source == STANDARD_INPUT:
        return _Input(Body(sys.stdin.buffer.read(MAX_BYTES + 1)))
    if is_address(source):
        page = fetch(source, fetching)
        files = tuple(Body(file.content, file.media_type) for file in page.files)
        return _Input(Body(page.content, page.media_type), files)
    try:
        with Path(source).open("rb") as file:
            return _Input(Body(file.read(MAX_BYTES + 1)))
    except OSError as error:
        raise _cannot_open(source, error) from None


def _cannot_open(source: str, error: OSError) -> Refusal:
    match error:
        case FileNotFoundError():
            why = Words("没有这个文件，请核对路径", "there is no such file; check its path")
        case IsADirectoryError():
            why = Words("这是文件夹，请写出其中的文件", "it is a folder; name the files in it")
        case PermissionError():
            why = Words(
                "没有读取权限，请核对权限", "reading it is not permitted; check its permissions"
            )
        case _:
            detail = error.strerror or type(error).__name__
            why = Words(
                f"系统报告“{detail}”，请核对文件", f"the system says “{detail}”; check the file"
            )
    return Refusal(Words(f"无法打开 {source}：{why.zh}。", f"{source} cannot be opened: {why.en}."))
