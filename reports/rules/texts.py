"""The texts of a report without blanks, made once for all rules that look for words in them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reports.model import AnnualReport
from reports.text import squeeze

LONGEST = 60_000
"""Characters of one text that rules look at."""


# Several rules look for words in the same sections one after another.
@lru_cache(maxsize=32)
def solid(text: str) -> str:
    """Return the normal text without blanks."""
    return squeeze(text[:LONGEST])


def solid_texts(report: AnnualReport) -> Iterator[str]:
    """Yield the text before the sections and that of each of them, without blanks, empty ones left out."""
    for text in (report.opening, *(section.text for section in report.sections)):
        if text:
            yield solid(text)
