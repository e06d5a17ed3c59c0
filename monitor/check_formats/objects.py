"""The documented JSON object of one input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.check import Checked
from monitor.check_formats.telling import remedy, theme
from reports.codec import to_contract
from reports.findings import Finding, NotAssessable
from reports.model import AnnualReport
from reports.reading_words import notes_of, nulls_of
from reports.words import Language


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
        "report": {**to_contract(checked.report), **_reading(checked.report, language)},
        "findings": [_finding(finding, language) for finding in assessment.findings],
        "not_assessable": [_gap(gap, language) for gap in assessment.not_assessable],
        **({"aside": checked.aside.in_language(language)} if checked.aside else {}),
    }


def _finding(finding: Finding, language: Language) -> Mapping[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "theme": theme(finding).in_language(language),
        "cells": list(finding.cells),
        "expected": finding.expected,
        "actual": finding.actual,
        "message": finding.message.in_language(language),
        "basis": finding.basis.in_language(language),
        "clears": remedy(finding).in_language(language),
    }


def _gap(gap: NotAssessable, language: Language) -> Mapping[str, Any]:
    return {
        "code": gap.code,
        "cells": list(gap.cells),
        "reason": gap.reason.in_language(language),
    }


def _reading(report: AnnualReport, language: Language) -> Mapping[str, Any]:
    """Return what is to be known of the reading: nothing that it left out passes in silence."""
    tables = report.tables.items()
    return {
        "reasons": {n.value: t.reason.in_language(language) for n, t in tables if t.reason},
        "nulls": {key: why.in_language(language) for key, why in nulls_of(report)},
        "notes": {key: note for key, note in notes_of(report)},
        "remarks": [remark.in_language(language) for remark in report.remarks],
        "by_ocr": report.by_ocr,
    }
