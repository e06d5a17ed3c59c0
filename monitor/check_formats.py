"""What ``nianshao check`` prints: text, JSON, Markdown, SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from monitor.check import Checked
from reports.cells import CELL_LABELS
from reports.codec import to_contract
from reports.findings import Finding, NotAssessable, Severity, Verdict
from reports.model import AnnualReport
from reports.naming import SEVERITIES
from reports.reading_words import figures_read, headline, notes_of, nulls, nulls_of, reading_lines
from reports.rules.registry import RULES
from reports.words import Language, Words

VERDICTS: Mapping[Verdict, Words] = {
    Verdict.CONSISTENT: Words("一致：未发现问题", "consistent: nothing wrong found"),
    Verdict.INCONSISTENT: Words(
        "不一致：有需要改正的错误", "inconsistent: there are errors to mend"
    ),
    Verdict.INCOMPLETE: Words(
        "不完整：未发现错误，但有法定内容无法核对",
        "incomplete: no error found, but statutory parts could not be assessed",
    ),
    Verdict.UNREADABLE: Words("无法读取", "unreadable"),
}
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def as_json(checked: Checked, language: Language) -> dict[str, Any]:
    """Return the documented object for one input."""
    head: dict[str, Any] = {
        "source": checked.source,
        "media_type": checked.media_type,
        "readable": checked.report is not None,
        "verdict": checked.verdict.value,
    }
    if checked.report is None or checked.assessment is None:
        reason = checked.reason.in_language(language) if checked.reason else ""
        told = {"reason": reason, "code": checked.code}
        return {**head, "report": None, "findings": [], "not_assessable": [], **told}
    assessment = checked.assessment
    return {
        **head,
        "report": {**to_contract(checked.report), **_reading_json(checked.report, language)},
        "findings": [_finding_json(finding, language) for finding in assessment.findings],
        "not_assessable": [_gap_json(gap, language) for gap in assessment.not_assessable],
    }


def _finding_json(finding: Finding, language: Language) -> Mapping[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "cells": list(finding.cells),
        "expected": finding.expected,
        "actual": finding.actual,
        "message": finding.message.in_language(language),
        "basis": finding.basis.in_language(language),
    }


def _gap_json(gap: NotAssessable, language: Language) -> Mapping[str, Any]:
    return {
        "code": gap.code,
        "cells": list(gap.cells),
        "reason": gap.reason.in_language(language),
    }


def _reading_json(report: AnnualReport, language: Language) -> Mapping[str, Any]:
    """Return what is to be known of the reading: nothing that it left out passes in silence."""
    tables = report.tables.items()
    return {
        "reasons": {n.value: t.reason.in_language(language) for n, t in tables if t.reason},
        "nulls": {key: why.in_language(language) for key, why in nulls_of(report)},
        "notes": {key: note for key, note in notes_of(report)},
        "remarks": [remark.in_language(language) for remark in report.remarks],
        "by_ocr": report.by_ocr,
    }


def text_lines(checked: Checked, language: Language) -> Iterator[str]:
    """Yield what a person reads in a terminal: verdict, facts, findings, gaps in short."""
    verdict = VERDICTS[checked.verdict].in_language(language)
    yield f"{checked.source}"
    yield f"  {verdict}"
    if checked.report is None or checked.assessment is None:
        yield f"  {checked.reason.in_language(language) if checked.reason else ''}"
        return
    report = checked.report
    yield f"  {headline(report).in_language(language)}"
    for line in figures_read(report):
        yield f"  {line.in_language(language)}"
    for line in reading_lines(report):
        yield f"  ! {line.in_language(language)}"
    for finding in checked.assessment.findings:
        severity = SEVERITIES[finding.severity].in_language(language)
        yield f"  [{severity}] {finding.code} {finding.message.in_language(language)}"
        yield f"      {_where(finding.cells, language)}{finding.basis.in_language(language)}"
    for gap in (*nulls(report), *_gaps(checked)):
        yield f"  · {gap.in_language(language)}"


def _where(cells: Sequence[str], language: Language) -> str:
    named = [CELL_LABELS[cell].in_language(language) for cell in cells if cell in CELL_LABELS]
    return f"{'；'.join(named[:4])} — " if named else ""


def _gaps(checked: Checked) -> Iterator[Words]:
    """Yield one sentence per reason: the rules that it kept from being assessed, and how often."""
    if checked.assessment is None or checked.report is None:
        return
    gaps = checked.assessment.not_assessable
    said = [table.reason for table in checked.report.tables.values() if table.reason is not None]
    first: dict[str, Words] = {}
    codes: dict[Words, Counter[str]] = {}
    for gap in gaps:
        # A rule that could not be assessed in many places has as many reasons, all alike.
        codes.setdefault(first.setdefault(gap.code, _without(gap.reason, said)), Counter())[
            gap.code
        ] += 1
    for why, counted in codes.items():
        zh, en = "、".join(counted), ", ".join(counted)
        yield Words(
            f"{zh} 共 {counted.total()} 处无法核对：{why.zh}",
            f"{en}: {counted.total()} not assessable: {why.en}",
        )


def _without(why: Words, said: Sequence[Words]) -> Words:
    """Leave out the sentences on a table that have been said already, once for all rules."""
    zh, en = why.zh, why.en
    for words in said:
        zh, en = zh.replace(words.zh, ""), en.replace(words.en, "")
    return Words(zh.strip(), en.strip())


def markdown_lines(checked: Checked, language: Language) -> Iterator[str]:
    """Yield a section of a Markdown document: one table of findings per input."""
    yield f"## {_escaped(checked.source)}"
    yield ""
    yield f"**{VERDICTS[checked.verdict].in_language(language)}**"
    yield ""
    if checked.report is None or checked.assessment is None:
        yield _escaped(checked.reason.in_language(language) if checked.reason else "")
        yield ""
        return
    for line in (headline(checked.report), *figures_read(checked.report)):
        yield _escaped(line.in_language(language))
        yield ""
    if checked.assessment.findings:
        yield "| 编号 Code | 级别 Severity | 说明 Message | 依据 Basis |"
        yield "|---|---|---|---|"
    for finding in checked.assessment.findings:
        cells = (
            finding.code,
            SEVERITIES[finding.severity].in_language(language),
            finding.message.in_language(language),
            finding.basis.in_language(language),
        )
        yield "| " + " | ".join(_escaped(cell) for cell in cells) + " |"
    if checked.assessment.findings:
        yield ""
    for line in reading_lines(checked.report):
        yield f"- **{_escaped(line.in_language(language))}**"
    for gap in (*nulls(checked.report), *_gaps(checked)):
        yield f"- {_escaped(gap.in_language(language))}"
    yield ""


def _escaped(text: str) -> str:
    return "".join(f"\\{mark}" if mark in "|`*_<>[]#" else mark for mark in " ".join(text.split()))


def sarif(results: Sequence[Checked], language: Language) -> str:
    """Return one SARIF 2.1.0 log over all inputs."""
    rules = [
        {"id": rule.code, "shortDescription": {"text": rule.statement.in_language(language)}}
        for rule in RULES
    ]
    log = {
        "version": "2.1.0",
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "runs": [
            {
                "tool": {"driver": {"name": "Nianshao", "rules": rules}},
                "invocations": [
                    {
                        "executionSuccessful": all(r.report for r in results),
                        "toolExecutionNotifications": [
                            _sarif_notification(checked, level, words, language)
                            for checked in results
                            for level, words in _sarif_remarks(checked)
                        ],
                    }
                ],
                "results": [
                    _sarif_result(checked, finding, language)
                    for checked in results
                    if checked.assessment
                    for finding in checked.assessment.findings
                ],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _sarif_remarks(checked: Checked) -> Iterator[tuple[str, Words]]:
    """Yield what kept an input, or a part of it, from being read."""
    if checked.reason is not None:
        yield "error", checked.reason
    if checked.report is not None:
        yield from (("warning", line) for line in reading_lines(checked.report))


def _sarif_notification(
    checked: Checked, level: str, words: Words, language: Language
) -> dict[str, Any]:
    return {
        "level": level,
        "message": {"text": words.in_language(language)},
        "locations": [{"physicalLocation": _sarif_file(checked)}],
    }


def _sarif_file(checked: Checked) -> dict[str, Any]:
    return {"artifactLocation": {"uri": quote(checked.source, safe="/:?&=#%+,;@~")}}


def _sarif_result(checked: Checked, finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": finding.message.in_language(language)},
        "locations": [
            {
                "physicalLocation": _sarif_file(checked),
                "logicalLocations": [{"fullyQualifiedName": cell} for cell in finding.cells],
            }
        ],
        "partialFingerprints": {"nianshao/v1": finding.fingerprint()},
    }
