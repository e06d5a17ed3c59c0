"""Names of agencies: the same office under its many spellings. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reports.agencies import Identity


def names_same_agency(unit: str, identity: Identity) -> bool:
    """Say whether a unit named in a title is this agency, by name or alias.

    A government and its office are different agencies although their names differ by two characters.
    """
    raise NotImplementedError


def match_agency(unit: str, candidates: Sequence[Identity]) -> Identity | None:
    """Return the one candidate that the unit names; None when none or more than one fits."""
    raise NotImplementedError
