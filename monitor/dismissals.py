"""A person's word that a finding does not hold: written, taken back, and what follows for the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.eventlog import append
from db.findings import (
    FindingQuery,
    StandingFinding,
    dismissals,
    dismissed_json,
    dismissed_of,
    standing_findings,
)
from db.ledger import BROKEN
from db.tables import Dismissal, FindingRow, Obligation, ReportVersion
from monitor.errors import Refusal
from monitor.judging import describe
from monitor.version_events import brief
from reports.deadlines import china_date
from reports.events import EventKind, Happening
from reports.findings import Severity, Verdict
from reports.words import Words

_LONGEST = {"--by": 60, "--reason": 500}
_SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said, and under which name."""

    by: str
    reason: str


def said(by: str, reason: str) -> Said:
    """Return the word of a person; raises Refusal when name or reason is empty or far too long."""
    return Said(_text("--by", by), _text("--reason", reason))


def _text(option: str, value: str) -> str:
    text, most = " ".join(value.split()), _LONGEST[option]
    if not 0 < len(text) <= most:
        raise Refusal(
            Words(
                f"{option} 应为 1 至 {most} 个字，收到 {len(text)} 个。",
                f"{option} must have 1 to {most} characters; it has {len(text)}.",
            )
        )
    return text


def dismiss(session: Session, name: str, word: Said, now: datetime) -> StandingFinding:
    """Write the word on a finding that stands, with its event. Raises Refusal if there is no such one."""
    found = _standing(session, name)
    if found.dismissed is not None:
        stands = found.dismissed.words()
        raise Refusal(
            Words(
                f"{found.key} {stands.zh}。要改写，请先 nianshao findings reopen {found.key}。",
                f"{found.key}: {stands.en}. To change that, first nianshao findings reopen {found.key}.",
            )
        )
    dismissal = _row(found.row, word, now)
    session.add(dismissal)
    session.flush()
    _settle(session, dismissal)
    spoken = dismissed_of(dismissal)
    data = {
        "codes": [dismissal.code],
        "findings": [{**brief(found.row), "dismissed": dismissed_json(spoken)}],
        "because": _dict(_stopped(spoken.words())),
    }
    _tell(session, EventKind.FINDINGS_CLEARED, dismissal, data, now)
    return found


def reopen(session: Session, name: str, by: str, now: datetime) -> Dismissal:
    """Take a word back, with its event if the finding stands. Raises Refusal if there is no such word."""
    who = _text("--by", by)
    dismissal = _held(session, name)
    dismissal.reopened_by, dismissal.reopened_at = who, now
    session.add(dismissal)
    session.flush()
    _settle(session, dismissal)
    query = FindingQuery(dismissal.agency_key, dismissal.year)
    rows = (found.row for found in standing_findings(session, query))
    row = next((row for row in rows if row.fingerprint == dismissal.fingerprint), None)
    if row is not None:
        data = {
            "severity": row.severity,
            "findings": [brief(row)],
            "because": _dict(_taken_back(dismissal, who, now)),
        }
        _tell(session, EventKind.FINDINGS_RAISED, dismissal, data, now)
    return dismissal


def settle_verdict(session: Session, version: ReportVersion) -> None:
    """Let the verdict of a version say what is left when dismissed findings do not count."""
    if not version.readable:
        return
    held = {word.fingerprint for word in dismissals(session, version.agency_key, version.year)}
    rows = session.execute(_FOUND, {"version_id": version.id}).all()
    grave = [row for row in rows if row.severity == Severity.ERROR.value]
    if any(row.fingerprint not in held for row in grave):
        version.verdict = Verdict.INCONSISTENT.value
    elif any(row.outcome != BROKEN for row in rows):
        version.verdict = Verdict.INCOMPLETE.value
    else:
        version.verdict = Verdict.CONSISTENT.value


_FOUND = sqlalchemy.select(
    col(FindingRow.severity), col(FindingRow.fingerprint), col(FindingRow.outcome)
).where(col(FindingRow.version_id) == bindparam("version_id"))


