"""The findings that stand now, with what people said of them, and their documented JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlmodel import Session, col

from db.ledger import BROKEN, iso_in_china
from db.tables import Agency, Dismissal, FindingRow, Obligation, ReportVersion
from reports.dismissed import Dismissed, returned
from reports.findings import Finding, Severity
from reports.words import Language, Words


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """Which findings are wanted; None does not restrict. ``dismissed`` tells the two kinds apart."""

    agency: str | None = None
    year: int | None = None
    dismissed: bool | None = None


@dataclass(frozen=True, slots=True)
class StandingFinding:
    """One finding of a current version or of an obligation.

    ``dismissed`` is the word that holds for it, ``since`` the one that it outgrew.
    """

    row: FindingRow
    agency: Agency
    version: ReportVersion | None
    dismissed: Dismissed | None
    since: Dismissed | None

    @property
    def key(self) -> str:
        """Return the name by which a person speaks of it."""
        return finding_key(self.row)


def finding_key(row: FindingRow) -> str:
    """Return agency, year and fingerprint in one word: it means the same finding for ever."""
    return f"{row.agency_key}/{row.year}/{row.fingerprint}"


def finding_of(row: FindingRow | Dismissal) -> Finding:
    """Return the finding that a row keeps."""
    return Finding(
        code=row.code,
        severity=Severity(row.severity or Severity.NOTICE),
        cells=tuple(row.cells),
        expected=row.expected,
        actual=row.actual,
        message=Words(row.message_zh, row.message_en),
        basis=Words(row.basis_zh, row.basis_en),
        version=row.rule_version,
    )


def dismissals(session: Session, agency_key: str, year: int) -> tuple[Dismissal, ...]:
    """Return the words that hold for one agency and year, oldest first."""
    of_year = {"agency_key": agency_key, "year": year}
    return tuple(session.execute(_WORDS_ON_ONE, of_year).scalars())


def dismissed_of(dismissal: Dismissal) -> Dismissed:
    """Return what a row keeps of a person's word."""
    return Dismissed(
        finding_of(dismissal),
        dismissal.dismissed_by,
        dismissal.dismissed_at,
        dismissal.reason,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of some findings of one agency and year, by fingerprint."""

    held: Mapping[str, Dismissed]
    outgrown: Mapping[str, Dismissed]


def said_of(rows: Iterable[FindingRow], words: Iterable[Dismissal]) -> Said:
    """Return which of the words hold for these rows, and which rows outgrew one."""
    known = {word.fingerprint: dismissed_of(word) for word in words}
    present = {row.fingerprint: finding_of(row) for row in rows}
    held = {key: known[key] for key in present if key in known}
    # The keys of rows and words are the stored ones: findings of old rows may be named otherwise.
    past = [word for key, word in known.items() if key not in present]
    open_now = {finding: key for key, finding in present.items() if key not in held}
    found = returned(tuple(open_now), past)
    return Said(held, {open_now[finding]: word for finding, word in found.items()})


def standing_findings(session: Session, query: FindingQuery) -> Iterator[StandingFinding]:
    """Yield the findings of current versions and of obligations, agency by agency, newest year first."""
    words: dict[tuple[str, int], list[Dismissal]] = {}
    for word in _dismissals(session, query):
        words.setdefault((word.agency_key, word.year), []).append(word)
    for unit, group in groupby(_rows(session, query), key=lambda found: _unit(found[0])):
        found = list(group)
        said = said_of([row for row, _, _ in found], words.get(unit, ()))
        for row, agency, version in found:
            held = said.held.get(row.fingerprint)
            if query.dismissed is None or query.dismissed is (held is not None):
                since = said.outgrown.get(row.fingerprint)
                yield StandingFinding(row, agency, version, held, since)


def _unit(row: FindingRow) -> tuple[str, int]:
    return row.agency_key, row.year


def _rows(
    session: Session, query: FindingQuery
) -> Sequence[tuple[FindingRow, Agency, ReportVersion | None]]:
    statement = (
        select(FindingRow, Agency, ReportVersion)
        .join(
            Obligation,
            (col(Obligation.agency_key) == FindingRow.agency_key)
            & (col(Obligation.year) == FindingRow.year),
        )
        .join(Agency, col(Agency.key) == FindingRow.agency_key)
        .outerjoin(ReportVersion, col(ReportVersion.id) == Obligation.version_id)
        .where(
            col(FindingRow.outcome) == BROKEN,
            col(FindingRow.version_id).is_(None)
            | (col(FindingRow.version_id) == Obligation.version_id),
            *_conditions(FindingRow, query),
        )
        .order_by(
            col(FindingRow.year).desc(), col(Agency.name), col(Agency.key), col(FindingRow.code)
        )
    )
    return [(row, agency, version) for row, agency, version in session.execute(statement)]


def _dismissals(session: Session, query: FindingQuery) -> Sequence[Dismissal]:
    statement = (
        select(Dismissal)
        .where(col(Dismissal.reopened_at).is_(None), *_conditions(Dismissal, query))
        .order_by(col(Dismissal.id))
    )
    return session.execute(statement).scalars().all()


_WORDS_ON_ONE = (
    select(Dismissal)
    .where(
        col(Dismissal.reopened_at).is_(None),
        col(Dismissal.agency_key) == bindparam("agency_key"),
        col(Dismissal.year) == bindparam("year"),
    )
    .order_by(col(Dismissal.id))
)
"""Made once: it is asked for every single report."""


def _conditions(
    table: type[FindingRow] | type[Dismissal], query: FindingQuery
) -> list[ColumnElement[bool]]:
    wanted = ((table.agency_key, query.agency), (table.year, query.year))
    return [col(column) == value for column, value in wanted if value is not None]


def finding_json(found: StandingFinding, language: Language) -> dict[str, Any]:
    """Return the documented object of one finding."""
    row, finding = found.row, finding_of(found.row)
    return {
        "id": found.key,
        "agency": row.agency_key,
        "agency_name": found.agency.name,
        "year": row.year,
        "report_id": row.version_id,
        "code": row.code,
        "severity": row.severity,
        "cells": list(row.cells),
        "expected": row.expected,
        "actual": row.actual,
        "message": finding.message.in_language(language),
        "basis": finding.basis.in_language(language),
        "dismissed": None if found.dismissed is None else dismissed_json(found.dismissed),
        "returned": None if found.since is None else returned_json(found.since, finding, language),
    }


def dismissed_json(word: Dismissed) -> dict[str, Any]:
    """Return the documented object of a person's word."""
    return {"by": word.by, "at": iso_in_china(word.at), "reason": word.reason}


def returned_json(word: Dismissed, now: Finding, language: Language) -> dict[str, Any]:
    """Return the documented object of a word that the finding outgrew, with the figures of then."""
    was = word.finding
    return {
        **dismissed_json(word),
        "expected": was.expected,
        "actual": was.actual,
        "cells": list(was.cells),
        "rule_version": was.version,
        "since": word.since(now).in_language(language),
    }
