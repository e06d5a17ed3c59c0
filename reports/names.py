"""Names of agencies: the same office under its many spellings, and whose report a title is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.agencies import Identity
from reports.name_parts import (
    COMMITTEE,
    GOVERNMENT,
    OFFICE,
    RECOGNISED,
    STREET,
    TOWN,
    NameParts,
    apart,
    plain_name,
    second_plate,
)
from reports.places import stem_of
from reports.words import Words

_SEVERAL = re.compile(r"[、()]")
_MOST_NAMED = 3
_SPELLED, _NAMED, _FORMERLY = range(3)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose report a named unit's is; ``refusal`` says why it is nobody's, None when it is somebody's.

    ``is_doubtful`` says that it may well be somebody's: the full name in the document can tell.
    """

    agency: Identity | None
    refusal: Words | None = None
    is_doubtful: bool = False


def assign(unit: str, year: int | None, candidates: Sequence[Identity]) -> Assignment:
    """Return the one candidate whose report of a year a unit's is.

    A unit that fits several is given to none of them. A body that was folded into another one keeps its
    reports up to its last year; later ones are its heir's.
    """
    fitting = _closest(unit, candidates)
    if len(fitting) > 1:
        return Assignment(None, _several(unit, fitting), is_doubtful=True)
    heirs = [agency for agency in candidates if names_predecessor(unit, agency)]
    if not fitting:
        return Assignment(None, _folded(unit, heirs) if heirs else _unknown(unit, len(candidates)))
    named = fitting[0]
    if year is None or named.last_year is None or year <= named.last_year:
        return Assignment(named)
    if len(heirs) == 1:
        return Assignment(heirs[0])
    return Assignment(None, _ended(unit, named.last_year, year))


def match_agency(unit: str, candidates: Sequence[Identity]) -> Identity | None:
    """Return the one candidate that the unit names, whatever the year; None for none or several."""
    return assign(unit, None, candidates).agency


def names_same_agency(unit: str, identity: Identity) -> bool:
    """Say whether a unit named in a title is this agency, by its name, an alias or a former name.

    Regions above may be missing or extra; a government and its office are different agencies although
    their names differ by two characters. A unit that joins two agencies is neither of them, unless the
    register spells it so.
    """
    return _closeness(unit, identity) is not None


def names_predecessor(unit: str, identity: Identity) -> bool:
    """Say whether a unit is one of the bodies that were folded into this agency."""
    return _any_same(unit, identity.heir_of)


def _closest(unit: str, candidates: Sequence[Identity]) -> Sequence[Identity]:
    """Return the candidates that fit best, each key once: a spelling before a likeness, now before once."""
    ranks = {c.key: (rank, c) for c in candidates if (rank := _closeness(unit, c)) is not None}
    best = min((rank for rank, _ in ranks.values()), default=None)
    return [identity for rank, identity in ranks.values() if rank == best]


def _closeness(unit: str, identity: Identity) -> int | None:
    plain = plain_name(unit)
    if not plain:
        return None
    # An alias that names no place may be the one of a neighbour, too: it is a likeness only.
    placed = (alias for alias in identity.aliases if apart(plain_name(alias)).places)
    if plain in {plain_name(name) for name in (identity.name, *placed)}:
        return _SPELLED
    if _any_same(unit, (identity.name, *identity.aliases)):
        return _NAMED
    plates = (plate for name in identity.names if (plate := second_plate(name)))
    return _FORMERLY if _any_same(unit, (*identity.former_names, *plates)) else None


def _any_same(unit: str, names: Iterable[str]) -> bool:
    plain = plain_name(unit)
    return any(_same(plain, plain_name(name)) for name in names)


def _same(unit: str, name: str) -> bool:
    if not unit or not name:
        return False
    if unit == name:
        return True
    if _SEVERAL.search(unit) or _SEVERAL.search(name):
        return False
    one, other = apart(unit), apart(name)
    if _alike(one, other):
        return True
    if not (_may_hide_a_place(one, other.places) or _may_hide_a_place(other, one.places)):
        return False
    one, other = apart(unit, other.places), apart(name, one.places)
    # 青禾新城镇 may be the whole name of a town: only offices are known by a place without its level.
    return _is_office(one.body) and _alike(one, other)


def _may_hide_a_place(name: NameParts, places: tuple[str, ...]) -> bool:
    """Say whether what is left of a name, or its zone, begins with a place without its level."""
    if name.body.startswith(RECOGNISED):
        return False
    rest = name.places[-1] if name.body == COMMITTEE and name.places else name.body
    return any(rest.startswith(stem_of(place)) for place in places)


def _is_office(body: str) -> bool:
    return body not in {GOVERNMENT, OFFICE} and not body.startswith((STREET, TOWN))


def _alike(one: NameParts, other: NameParts) -> bool:
    if not one.body or one.body != other.body:
        return False
    if one.places and other.places:
        return _same_chain(one.places, other.places)
    named, bare = (one, other) if one.places else (other, one)
    if bare.body in {GOVERNMENT, OFFICE} and not bare.level:
        return not named.places
    return not bare.level or not named.places or named.places[-1].endswith(bare.level)


def _same_chain(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether the nearest places agree and the shorter chain only leaves places out."""
    short, long = sorted((one, other), key=len)
    if short[-1] != long[-1]:
        return False
    rest = iter(long[:-1])
    return all(place in rest for place in short[:-1])


def _several(unit: str, fitting: Sequence[Identity]) -> Words:
    names = "、".join(identity.name for identity in fitting[:_MOST_NAMED])
    return Words(
        f"标题中的“{unit}”同时可能是 {len(fitting)} 个登记机关（{names} 等），不作认定；请在名册中补充"
        "能区分的别名",
        f"“{unit}” in the title may be any of {len(fitting)} registered agencies ({names} …) and is taken "
        "for none; add aliases that tell them apart to the register",
    )


def _unknown(unit: str, count: int) -> Words:
    return Words(
        f"标题中的“{unit}”不能对应本栏目登记的 {count} 个机关中的任何一个；"
        "如属应报机关，请在名册中补登或补充别名",
        f"“{unit}” in the title fits none of the {count} agencies of this column; if it must report, add "
        "it or an alias to the register",
    )


def _folded(unit: str, heirs: Sequence[Identity]) -> Words:
    names = "、".join(identity.name for identity in heirs[:_MOST_NAMED])
    return Words(
        f"标题中的“{unit}”已并入“{names}”，名册没有写明从哪个年度起，不作认定；请在名册中登记该机关及其终止日期",
        f"“{unit}” in the title was folded into {names}; the register does not say from which year on, so "
        "it is taken for none: enter that body and the day on which it ended",
    )


def _ended(unit: str, last_year: int, year: int) -> Words:
    return Words(
        f"标题中的“{unit}”按名册只编报到 {last_year} 年度，{year} 年度报告归属不明，"
        "不作认定；请核对名册中的承接单位",
        f"“{unit}” in the title answers up to {last_year} by the register; whose its report of {year} is "
        "cannot be told: check its successor in the register",
    )
