"""Names of agencies: the same office under its many spellings. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.agencies import Identity
from reports.bodies import body_of
from reports.text import squeeze

# A place name never holds the last sign of an office, so "公安局高新区分局" is not a place.
_PLACE = re.compile(
    r"(?P<place>[^局委办厅部队院、()]{1,8}?"
    r"(?:自治[区州县旗]|地区|林区|特区|新区|[省盟旗]|市(?!区)|州(?![市区县])|县(?!委)|区(?!域)))"
)
_PUNCTUATION = re.compile(r"[\"“”'·,,。.:;\-_]")
_OFFICE = re.compile(r"(?:人民政府|政府|府)(?:办公厅|办公室|办)")
_GOVERNMENT = re.compile(r"(?:人民)?政府")
_STREET = re.compile(r"(?P<name>.*?)(?:(?:镇)?街道(?:办事处|办)?|办事处)(?:党政办公?室?)?")
_TOWN = re.compile(r"(?P<name>.*?(?:镇|乡|苏木))(?:人民政府|政府)?")
_LEVEL = re.compile(r"(?P<level>[省市县区州旗盟])(?P<rest>.+)")
# Central systems put their own name before the place: 国家税务总局青禾县税务局.
_ABOVE = re.compile(r"^(?:国家税务总局(?=.+税务局)|中国气象局(?=.+气象局))")
# A second name plate of the same office, not a second agency: 农业农村局(乡村振兴局).
_SECOND_PLATE = re.compile(r"^([^()]+[局委办厅])\([^()]+[局委办厅]\)$")
_SEVERAL = re.compile(r"[、()]")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart: the places from the widest to the nearest, a bare level word, the body."""

    places: tuple[str, ...]
    level: str
    body: str


def names_same_agency(unit: str, identity: Identity) -> bool:
    """Say whether a unit named in a title is this agency, by name or alias.

    Regions above may be missing or extra; a government and its office are different agencies although
    their names differ by two characters. A unit that joins two agencies is neither of them, unless the
    register spells it so.
    """
    plain = _plain(unit)
    return any(_same(plain, _plain(name)) for name in (identity.name, *identity.aliases))


def match_agency(unit: str, candidates: Sequence[Identity]) -> Identity | None:
    """Return the one candidate that the unit names; None when none or more than one fits."""
    plain = _plain(unit)
    fitting = [identity for identity in candidates if names_same_agency(unit, identity)]
    if len(fitting) > 1:
        spelled = [i for i in fitting if plain in {_plain(n) for n in (i.name, *i.aliases)}]
        fitting = spelled or fitting
    return fitting[0] if len({identity.key for identity in fitting}) == 1 else None


def _plain(name: str) -> str:
    plain = _ABOVE.sub("", _PUNCTUATION.sub("", squeeze(name[:200])))
    return _SECOND_PLATE.sub(r"\1", plain).replace("管理委员会", "管委会")


def _same(unit: str, name: str) -> bool:
    if not unit or not name:
        return False
    if unit == name:
        return True
    if _SEVERAL.search(unit) or _SEVERAL.search(name):
        return False
    return _alike(_apart(unit), _apart(name))


def _alike(one: _Name, other: _Name) -> bool:
    if not one.body or one.body != other.body:
        return False
    if one.places and other.places:
        return _same_chain(one.places, other.places)
    named, bare = (one, other) if one.places else (other, one)
    if bare.body in {"GOV", "OFFICE"} and not bare.level:
        return not named.places
    return not bare.level or not named.places or named.places[-1].endswith(bare.level)


def _same_chain(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether the nearest places agree and the shorter chain only leaves places out."""
    short, long = sorted((one, other), key=len)
    if short[-1] != long[-1]:
        return False
    rest = iter(long[:-1])
    return all(place in rest for place in short[:-1])


def _apart(name: str) -> _Name:
    places: list[str] = []
    rest = name
    while body_of(rest) is None:
        found = _PLACE.match(rest)
        if found is None:
            break
        places.append(found["place"])
        rest = rest[found.end() :]
    rest = _without_government(rest)
    return _with_body(tuple(places), rest)


def _without_government(rest: str) -> str:
    """Drop the government before the office of which it is only the owner."""
    found = _GOVERNMENT.match(rest)
    if found and rest[found.end() :] and not _OFFICE.fullmatch(rest):
        return rest[found.end() :]
    return rest


def _with_body(places: tuple[str, ...], rest: str) -> _Name:
    known = _known(rest, places)
    if known:
        return _Name(places, "", known)
    local = _local(rest)
    if local is not None:
        if local.endswith(":") and places:
            # The place was the name of the street or town itself: 城区街道, 东区街道.
            return _Name(places[:-1], "", local + places[-1])
        return _Name(places, "", "" if local.endswith(":") else local)
    level = _LEVEL.fullmatch(rest)
    if level and not places and (body := _known(level["rest"], ("",))):
        return _Name((), level["level"], body)
    return _Name(places, "", re.sub("[和与及]", "", rest) if len(rest) > 1 else "")


def _known(rest: str, places: tuple[str, ...]) -> str | None:
    if not rest:
        return "GOV" if places else None
    if _OFFICE.fullmatch(rest):
        return "OFFICE"
    if _GOVERNMENT.fullmatch(rest):
        return "GOV"
    return body_of(rest)


def _local(rest: str) -> str | None:
    """Return the token of a street or town, ending in a colon when its own name is missing."""
    street = _STREET.fullmatch(rest)
    if street:
        return f"STREET:{street['name']}"
    town = _TOWN.fullmatch(rest)
    return f"TOWN:{town['name']}" if town and len(town["name"]) > 1 else None
