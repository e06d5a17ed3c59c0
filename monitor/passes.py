"""One pass: crawl, ingest, sweep, tell. Running it twice changes nothing the second time."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from alerts.outbox import DeliveryCounts, deliver, fan_out, remind
from crawler.process import CrawlFailed, CrawlSummary, run_crawl
from db.session import reading, writing
from db.tables import Event, Site, SiteColumn, Visit
from monitor.house import House
from monitor.ingest import ingest
from monitor.planning import crawl_plan, doubted_columns
from monitor.sweep import sweep
from monitor.visit_words import words_of
from reports.words import Words

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PassSummary:
    """What one pass did, as ``once --json`` prints it; ``failure`` is set when the crawl broke off."""

    visits: tuple[dict[str, Any], ...]
    requests: int
    not_modified: int
    bytes: int
    new_versions: int
    events: int
    delivered: int
    failed: int
    seconds: float
    failure: Words | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the documented object."""
        return {name: value for name, value in asdict(self).items() if name != "failure"}


@dataclass(frozen=True, slots=True)
class Stop:
    """How the outside asks a pass to end early; what is unfinished is taken up by the next pass."""

    asked: Callable[[], bool] = lambda: False


def run_pass(
    house: House, columns: Sequence[str], now: datetime, lock: int, stop: Stop | None = None
) -> PassSummary:
    """Visit the columns at the logical instant ``now``; the caller holds the pass lock ``lock``."""
    started, stop = time.monotonic(), stop or Stop()
    newest_event = _newest_event(house)
    crawled, failure = _crawl(house, columns, now, lock, stop)
    new_versions, told = 0, DeliveryCounts()
    if stop.asked():
        _forget_broken_off(house, now)
    else:
        new_versions = ingest(house.reader, house.season, now).new_versions
        sweep(house.engine, house.season, now)
        told = tell(house, now)
    summary = PassSummary(
        visits=_visits(house, columns, now),
        requests=crawled.requests,
        not_modified=crawled.not_modified,
        bytes=crawled.bytes,
        new_versions=new_versions,
        events=_events_after(house, newest_event),
        delivered=told.sent,
        failed=told.failed,
        seconds=round(time.monotonic() - started, 3),
        failure=failure,
    )
    logger.info(
        "event=pass columns=%d requests=%d not_modified=%d new_versions=%d events=%d delivered=%d "
        "failed=%d seconds=%s",
        len(columns),
        summary.requests,
        summary.not_modified,
        summary.new_versions,
        summary.events,
        summary.delivered,
        summary.failed,
        summary.seconds,
    )
    return summary


def tell(house: House, now: datetime) -> DeliveryCounts:
    """Queue what is new or due again for every channel, then send what is due.

    The console channel writes to standard error: standard output belongs to the command's answer.
    """
    # Apprise takes a third of a second to load: only who sends waits for it.
    from alerts.sender import Sender

    zone = house.settings.zone
    with writing(house.engine) as session:
        fan_out(session, house.channels, now, zone)
        remind(session, house.channels, now, zone)
    return deliver(
        house.engine,
        house.channels,
        Sender(sys.stderr),
        now,
        zone=zone,
        public_url=house.public_url,
    )


def _crawl(
    house: House, columns: Sequence[str], now: datetime, lock: int, stop: Stop
) -> tuple[CrawlSummary, Words | None]:
    nothing = CrawlSummary(requests=0, not_modified=0, bytes=0, seconds=0.0)
    if not columns:
        return nothing, None
    with reading(house.engine) as session:
        doubted = doubted_columns(session, house.season.deadlines, now)
    plan = crawl_plan(house.settings, columns, now, doubted)
    try:
        return run_crawl(plan, keep_open_fds=(lock,), should_stop=stop.asked), None
    except CrawlFailed as failed:
        if not stop.asked():
            logger.error("event=crawl_failed reason=%s", failed.words.both())
        return nothing, failed.words


def _forget_broken_off(house: House, now: datetime) -> None:
    """Let columns whose visit we broke off ourselves be due again: it says nothing about them."""
    with writing(house.engine) as session:
        for column in session.exec(select(SiteColumn).where(SiteColumn.last_visit_at == now)):
            if column.last_good_at != now:
                column.last_visit_at = column.last_good_at


def _newest_event(house: House) -> int:
    with reading(house.engine) as session:
        return session.exec(select(func.max(Event.id))).one() or 0


def _events_after(house: House, event_id: int) -> int:
    with reading(house.engine) as session:
        return session.exec(select(func.count()).where(col(Event.id) > event_id)).one()


def _visits(house: House, columns: Sequence[str], now: datetime) -> tuple[dict[str, Any], ...]:
    with reading(house.engine) as session:
        rows = _visit_rows(session, columns, now)
        return tuple(_visit_json(visit, site) for visit, site in rows)


def _visit_rows(
    session: Session, columns: Sequence[str], now: datetime
) -> Sequence[tuple[Visit, Site]]:
    return session.exec(
        select(Visit, Site)
        .join(SiteColumn, col(SiteColumn.key) == Visit.column_key)
        .join(Site, col(Site.key) == SiteColumn.site_key)
        .where(Visit.at == now, col(Visit.column_key).in_(columns))
        .order_by(Visit.column_key)
    ).all()


def _visit_json(visit: Visit, site: Site) -> dict[str, Any]:
    words = words_of(visit)
    return {
        "site": site.key,
        "column": visit.column_key,
        "outcome": visit.outcome,
        "because": {"zh": words.zh, "en": words.en},
        "http_status": visit.http_status,
        "pages": visit.pages,
        "links": visit.links,
        "candidates": visit.candidates,
        "requests": visit.requests,
        "not_modified": visit.not_modified,
        "bytes": visit.bytes,
        "seconds": visit.seconds,
    }
