"""Reads from the register what events and their messages need: names, regions, current reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from alerts.channels import EventFacts
from alerts.messages import Notice
from db.tables import Agency, Delivery, Event, Obligation, Site
from reports.findings import Severity
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Register:
    """Names of agencies and sites, and the regions that each of them speaks for."""

    agencies: Mapping[str, str]
    sites: Mapping[str, str]
    regions: Mapping[str, str]
    site_regions: Mapping[str, tuple[str, ...]]


def read_register(session: Session) -> Register:
    """Read the whole register once; it is small."""
    agencies = session.exec(select(Agency)).all()
    return Register(
        agencies={agency.key: agency.name for agency in agencies},
        sites={site.key: site.name for site in session.exec(select(Site))},
        regions={agency.key: agency.region for agency in agencies},
        site_regions=_site_regions(agencies),
    )


def _site_regions(agencies: Sequence[Agency]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for agency in agencies:
        for column in agency.columns:
            found.setdefault(column.partition("/")[0], set()).add(agency.region)
    return {site: tuple(sorted(regions)) for site, regions in found.items()}


def facts_of(event: Event, register: Register) -> EventFacts:
    """Return what decides which channels are told of the event."""
    return EventFacts(event.kind, _regions(event, register), _severity(event))


def _regions(event: Event, register: Register) -> tuple[str, ...]:
    if event.agency_key is not None:
        region = register.regions.get(event.agency_key)
        return () if region is None else (region,)
    return () if event.site_key is None else register.site_regions.get(event.site_key, ())


def _severity(event: Event) -> Severity | None:
    try:
        return Severity(str(event.data.get("severity")))
    except ValueError:
        return None


def notices_of(session: Session, rows: Sequence[Delivery]) -> tuple[Notice, ...]:
    """Return what the rows are to tell, in their order."""
    register = read_register(session)
    return tuple(_notice(session, row, register) for row in rows)


def _notice(session: Session, row: Delivery, register: Register) -> Notice:
    event = session.get_one(Event, row.event_id)
    return Notice(
        kind=event.kind,
        happened_at=event.happened_at,
        agency_key=event.agency_key,
        agency=register.agencies.get(event.agency_key or ""),
        site=register.sites.get(event.site_key or "", event.site_key),
        year=event.year,
        data=event.data,
        occasion=row.occasion,
        standing=_standing(session, event) if row.occasion > 1 else None,
    )


def _standing(session: Session, event: Event) -> Words | None:
    obligation = session.exec(
        select(Obligation).where(
            Obligation.agency_key == event.agency_key, Obligation.year == event.year
        )
    ).first()
    return None if obligation is None else Words(obligation.because_zh, obligation.because_en)
