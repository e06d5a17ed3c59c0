"""One rule over one report: its finding, its gaps, and how long it takes over a hostile text."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from reports.case import Case
from reports.findings import Cause, Finding, NotAssessable
from reports.model import AnnualReport
from reports.profile import Profile, Setting
from reports.rules.engine import run
from reports.rules.registry import rule_named
from reports.rules.subject import Subject
from tests.builders import with_text

HOSTILE = [
    "收到政府信息公开申请共计" * 5_000,
    "规范性文件清理失效" * 6_600,
    "未向申请人发出收费通知" * 5_400,
    "1" * 60_000,
    "。" * 30_000 + "申请" * 15_000,
]
"""Texts of 60,000 characters that repeat what the rules look for."""
_LONGEST = 1.5


def judged(
    code: str,
    report: AnnualReport,
    case: Case | None = None,
    limits: Mapping[str, str] | None = None,
) -> tuple[tuple[Finding, ...], tuple[NotAssessable, ...]]:
    """Return the findings and the gaps of one rule."""
    rule = rule_named(code)
    assert rule is not None
    numbers = {name: Decimal(number) for name, number in (limits or {}).items()}
    profile = Profile(settings={code: Setting(active=True, limits=numbers)})
    assessment = run([rule], Subject(report, case or Case()), profile)
    return assessment.findings, assessment.not_assessable


def finding_of(code: str, report: AnnualReport, case: Case | None = None) -> Finding:
    """Return the one finding of a rule, which names figures in both languages."""
    (finding,), gaps = judged(code, report, case)
    assert gaps == ()
    assert finding.message.zh.endswith(("。", "。）"))
    assert finding.message.en.endswith(".")
    return finding


def holds(code: str, report: AnnualReport, case: Case | None = None) -> bool:
    """Say whether a rule has neither a finding nor a gap."""
    return judged(code, report, case) == ((), ())


def gap_of(code: str, report: AnnualReport, case: Case | None = None) -> NotAssessable:
    """Return the one gap of a rule that finds nothing."""
    findings, (gap,) = judged(code, report, case)
    assert findings == ()
    return gap


def lacks_source(code: str, report: AnnualReport, case: Case | None = None) -> tuple[str, ...]:
    """Return the cells that our copy lacks for a rule."""
    gap = gap_of(code, report, case)
    assert gap.cause is Cause.SOURCE
    return gap.cells


def lacks_context(code: str, report: AnnualReport, case: Case | None = None) -> bool:
    """Say whether a rule lacks what nobody told."""
    return gap_of(code, report, case).cause is Cause.CONTEXT


def slowest(code: str, report: AnnualReport, case: Case | None = None) -> float:
    """Return the longest that a rule takes over one of the hostile texts, in seconds."""
    times = []
    for text in HOSTILE:
        hostile = with_text(with_text(report, 1, text), 5, text)
        begin = time.process_time()
        judged(code, hostile, case)
        times.append(time.process_time() - begin)
    return max(times)


def bears_hostile_texts(code: str, report: AnnualReport, case: Case | None = None) -> bool:
    """Say whether a rule is quick over texts that repeat what it looks for."""
    return slowest(code, report, case) < _LONGEST


def said_by(report: AnnualReport, agency: str) -> AnnualReport:
    """Return the report as that of another agency."""
    return replace(report, agency=agency, title=None)
