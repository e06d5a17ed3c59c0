"""A name of an agency taken apart: places, a bare level word, and one token of its body. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reports.bodies import KNOWN_BODY, body_of
from reports.places import LEVELS, is_zone, next_place, stem_of
from reports.text import squeeze

GOVERNMENT, OFFICE, COMMITTEE = "GOV", "OFFICE", "COMMITTEE"
STREET, TOWN = "STREET:", "TOWN:"
RECOGNISED = (GOVERNMENT, OFFICE, STREET, TOWN, KNOWN_BODY)
"""How the tokens of bodies begin in whose names no place can be left."""

_LONGEST_NAME = 200
_PUNCTUATION = re.compile(r"[\"“”'·,,。.:;\-_]")
# Central systems put their own name before the place: 国家税务总局青禾县税务局.
_ABOVE = re.compile(r"^(?:国家税务总局(?=.+税务局)|中国气象局(?=.+气象局)|中共|中国共产党)")
# The party's committee of a street signs together with its office.
_PARTY = re.compile(r"(?<=街道)(?:党工委|工委)[、和与]?(?:街道)?(?=办事处|$)")
_PLATES = re.compile(r"^(?P<first>[^()]+[局委办厅室])\((?P<second>[^()]+[局委办厅室])\)$")
_OFFICE = re.compile(r"(?:人民政府|政府|府)(?:办公厅|办公室|办)")
_GOVERNMENT = re.compile(r"(?:人民)?政府")
_STREET = re.compile(r"(?P<name>.*?)(?:(?:镇)?街道(?:办事处|办)?|办事处)(?:党政办公?室?)?")
_TOWN = re.compile(r"(?P<name>.*?(?:镇|乡|苏木))(?:人民政府|政府)?")
_LEVEL = re.compile(rf"(?P<level>[{LEVELS}])(?P<rest>.+)")
_BRANCH = re.compile(
    r"(?P<owner>[^局厅]{2,20}[局厅])(?P<where>.{0,16}?)(?P<kind>分局|总队|支队|大队)"
)
_LOCAL_BRANCH = re.compile(r"(?P<system>[^局厅]{2,12})分局")


@dataclass(frozen=True, slots=True)
class NameParts:
    """The places from the widest to the nearest, a bare level word, and the token of the body.

    The body is "" where the name says too little, and the bare text where the body is not a known one.
    """

    places: tuple[str, ...]
    level: str
    body: str


# A list of many agencies holds each title against each of them.
@lru_cache(maxsize=16_384)
def plain_name(name: str) -> str:
    """Return a name without blanks, punctuation, and what systems and parties put before it."""
    plain = _ABOVE.sub("", _PUNCTUATION.sub("", squeeze(name[:_LONGEST_NAME])))
    plain = _PARTY.sub("", plain).replace("管理委员会", "管委会")
    found = _PLATES.match(plain)
    return found["first"] if found else plain.removesuffix("本级")


@lru_cache(maxsize=16_384)
def second_plate(name: str) -> str | None:
    """Return the other name of an office with two plates: 甲县乙局(丙局) gives 甲县丙局."""
    found = _PLATES.match(_PUNCTUATION.sub("", squeeze(name[:_LONGEST_NAME])))
    if found is None:
        return None
    first, second = apart(found["first"]), apart(found["second"])
    return found["second"] if second.places else "".join(first.places) + found["second"]


@lru_cache(maxsize=16_384)
def apart(name: str, known: tuple[str, ...] = ()) -> NameParts:
    """Take a plain name apart; ``known`` places are recognised without their level words."""
    places: list[str] = []
    rest = name
    while body_of(rest) is None:
        found = next_place(rest, [place for place in known if place not in places])
        if found is None:
            break
        place, written = found
        places.append(place)
        rest = rest[len(written) :]
    return _with_body(tuple(places), _without_government(rest))


def _without_government(rest: str) -> str:
    """Drop the government before the office of which it is only the owner."""
    found = _GOVERNMENT.match(rest)
    if found and rest[found.end() :] and not _OFFICE.fullmatch(rest):
        return rest[found.end() :]
    return rest


def _with_body(places: tuple[str, ...], rest: str) -> NameParts:
    known = _known(rest, places)
    if known:
        return NameParts(places, "", known)
    system = _LOCAL_BRANCH.fullmatch(rest)
    if system and places and (owner := body_of(f"{system['system']}局")):
        return NameParts(places[:-1], "", f"{owner}>{stem_of(places[-1])}分局")
    local = _local(rest)
    if local is not None:
        if local.endswith(":") and places:
            # The place was the name of the street or town itself: 城区街道, 东区街道.
            return NameParts(places[:-1], "", local + places[-1])
        return NameParts(places, "", "" if local.endswith(":") else local)
    level = _LEVEL.fullmatch(rest)
    if level and not places and (body := _known(level["rest"], ("",))):
        return NameParts((), level["level"], body)
    return NameParts(places, "", re.sub("[和与及]", "", rest) if len(rest) > 1 else "")


def _known(rest: str, places: tuple[str, ...]) -> str | None:
    """Return the token of a government, its office, a zone's committee, a branch or a known body."""
    in_zone = bool(places) and is_zone(places[-1])
    if not rest:
        return (COMMITTEE if in_zone else GOVERNMENT) if places else None
    if rest == "管委会" and places:
        return COMMITTEE
    if _OFFICE.fullmatch(rest):
        return OFFICE
    if _GOVERNMENT.fullmatch(rest):
        return GOVERNMENT
    branch = _BRANCH.fullmatch(rest)
    # 市生态环境局甲分局 begins with a bare level, which is taken off first.
    if branch is None or rest[0] in LEVELS:
        return body_of(rest)
    owner = body_of(branch["owner"]) or branch["owner"]
    return f"{owner}>{stem_of(branch['where'])}{branch['kind']}"


def _local(rest: str) -> str | None:
    """Return the token of a street or town, ending in a colon when its own name is missing."""
    street = _STREET.fullmatch(rest)
    if street:
        return f"{STREET}{street['name']}"
    town = _TOWN.fullmatch(rest)
    return f"{TOWN}{town['name']}" if town and len(town["name"]) > 1 else None
