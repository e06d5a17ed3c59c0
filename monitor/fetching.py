"""Fetches one address with the crawler, into a database and an archive of its own that are then gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from crawler.guard import place_of
from crawler.plan import ColumnPlan, SitePlan
from db.session import reading
from db.tables import Link, Snapshot, Visit
from monitor.errors import Refusal
from monitor.planning import crawl_settings
from monitor.settings import Settings
from monitor.trial import TrialStore, trial_store
from reports.visits import GOOD, WORDS, Outcome
from reports.words import Words

_NOTHING = Words("没有得到内容", "nothing was received")


@dataclass(frozen=True, slots=True)
class Fetching:
    """What fetching an address needs: who we are, and from which instant."""

    settings: Settings
    now: datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body as it came, with the files that a page offers and the crawler therefore fetched, too."""

    content: bytes
    media_type: str | None
    files: tuple[Fetched, ...] = ()


def fetch(url: str, fetching: Fetching) -> Fetched:
    """Fetch one address with the crawler, under its robots, size and address rules."""
    limits = crawl_settings(fetching.settings.crawler)
    alone = replace(limits, delay_seconds=0.0, concurrent_requests=1)
    with trial_store(alone, fetching.now) as store:
        store.crawl(_site(url, fetching))
        return _fetched(url, store)


def _site(url: str, fetching: Fetching) -> SitePlan:
    origin = "/".join(url.split("/", 3)[:3])
    column = ColumnPlan("check/page", url, "single", ())
    is_private = _may_be_private(url, fetching.settings)
    return SitePlan("check", origin, origin, is_private, (column,))


def _may_be_private(url: str, settings: Settings) -> bool:
    wanted = place_of(url)
    known = (place_of(site.base_url) for site in settings.sites if site.allow_private)
    return wanted is not None and any(place and wanted.is_same_site(place) for place in known)


def _fetched(url: str, store: TrialStore) -> Fetched:
    with reading(store.engine) as session:
        visit = session.exec(select(Visit)).first()
        page = session.exec(select(Link).where(col(Link.parent_id).is_(None))).first()
        files = session.exec(select(Link).where(col(Link.parent_id).is_not(None))).all()
        bodies = [
            session.get_one(Snapshot, link.snapshot_id)
            for link in (*((page,) if page else ()), *files)
            if link.snapshot_id is not None
        ]
    if page is None or page.snapshot_id is None:
        raise _nothing_from(url, visit)
    archive = store.archive
    first, *others = [Fetched(archive.get(body.sha256), body.media_type) for body in bodies]
    return replace(first, files=tuple(others))


def _nothing_from(url: str, visit: Visit | None) -> Refusal:
    outcome = Outcome(visit.outcome) if visit else Outcome.UNREACHABLE
    words = WORDS[outcome] if outcome not in GOOD else _NOTHING
    if visit and outcome is Outcome.COLUMN_LOST:
        words = Words(
            f"该地址没有内容（HTTP {visit.http_status}），请核对网址。",
            f"there is nothing at this address (HTTP {visit.http_status}); check it.",
        )
    elif visit and outcome not in GOOD:
        # The visit's own sentence begins with the outcome and says more.
        words = Words(visit.detail_zh or words.zh, visit.detail_en or words.en)
    return Refusal(Words(f"无法读取 {url}：{words.zh}", f"{url} cannot be read: {words.en}"))
