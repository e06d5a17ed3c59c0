"""Whether a named unit might be an agency that it could not be matched with. Pure.

Used only to hold back an accusation: a listed report of nobody in the register, under a name close to
that of an agency whose report is not found, leaves the absence unproven.
"""

from __future__ import annotations

import re

from reports.agencies import Identity
from reports.bodies import are_kin
from reports.name_parts import apart, plain_name
from reports.text import squeeze
from reports.titles import TitleReading, is_cut_short

_PLACE = re.compile(r"^.*?(?:省|市|自治州|自治县|县|区|旗)(?=.{2,})")
_KIND = re.compile(
    r"(?:街道办事处|办事处|街道|人民政府|政府办公室|办公室|管理委员会|委员会|管理局|分局|局|镇|乡)+$"
)
_ENOUGH = 0.5
_SUBJECT = re.compile(r"公开.*(?:报告|年报|总结)")
_OTHER = re.compile(r"网站|法治|执法|预算|决算")
_YEAR_FOLDER = re.compile(r"20\d\d年?度?")


def may_name(unit: str, identity: Identity) -> bool:
    """Say whether a unit as a title names it may be this agency; a title without a unit always may."""
    core = _core(unit)
    if not core:
        return True
    names = (*identity.names, *identity.heir_of)
    return any(_close(core, _core(name)) or _are_kin(unit, name) for name in names)


def _are_kin(unit: str, name: str) -> bool:
    """Say whether two names are of bodies that this place may have made one: 审批局 and 大数据局."""
    one, other = apart(plain_name(unit)), apart(plain_name(name))
    apart_from = one.places and other.places and one.places[-1] != other.places[-1]
    return not apart_from and are_kin(one.body, other.body)


def _core(name: str) -> str:
    bare = "".join(re.findall(r"\w", name))
    return _KIND.sub("", _PLACE.sub("", bare)) or bare


def _close(one: str, other: str) -> bool:
    pairs_of_one, pairs_of_other = _pairs(one), _pairs(other)
    fewer = min(len(pairs_of_one), len(pairs_of_other))
    return fewer > 0 and len(pairs_of_one & pairs_of_other) >= _ENOUGH * fewer


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def may_hide_report(title: TitleReading, identity: Identity, year: int) -> bool:
    """Say whether an entry that is not the title of a report may lead to this agency's report.

    It may when the list cuts the title short or dresses it as a notice, and when the entry is only the
    folder of that year (the report's own, or the one in which it is published).
    """
    text = squeeze(title.text)
    if _YEAR_FOLDER.fullmatch(text):
        return title.year in (year, year + 1)
    if year not in title.years or not _mentions(text, identity):
        return False
    cut_short = is_cut_short(text) and not _OTHER.search(text)
    return cut_short or _SUBJECT.search(text) is not None


def _mentions(text: str, identity: Identity) -> bool:
    names = (*identity.names, *identity.heir_of)
    said = _plainly(text)
    return any(_plainly(_core(squeeze(name))) in said for name in names)


def _plainly(text: str) -> str:
    """Return the text without the signs of 民政 that stand in every 人民政府."""
    return text.replace("人民政府", "政府")
