from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from alerts.channels import Channel, EventFacts, admission, not_before, quiet_until
from reports.findings import Severity
from tests.alerts.builders import ZONE, channel

NIGHT = (time(21), time(7, 30))


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def test_address_of_a_channel_is_not_in_its_text() -> None:
    one = channel(url="mailto://office:hunter2@127.0.0.1")
    assert "hunter2" not in f"{one} {one!r}"
    assert "office" in repr(one)


@pytest.mark.parametrize(
    ("kind", "patterns", "told"),
    [
        ("report.missing", (), True),
        ("report.missing", ("*",), True),
        ("report.missing", ("report.*",), True),
        ("site.down", ("report.*", "findings.raised"), False),
        ("findings.cleared", ("findings.raised",), False),
        ("Report.missing", ("report.*",), False),
    ],
)
def test_channel_is_told_of_the_kinds_that_it_names(
    kind: str, patterns: tuple[str, ...], told: bool
) -> None:
    assert (admission(channel(kinds=patterns), EventFacts(kind)) is None) is told


@pytest.mark.parametrize(
    ("kind", "severity", "least", "told"),
    [
        ("findings.raised", Severity.WARNING, Severity.ERROR, False),
        ("findings.raised", Severity.ERROR, Severity.ERROR, True),
        ("findings.raised", Severity.ERROR, Severity.NOTICE, True),
        ("findings.raised", Severity.NOTICE, None, True),
        ("findings.raised", None, Severity.ERROR, True),
        ("report.published", Severity.NOTICE, Severity.ERROR, True),
    ],
)
def test_minimum_severity_speaks_of_findings_alone(
    kind: str, severity: Severity | None, least: Severity | None, told: bool
) -> None:
    refusal = admission(channel(min_severity=least), EventFacts(kind, (), severity))
    assert (refusal is None) is told


@pytest.mark.parametrize(
    ("regions", "patterns", "told"),
    [
        (("410311",), ("4103*",), True),
        (("510000",), ("4103*",), False),
        (("510000", "410311"), ("4103*",), True),
        (("",), ("4103*",), False),
        (("",), ("*",), True),
        ((), ("4103*",), True),
        (("510000",), (), True),
    ],
)
def test_channel_is_told_of_the_regions_that_it_names(
    regions: tuple[str, ...], patterns: tuple[str, ...], told: bool
) -> None:
    refusal = admission(channel(regions=patterns), EventFacts("report.missing", regions))
    assert (refusal is None) is told


def test_refusal_says_in_both_languages_what_did_not_fit() -> None:
    words = admission(channel(regions=("4103*",)), EventFacts("report.missing", ("510000",)))
    assert words is not None
    for text in (words.zh, words.en):
        assert "510000" in text
        assert "4103*" in text


@pytest.mark.parametrize(
    ("given", "now", "expected"),
    [
        ({}, "02-02 12:00", "02-02 12:00"),
        ({"quiet_hours": NIGHT}, "02-02 12:00", "02-02 12:00"),
        ({"quiet_hours": NIGHT}, "02-02 20:59", "02-02 20:59"),
        ({"quiet_hours": NIGHT}, "02-02 21:00", "02-03 07:30"),
        ({"quiet_hours": NIGHT}, "02-02 23:59", "02-03 07:30"),
        ({"quiet_hours": NIGHT}, "02-03 00:00", "02-03 07:30"),
        ({"quiet_hours": NIGHT}, "02-03 07:29", "02-03 07:30"),
        ({"quiet_hours": NIGHT}, "02-03 07:30", "02-03 07:30"),
        ({"quiet_hours": (time(12), time(14))}, "02-02 13:00", "02-02 14:00"),
        ({"quiet_hours": (time(12), time(12))}, "02-02 12:00", "02-02 12:00"),
        ({"digest": time(8, 30)}, "02-02 08:29", "02-02 08:30"),
        ({"digest": time(8, 30)}, "02-02 08:30", "02-02 08:30"),
        ({"digest": time(8, 30)}, "02-02 08:31", "02-03 08:30"),
        ({"digest": time(8, 30)}, "12-31 20:00", "01-01 08:30"),
        ({"digest": time(7), "quiet_hours": NIGHT}, "02-02 12:00", "02-03 07:30"),
    ],
)
def test_news_waits_for_the_digest_and_for_the_end_of_quiet_hours(
    given: dict[str, Any], now: str, expected: str
) -> None:
    when = local(expected)
    if when < local(now):
        when = when.replace(year=2027)
    found = not_before(channel(**given), local(now), ZONE)
    assert found == when
    assert found.tzinfo is UTC


def test_quiet_hours_follow_the_wall_clock_where_a_night_is_an_hour_longer() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 10, 24, 22, 0, tzinfo=berlin)
    ends = quiet_until(Channel("b", "json://x", quiet_hours=(time(21), time(6))), evening, berlin)
    assert ends == datetime(2026, 10, 25, 5, 0, tzinfo=UTC)
