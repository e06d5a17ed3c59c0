"""Tells what a new version of a report means: revised, unreadable, findings raised or cleared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.eventlog import append
from db.findings import dismissals, finding_of, said_of
from db.ledger import BROKEN
from db.tables import FindingRow, Obligation, ReportVersion
from monitor.judging import describe
from reports.events import EventKind, Happening
from reports.findings import Severity
from reports.words import Words

_CHANGES_TOLD = 60
_CHARACTERS_TOLD = 80


@dataclass(frozen=True, slots=True)
class Why:
    """Why the same bytes are judged anew: the sentences with the number of findings, and the occasion."""

    raised: Callable[[int], Words]
    cleared: Callable[[int], Words]
    occasion: str


def tell(
    session: Session,
    obligation: Obligation,
    version: ReportVersion,
    before: ReportVersion | None,
    now: datetime,
) -> None:
    """Append the events of a version; ``before`` is the version that it follows.

    Recognised characters are no firm ground: where either side was read from a picture, a difference
    may be the reader's own, so no revision is told of it.
    """
    firm = not is_recognised(version) and not (before and is_recognised(before))
    teller = _Teller(session, obligation, version, now, is_first=before is None)
    if before is not None and version.readable and firm:
        teller.tell(EventKind.REVISED, _revision(session, version))
    if version.readable:
        _tell_findings(teller, before)
    else:
        reason = {"zh": version.unreadable_zh, "en": version.unreadable_en}
        teller.tell(EventKind.UNREADABLE, {"because": reason})


def tell_renewed(
    session: Session,
    obligation: Obligation,
    version: ReportVersion,
    old: Mapping[str, FindingRow],
    why: Why,
    now: datetime,
) -> None:
    """Append what differs in the findings of a version that was judged anew on the same bytes."""
    if is_recognised(version):
        return
    teller = _Teller(session, obligation, version, now, why.occasion)
    raised, cleared = _difference(old, broken_findings(session, version))
    if raised:
        teller.tell(EventKind.FINDINGS_RAISED, teller.raised(raised, why.raised(len(raised))))
    if cleared:
        data = {**_cleared(cleared), "because": _dict(why.cleared(len(cleared)))}
        teller.tell(EventKind.FINDINGS_CLEARED, data)


def _difference(
    old: Mapping[str, FindingRow], new: Mapping[str, FindingRow]
) -> tuple[list[FindingRow], list[FindingRow]]:
    """Return what is to be told: notices are hints for the reader of the page and make no message."""
    raised = [row for key, row in new.items() if key not in old or _is_graver(row, old[key])]
    cleared = [row for key, row in old.items() if key not in new]
    return list(filter(_is_told, raised)), list(filter(_is_told, cleared))


def _is_told(row: FindingRow) -> bool:
    return row.severity != Severity.NOTICE.value


def _is_graver(row: FindingRow, before: FindingRow) -> bool:
    """Say whether a profile made more of the same finding: who asked for errors only, must hear of it."""
    order = [severity.value for severity in Severity]
    return order.index(row.severity or order[-1]) < order.index(before.severity or order[-1])


def is_recognised(version: ReportVersion) -> bool:
    """Say whether the characters were recognised in a picture."""
    return bool(version.report.get("by_ocr"))


def _dict(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _revision(session: Session, version: ReportVersion) -> dict[str, Any]:
    return {
        "changes": [
            {name: value and str(value)[:_CHARACTERS_TOLD] for name, value in change.items()}
            for change in version.changes[:_CHANGES_TOLD]
        ],
        "changes_total": len(version.changes),
        "because": _dict(_what_changed(version, _same_before(session, version))),
    }


def _same_before(session: Session, version: ReportVersion) -> int | None:
    """Return the number of the first version with this very content, if it was there before."""
    return session.exec(
        select(ReportVersion.number)
        .where(
            ReportVersion.agency_key == version.agency_key,
            ReportVersion.year == version.year,
            ReportVersion.number < version.number,
            ReportVersion.content_key == version.content_key,
        )
        .order_by(col(ReportVersion.number))
    ).first()


def _what_changed(version: ReportVersion, same_as: int | None) -> Words:
    if not version.changes:
        return Words(
            f"第 {version.number} 版可以读取，上一版无法读取。",
            f"Version {version.number} can be read; the one before could not.",
        )
    figures = sum(
        not change["cell"].startswith(("section.", "title")) for change in version.changes
    )
    others = len(version.changes) - figures
    words = Words(
        f"第 {version.number} 版与上一版相比：数字变化 {figures} 处，文字变化 {others} 处。",
        f"Version {version.number} against the one before: {figures} figures and {others} texts "
        "changed.",
    )
    if same_as is None:
        return words
    return Words(
        f"{words.zh}内容已恢复为第 {same_as} 版。",
        f"{words.en} The content is that of version {same_as} again.",
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Appends events on one version; ``occasion`` keeps apart what is told of it more than once.

    ``is_first`` says that no version of the report was known before.
    """

    session: Session
    obligation: Obligation
    version: ReportVersion
    now: datetime
    occasion: str = ""
    is_first: bool = False

    def tell(self, kind: EventKind, data: dict[str, Any]) -> None:
        agency, year = self.obligation.agency_key, self.obligation.year
        parts = (kind.value, agency, str(year), str(self.version.number), self.occasion)
        happening = Happening(
            kind=kind,
            key=":".join(part for part in parts if part),
            happened_at=self.now,
            agency=agency,
            year=year,
            data={
                **describe(self.session, self.obligation, is_first=self.is_first),
                "version": self.version.number,
                "report_id": self.version.id,
                **data,
            },
        )
        append(self.session, happening, self.now)

    def raised(self, rows: Sequence[FindingRow], because: Words) -> dict[str, Any]:
        """Return what is told of findings; of one that was dismissed in another shape, also that."""
        words = dismissals(self.session, self.version.agency_key, self.version.year)
        outgrown = said_of(self._broken(), words).outgrown
        findings = []
        for row in rows:
            word = outgrown.get(row.fingerprint)
            since = None if word is None else word.since(finding_of(row))
            findings.append(
                brief(row) if since is None else {**brief(row), "returned": _dict(since)}
            )
            because = because if since is None else _joined(because, since)
        return {"severity": _worst(rows), "findings": findings, "because": _dict(because)}

    def _broken(self) -> Sequence[FindingRow]:
        """Return every finding that stands beside the raised ones: a word may hold for one of them."""
        return self.session.exec(
            select(FindingRow).where(
                FindingRow.version_id == self.version.id, FindingRow.outcome == BROKEN
            )
        ).all()


