"""Whether a named unit might be an agency that it could not be matched with. Pure.

Used only to hold back an accusation: a listed report of nobody in the register, under a name close to
that of an agency whose report is not found, leaves the absence unproven.
"""

from __future__ import annotations

import re

from reports.agencies import Identity

_PLACE = re.compile(r"^.*?(?:省|市|自治州|自治县|县|区|旗)(?=.{2,})")
_KIND = re.compile(
    r"(?:街道办事处|办事处|街道|人民政府|政府办公室|办公室|管理委员会|委员会|管理局|分局|局|镇|乡)+$"
)
_ENOUGH = 0.5


def may_name(unit: str, identity: Identity) -> bool:
    """Say whether a unit as a title names it may be this agency; a title without a unit always may."""
    core = _core(unit)
    if not core:
        return True
    return any(_close(core, _core(name)) for name in (identity.name, *identity.aliases))


def _core(name: str) -> str:
    bare = "".join(re.findall(r"\w", name))
    return _KIND.sub("", _PLACE.sub("", bare)) or bare


def _close(one: str, other: str) -> bool:
    pairs_of_one, pairs_of_other = _pairs(one), _pairs(other)
    fewer = min(len(pairs_of_one), len(pairs_of_other))
    return fewer > 0 and len(pairs_of_one & pairs_of_other) >= _ENOUGH * fewer


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})
