"""Reads at once what the standings of some obligations rest on, so that no row is asked for by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, col, select

from db.tables import Agency, Link, Obligation, ReportVersion, Site, SiteColumn, Snapshot
from monitor.known_versions import WITHOUT_REPORT

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class AtHand:
    """The obligations of some agencies by agency and year.

    ``held`` are the rows beside them: as long as somebody holds a row, its session finds it by its key.
    """

    obligations: dict[tuple[str, int], Obligation]
    held: tuple[SQLModel, ...]


def at_hand(session: Session, agencies: Sequence[Agency], years: Sequence[int]) -> AtHand:
    """Return the obligations of these agencies and years, and hold what their standings are derived from."""
    obligations = session.exec(
        select(Obligation).where(
            col(Obligation.agency_key).in_([agency.key for agency in agencies]),
            col(Obligation.year).in_(years),
        )
    ).all()
    links = _held(session, Link, Link.id, (found.link_id for found in obligations))
    numbers = {found.version_id for found in obligations} - {None}
    versions = session.exec(
        select(ReportVersion).options(WITHOUT_REPORT).where(col(ReportVersion.id).in_(numbers))
    ).all()
    snapshots = _held(session, Snapshot, Snapshot.id, (found.snapshot_id for found in versions))
    keys = [key for agency in agencies for key in agency.columns]
    keys += [link.column_key for link in links]
    columns = _held(session, SiteColumn, SiteColumn.key, keys)
    sites = _held(session, Site, Site.key, (column.site_key for column in columns))
    return AtHand(
        {(found.agency_key, found.year): found for found in obligations},
        (*links, *versions, *snapshots, *columns, *sites),
    )


def _held(session: Session, table: type[Row], key: Any, wanted: Iterable[Any]) -> Sequence[Row]:
    return session.exec(select(table).where(col(key).in_(set(wanted) - {None}))).all()
