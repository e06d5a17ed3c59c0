"""Reads from the register what events and their messages need: names, regions, current reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alerts.channels import EventFacts
from alerts.messages import Notice
from db.tables import Agency, Delivery, Event, Obligation, Site
from reports.events import EventKind
from reports.findings import Severity
from reports.words import Words

BASELINE = Words(
    "首轮建档，不逐条通知，合并为一条。",
    "There before the first look: told in one message, not singly.",
)
"""Why a channel has no message of its own for a report that was there before anybody looked."""


@dataclass(frozen=True, slots=True)
class Regions:
    """Which regions an agency, or a site through its agencies, speaks for."""

    agencies: Mapping[str, str]
    sites: Mapping[str, tuple[str, ...]]


def read_regions(session: Session) -> Regions:
    """Read the regions of the whole register once; it is small."""
    agencies: dict[str, str] = {}
    sites: dict[str, set[str]] = {}
    for agency in session.exec(select(Agency)):
        agencies[agency.key] = agency.region
        for column in agency.columns:
            sites.setdefault(column.partition("/")[0], set()).add(agency.region)
    return Regions(agencies, {site: tuple(sorted(found)) for site, found in sites.items()})


def facts_of(event: Event, regions: Regions) -> EventFacts:
    """Return what decides which channels are told of the event."""
    return EventFacts(event.kind, _regions_of(event, regions), _severity(event))


def _regions_of(event: Event, regions: Regions) -> tuple[str, ...]:
    if event.agency_key is not None:
        region = regions.agencies.get(event.agency_key)
        return () if region is None else (region,)
    return () if event.site_key is None else regions.sites.get(event.site_key, ())


def _severity(event: Event) -> Severity | None:
    try:
        return Severity(str(event.data.get("severity")))
    except ValueError:
        return None


def notices_of(session: Session, rows: Sequence[Delivery]) -> tuple[Notice, ...]:
    """Return what the rows are to tell, in their order."""
    return tuple(_notice(session, row) for row in rows)


def is_baseline(event: Event) -> bool:
    """Say whether the event tells of a report that was there before the first look at its column."""
    return event.data.get("baseline") is True


def _baseline(session: Session, row: Delivery, event: Event) -> Notice | None:
    """Return the one notice for all that was there before the first look; None when it is but one."""
    others = session.exec(
        select(Event.agency_key, Event.year)
        .join(Delivery, col(Delivery.event_id) == Event.id)
        .where(
            Delivery.channel == row.channel,
            Delivery.created_at == row.created_at,
            Delivery.reason_zh == BASELINE.zh,
        )
    ).all()
    if not others:
        return None
    count = len({(event.agency_key, event.year), *others})
    because = Words(
        f"首次查看栏目时，{count} 份报告已在其中（公布已超过一周），现已建档，"
        f"共 {len(others) + 1} 条记录不逐条通知；今后的变化照常告知。",
        f"The first look found {count} reports that had been there for more than a week: filed, with "
        f"{len(others) + 1} entries that are not told singly. What changes from now on is told as usual.",
    )
    return Notice(
        kind=EventKind.PUBLISHED.value,
        happened_at=event.noticed_at,
        data={"because": {"zh": because.zh, "en": because.en}},
        title=Words(f"首轮建档：{count} 份报告", f"First look: {count} reports filed"),
    )


def _notice(session: Session, row: Delivery) -> Notice:
    event = session.get_one(Event, row.event_id)
    summary = _baseline(session, row, event) if is_baseline(event) else None
    if summary is not None:
        return summary
    agency = session.get(Agency, event.agency_key) if event.agency_key else None
    site = session.get(Site, event.site_key) if event.site_key else None
    return Notice(
        kind=event.kind,
        happened_at=event.happened_at,
        agency_key=event.agency_key,
        agency=agency.name if agency else None,
        site=site.name if site else event.site_key,
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
