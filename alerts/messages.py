"""What is sent, and what came of it: the values between outbox, renderer and sender. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from alerts.channels import Channel
from reports.findings import Severity
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Notice:
    """One event as one channel is to be told of it. ``data`` may lack anything and is not trusted.

    ``occasion`` counts from 1; from 2 on it is a reminder, and ``standing`` is the reason as it is now.
    ``title`` stands in place of what the kind and the agency say, where one notice speaks for many.
    """

    kind: str
    happened_at: datetime
    agency_key: str | None = None
    agency: str | None = None
    site: str | None = None
    year: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    occasion: int = 1
    standing: Words | None = None
    title: Words | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A text ready to send. The same ``key`` always means the same message, sent again or not.

    ``page`` is where its reader can read on, should a channel have to cut it.
    """

    title: str
    body: str
    key: str
    severity: Severity = Severity.NOTICE
    page: str = ""


class Outcome(StrEnum):
    """What came of one attempt. Unknown: no answer in time, the message may have arrived."""

    SENT = "sent"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SendResult:
    """The outcome of one attempt, with its reason (free of secrets) unless it was sent."""

    outcome: Outcome
    reason: Words | None = None


Send: TypeAlias = Callable[[Channel, Message], SendResult]
"""Sends one message over one channel; never raises for what the other side does."""
