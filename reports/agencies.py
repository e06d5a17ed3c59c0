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

    ``former_names`` are those it bore itself, ``heir_of`` the names of the bodies folded into it.
    """

    key: str
    name: str
    kind: AgencyKind
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    heir_of: tuple[str, ...] = ()
