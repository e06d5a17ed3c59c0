"""What the stored register says of an agency: its duty, and the bodies that it continues."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlmodel import Session, select

from db.tables import Agency
from reports.duties import Charge, Duty


def charge_of(session: Session, agency: Agency) -> Charge:
    """Return the agency's duty; its successor by name."""
    heir = session.get(Agency, agency.successor) if agency.successor else None
    name = agency.successor if heir is None else heir.name
    return Charge(Duty(agency.duty), agency.since, agency.until, agency.exempt_reason, name)


def predecessors_of(session: Session, agency: Agency) -> Sequence[Agency]:
    """Return the bodies that were folded into the agency directly, by key."""
    return session.exec(_FOLDED, params={"heir": agency.key}).all()


_FOLDED = select(Agency).where(Agency.successor == bindparam("heir")).order_by(Agency.key)
