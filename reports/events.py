"""The kinds of events, and the natural key that makes each happen once. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from reports.findings import Severity
from reports.words import Words


class EventKind(StrEnum):
    """What can happen, in the past tense."""

    PUBLISHED = "report.published"
    PUBLISHED_LATE = "report.published_late"
    REVISED = "report.revised"
    WITHDRAWN = "report.withdrawn"
    RESTORED = "report.restored"
    MISSING = "report.missing"
    UNVERIFIED = "report.unverified"
    UNREADABLE = "report.unreadable"
    FINDINGS_RAISED = "findings.raised"
    FINDINGS_CLEARED = "findings.cleared"
    DEADLINE_NEAR = "deadline.near"
    SITE_DOWN = "site.down"
    SITE_UP = "site.up"
    SITE_BLOCKED = "site.blocked"
    COLUMN_LOST = "column.lost"
    COLUMN_FOUND = "column.found"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event before it is a row. ``happened_at`` is the true moment, as far as we know it.

    ``data`` holds plain JSON values only; ``data["because"]`` is a pair ``{"zh": …, "en": …}``.
    """

    kind: EventKind
    key: str
    happened_at: datetime
    agency: str | None = None
    site: str | None = None
    year: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


NAMES: Mapping[EventKind, Words] = {
    EventKind.PUBLISHED: Words("报告已发布", "Report published"),
    EventKind.PUBLISHED_LATE: Words("报告晚于期限发布", "Report published after the deadline"),
    EventKind.REVISED: Words("报告内容有修改", "Report revised"),
    EventKind.WITHDRAWN: Words("报告已撤下", "Report withdrawn"),
    EventKind.RESTORED: Words("报告已恢复", "Report restored"),
    EventKind.MISSING: Words("期限已过，未见报告", "Deadline passed, report not found"),
    EventKind.UNVERIFIED: Words("期限已过，尚不能判定", "Deadline passed, cannot be judged yet"),
    EventKind.UNREADABLE: Words("报告无法读取", "Report cannot be read"),
    EventKind.FINDINGS_RAISED: Words("报告内容需核对", "Findings on a report"),
    EventKind.FINDINGS_CLEARED: Words("此前的问题已消除", "Earlier findings cleared"),
    EventKind.DEADLINE_NEAR: Words("期限临近", "Deadline near"),
    EventKind.SITE_DOWN: Words("网站无法访问", "Site down"),
    EventKind.SITE_UP: Words("网站恢复访问", "Site up again"),
    EventKind.SITE_BLOCKED: Words("网站拒绝自动访问", "Site refuses automatic reading"),
    EventKind.COLUMN_LOST: Words("栏目移走或列表偏短", "Column lost or cut short"),
    EventKind.COLUMN_FOUND: Words("栏目已找到", "Column found"),
}
"""Kind → how a person names it."""

_WEIGHTS: Mapping[EventKind, Severity] = {
    EventKind.MISSING: Severity.ERROR,
    EventKind.PUBLISHED_LATE: Severity.ERROR,
    EventKind.WITHDRAWN: Severity.ERROR,
    EventKind.UNREADABLE: Severity.WARNING,
    EventKind.UNVERIFIED: Severity.WARNING,
    EventKind.SITE_DOWN: Severity.WARNING,
    EventKind.SITE_BLOCKED: Severity.WARNING,
    EventKind.COLUMN_LOST: Severity.WARNING,
}


def weight_of(kind: EventKind) -> Severity:
    """Return how much attention a kind of event asks for when its data says nothing else."""
    return _WEIGHTS.get(kind, Severity.NOTICE)
