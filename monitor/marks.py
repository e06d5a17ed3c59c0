"""Names what a standing is derived from, so that only what may have changed is derived anew.

A mark is a short hash over the register, the season's rules and terms, the obligation's own report, and
whatever the visits and links of its columns can add to it. Where a mark is the same, so is the standing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

import sqlalchemy
from sqlmodel import Session, col

from db.tables import Agency, Link, Obligation, Site, SiteColumn
from monitor.seasons import Season
from reports.deadlines import china_date
from reports.rules.standing import rules_version
from reports.visits import GONE, GOOD

_DERIVED_BY = 3
"""Raise it when the same facts are to give another standing or other words."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an obligation before its look: ``own`` are the columns that its mark depends on.

    ``opens`` is False when its address, or one that a list gives for it, was not there or not to be had;
    ``columns`` are those that list these addresses.
    """

    mark: str
    due_at: datetime
    is_found: bool
    opens: bool
    own: tuple[Any, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Gives the marks of one sweep at ``now``.

    ``common`` is what all have in common, ``agencies`` the row of each, those that were left out of the
    register too, ``columns`` of each column its newest visit and the number of changes of its links.
    """

    now: datetime
    common: str
    agencies: Mapping[str, tuple[Any, ...]]
    columns: Mapping[str, tuple[datetime | None, int]]

    def of(self, agency: Agency, known: Known) -> str:
        """Return the mark of an obligation as of this sweep."""
        keys = dict.fromkeys((*agency.columns, *known.columns))
        said = (
            self.common,
            self.agencies[agency.key],
            # A body that was folded into another is spoken of by the name of its heir.
            self.agencies.get(agency.successor or ""),
            known.own,
            [self.columns.get(key, (None, 0))[1] for key in keys],
            self._time(known, keys),
        )
        return blake2b(repr(said).encode(), digest_size=12).hexdigest()

    def _time(self, known: Known, columns: Mapping[str, None]) -> object:
        """Return what time alone may change: the days left, or the newest visits where each is a proof."""
        if known.opens and known.is_found:
            return None
        if known.opens and self.now < known.due_at:
            return china_date(self.now)
        day = None if known.is_found else china_date(self.now)
        return day, [self.columns.get(key, (None, 0))[0] for key in columns]


def marks_of(session: Session, season: Season, now: datetime) -> Marks:
    """Read what the marks of all obligations depend on: three small tables, whole."""
    columns = session.execute(
        sqlalchemy.select(
            col(SiteColumn.key),
            col(SiteColumn.site_key),
            col(SiteColumn.url),
            col(SiteColumn.family),
            col(SiteColumn.active),
            col(SiteColumn.last_visit_at),
            col(SiteColumn.links_revision),
        ).order_by(SiteColumn.key)
    ).all()
    sites = session.execute(
        sqlalchemy.select(
            col(Site.key), col(Site.name), col(Site.base_url), col(Site.active)
        ).order_by(Site.key)
    )
    rules = (rules_version(season.profile), season.deadlines, season.proof, _DERIVED_BY)
    common = repr((rules, [tuple(site) for site in sites], [tuple(row[:5]) for row in columns]))
    table: Any = Agency.__table__  # type: ignore[attr-defined]
    agencies = session.execute(sqlalchemy.select(*table.columns))
    return Marks(
        now,
        blake2b(common.encode(), digest_size=12).hexdigest(),
        {row.key: tuple(row) for row in agencies},
        {row.key: (row.last_visit_at, row.links_revision) for row in columns},
    )


def known_obligations(session: Session, years: Sequence[int]) -> dict[tuple[str, int], Known]:
    """Return by agency and year what is known of every obligation of these years."""
    rows = session.execute(
        sqlalchemy.select(*_COLUMNS)
        .outerjoin(Link, col(Link.id) == Obligation.link_id)
        .where(col(Obligation.year).in_(years))
    ).all()
    unopened: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for agency, year, column in session.execute(_UNOPENED):
        unopened[agency, year].append(column)
    return {
        (row.agency_key, row.year): _known(
            row, row.column_key, row.outcome, unopened.get((row.agency_key, row.year), ())
        )
        for row in rows
    }


def known_of(session: Session, obligation: Obligation) -> Known:
    """Return what is known of an obligation that is at hand."""
    if obligation.link_id is not None:
        link = session.get_one(Link, obligation.link_id)
        return _known(obligation, link.column_key, link.outcome, ())
    rows = session.execute(_UNOPENED.where(col(Obligation.id) == obligation.id))
    return _known(obligation, None, None, [column for _, _, column in rows])


_COLUMNS: Any = (
    Obligation.agency_key,
    Obligation.year,
    Obligation.mark,
    Obligation.due_at,
    Obligation.first_seen_at,
    Obligation.version_id,
    Obligation.link_id,
    Obligation.shown_on,
    Link.column_key,
    Link.outcome,
)
_UNOPENED = (
    sqlalchemy.select(col(Obligation.agency_key), col(Obligation.year), col(Link.column_key))
    .join(
        Link,
        (col(Link.agency_key) == col(Obligation.agency_key))
        & (col(Link.year) == col(Obligation.year)),
    )
    .where(col(Obligation.first_seen_at).is_(None), col(Link.outcome).in_(sorted(GONE)))
    .distinct()
    .order_by(col(Link.column_key))
)
"""Obligations without a report for which the list names an address that is not there."""


def _known(row: Any, column: str | None, outcome: str | None, unopened: Sequence[str]) -> Known:
    is_found = row.first_seen_at is not None
    return Known(
        row.mark,
        row.due_at,
        is_found,
        outcome in GOOD if is_found else not unopened,
        (row.due_at, row.first_seen_at, row.version_id, row.link_id, row.shown_on),
        tuple(unopened) if column is None else (column,),
    )