def _settle(session: Session, dismissal: Dismissal) -> None:
    """Settle every version of the report: the word holds for all in which the finding is the same."""
    versions = select(ReportVersion).where(
        ReportVersion.agency_key == dismissal.agency_key, ReportVersion.year == dismissal.year
    )
    for version in session.exec(versions).all():
        settle_verdict(session, version)
    session.flush()


def _row(row: FindingRow, word: Said, now: datetime) -> Dismissal:
    return Dismissal(
        agency_key=row.agency_key,
        year=row.year,
        fingerprint=row.fingerprint,
        code=row.code,
        rule_version=row.rule_version,
        severity=row.severity or Severity.NOTICE.value,
        cells=list(row.cells),
        expected=row.expected,
        actual=row.actual,
        message_zh=row.message_zh,
        message_en=row.message_en,
        basis_zh=row.basis_zh,
        basis_en=row.basis_en,
        reason=word.reason,
        dismissed_by=word.by,
        dismissed_at=now,
    )


def _standing(session: Session, name: str) -> StandingFinding:
    agency, year, start = _parsed(name)
    found = {
        finding.row.fingerprint: finding
        for finding in standing_findings(session, FindingQuery(agency, year))
        if finding.row.fingerprint.startswith(start)
    }
    if len(found) != 1:
        raise _not_one(name, len(found), "nianshao findings list")
    (finding,) = found.values()
    return finding


def _held(session: Session, name: str) -> Dismissal:
    agency, year, start = _parsed(name)
    found = [
        word for word in dismissals(session, agency, year) if word.fingerprint.startswith(start)
    ]
    if len(found) != 1:
        raise _not_one(name, len(found), "nianshao findings list --dismissed")
    return found[0]


def _parsed(name: str) -> tuple[str, int, str]:
    agency, _, rest = name.strip().partition("/")
    year, _, fingerprint = rest.partition("/")
    digits = year.isascii() and year.isdecimal() and len(year) == 4
    if not agency or not digits or len(fingerprint) < _SHORTEST_PREFIX:
        raise Refusal(
            Words(
                f"{name} 不是问题编号；写法如 kejiyuan/2025/9f2c41aa03bd11ee，见 nianshao findings list。",
                f"{name} names no finding; write it as kejiyuan/2025/9f2c41aa03bd11ee, as shown by "
                "nianshao findings list.",
            )
        )
    return agency, int(year), fingerprint


def _not_one(name: str, count: int, command: str) -> Refusal:
    if count:
        return Refusal(
            Words(
                f"{name} 对应 {count} 处问题，请把编号写全；见 {command}。",
                f"{name} fits {count} findings; write the whole name, as shown by {command}.",
            )
        )
    return Refusal(
        Words(
            f"没有编号为 {name} 的问题：可能已随新版本或新规则变化；见 {command}。",
            f"There is no finding {name}: a new version or rule may have changed it; see {command}.",
        )
    )


def _stopped(words: Words) -> Words:
    return Words(f"{words.zh}。", f"{words.en}.")


def _taken_back(dismissal: Dismissal, who: str, now: datetime) -> Words:
    before, day = dismissed_of(dismissal).words(), china_date(now).isoformat()
    return Words(
        f"{before.zh}。{who} 于 {day} 重新列为需核对：{dismissal.message_zh}",
        f"{before.en}. {who} put it on the list again on {day}: {dismissal.message_en}",
    )


def _dict(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _tell(
    session: Session, kind: EventKind, dismissal: Dismissal, data: dict[str, Any], now: datetime
) -> None:
    obligation = session.exec(
        select(Obligation).where(
            Obligation.agency_key == dismissal.agency_key, Obligation.year == dismissal.year
        )
    ).one()
    version = session.get(ReportVersion, obligation.version_id) if obligation.version_id else None
    agency, year = obligation.agency_key, obligation.year
    happening = Happening(
        kind=kind,
        key=f"{kind.value}:{agency}:{year}:dismissal-{dismissal.id}",
        happened_at=now,
        agency=agency,
        year=year,
        data={
            **describe(session, obligation),
            "version": version.number if version else None,
            "report_id": version.id if version else None,
            **data,
        },
    )
    append(session, happening, now)
