"""Whether a unit named on a page is surely another one than the report's. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reports.agencies import AgencyKind, Identity
from reports.names import names_same_agency
from reports.resemblance import may_name
from reports.rules.subject import Subject
from reports.text import squeeze

_AGENCY = re.compile(
    r".{2,}(?:局|委|委员会|厅|办|办公室|办事处|人民政府|[省市县区州旗盟]政府|街道|镇|乡|苏木|中心|分局|支队|大队|管委会|联合会|院)$"
)
_PLACE = re.compile(r"[^省市县区州旗盟镇乡]{1,6}(?:[省市县州旗盟]|(?:自治)?区|[镇乡])")
_LONGEST_NAME = 60


def known_unit(subject: Subject) -> Identity | None:
    """Return the names under which the report's unit is known: the register's and the title's."""
    identity, titled = subject.case.identity, subject.report.agency
    if identity is None:
        return Identity("", titled, AgencyKind.OTHER) if titled else None
    aliases = (*identity.aliases, *((titled,) if titled else ()))
    return replace(identity, aliases=aliases)


def is_another_unit(unit: str, known: Identity) -> bool:
    """Say whether a name is that of an agency, and surely of another one.

    A name that only resembles, or leaves places out, is not: unless both name places, and other ones.
    """
    plain = squeeze(unit[:_LONGEST_NAME])
    if not _AGENCY.match(plain) or names_same_agency(plain, known):
        return False
    names = [squeeze(name) for name in (*known.names, *known.heir_of)]
    if any(plain in name or name in plain for name in names):
        return False
    return not may_name(plain, known) or _is_elsewhere(plain, names)


def _is_elsewhere(name: str, names: Sequence[str]) -> bool:
    """Say whether a name places itself elsewhere than every name of the unit that has a place at all."""
    places = set(_PLACE.findall(name))
    others = [found for other in names if (found := set(_PLACE.findall(other)))]
    apart = (not (places <= other or other <= places) for other in others)
    return bool(places and others) and all(apart)
