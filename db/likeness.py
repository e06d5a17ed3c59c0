"""The index of narratives: which reports of a year share words with this one, without asking all.

Of all grams one in 32 is kept, the same ones in every text, so that a share of the kept grams is an
estimate of the share of all. A gram finds only narratives of its own year and kind of agency. Lists are
cut at their longest: what so many units write is common property and tells nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import sqlalchemy
from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, delete, func, insert, select

from db.tables import Agency, Narrative, NarrativeGram

ONE_IN = 32
LONGEST_LIST = 128
FEWEST_UNITS = 5
"""Units that a region must have before anything counts as its common property."""
COMMON_SHARE = 0.2

_MOST_KEPT = 512
_MOST_CANDIDATES = 24
_FEWEST_SHARED = 2
_WIDTH = 6
_MASK = (1 << (8 * _WIDTH)) - 1
_REGION_DIGITS, _WIDER_DIGITS = 6, 4


@dataclass(frozen=True, slots=True)
class Sample:
    """The kept grams of one narrative, and whose it is."""

    agency_key: str
    year: int
    kind: str
    region: str
    grams: tuple[int, ...]

    @classmethod
    def of(cls, agency: Agency, year: int, grams: Iterable[int]) -> Sample:
        """Keep one in 32 grams, and of an endless text no more than 512."""
        salt = _salt(year, agency.kind)
        kept = sorted((gram // ONE_IN ^ salt) & _MASK for gram in grams if gram % ONE_IN == 0)
        region = agency.region[:_REGION_DIGITS]
        return cls(agency.key, year, agency.kind, region, tuple(dict.fromkeys(kept[:_MOST_KEPT])))


@dataclass(frozen=True, slots=True)
class Resembling:
    """Another narrative that may be alike: the share of our kept grams that it holds, and the reverse."""

    agency_key: str
    version_id: int
    of_ours: float
    of_theirs: float


def _salt(year: int, kind: str) -> int:
    return int.from_bytes(blake2b(f"{year}:{kind}".encode(), digest_size=_WIDTH).digest())


def enter(session: Session, sample: Sample, version_id: int) -> tuple[Sample, ...]:
    """Let the index know the narrative of a version; return the old sample and the new, where they differ."""
    known = _known(session, sample.agency_key, sample.year)
    grams = _packed(sample.grams)
    if known is not None and known.grams == grams:
        known.version_id, known.region = version_id, sample.region
        return ()
    old = () if known is None else (_sample(known, sample.kind),)
    if known is None:
        known = Narrative(agency_key=sample.agency_key, year=sample.year, version_id=version_id)
    else:
        _forget_grams(session, known)
    known.version_id, known.region, known.grams = version_id, sample.region, grams
    session.add(known)
    session.flush()
    lengths = _lengths(session, sample.grams)
    rows = [
        {"gram": gram, "narrative_id": known.id}
        for gram in sample.grams
        if lengths.get(gram, 0) < LONGEST_LIST
    ]
    if rows:
        session.execute(insert(NarrativeGram), rows)
    return (*old, sample)


def forget(session: Session, agency_key: str, year: int) -> None:
    """Take the narrative of an agency and year out of the index."""
    known = _known(session, agency_key, year)
    if known is not None:
        _forget_grams(session, known)
        session.delete(known)
        session.flush()


def known_sample(session: Session, agency: Agency, year: int) -> Sample | None:
    """Return what the index holds of an agency and year."""
    known = _known(session, agency.key, year)
    return None if known is None else _sample(known, agency.kind)


def _sample(known: Narrative, kind: str) -> Sample:
    return Sample(known.agency_key, known.year, kind, known.region, _unpacked(known.grams))


def resembling(
    session: Session, sample: Sample, least: float, region: Sequence[int]
) -> tuple[Resembling, ...]:
    """Return the narratives of other agencies of which either share is ``least`` or more, closest first.

    What the region has in common is left out on both sides; ``region`` are its narratives (``region_mates``).
    """
    holders, mates = _holders(session, sample.grams), frozenset(region)
    common = {gram for gram, found in holders.items() if _is_common(found, mates)}
    left = len(sample.grams) - len(common)
    shared = Counter(found for gram, ids in holders.items() if gram not in common for found in ids)
    likely = [number for number, count in shared.most_common(_MOST_CANDIDATES)]
    likely = [number for number in likely if shared[number] >= _FEWEST_SHARED]
    rows = session.execute(_NARRATIVES, {"ids": likely}).all() if likely else ()
    found = [
        _weighed(row, shared[row.id], left, common)
        for row in rows
        if row.agency_key != sample.agency_key
    ]
    near = [one for one in found if max(one.of_ours, one.of_theirs) >= least]
    return tuple(sorted(near, key=lambda one: (-one.of_ours, one.agency_key)))


def region_mates(session: Session, sample: Sample) -> Sequence[int]:
    """Return the narratives of the year by other agencies of the same kind and region.

    Where the six-digit division has too few units, that of the first four digits stands for it.
    """
    near = _in_regions(session, sample, (sample.region,))
    if len(near) + 1 >= FEWEST_UNITS or len(sample.region) < _WIDER_DIGITS:
        return near
    wider = sample.region[:_WIDER_DIGITS]
    return _in_regions(session, sample, tuple(f"{wider}{n:02}" for n in range(100)))


def _in_regions(session: Session, sample: Sample, regions: Sequence[str]) -> Sequence[int]:
    found = session.execute(
        _IN_REGIONS,
        {
            "regions": regions,
            "year": sample.year,
            "kind": sample.kind,
            "agency_key": sample.agency_key,
        },
    )
    return found.scalars().all()


def _is_common(found: Sequence[int], mates: frozenset[int]) -> bool:
    """Say whether a fifth of the region, one possible copy left out, holds a gram, or too many anywhere."""
    if len(found) >= LONGEST_LIST:
        return True
    if len(mates) + 1 < FEWEST_UNITS:
        return False
    others = len(mates.intersection(found)) - 1
    return others > 0 and others >= COMMON_SHARE * (len(mates) - 1)


def _weighed(row: Any, shared: int, left: int, common: set[int]) -> Resembling:
    theirs = len(set(_unpacked(row.grams)) - common)
    return Resembling(row.agency_key, row.version_id, shared / left, shared / max(theirs, shared))


def _holders(session: Session, grams: Sequence[int]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for gram, number in session.execute(_HOLDERS, {"grams": grams}):
        found.setdefault(gram, []).append(number)
    return found


def _lengths(session: Session, grams: Sequence[int]) -> Mapping[int, int]:
    return {gram: count for gram, count in session.execute(_LENGTHS, {"grams": grams})}


def _known(session: Session, agency_key: str, year: int) -> Narrative | None:
    return session.exec(_KNOWN, params={"agency_key": agency_key, "year": year}).first()


def _forget_grams(session: Session, known: Narrative) -> None:
    session.execute(
        delete(NarrativeGram).where(
            col(NarrativeGram.gram).in_(_unpacked(known.grams)),
            col(NarrativeGram.narrative_id) == known.id,
        )
    )


def _packed(grams: Sequence[int]) -> bytes:
    return b"".join(gram.to_bytes(_WIDTH) for gram in grams)


def _unpacked(grams: bytes) -> tuple[int, ...]:
    starts = range(0, len(grams), _WIDTH)
    return tuple(int.from_bytes(grams[start : start + _WIDTH]) for start in starts)


# Made once: they are asked for every single report.
_GRAM = col(NarrativeGram.gram)
_AMONG: BindParameter[Any] = bindparam("grams", expanding=True)
_HOLDERS = sqlalchemy.select(_GRAM, col(NarrativeGram.narrative_id)).where(_GRAM.in_(_AMONG))
_LENGTHS = sqlalchemy.select(_GRAM, func.count()).where(_GRAM.in_(_AMONG)).group_by(_GRAM)
_KNOWN = select(Narrative).where(
    col(Narrative.agency_key) == bindparam("agency_key"), col(Narrative.year) == bindparam("year")
)
_NARRATIVES = sqlalchemy.select(
    col(Narrative.id), col(Narrative.agency_key), col(Narrative.version_id), col(Narrative.grams)
).where(col(Narrative.id).in_(bindparam("ids", expanding=True)))
_IN_REGIONS = (
    sqlalchemy.select(col(Narrative.id))
    .join(Agency, col(Agency.key) == col(Narrative.agency_key))
    .where(
        col(Narrative.region).in_(bindparam("regions", expanding=True)),
        col(Narrative.year) == bindparam("year"),
        col(Agency.kind) == bindparam("kind"),
        col(Narrative.agency_key) != bindparam("agency_key"),
    )
    .order_by(col(Narrative.id))
)
