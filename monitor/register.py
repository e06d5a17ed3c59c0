"""Carries the configured register of sites, columns and agencies into the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from db.tables import Agency, Link, Look, Obligation, ReportVersion, Site, SiteColumn
from monitor.facts import ABSENT, UNSURE
from monitor.register_settings import AgencySettings
from monitor.settings import Settings
from monitor.site_settings import SiteSettings
from reports.agencies import AgencyKind
from reports.deadlines import Deadlines, term_of
from reports.words import Words

_CHANGED = Words(
    "该单位的名称、别名或栏目登记已更改，此前的查看不再作为依据",
    "the agency's name, aliases or columns were changed in the register; earlier looks prove nothing",
)
_TOGETHER = 500
_NAMED_BY = ("name", "aliases", "former_names", "heir_of", "columns")
_OWED_BY = ("kind", "region", "duty", "since", "until", "successor", "exempt_reason")


def enrol(session: Session, settings: Settings) -> None:
    """Make the rows equal to the configuration; what it no longer names turns inactive, never lost."""
    sites = {site.key: _site(site) for site in settings.sites}
    reread = _changed(session, Site, sites, ("article",))
    _carry(session, Site, sites)
    _have_read_again(session, reread)
    columns = {
        f"{site.key}/{column.key}": {
            "site_key": site.key,
            "url": column.url,
            "family": column.family,
        }
        for site in settings.sites
        for column in site.columns
    }
    session.flush()
    moved = _changed(session, SiteColumn, columns, ("url", "family"))
    _carry(session, SiteColumn, columns)
    heirs = settings.names_continued
    agencies = {agency.key: _agency(agency, heirs) for agency in settings.agencies}
    renamed = _changed(session, Agency, agencies, _NAMED_BY)
    anew = _changed(session, Agency, agencies, _OWED_BY) | _back(session, agencies)
    _carry(session, Agency, agencies)
    elsewhere = {key for key, row in agencies.items() if moved.intersection(row["columns"])}
    _void_absences(session, renamed | elsewhere)
    _have_judged_again(session, settings.deadlines.deadlines(), renamed | elsewhere | anew)


def _changed(
    session: Session,
    model: type[SQLModel],
    wanted: dict[str, dict[str, Any]],
    fields: tuple[str, ...],
) -> set[str]:
    """Return the keys of known rows that the configuration changes in one of these fields."""
    known = {row.key: row for row in session.exec(select(model)).all()}  # type: ignore[attr-defined]
    return {
        key
        for key, values in wanted.items()
        if key in known and any(getattr(known[key], name) != values[name] for name in fields)
    }


def _back(session: Session, agencies: Mapping[str, object]) -> set[str]:
    """Return the keys that the configuration had dropped and names again."""
    dropped = session.exec(select(Agency.key).where(col(Agency.active).is_(False)))
    return {key for key in dropped if key in agencies}


def _void_absences(session: Session, agencies: set[str]) -> None:
    """Take the proof from looks that were made under other names or at other columns."""
    for keys in _parts(agencies):
        query = select(Look).where(col(Look.agency_key).in_(keys), Look.result == ABSENT)
        for look in session.exec(query):
            look.result, look.reason_zh, look.reason_en = UNSURE, _CHANGED.zh, _CHANGED.en


def _have_judged_again(session: Session, deadlines: Deadlines, agencies: set[str]) -> None:
    """Let the next sweep judge anew what these agencies owe, and all that is due on another day now."""
    due = _moved_deadlines(session, deadlines)
    for keys in _parts(agencies):
        query = select(Obligation).where(col(Obligation.agency_key).in_(keys))
        for obligation in session.exec(query):
            obligation.next_check_at = obligation.since
    for ids in _parts(due):
        for obligation in session.exec(select(Obligation).where(col(Obligation.id).in_(ids))):
            obligation.due_at = due[obligation.id]
            obligation.next_check_at = obligation.since


def _moved_deadlines(session: Session, deadlines: Deadlines) -> dict[int | None, datetime]:
    """Return the due instants of those obligations that were due at another one."""
    rows = session.exec(
        select(Obligation.id, Obligation.due_at, Obligation.year, Agency)
        .join(Agency, col(Agency.key) == Obligation.agency_key)
        .where(col(Agency.active))
    )
    terms: dict[tuple[str, str, int], datetime] = {}
    moved: dict[int | None, datetime] = {}
    for number, known, year, agency in rows:
        place = (agency.kind, agency.region, year)
        if place not in terms:
            terms[place] = term_of(AgencyKind(agency.kind), agency.region, year, deadlines).due_at
        if terms[place] != known:
            moved[number] = terms[place]
    return moved


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the keys some at a time: a statement takes only so many."""
    every = list(keys)
    yield from (every[start : start + _TOGETHER] for start in range(0, len(every), _TOGETHER))


def _have_read_again(session: Session, sites: set[str]) -> None:
    """Have every body of these sites read anew: another part of the page is the article now."""
    columns = select(SiteColumn.key).where(col(SiteColumn.site_key).in_(sites))
    links = session.exec(select(Link).where(col(Link.column_key).in_(columns))).all()
    for link in links:
        link.read_by = None
    for ids in _parts(link.id for link in links):
        for version in session.exec(
            select(ReportVersion).where(col(ReportVersion.link_id).in_(ids))
        ):
            version.reader_version = ""


def _site(site: SiteSettings) -> dict[str, Any]:
    return {"name": site.name, "base_url": site.base_url, "article": site.article}


def _agency(agency: AgencySettings, heirs: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "name": agency.name,
        "kind": agency.kind.value,
        "region": agency.region,
        "aliases": list(agency.aliases),
        "columns": list(agency.columns),
        "former_names": list(agency.former_names),
        "heir_of": list(heirs.get(agency.key, ())),
        "duty": agency.owed.value,
        "since": agency.since,
        "until": agency.until,
        "successor": agency.successor,
        "exempt_reason": agency.exempt_reason,
    }


def _carry(session: Session, model: type[SQLModel], wanted: dict[str, dict[str, Any]]) -> None:
    known = {row.key: row for row in session.exec(select(model)).all()}  # type: ignore[attr-defined]
    for key, values in wanted.items():
        row = known.get(key)
        if row is None:
            session.add(model(key=key, active=True, **values))
            continue
        for name, value in (*values.items(), ("active", True)):
            if getattr(row, name) != value:
                setattr(row, name, value)
    for key in known.keys() - wanted.keys():
        known[key].active = False
