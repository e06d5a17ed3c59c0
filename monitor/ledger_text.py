"""How ledger, events and deliveries read in a terminal, and a delivery as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.ledger import EventObject, ObligationObject, iso_in_china
from db.tables import Delivery, Event
from reports.events import NAMES, EventKind
from reports.naming import STATUSES
from reports.words import Language, Words


def obligation_line(shown: ObligationObject) -> str:
    """Return one line: status, agency, year, counts, reason."""
    counts = shown["findings"]
    status = STATUSES[shown["status"]]
    figures = f"E{counts['error']} W{counts['warning']} N{counts['notice']}"
    return (
        f"{status.zh} {shown['status']:<10} {shown['year']} {shown['agency_name']}"
        f"  {figures}  {shown['because']}"
    )


def event_line(shown: EventObject, language: Language) -> str:
    """Return one line: number, time, what, who, why."""
    because = shown["data"].get("because") or {}
    who = " ".join(str(part) for part in (shown["agency"] or shown["site"], shown["year"]) if part)
    name = NAMES[EventKind(shown["kind"])].both()
    return f"{shown['id']} {shown['noticed_at']} {name}  {who}  {because.get(language, '')}"


def delivery_json(delivery: Delivery, event: Event, language: Language) -> Mapping[str, Any]:
    """Return one delivery as an object: channel by name, state, reason, attempts, times."""
    sent_at, next_at = delivery.sent_at, delivery.next_attempt_at
    reason = Words(delivery.reason_zh, delivery.reason_en).in_language(language)
    return {
        "id": delivery.id,
        "event": delivery.event_id,
        "kind": event.kind,
        "agency": event.agency_key,
        "site": event.site_key,
        "year": event.year,
        "channel": delivery.channel,
        "occasion": delivery.occasion,
        "state": delivery.state,
        "reason": reason or delivery.last_error,
        "attempts": delivery.attempts,
        "created_at": iso_in_china(delivery.created_at),
        "sent_at": iso_in_china(sent_at) if sent_at else None,
        "next_attempt_at": iso_in_china(next_at) if next_at else None,
    }


def delivery_line(shown: Mapping[str, Any]) -> str:
    """Return one line: channel, state, event, reason."""
    name = NAMES[EventKind(shown["kind"])].both()
    who = " ".join(str(part) for part in (shown["agency"] or shown["site"], shown["year"]) if part)
    return (
        f"{shown['id']} {shown['channel']} {shown['state']} #{shown['event']} {name} {who}"
        f"  {shown['reason'] or ''}"
    )
