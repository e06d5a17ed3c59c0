"""Compares one narrative with those of the other agencies: the index proposes, the texts decide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from db.likeness import (
    COMMON_SHARE,
    FEWEST_UNITS,
    Sample,
    enter,
    forget,
    known_sample,
    region_mates,
    resembling,
)
from db.tables import Agency, Narrative, ReportVersion
from monitor.judging import identity_of
from monitor.sources import sources_of
from reports.likeness import containment, shared_passage, shingles, without
from reports.model import AnnualReport
from reports.narrative import COMPARED, grams_of, narrative_of
from reports.surroundings import Likeness, Source

WORTH_READING = 0.4
"""Estimated share from which two texts are compared word for word; half of what a rule accuses of."""
LEAST_TOLD = Decimal("0.50")
FEWEST_GRAMS = 120
"""Grams of its own that a narrative must have: two short texts on one subject are alike by nature."""

_MOST_READ = 8
_MOST_TOLD = 2
_MOST_MATES = 15
_SENTENCE_ENDS = re.compile(r"[。；;!?！？\n\r]+")


def likenesses_of(
    session: Session, report: AnnualReport, agency: Agency, year: int
) -> tuple[Likeness, ...]:
    """Return the reports of other agencies of the year that hold half or more of these words."""
    texts = narrative_of(report)
    grams = grams_of(texts)
    if report.by_ocr or len(grams) < FEWEST_GRAMS:
        return ()
    sample = Sample.of(agency, year, grams)
    mates = region_mates(session, sample)
    near = resembling(session, sample, WORTH_READING, mates)
    read = [one.version_id for one in near if one.of_ours >= WORTH_READING][:_MOST_READ]
    if not read:
        return ()
    near_by = versions_of(session, mates)
    if len(near_by) + 1 < FEWEST_UNITS:
        # Too few to tell a template from a copy; those of elsewhere have no template with us.
        read = [number for number in read if number not in near_by]
    region = _Region.of(grams, _texts(session, near_by[:_MOST_MATES]))
    others = _texts(session, read)
    alike = [(number, region.share_in(number, theirs)) for number, theirs in others.items()]
    told = sorted((pair for pair in alike if pair[1] >= LEAST_TOLD), key=lambda pair: -pair[1])
    sources = sources_of(session, [number for number, _ in told[:_MOST_TOLD]])
    agencies = _agencies(session, [number for number, _ in told[:_MOST_TOLD]])
    return tuple(
        Likeness(
            identity_of(agencies[number]),
            share,
            region.passage(texts, others[number], number),
            sources.get(number, Source()),
        )
        for number, share in told[:_MOST_TOLD]
    )


def enter_narrative(session: Session, version: ReportVersion, agency: Agency) -> tuple[Sample, ...]:
    """Let the index know the words of a newest version; return what changed: the old and new sample."""
    firm = version.readable and not version.report.get("by_ocr")
    grams = grams_of(_compared(version.report["sections"])) if firm else frozenset()
    if len(grams) < FEWEST_GRAMS:
        old = known_sample(session, agency, version.year)
        forget(session, agency.key, version.year)
        return () if old is None else (old,)
    assert version.id is not None
    return enter(session, Sample.of(agency, version.year, grams), version.id)


@dataclass(frozen=True, slots=True)
class _Region:
    """Our grams, and how many of the region's other units hold each of them."""

    grams: frozenset[int]
    mates: Mapping[int, frozenset[int]]
    holders: Mapping[int, int]

    @classmethod
    def of(cls, grams: frozenset[int], texts: Mapping[int, Sequence[str]]) -> _Region:
        mates = {number: grams & grams_of(theirs) for number, theirs in texts.items()}
        return cls(grams, mates, Counter(gram for held in mates.values() for gram in held))

    def common_but_for(self, number: int) -> frozenset[int]:
        """Return what a fifth of the region holds, the one that is compared left out."""
        if len(self.mates) + 1 < FEWEST_UNITS:
            return frozenset()
        held = self.mates.get(number, frozenset())
        least = COMMON_SHARE * (len(self.mates) - (number in self.mates))
        counts = self.holders.items()
        return frozenset(gram for gram, count in counts if count - (gram in held) >= max(1, least))

    def share_in(self, number: int, theirs: Sequence[str]) -> Decimal:
        """Return the share of our own grams that the other text holds, 0 where we have too few."""
        own = without(self.grams, self.common_but_for(number))
        if len(own) < FEWEST_GRAMS:
            return Decimal(0)
        return containment(own, grams_of(theirs)) or Decimal(0)

    def passage(self, ours: Sequence[str], theirs: Sequence[str], number: int) -> str:
        """Return the longest shared stretch of that part of our text that is not common property."""
        common, held = self.common_but_for(number), grams_of(theirs)
        parts = [part for text in ours for part in _own_parts(text, common)]
        best = max(parts, key=lambda part: len((shingles(part) & held) - common), default="")
        return shared_passage(best, "\n".join(theirs))


def _own_parts(text: str, common: frozenset[int]) -> Iterator[str]:
    """Yield runs of sentences that are not mostly common property, as printed."""
    begin: int | None = None
    start = 0
    for end in (*(found.end() for found in _SENTENCE_ENDS.finditer(text)), len(text)):
        grams = shingles.__wrapped__(text[start:end])
        is_common = 2 * len(grams & common) > len(grams)
        if is_common and begin is not None:
            yield text[begin:start]
        begin = None if is_common else start if begin is None else begin
        start = end
    if begin is not None:
        yield text[begin:]


def versions_of(session: Session, narratives: Sequence[int]) -> Sequence[int]:
    """Return the versions whose narratives these are."""
    wanted = select(Narrative.version_id).where(col(Narrative.id).in_(narratives))
    return session.exec(wanted.order_by(col(Narrative.id))).all()


def _texts(session: Session, version_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the compared sections of some versions, without reading the rest of their reports."""
    sections = col(ReportVersion.report)["sections"]
    rows = session.execute(
        select(ReportVersion.id, sections)
        .where(col(ReportVersion.id).in_(list(version_ids)), col(ReportVersion.readable))
        .order_by(col(ReportVersion.id))
    )
    return {number: _compared(stored or ()) for number, stored in rows}


def _compared(sections: Iterable[Sequence[Any]]) -> tuple[str, ...]:
    """Return the compared texts of sections as they are stored."""
    return tuple(text for which, _, text in sections if which in COMPARED and text)


def _agencies(session: Session, version_ids: Sequence[int]) -> dict[int, Agency]:
    rows = session.exec(
        select(ReportVersion.id, Agency)
        .join(Agency, col(Agency.key) == ReportVersion.agency_key)
        .where(col(ReportVersion.id).in_(version_ids))
    )
    return {number: agency for number, agency in rows if number is not None}
