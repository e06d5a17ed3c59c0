"""Every change of standing has exactly the event that it deserves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from reports.events import EventKind
from reports.looks import Looks
from reports.status import Facts, Proof, Standing, Status
from reports.transitions import edge
from reports.words import Words

DUE = datetime(2026, 1, 31, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
KNOWN = Facts(
    due_at=DUE,
    first_seen_at=DUE + HOUR,
    gone=Looks(4, DUE + 50 * HOUR, DUE + 99 * HOUR),
    restored_at=DUE + 200 * HOUR,
)
UNKNOWN = Facts(due_at=DUE)


def standing(status: Status) -> Standing:
    return Standing(status, Proof.NONE, Words("因", "because"), None)


TOLD = {
    (Status.AWAITED, Status.MISSING): EventKind.MISSING,
    (Status.UNVERIFIED, Status.MISSING): EventKind.MISSING,
    (Status.AWAITED, Status.UNVERIFIED): EventKind.UNVERIFIED,
    (Status.MISSING, Status.UNVERIFIED): EventKind.UNVERIFIED,
    (Status.AWAITED, Status.LATE): EventKind.PUBLISHED_LATE,
    (Status.MISSING, Status.LATE): EventKind.PUBLISHED_LATE,
    (Status.ON_TIME, Status.LATE): EventKind.PUBLISHED_LATE,
    (Status.UNVERIFIED, Status.LATE): EventKind.PUBLISHED_LATE,
    (Status.ON_TIME, Status.WITHDRAWN): EventKind.WITHDRAWN,
    (Status.LATE, Status.WITHDRAWN): EventKind.WITHDRAWN,
    (Status.UNVERIFIED, Status.WITHDRAWN): EventKind.WITHDRAWN,
    (Status.WITHDRAWN, Status.ON_TIME): EventKind.RESTORED,
    (Status.WITHDRAWN, Status.LATE): EventKind.RESTORED,
    (Status.WITHDRAWN, Status.UNVERIFIED): EventKind.RESTORED,
}
FOUND = (Status.ON_TIME, Status.LATE)
NEVER = {
    *product((Status.AWAITED, Status.MISSING, Status.EXEMPT), (Status.WITHDRAWN,)),
    *product((Status.EXEMPT,), Status),
    *product((*FOUND, Status.WITHDRAWN), (Status.MISSING,)),
    *product(FOUND, (Status.UNVERIFIED,)),
}
PAIRS = [
    pair for pair in product(Status, Status) if pair not in NEVER and pair[1] is not Status.EXEMPT
]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_change_has_its_event_or_none(before: Status, after: Status) -> None:
    found = after in (Status.ON_TIME, Status.LATE, Status.WITHDRAWN)
    told = edge(before, standing(after), KNOWN if found else UNKNOWN, newly_found=False)
    assert (told.kind if told else None) == TOLD.get((before, after))


@pytest.mark.parametrize("before", list(Status))
def test_becoming_exempt_is_not_news(before: Status) -> None:
    assert edge(before, standing(Status.EXEMPT), UNKNOWN, newly_found=False) is None


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (Status.ON_TIME, EventKind.PUBLISHED),
        (Status.UNVERIFIED, EventKind.PUBLISHED),
        (Status.LATE, EventKind.PUBLISHED_LATE),
    ],
)
def test_a_report_seen_for_the_first_time_is_published(after: Status, kind: EventKind) -> None:
    told = edge(Status.MISSING, standing(after), KNOWN, newly_found=True)
    assert told is not None
    assert told.kind is kind


def test_an_event_happened_when_the_report_says_not_when_we_noticed() -> None:
    known = Facts(due_at=DUE, first_seen_at=DUE + 99 * HOUR, shown_on=date(2026, 2, 1))
    told = edge(Status.AWAITED, standing(Status.LATE), known, newly_found=True)
    assert told is not None
    assert told.happened_at == DUE


def test_a_report_restored_from_doubt_is_restored() -> None:
    told = edge(Status.WITHDRAWN, standing(Status.UNVERIFIED), KNOWN, newly_found=False)
    assert told is not None
    assert told.kind is EventKind.RESTORED
