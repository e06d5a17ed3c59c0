"""Who publishes: kinds of agencies, and the identity against which a report is held. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AgencyKind(StrEnum):
    """Kinds of reporting bodies; they decide the deadline and some severities."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    GOVERNMENT_OFFICE = "government_office"
    TOWNSHIP = "township"
    STREET = "street"
    COMMITTEE = "committee"
    VERTICAL = "vertical"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Identity:
    """The agency that a document ought to come from: its key, full name, aliases and kind.

    ``former_names`` are those that it bore itself. ``heir_of`` names the bodies that were folded into it:
    their reports become its own only after their ``last_year``, the last report year for which such a
    body answers itself (None while it goes on, or where that is not known).
    """

    key: str
    name: str
    kind: AgencyKind
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    heir_of: tuple[str, ...] = ()
    last_year: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the agency itself, the present one first."""
        return (self.name, *self.aliases, *self.former_names)
