"""One SARIF 2.1.0 log over all inputs, for whatever collects the results of checkers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from monitor.check import Checked
from monitor.check_formats.gaps import gap_lines
from monitor.check_formats.telling import findings_of, remedy, theme
from monitor.check_inputs import STANDARD_INPUT, is_address
from reports.cells import CELL_LABELS
from reports.findings import Finding, Severity, Verdict
from reports.model import AnnualReport
from reports.reading_words import reading_lines
from reports.rules.engine import Default, Rule
from reports.rules.gaps import TABLE_WORDS
from reports.rules.registry import RULES, RULES_VERSION, THEMES
from reports.rules.subject import table_of
from reports.words import Language, Words

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_PLACES = {rule.code: number for number, rule in enumerate(RULES)}


def sarif(results: Sequence[Checked], language: Language, *, ascii_only: bool = False) -> str:
    """Return the log as JSON text."""
    found = [
        _result(number, checked, finding, language)
        for number, checked in enumerate(results)
        for finding in findings_of(checked)
    ]
    driver = {
        "name": "Nianshao",
        "version": RULES_VERSION,
        "language": _LANGUAGES[language],
        "rules": [_rule(rule, language) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[language],
        "invocations": [_invocation(results, language)],
        "artifacts": [_artifact(checked) for checked in results],
        "results": found,
    }
    log = {"version": "2.1.0", "$schema": _SCHEMA, "runs": [run]}
    return json.dumps(log, ensure_ascii=ascii_only, indent=2)


def _rule(rule: Rule, language: Language) -> dict[str, Any]:
    """Return one rule with its help: basis, what is no breach, what clears it."""
    parts = (
        ("", rule.statement),
        (_in("依据：", "Basis: ", language), rule.basis),
        (_in("不算问题：", "Not a breach: ", language), rule.innocent),
        (_in("怎样改正：", "How to correct: ", language), rule.clears),
    )
    told = [(title, words.in_language(language)) for title, words in parts]
    level = _LEVELS[Severity.NOTICE if rule.default is Default.NOTICE else rule.severity]
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.statement.in_language(language)},
        "fullDescription": {"text": "\n".join(title + text for title, text in told[:3])},
        "help": {
            "text": "\n".join(title + text for title, text in told),
            "markdown": "\n\n".join(
                f"**{title}**{text}" if title else text for title, text in told
            ),
        },
        "defaultConfiguration": {"enabled": rule.default is not Default.OFF, "level": level},
        "properties": {"theme": THEMES[rule.code[0]].in_language(language)},
    }


def _invocation(results: Sequence[Checked], language: Language) -> dict[str, Any]:
    return {
        "executionSuccessful": all(
            checked.verdict is not Verdict.UNREADABLE for checked in results
        ),
        "exitCode": max((checked.exit_code for checked in results), default=0),
        "toolExecutionNotifications": [
            {
                "level": level,
                "message": {"text": words.in_language(language)},
                "locations": [{"physicalLocation": _file(number, checked)}],
            }
            for number, checked in enumerate(results)
            for level, words in _remarks(checked)
        ],
    }


def _remarks(checked: Checked) -> Iterator[tuple[str, Words]]:
    """Yield what kept an input, or a part of it, from being read or judged."""
    if checked.reason is not None:
        yield "error", checked.reason
    if checked.report is not None:
        yield from (("warning", line) for line in reading_lines(checked.report))
        yield from (("note", line) for line in gap_lines(checked))


def _artifact(checked: Checked) -> dict[str, Any]:
    media_type = {} if checked.media_type is None else {"mimeType": checked.media_type}
    return {
        "location": {"uri": _uri(checked.source)},
        "roles": ["analysisTarget"],
        **media_type,
        "properties": {"verdict": checked.verdict.value},
    }


def _result(number: int, checked: Checked, finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": _PLACES[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message.in_language(language)},
        "locations": [
            {
                "physicalLocation": _file(number, checked),
                "logicalLocations": [_cell(key, checked.report, language) for key in finding.cells],
            }
        ],
        "partialFingerprints": {"nianshao/v1": finding.fingerprint()},
        "properties": {
            "theme": theme(finding).in_language(language),
            "basis": finding.basis.in_language(language),
            "clears": remedy(finding).in_language(language),
            **_stated("expected", finding.expected),
            **_stated("actual", finding.actual),
        },
    }


def _stated(name: str, words: str | None) -> dict[str, str]:
    return {} if words is None else {name: words}


def _cell(key: str, report: AnnualReport | None, language: Language) -> dict[str, Any]:
    """Return a cell as a logical location; a place in a document with tables is no line of text."""
    table = TABLE_WORDS[table_of(key)].in_language(language)
    label = CELL_LABELS.get(key, Words(key, key)).in_language(language)
    place = None if report is None else report.cell(key).place
    location = {"name": f"{table} {label}", "fullyQualifiedName": key, "kind": "cell"}
    if place is None:
        return location
    counted = {"table": place.grid + 1, "row": place.row + 1, "column": place.column + 1}
    page = {} if place.page is None else {"page": place.page}
    return {**location, "properties": {**counted, **page}}


def _file(number: int, checked: Checked) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(checked.source), "index": number}}


def _uri(source: str) -> str:
    if source == STANDARD_INPUT:
        return "stdin"
    if is_address(source):
        return quote(source, safe="/:?&=#%+,;@~!$'()*[]")
    path = Path(source)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()), safe="/~")


def _in(zh: str, en: str, language: Language) -> str:
    return Words(zh, en).in_language(language)
