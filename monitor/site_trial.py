"""One visit to a configured column that leaves the ledger alone, held against what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from crawler.listed import Listed
from crawler.plan import SitePlan
from db.session import reading
from db.tables import Link, Site, SiteColumn, Snapshot, Visit
from monitor.trial import Trial, TrialStore

_ENOUGH_VISITS = 200
_BEFORE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a column lists now against what it listed at its last visit, entries of report pages left out.

    ``renamed`` and ``moved`` hold (before, now): another title at an address, another address of a title.
    """

    new: tuple[Listed, ...] = ()
    gone: tuple[Listed, ...] = ()
    renamed: tuple[tuple[Listed, Listed], ...] = ()
    moved: tuple[tuple[Listed, Listed], ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnTrial:
    """The look at one column, and how its list differs from the stored one; None when nothing is stored."""

    key: str
    url: str
    family: str
    trial: Trial
    difference: Difference | None

    @property
    def to_fetch(self) -> tuple[Listed, ...]:
        """Return the entries that a visit would fetch."""
        return tuple(entry for entry in self.trial.entries if entry.refusal is None)


def try_column(
    store: TrialStore, engine: Engine, site: SitePlan, keep_open_fds: tuple[int, ...] = ()
) -> ColumnTrial:
    """Look at the one column of a site as a visit would, with a copy of what is known of it."""
    (column,) = site.columns
    with reading(engine) as session:
        known = tuple(_history(session, column.key))
        stored = _stored(session, column.key)
    for row in known:
        if isinstance(row, Link):
            # Only what this look lists may count as listed now, whatever instant it is made at.
            row.last_listed_at = min(row.last_listed_at, store.now - _BEFORE)
        elif isinstance(row, Visit):
            # What it saw is not copied along.
            row.pages_seen_id = row.entries_seen_id = None
    store.remember(known)
    only = replace(site, columns=(replace(column, look_only=True),))
    trial = store.look(only, keep_open_fds)
    difference = None if stored is None else difference_of(stored, trial.entries)
    return ColumnTrial(column.key, column.url, column.family, trial, difference)


def difference_of(before: Sequence[Listed], now: Sequence[Listed]) -> Difference:
    """Return how two readings of one list differ."""
    old = {entry.url: entry for entry in before}
    new = {entry.url: entry for entry in now}
    gone = {url: entry for url, entry in old.items() if url not in new}
    came = {url: entry for url, entry in new.items() if url not in old}
    left = {entry.title: entry for entry in gone.values()}
    moved = tuple((left[e.title], e) for e in came.values() if e.title in left)
    settled = {entry.url for pair in moved for entry in pair}
    return Difference(
        new=tuple(entry for url, entry in came.items() if url not in settled),
        gone=tuple(entry for url, entry in gone.items() if url not in settled),
        renamed=tuple(
            (old[url], entry)
            for url, entry in new.items()
            if url in old and old[url].title != entry.title
        ),
        moved=moved,
    )


def _history(session: Session, key: str) -> Iterator[SQLModel]:
    """Yield what a look is held against: the reports known so far, and how earlier visits ended.

    Validators are left out: the look reads every page anew.
    """
    column = session.get(SiteColumn, key)
    if column is None:
        return
    yield session.get_one(Site, column.site_key)
    yield column
    links = session.exec(select(Link).where(Link.column_key == key).order_by(col(Link.id))).all()
    wanted = {link.snapshot_id for link in links if link.snapshot_id is not None}
    for number in sorted(wanted):
        yield session.get_one(Snapshot, number)
    yield from links
    yield from session.exec(
        select(Visit)
        .where(Visit.column_key == key)
        .order_by(col(Visit.at).desc())
        .limit(_ENOUGH_VISITS)
    )


def _stored(session: Session, key: str) -> tuple[Listed, ...] | None:
    """Return what the newest reading of the list had, None when it was never read."""
    column = session.get(SiteColumn, key)
    if column is None or column.last_good_at is None:
        return None
    rows = session.exec(
        select(Link).where(
            Link.column_key == key,
            col(Link.parent_id).is_(None),
            Link.last_listed_at >= column.last_good_at,
        )
    )
    return tuple(Listed(row.url, row.title, row.listed_on, row.year) for row in rows)
