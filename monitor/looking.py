"""Books what the newest visits prove of each obligation after its due instant: absent, gone, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Agency, Link, Look, Obligation, SiteColumn, Visit
from monitor.facts import ABSENT, GONE, PRESENT, UNSURE
from monitor.visit_words import words_of
from reports import visits
from reports.agencies import Identity
from reports.resemblance import may_name
from reports.titles import read_title
from reports.visits import Outcome
from reports.words import Words

NewestVisits = Mapping[str, Visit]

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
    chosen = [seen[key] for key in agency.columns if key in seen]
    if not chosen:
        return
    at = min(visit.at for visit in chosen)
    if at < obligation.due_at:
        return
    doubt = _doubt(agency, chosen) or _open_candidate(session, obligation, identity, agency, seen)
    if doubt is None:
        _book(session, obligation, at, ABSENT, Words("", ""))
    else:
        _book(session, obligation, max(visit.at for visit in chosen), UNSURE, doubt)


def _doubt(agency: Agency, chosen: Sequence[Visit]) -> Words | None:
    """Return why these visits say nothing about absence, None when all were good."""
    if len(chosen) < len(agency.columns):
        return _NEVER
    bad = next((visit for visit in chosen if Outcome(visit.outcome) not in visits.GOOD), None)
    if bad is None:
        return None
    words = words_of(bad)
    return Words(f"栏目 {bad.column_key}：{words.zh}", f"column {bad.column_key}: {words.en}")


def _open_candidate(
    session: Session,
    obligation: Obligation,
    identity: Identity,
    agency: Agency,
    seen: NewestVisits,
) -> Words | None:
    """Return the listed link that may be the report but could not be read or assigned, if any."""
    for link in session.exec(
        select(Link).where(col(Link.column_key).in_(agency.columns)).order_by(Link.url)
    ):
        visit = seen.get(link.column_key)
        listed = visit is not None and link.last_listed_at >= visit.at
        if listed and _may_be(link, obligation, identity):
            return Words(
                f"栏目中有可能是该报告的链接“{link.title}”，但未能读取或确认归属，请人工核实：{link.url}",
                f"a listed link may be the report but could not be read or assigned; please verify: "
                f"“{link.title}” {link.url}",
            )
    return None


def _may_be(link: Link, obligation: Obligation, identity: Identity) -> bool:
    title = read_title(link.title)
    if title.refusal is not None or link.year not in (None, obligation.year):
        return False
    if link.agency_key is not None:
        return link.agency_key == obligation.agency_key and not _settled(link)
    return may_name(title.unit, identity)


def _settled(link: Link) -> bool:
    """Say whether the link was read to the end and turned out to hold another report or none."""
    read = link.snapshot_id is not None and link.snapshot_id == link.read_snapshot_id
    return read and link.outcome in {outcome.value for outcome in visits.GOOD}


def look_again(session: Session, obligation: Obligation, seen: NewestVisits) -> None:
    """Book whether a known report is still at its address, when its host was healthy."""
    link = session.get(Link, obligation.link_id) if obligation.link_id else None
    if link is None or link.outcome is None or link.outcome_at is None:
        return
    outcome = Outcome(link.outcome)
    if outcome in visits.GOOD:
        if _was_gone(session, obligation):
            _book(session, obligation, link.outcome_at, PRESENT, Words("", ""))
    elif outcome in visits.GONE and _host_was_healthy(session, link, seen):
        _book(session, obligation, link.outcome_at, GONE, visits.WORDS[outcome])


def _was_gone(session: Session, obligation: Obligation) -> bool:
    newest = session.exec(
        select(Look)
        .where(
            Look.agency_key == obligation.agency_key,
            Look.year == obligation.year,
            col(Look.result).in_([GONE, PRESENT]),
        )
        .order_by(col(Look.at).desc())
    ).first()
    return newest is not None and newest.result == GONE


def _host_was_healthy(session: Session, link: Link, seen: NewestVisits) -> bool:
    site = link.column_key.partition("/")[0]
    return any(
        visit.at == link.outcome_at and Outcome(visit.outcome) in visits.GOOD
        for key, visit in seen.items()
        if key.partition("/")[0] == site
    )


def _book(
    session: Session, obligation: Obligation, at: datetime, result: str, reason: Words
) -> None:
    known = session.exec(
        select(Look).where(
            Look.agency_key == obligation.agency_key,
            Look.year == obligation.year,
            Look.at == at,
        )
    ).first()
    look = known or Look(
        agency_key=obligation.agency_key, year=obligation.year, at=at, result=result
    )
    look.result, look.reason_zh, look.reason_en = result, reason.zh, reason.en
    session.add(look)
    session.flush()
