"""How the page names statuses, proofs, verdicts, severities and qualities, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.dossier import ACCUSING
from reports.cells import CELL_LABELS, SECTION_HEADINGS
from reports.events import NAMES, EventKind
from reports.naming import PROOFS, QUALITIES, SEVERITIES, STATUSES, TABLES, VERDICTS
from reports.visits import WORDS as OUTCOMES
from reports.visits import Outcome
from reports.words import Words

__all__ = ["ACCUSING", "PROOFS", "QUALITIES", "SEVERITIES", "STATUSES", "TABLES", "VERDICTS"]

MARKS: Mapping[str, str] = {
    "missing": "✕",
    "unverified": "?",
    "late": "!",
    "withdrawn": "↩",
    "awaited": "…",
    "on_time": "✓",
    "exempt": "–",
}
"""A sign beside the word, for print without colour."""

STATES: Mapping[str, Words] = {
    "found": Words("正常", "Found"),
    "lost": Words("不在原地址", "Lost"),
    "shrunken": Words("列表偏短", "Too short"),
    "up": Words("正常", "Up"),
    "down": Words("无法访问", "Down"),
    "blocked": Words("拒绝自动访问", "Blocked"),
    "unknown": Words("尚未查看", "Not looked at yet"),
}

LOOK_RESULTS: Mapping[str, Words] = {
    "absent": Words("未见报告", "Not there"),
    "gone": Words("原报告不在", "Gone"),
    "vanished": Words("与多数报告同时不在", "Gone with most others"),
    "present": Words("报告仍在", "There again"),
    "unsure": Words("不能确定", "Unsure"),
    "candidate": Words("可能已列出", "Possibly listed"),
}

KINDS: Mapping[str, Words] = {
    "department": Words("部门", "Department"),
    "government": Words("人民政府", "Government"),
    "government_office": Words("政府办公室", "Government office"),
    "township": Words("乡镇", "Township"),
    "street": Words("街道", "Street office"),
    "committee": Words("管委会", "Committee"),
    "vertical": Words("垂直管理机构", "Vertical body"),
    "other": Words("其他", "Other"),
}


def named(table: Mapping[str, Words], value: str) -> Words:
    """Return how a stored value is named; a value that the table does not know shows as it is."""
    return table.get(value, Words(value, value))


def event_name(kind: str) -> Words:
    """Return how an event kind is named."""
    return NAMES[EventKind(kind)] if kind in set(EventKind) else Words(kind, kind)


def outcome_name(outcome: str) -> Words:
    """Return how the end of a visit is named."""
    return OUTCOMES[Outcome(outcome)] if outcome in set(Outcome) else Words(outcome, outcome)


def cell_name(key: str) -> Words:
    """Return how a person names a cell, a section or the title of a report."""
    if key == "title":
        return Words("标题", "Title")
    number = key.removeprefix("section.")
    if number != key and number.isdecimal() and 1 <= int(number) <= len(SECTION_HEADINGS):
        return Words(f"第{number}部分 {SECTION_HEADINGS[int(number) - 1]}", f"Section {number}")
    return named(CELL_LABELS, key)


def because_of(data: Mapping[str, Any]) -> Words | None:
    """Return the sentence that an event carries, None when it has none."""
    match data.get("because"):
        case {"zh": str(zh), "en": str(en)}:
            return Words(zh, en)
        case _:
            return None
