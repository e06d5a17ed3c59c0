"""A section of a Markdown document per input: tables that an office can paste into its papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.check import Checked
from monitor.check_formats.columns import printable
from monitor.check_formats.excerpt import whereabouts
from monitor.check_formats.gaps import gap_lines
from monitor.check_formats.telling import (
    BASIS,
    CLEARS,
    by_severity,
    findings_of,
    next_step,
    remedy,
    shortened,
    tally,
    verdict_of,
)
from reports.findings import Finding
from reports.model import AnnualReport
from reports.naming import SEVERITIES
from reports.reading_words import figures_read, headline, reading_lines
from reports.words import Language, Words

_HEADS = (
    Words("序号", "No."),
    Words("级别", "Severity"),
    Words("规则", "Rule"),
    Words("问题", "Finding"),
    Words("位置", "Where"),
    Words("应为", "Expected"),
    Words("实为", "Found"),
    CLEARS,
    BASIS,
)


def markdown_lines(checked: Checked, language: Language) -> Iterator[str]:
    """Yield the section of one input: verdict, what was read, one table of findings, what is open."""
    yield f"## {_escaped(checked.source)}"
    yield ""
    verdict = verdict_of(checked).in_language(language)
    yield f"**{verdict}{_count(checked, language)}**"
    yield ""
    if checked.report is None or checked.assessment is None:
        yield _escaped(checked.reason.in_language(language) if checked.reason else "")
        yield ""
        return
    for line in (headline(checked.report), *figures_read(checked.report)):
        yield _escaped(line.in_language(language))
        yield ""
    yield from _table(checked.report, findings_of(checked), language)
    yield from _remarks(checked, language)
    step = next_step(checked)
    if step is not None:
        yield _escaped(step.in_language(language))
        yield ""


def _count(checked: Checked, language: Language) -> str:
    count = tally(findings_of(checked))
    if count is None:
        return ""
    return f"（{count.zh}）" if language == "zh" else f" ({count.en})"


def _table(report: AnnualReport, findings: Sequence[Finding], language: Language) -> Iterator[str]:
    if not findings:
        return
    yield _row([head.in_language(language) for head in _HEADS])
    yield "|---" * len(_HEADS) + "|"
    ordered = [finding for _, alike in by_severity(findings) for finding in alike]
    for number, finding in enumerate(ordered, 1):
        yield _row((str(number), *_cells(report, finding, language)))
    yield ""


def _cells(report: AnnualReport, finding: Finding, language: Language) -> Sequence[str]:
    return (
        SEVERITIES[finding.severity].in_language(language),
        finding.code,
        finding.message.in_language(language),
        whereabouts(report, finding).in_language(language),
        shortened(finding.expected) or "",
        shortened(finding.actual) or "",
        remedy(finding).in_language(language),
        finding.basis.in_language(language),
    )


def _remarks(checked: Checked, language: Language) -> Iterator[str]:
    lines = [] if checked.report is None else list(reading_lines(checked.report))
    yield from (f"- **{_escaped(line.in_language(language))}**" for line in lines)
    gaps = list(gap_lines(checked))
    yield from (f"- {_escaped(line.in_language(language))}" for line in gaps)
    if lines or gaps:
        yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_escaped, cells)) + " |"


def _escaped(text: str) -> str:
    """Return the text so that nothing in it is taken for markup: what documents say is not ours."""
    return "".join(f"\\{mark}" if mark in "\\|`*_<>[]#~" else mark for mark in printable(text))
