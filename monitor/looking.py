"""Books what the newest visits prove of each obligation after its due instant: absent, gone, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.tables import Agency, Link, Look, Obligation, SiteColumn, Visit
from monitor.candidates import NewestVisits, open_candidate
from monitor.facts import ABSENT, CANDIDATE, GONE, PRESENT, UNSURE, VANISHED
from monitor.known_versions import version_without_report
from monitor.left import replaced_by
from monitor.vanishing import GoneTogether
from monitor.visit_words import words_of
from reports import visits
from reports.agencies import Identity
from reports.status_words import gone_together
from reports.visits import Outcome
from reports.words import Words

# Made once: they are asked for every obligation that a sweep looks at.
_OWED = select(Look).where(Look.agency_key == bindparam("agency"), Look.year == bindparam("owed"))
_NEWEST = (
    _OWED.where(col(Look.result).in_(bindparam("results", expanding=True)))
    .order_by(col(Look.at).desc())
    .limit(1)
)
_LOOK_AT = _OWED.where(Look.at == bindparam("instant"))
_NEVER = Words("栏目还没有查看过", "the column has not been visited yet")


def newest_visits(session: Session) -> NewestVisits:
    """Return the newest visit of every active column."""
    rows = session.exec(
        select(Visit)
        .join(SiteColumn, col(SiteColumn.key) == Visit.column_key)
        .where(col(SiteColumn.active), Visit.at == SiteColumn.last_visit_at)
    )
    return {visit.column_key: visit for visit in rows}


def look_for(
    session: Session, obligation: Obligation, agency: Agency, identity: Identity, seen: NewestVisits
) -> None:
    """Book one look at an obligation whose report is not known, when the newest visits allow one."""
    chosen = _chosen(agency, seen)
    if not chosen:
        return
    first, last = min(visit.at for visit in chosen), max(visit.at for visit in chosen)
    if first < obligation.due_at:
        return
    # A doubtful list proves no absence, yet an entry that may be the report speaks for the agency.
    candidate = open_candidate(session, obligation, identity, agency, seen)
    doubt = _doubt(agency, chosen)
    if candidate is not None:
        _book(session, obligation, last, CANDIDATE, candidate)
    elif doubt is not None:
        _book(session, obligation, last, UNSURE, doubt)
    else:
        _book_absence(session, obligation, first, last)


def _chosen(agency: Agency, seen: NewestVisits) -> list[Visit]:
    return [seen[key] for key in agency.columns if key in seen]


def _book_absence(
    session: Session, obligation: Obligation, first: datetime, last: datetime
) -> None:
    """Book a good look at all columns; ``first`` and ``last`` are the instants of its visits.

    The first look counts from its last visit and every later one from its first, and no visit counts
    in two looks: what lies between two looks then lies between the visits of each single column.
    """
    newest = _newest(session, obligation, ABSENT)
    if newest is None:
        _book(session, obligation, last, ABSENT, Words("", ""))
    elif first > newest.at:
        _book(session, obligation, first, ABSENT, Words("", ""))


def _doubt(agency: Agency, chosen: Sequence[Visit]) -> Words | None:
    """Return why these visits say nothing about absence, None when all lists were read well.

    A source of newest entries is there to find by; it proves nothing, and takes no proof from a list.
    """
    if len(chosen) < len(agency.columns):
        return _NEVER
    lists = [visit for visit in chosen if visit.outcome != Outcome.NEWEST_ONLY] or chosen
    bad = next((visit for visit in lists if Outcome(visit.outcome) not in visits.GOOD), None)
    if bad is None:
        return None
    words = words_of(bad)
    return Words(f"栏目 {bad.column_key}：{words.zh}", f"column {bad.column_key}: {words.en}")


def look_again(
    session: Session,
    obligation: Obligation,
    agency: Agency,
    identity: Identity,
    seen: NewestVisits,
    together: Mapping[str, GoneTogether],
) -> None:
    """Book whether a known report is still at its address, when its host was healthy.

    Gone counts only while every column of the agency can be read and lists nothing that may be the
    report at another address, and not when most reports of the column went with it.
    """
    link = session.get(Link, obligation.link_id) if obligation.link_id else None
    if link is None or link.outcome is None or link.outcome_at is None:
        return
    version = version_without_report(session, obligation)
    if version is not None and replaced_by(link, version) is not None:
        # Whatever becomes of the report that stands there now: this one left without being taken away.
        return
    outcome = Outcome(link.outcome)
    if outcome in visits.GOOD:
        if _was_gone(session, obligation):
            _book(session, obligation, link.outcome_at, PRESENT, Words("", ""))
    elif outcome in visits.GONE and _host_was_healthy(link, seen):
        if _doubt(agency, _chosen(agency, seen)) or open_candidate(
            session, obligation, identity, agency, seen
        ):
            return
        most = together.get(link.column_key)
        if most is not None:
            said = gone_together(most.gone, most.known, most.at)
            _book(session, obligation, link.outcome_at, VANISHED, said)
        else:
            _book(session, obligation, link.outcome_at, GONE, visits.WORDS[outcome])


def _owed(obligation: Obligation) -> dict[str, Any]:
    return {"agency": obligation.agency_key, "owed": obligation.year}


def _was_gone(session: Session, obligation: Obligation) -> bool:
    newest = _newest(session, obligation, GONE, VANISHED, PRESENT)
    return newest is not None and newest.result != PRESENT


def _newest(session: Session, obligation: Obligation, *results: str) -> Look | None:
    return session.exec(_NEWEST, params={**_owed(obligation), "results": results}).first()


def _host_was_healthy(link: Link, seen: NewestVisits) -> bool:
    site = link.column_key.partition("/")[0]
    return any(
        visit.at == link.outcome_at and Outcome(visit.outcome) in visits.GOOD
        for key, visit in seen.items()
        if key.partition("/")[0] == site
    )


def _book(
    session: Session, obligation: Obligation, at: datetime, result: str, reason: Words
) -> None:
    known = session.exec(_LOOK_AT, params={**_owed(obligation), "instant": at}).first()
    look = known or Look(
        agency_key=obligation.agency_key, year=obligation.year, at=at, result=result
    )
    look.result, look.reason_zh, look.reason_en = result, reason.zh, reason.en
    session.add(look)
    session.flush()
