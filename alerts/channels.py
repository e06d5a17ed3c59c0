"""Channels: who wants to be told what, in which language and when. Pure; ``now`` is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from fnmatch import fnmatchcase

from reports.events import EventKind
from reports.findings import Severity
from reports.words import Language, Words

RANKS: Mapping[Severity, int] = {Severity.NOTICE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
"""Severity → how it compares."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One subscriber. ``url`` is a secret: it is never shown, only the name is.

    ``kinds`` and ``regions`` are case-sensitive shell patterns; empty means all. ``min_severity``
    speaks of ``findings.raised`` alone, held against its worst finding; every other kind is chosen
    by ``kinds``. ``digest`` and ``quiet_hours`` (first minute, first minute no longer quiet; may
    cross midnight) are local times.
    """

    name: str
    url: str = field(repr=False)
    kinds: tuple[str, ...] = ()
    min_severity: Severity | None = None
    regions: tuple[str, ...] = ()
    language: Language = "zh"
    digest: time | None = None
    quiet_hours: tuple[time, time] | None = None
    repeat_days: int | None = None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What decides whether an event concerns a channel.

    ``regions`` holds the region of the event's agency, or those of all agencies on the event's
    site; empty when the event belongs to no agency of the register. ``severity`` is that of the
    worst finding.
    """

    kind: str
    regions: tuple[str, ...] = ()
    severity: Severity | None = None


def admission(channel: Channel, event: EventFacts) -> Words | None:
    """Return the reason why the channel is not told of the event; None means: tell it."""
    if not _fits(event.kind, channel.kinds):
        return Words(
            f"该渠道未订阅此类事件（{event.kind}）。",
            f"The channel does not subscribe to this kind of event ({event.kind}).",
        )
    return _too_slight(channel, event) or _elsewhere(channel, event)


def _too_slight(channel: Channel, event: EventFacts) -> Words | None:
    least, severity = channel.min_severity, event.severity
    if event.kind != EventKind.FINDINGS_RAISED or least is None or severity is None:
        return None
    if RANKS[severity] >= RANKS[least]:
        return None
    return Words(
        f"最高级别为 {severity}，低于该渠道的最低级别 {least}。",
        f"The worst severity is {severity}, below the channel's minimum {least}.",
    )


def _elsewhere(channel: Channel, event: EventFacts) -> Words | None:
    # An event of nobody's region has no other subscriber: told rather than lost.
    if not event.regions or any(_fits(region, channel.regions) for region in event.regions):
        return None
    named = "、".join(region or "—" for region in event.regions[:3])
    return Words(
        f"地区 {named} 不在该渠道的范围（{'、'.join(channel.regions)}）内。",
        f"Region {named} is outside the channel's regions ({', '.join(channel.regions)}).",
    )


def _fits(value: str, patterns: tuple[str, ...]) -> bool:
    return not patterns or any(fnmatchcase(value, pattern) for pattern in patterns)


def not_before(channel: Channel, now: datetime, zone: tzinfo) -> datetime:
    """Return the first instant (UTC) at which news of ``now`` may go out: digest, then quiet hours."""
    at = now if channel.digest is None else _next(channel.digest, now, zone)
    return quiet_until(channel, at, zone) or at.astimezone(UTC)


def quiet_until(channel: Channel, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the instant (UTC) at which the present quiet hours end; None outside of them."""
    if channel.quiet_hours is None:
        return None
    start, end = channel.quiet_hours
    clock = now.astimezone(zone).time()
    quiet = start <= clock < end if start <= end else clock >= start or clock < end
    return _next(end, now, zone) if quiet else None


def _next(clock: time, now: datetime, zone: tzinfo) -> datetime:
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), clock, tzinfo=zone)
    if today >= local:
        return today.astimezone(UTC)
    # Wall-clock arithmetic first, then UTC: right even where the day has 23 or 25 hours.
    return datetime.combine(local.date() + timedelta(days=1), clock, tzinfo=zone).astimezone(UTC)
