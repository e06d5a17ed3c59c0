"""Reads the ``--at`` option: the logical now."""

from __future__ import annotations

from datetime import datetime

from monitor import clock
from monitor.errors import Refusal
from reports.deadlines import CHINA
from reports.words import Words


def moment(text: str | None) -> datetime:
    """Return the instant that the option names (without a zone: China time), or this instant."""
    if text is None:
        return clock.now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(
            Words(
                f"--at 的值 {text!r} 不是 ISO 时间；例如 2026-02-01T08:00+08:00。",
                f"--at {text!r} is no ISO time; write for example 2026-02-01T08:00+08:00.",
            )
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)
