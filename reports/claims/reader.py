"""Reads the numbers of the narrative as typed claims, sentence by sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reports.claims import disputes, fees, normative, published, received, requests, results
from reports.claims.claim import Claim, Role
from reports.claims.sentences import Sentence, within
from reports.model import AnnualReport, Section

_SECTIONS = (1, 2, 3, 4)
_COUNTS = re.compile(r"\d(?![\d年月日号])")
_LONGEST_SENTENCE, _MOST_SENTENCES = 2_000, 2_000
"""Beyond these it is no sentence and no report, and nothing is read from it."""


def stated(report: AnnualReport, year: int | None, *roles: Role) -> tuple[Claim, ...]:
    """Return the numbers of some roles that the text states, in reading order."""
    return tuple(claim for claim in _counted(report, year) if claim.role in roles)


def claims_of(report: AnnualReport, year: int | None) -> tuple[Claim, ...]:
    """Return every number that the text states, a plain “none” as 0, in reading order of each kind."""
    found = (
        *_counted(report, year),
        *requests.carried_in(report, year),
        *requests.carried_out(report, year),
        *disputes.dispute_counts(report, disputes.REVIEW_WORD, year),
        *disputes.dispute_counts(report, disputes.LITIGATION_WORD, year),
        *disputes.outcomes(report, year),
        *fees.fees_collected(report, year),
    )
    nothing = {claim.role for claim in found if claim.number == 0}
    return (*found, *(claim for claim in _denials(report, year) if claim.role not in nothing))


def _counted(report: AnnualReport, year: int | None) -> Iterator[Claim]:
    for section in report.sections:
        if section.number in _SECTIONS:
            yield from _within(section, report.agency, year)


# Several rules ask for the claims of the same sections one after another.
@lru_cache(maxsize=64)
def _within(section: Section, agency: str | None, year: int | None) -> tuple[Claim, ...]:
    return tuple(
        claim
        for sentence in within(section)[:_MOST_SENTENCES]
        if len(sentence.text) <= _LONGEST_SENTENCE
        for claim in _claims(sentence, agency, year)
    )


def _claims(sentence: Sentence, agency: str | None, year: int | None) -> Iterator[Claim]:
    if _COUNTS.search(sentence.text):
        yield from received.counted(sentence, agency, year)
        yield from results.counted(sentence, year)
        yield from published.counted(sentence, agency, year)
    yield from normative.counted(sentence, agency, year)


def _denials(report: AnnualReport, year: int | None) -> Iterator[Claim]:
    denied = {
        Role.RECEIVED: requests.no_request_received(report, year),
        Role.REVIEW: disputes.no_dispute(report, disputes.REVIEW_WORD, year),
        Role.LITIGATION: disputes.no_dispute(report, disputes.LITIGATION_WORD, year),
        Role.FEE: fees.no_fee_collected(report, year),
    }
    yield from (
        Claim(role, Decimal(0), quote) for role, quote in denied.items() if quote is not None
    )
