"""Whether a known report has left its address: gone, listed no more, or replaced by another report."""

from __future__ import annotations

from sqlmodel import Session

from db.tables import Link, ReportVersion, SiteColumn
from reports.held import Held, held_from_store
from reports.visits import GONE


def is_gone(link: Link) -> bool:
    """Say whether the newest fetch found the address empty."""
    return link.outcome in {outcome.value for outcome in GONE}


def is_dropped(session: Session, link: Link) -> bool:
    """Say whether the list, when last read, had the link no more, or is not watched any longer."""
    column = session.get_one(SiteColumn, link.column_key)
    read_at = column.last_good_at
    return not column.active or (read_at is not None and read_at > link.last_listed_at)


def replaced_by(link: Link, version: ReportVersion) -> Held | None:
    """Return the report that has taken the place of a version at its address, None when none has.

    That is next year's at an address that stays, or, by mistake, that of another agency.
    """
    if link.snapshot_id in (None, version.snapshot_id) or link.snapshot_id != link.read_snapshot_id:
        return None
    held = held_from_store(link.found_as) or Held(link.year)
    is_other = held.unit is not None or held.year not in (None, version.year)
    return held if is_other else None


def has_left(session: Session, link: Link, version: ReportVersion) -> bool:
    """Say whether the report stands no more where the version was found."""
    return is_gone(link) or is_dropped(session, link) or replaced_by(link, version) is not None