def _joined(one: Words, other: Words) -> Words:
    return Words(f"{one.zh} {other.zh}", f"{one.en} {other.en}")


def last_judged(session: Session, version: ReportVersion | None) -> ReportVersion | None:
    """Return this version, or the newest before it whose content could be judged."""
    if version is None or _is_judged(version):
        return version
    earlier = session.exec(
        select(ReportVersion)
        .where(
            ReportVersion.agency_key == version.agency_key,
            ReportVersion.year == version.year,
            ReportVersion.number < version.number,
            col(ReportVersion.readable),
        )
        .order_by(col(ReportVersion.number).desc())
    )
    return next((known for known in earlier if _is_judged(known)), None)


def _is_judged(version: ReportVersion) -> bool:
    return version.readable and not is_recognised(version)


def broken_findings(session: Session, version: ReportVersion | None) -> dict[str, FindingRow]:
    """Return the findings of a version by their fingerprints, without what a person dismissed."""
    if version is None:
        return {}
    words = dismissals(session, version.agency_key, version.year)
    held = {word.fingerprint for word in words}
    rows = session.exec(_FOUND_BROKEN, params={"version_id": version.id})
    return {row.fingerprint: row for row in rows if row.fingerprint not in held}


_FOUND_BROKEN = select(FindingRow).where(
    FindingRow.version_id == bindparam("version_id"), FindingRow.outcome == BROKEN
)


def _tell_findings(teller: _Teller, before: ReportVersion | None) -> None:
    # What could not be judged in between was neither cleared nor raised anew.
    if is_recognised(teller.version):
        return
    old = broken_findings(teller.session, last_judged(teller.session, before))
    raised, cleared = _difference(old, broken_findings(teller.session, teller.version))
    if raised:
        first = raised[0]
        because = Words(
            f"需核对 {len(raised)} 处，第一处：{first.message_zh}",
            f"{len(raised)} to be checked, the first: {first.message_en}",
        )
        teller.tell(EventKind.FINDINGS_RAISED, teller.raised(raised, because))
    if cleared:
        teller.tell(EventKind.FINDINGS_CLEARED, _cleared(cleared))


def _cleared(rows: Sequence[FindingRow]) -> dict[str, Any]:
    return {
        "codes": [row.code for row in rows],
        "findings": [brief(row) for row in rows],
        "because": {
            "zh": f"此前需核对的 {len(rows)} 处已消除。",
            "en": f"{len(rows)} earlier findings are cleared.",
        },
    }


def _worst(rows: Sequence[FindingRow]) -> str:
    present = {row.severity for row in rows}
    return next(severity.value for severity in Severity if severity.value in present)


def brief(row: FindingRow) -> dict[str, Any]:
    """Return a finding as events carry it."""
    return {
        "code": row.code,
        "severity": row.severity,
        "cells": list(row.cells),
        "expected": row.expected,
        "actual": row.actual,
        "message": {"zh": row.message_zh, "en": row.message_en},
    }
