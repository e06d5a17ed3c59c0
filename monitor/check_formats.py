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
from reports.model import AnnualReport, Quality
from reports.naming import QUALITIES, READ_BY_OCR, SEVERITIES, TABLES
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
_UNEXPLAINED = Words("副本中没有这一格", "our copy has no such cell")
_MOST_REASONS, _CELLS_NAMED = 12, 3
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
        return {**head, "report": None, "findings": [], "not_assessable": [], "reason": reason}
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


def nulls_of(report: AnnualReport) -> Iterator[tuple[str, Words]]:
    """Yield every cell without a value, and why it has none."""
    for table in report.tables.values():
        for key, cell in table.cells.items():
            if cell.value is None:
                yield key, cell.why or table.reason or _UNEXPLAINED


def notes_of(report: AnnualReport) -> Iterator[tuple[str, str]]:
    """Yield every cell whose number the publisher wrote a note to, and the note."""
    for table in report.tables.values():
        for key, cell in table.cells.items():
            if cell.note is not None:
                yield key, cell.note


def _reading_lines(report: AnnualReport) -> Iterator[Words]:
    """Yield what a person must know of the reading before its results."""
    if report.by_ocr:
        yield READ_BY_OCR
    yield from report.remarks
    for name, table in report.tables.items():
        if table.quality is not Quality.COMPLETE:
            label, quality = TABLES[name], QUALITIES[table.quality]
            yield table.reason or Words(f"{label.zh}：{quality.zh}", f"{label.en}: {quality.en}")


def _nulls(report: AnnualReport) -> Iterator[Words]:
    """Yield one sentence per reason: how many cells it left without a value, and the first of them."""
    cells: dict[Words, list[str]] = {}
    for key, why in nulls_of(report):
        cells.setdefault(why, []).append(key)
    reasons = sorted(cells.items(), key=lambda item: -len(item[1]))
    for why, keys in reasons[:_MOST_REASONS]:
        named = [CELL_LABELS[key] for key in keys[:_CELLS_NAMED] if key in CELL_LABELS]
        zh, en = "、".join(label.zh for label in named), ", ".join(label.en for label in named)
        zh, en = (f"{zh} 等", f"{en} and more") if len(keys) > len(named) else (zh, en)
        yield Words(
            f"{len(keys)} 格没有数值（{zh}）：{why.zh}",
            f"{len(keys)} without a value ({en}): {why.en}",
        )
    left = sum(len(keys) for _, keys in reasons[_MOST_REASONS:])
    if left:
        yield Words(
            f"另有 {left} 格没有数值，原因各异；逐格列在 --format json 的 nulls 中。",
            f"{left} more without a value, each for its own reason; --format json lists them in nulls.",
        )


def text_lines(checked: Checked, language: Language) -> Iterator[str]:
    """Yield what a person reads in a terminal: verdict, facts, findings, gaps in short."""
    verdict = VERDICTS[checked.verdict].in_language(language)
    yield f"{checked.source}"
    yield f"  {verdict}"
    if checked.report is None or checked.assessment is None:
        yield f"  {checked.reason.in_language(language) if checked.reason else ''}"
        return
    report = checked.report
    yield f"  {_named(report).in_language(language)}"
    for line in _reading_lines(report):
        yield f"  ! {line.in_language(language)}"
    for finding in checked.assessment.findings:
        severity = SEVERITIES[finding.severity].in_language(language)
        yield f"  [{severity}] {finding.code} {finding.message.in_language(language)}"
        yield f"      {_where(finding.cells, language)}{finding.basis.in_language(language)}"
    for gap in (*_nulls(report), *_gaps(checked)):
        yield f"  · {gap.in_language(language)}"


def _named(report: AnnualReport) -> Words:
    """Return title, agency and year; what was not read says so."""
    title = (
        Words(report.title, report.title) if report.title else Words("未读到标题", "no title read")
    )
    agency = report.agency and Words(report.agency, report.agency)
    agency = agency or Words("未读到单位", "no agency read")
    zh, en = (
        (f"{report.year} 年度", f"{report.year}") if report.year else ("未读到年度", "no year read")
    )
    return Words(f"{title.zh}（{agency.zh}，{zh}）", f"{title.en} ({agency.en}, {en})")


def _where(cells: Sequence[str], language: Language) -> str:
    named = [CELL_LABELS[cell].in_language(language) for cell in cells if cell in CELL_LABELS]
    return f"{'；'.join(named[:4])} — " if named else ""


def _gaps(checked: Checked) -> Iterator[Words]:
    """Yield one sentence per reason: the rules that it kept from being assessed, and how often."""
    gaps = checked.assessment.not_assessable if checked.assessment else ()
    first: dict[str, Words] = {}
    codes: dict[Words, Counter[str]] = {}
    for gap in gaps:
        # A rule that could not be assessed in many places has as many reasons, all alike.
        codes.setdefault(first.setdefault(gap.code, gap.reason), Counter())[gap.code] += 1
    for why, counted in codes.items():
        zh, en = "、".join(counted), ", ".join(counted)
        yield Words(
            f"{zh} 共 {counted.total()} 处无法核对：{why.zh}",
            f"{en}: {counted.total()} not assessable: {why.en}",
        )


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
    yield _escaped(_named(checked.report).in_language(language))
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
    for line in _reading_lines(checked.report):
        yield f"- **{_escaped(line.in_language(language))}**"
    for gap in (*_nulls(checked.report), *_gaps(checked)):
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
        yield from (("warning", line) for line in _reading_lines(checked.report))


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
