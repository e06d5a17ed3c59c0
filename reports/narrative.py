"""The part of a report that its authors write in words of their own, which is what is compared. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from reports.likeness import shingles
from reports.model import AnnualReport

COMPARED = (1, 5)
"""Sections one and five: everything else is a form, a heading or a set phrase."""


def narrative_of(report: AnnualReport) -> tuple[str, ...]:
    """Return the texts of the compared sections, those that are not there left out."""
    sections = (section for section in report.sections if section.number in COMPARED)
    return tuple(section.text for section in sections if section.text)


def grams_of(texts: Iterable[str]) -> frozenset[int]:
    """Return the grams of some texts; none reaches from one text into the next."""
    return frozenset().union(*map(shingles, texts))
