"""Carries the configured register of sites, columns and agencies into the database."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, SQLModel, col, select

from db.tables import Agency, Link, Look, ReportVersion, Site, SiteColumn
from monitor.facts import ABSENT, UNSURE
from monitor.settings import AgencySettings, Settings
from monitor.site_settings import SiteSettings
from reports.words import Words

_CHANGED = Words(
    "该单位的名称、别名或栏目登记已更改，此前的查看不再作为依据",
    "the agency's name, aliases or columns were changed in the register; earlier looks prove nothing",
)
_TOGETHER = 500


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
    agencies = {agency.key: _agency(agency) for agency in settings.agencies}
    renamed = _changed(session, Agency, agencies, ("name", "aliases", "columns"))
    _carry(session, Agency, agencies)
    elsewhere = {key for key, row in agencies.items() if moved.intersection(row["columns"])}
    _void_absences(session, renamed | elsewhere)


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


def _void_absences(session: Session, agencies: set[str]) -> None:
    """Take the proof from looks that were made under other names or at other columns."""
    for look in session.exec(
        select(Look).where(col(Look.agency_key).in_(agencies), Look.result == ABSENT)
    ):
        look.result, look.reason_zh, look.reason_en = UNSURE, _CHANGED.zh, _CHANGED.en


def _have_read_again(session: Session, sites: set[str]) -> None:
    """Have every body of these sites read anew: another part of the page is the article now."""
    columns = select(SiteColumn.key).where(col(SiteColumn.site_key).in_(sites))
    links = session.exec(select(Link).where(col(Link.column_key).in_(columns))).all()
    for link in links:
        link.read_by = None
    for start in range(0, len(links), _TOGETHER):
        ids = [link.id for link in links[start : start + _TOGETHER]]
        for version in session.exec(
            select(ReportVersion).where(col(ReportVersion.link_id).in_(ids))
        ):
            version.reader_version = ""


def _site(site: SiteSettings) -> dict[str, Any]:
    return {"name": site.name, "base_url": site.base_url, "article": site.article}


def _agency(agency: AgencySettings) -> dict[str, Any]:
    return {
        "name": agency.name,
        "kind": agency.kind.value,
        "region": agency.region,
        "aliases": list(agency.aliases),
        "columns": list(agency.columns),
        "expected": agency.expected,
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
