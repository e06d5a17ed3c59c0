"""Gathers from the rows all that the standing of one obligation depends on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.tables import Agency, Link, Look, Obligation
from monitor.charges import charge_of
from monitor.known_versions import version_without_report
from monitor.left import replaced_by
from reports import status_words as say
from reports.agencies import AgencyKind
from reports.deadlines import Deadlines, term_of
from reports.duties import closed_at, waiver_of
from reports.looks import summed_up
from reports.status import Facts
from reports.words import Words

ABSENT, GONE, PRESENT, UNSURE = "absent", "gone", "present", "unsure"
CANDIDATE = "candidate"
VANISHED = "vanished"
"""Gone, together with most of the column's reports: said, and counted for no withdrawal."""

_NO_COLUMN = Words(
    "没有配置该单位的公开栏目，请在配置中补上",
    "no column is configured for this agency; add one to the configuration",
)


def facts_of(
    session: Session, obligation: Obligation, agency: Agency, deadlines: Deadlines
) -> Facts:
    """Return the facts as of the newest pass."""
    charge = charge_of(session, agency)
    term = term_of(AgencyKind(agency.kind), agency.region, obligation.year, deadlines)
    closed, looks = closed_at(charge), _looks_of(session, obligation)
    present_at = max((look.at for look in looks if look.result == PRESENT), default=None)
    seen_at, due = obligation.first_seen_at, obligation.due_at
    counted = [look for look in looks if closed is None or look.at < closed]
    absent = (
        look.at
        for look in counted
        if look.result == ABSENT and look.at >= due and (seen_at is None or look.at < seen_at)
    )
    gone = (
        look.at
        for look in counted
        if look.result == GONE and (present_at is None or look.at > present_at)
    )
    return Facts(
        due_at=due,
        waiver=waiver_of(charge, obligation.year, term.last_day),
        extended_by=term.extended_by,
        first_seen_at=seen_at,
        shown_on=obligation.shown_on,
        absent=summed_up(absent),
        gone=summed_up(gone),
        restored_at=present_at,
        last_failure=_said(looks, (UNSURE, CANDIDATE)) if agency.columns else _NO_COLUMN,
        candidate=_said(looks, (CANDIDATE,), among=(ABSENT, CANDIDATE)),
        remark=_remark(session, obligation, looks),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    result: str
    at: datetime
    reason: Words


_LOOKS = (
    select(Look.result, Look.at, Look.reason_zh, Look.reason_en)
    .where(Look.agency_key == bindparam("agency"), Look.year == bindparam("owed"))
    .order_by(col(Look.at))
)


def _looks_of(session: Session, obligation: Obligation) -> tuple[_Look, ...]:
    """Return every look at the obligation, oldest first."""
    owed = {"agency": obligation.agency_key, "owed": obligation.year}
    rows = session.exec(_LOOKS, params=owed)
    return tuple(_Look(result, at, Words(zh, en)) for result, at, zh, en in rows)


def _said(
    looks: Sequence[_Look], results: Collection[str], among: Collection[str] | None = None
) -> Words | None:
    """Return what the newest look (of these results) says, None where it ended otherwise."""
    newest = next((k for k in reversed(looks) if among is None or k.result in among), None)
    return newest.reason if newest is not None and newest.result in results else None


def _remark(session: Session, obligation: Obligation, looks: Sequence[_Look]) -> Words | None:
    """Return what is said beside the standing: what went together, else what stands there instead."""
    vanished = _said(looks, (VANISHED,), among=(GONE, VANISHED, PRESENT))
    return say.as_remark(vanished) if vanished else replacement(session, obligation)


def replacement(session: Session, obligation: Obligation) -> Words | None:
    """Return what stands at the address of a known report in its place, None while it stands there."""
    link = session.get(Link, obligation.link_id) if obligation.link_id else None
    version = version_without_report(session, obligation)
    held = replaced_by(link, version) if link and version else None
    return None if held is None else say.replaced(held.words)
