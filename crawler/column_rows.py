"""What the rows know of a column beside its reports: where it was found, whose it is, how long it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from crawler.list_quality import Length, Past
from db.seen import pages_seen
from db.session import reading, writing
from db.tables import Link, SiteColumn, Visit
from reports.visits import GOOD, Outcome

_SHORT = (Outcome.SHRUNKEN.value, Outcome.BROKEN_OFF.value)
_MOST_SHORT_LOOKS = 200
_GOOD = sorted(outcome.value for outcome in GOOD)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a column was found again (None: at its configured address), which page may be it, when it
    was last sought, and the SiteIDCode that its pages carried at the first good look."""

    found_url: str | None = None
    proposed_url: str | None = None
    sought_at: datetime | None = None
    id_code: str | None = None


@dataclass(frozen=True, slots=True)
class KnownReports:
    """The reports of a column whose bodies we have: their addresses, and titles without blanks."""

    urls: frozenset[str]
    titles: frozenset[str]


class ColumnRows:
    """The rows of the columns, in the pass at the logical instant ``at``."""

    def __init__(self, engine: Engine, at: datetime) -> None:
        self._engine = engine
        self.at = at

    def whereabouts(self, key: str) -> Whereabouts:
        """Return what is known of a column's place."""
        with reading(self._engine) as session:
            row = session.get_one(SiteColumn, key)
            return Whereabouts(row.found_url, row.proposed_url, row.sought_at, row.id_code)

    def past(self, key: str) -> Past:
        """Return what the looks before this pass found."""
        with reading(self._engine) as session:
            row = session.get_one(SiteColumn, key)
            links, reports = self._most(session, row)
            known = _reports(session, key)
            since = row.last_good_at
            listed = frozenset(url for url, _, at in known if since is not None and at >= since)
            return Past(links, reports, listed, self._short(session, row), len(known))

    def newest_pages(self, key: str) -> tuple[str, ...]:
        """Return the hashes of the pages that the newest good look saw."""
        with reading(self._engine) as session:
            row = session.get_one(SiteColumn, key)
            look = session.exec(
                select(Visit).where(Visit.column_key == key, Visit.at == row.last_good_at)
            ).first()
            seen = pages_seen(session, look.pages_seen_id) if look else ()
            return tuple(page.sha256 for page in seen if page.is_list and page.sha256)

    def known_reports(self, key: str) -> KnownReports:
        """Return the reports by which a column is known again."""
        with reading(self._engine) as session:
            rows = _reports(session, key)
        return KnownReports(
            frozenset(url for url, _, _ in rows),
            frozenset("".join(title.split()) for _, title, _ in rows),
        )

    def mark_sought(self, key: str, proposed: str | None) -> None:
        """Keep that the column was sought, and the page that may be it; None keeps an older proposal."""
        with writing(self._engine) as session:
            row = session.get_one(SiteColumn, key)
            row.sought_at = self.at
            if proposed is not None and proposed != row.proposed_url:
                row.proposed_url, row.proposed_at = proposed, self.at

    def mark_place(self, key: str, found_url: str | None) -> None:
        """Keep the address at which the column is read; None: the configured one."""
        with writing(self._engine) as session:
            row = session.get_one(SiteColumn, key)
            if row.found_url != found_url:
                row.found_url, row.found_at = found_url, self.at
            row.proposed_url = row.proposed_at = None

    def mark_code(self, key: str, id_code: str) -> None:
        """Keep the SiteIDCode of the column's pages."""
        with writing(self._engine) as session:
            session.get_one(SiteColumn, key).id_code = id_code

    def mark_usual(self, key: str) -> None:
        """Let only looks from now on say how long the list usually is."""
        with writing(self._engine) as session:
            session.get_one(SiteColumn, key).usual_since = self.at

    def _most(self, session: Session, row: SiteColumn) -> tuple[int, int]:
        statement = select(func.max(Visit.links), func.max(Visit.candidates)).where(
            Visit.column_key == row.key, Visit.at < self.at, col(Visit.outcome).in_(_GOOD)
        )
        if row.usual_since is not None:
            statement = statement.where(Visit.at >= row.usual_since)
        links, reports = session.exec(statement).one()
        return links or 0, reports or 0

    def _short(self, session: Session, row: SiteColumn) -> tuple[Length, ...]:
        statement = (
            select(Visit)
            .where(
                Visit.column_key == row.key,
                col(Visit.outcome).in_(_SHORT),
                Visit.at < self.at,
            )
            .order_by(col(Visit.at).desc())
            .limit(_MOST_SHORT_LOOKS)
        )
        if row.last_good_at is not None:
            statement = statement.where(Visit.at > row.last_good_at)
        found = [
            Length(visit.at, visit.links, visit.candidates) for visit in session.exec(statement)
        ]
        return tuple(reversed(found))


def _reports(session: Session, key: str) -> Sequence[tuple[str, str, datetime]]:
    """Return address, title and last listing of the reports whose bodies we have, files left out."""
    statement = select(Link.url, Link.title, Link.last_listed_at).where(
        Link.column_key == key,
        col(Link.snapshot_id).is_not(None),
        col(Link.parent_id).is_(None),
    )
    return session.exec(statement).all()
