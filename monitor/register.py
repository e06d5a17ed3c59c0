"""Carries the configured register of sites, columns and agencies into the database."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, SQLModel, select

from db.tables import Agency, Site, SiteColumn
from monitor.settings import AgencySettings, Settings, SiteSettings


def enrol(session: Session, settings: Settings) -> None:
    """Make the rows equal to the configuration; what it no longer names turns inactive, never lost."""
    _carry(session, Site, {site.key: _site(site) for site in settings.sites})
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
    _carry(session, SiteColumn, columns)
    _carry(session, Agency, {agency.key: _agency(agency) for agency in settings.agencies})


def _site(site: SiteSettings) -> dict[str, Any]:
    return {"name": site.name, "base_url": site.base_url}


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
