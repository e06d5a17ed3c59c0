"""What a report itself says to explain a figure: its sentences, its remarks beside cells. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reports.claims.sentences import sentences_of
from reports.model import AnnualReport

_LONGEST_QUOTE = 80


def quoted(text: str) -> str:
    """Return the words of a document as a message quotes them."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def sentence_with(
    report: AnnualReport, *patterns: re.Pattern[str], sections: Sequence[int] = range(1, 7)
) -> str | None:
    """Return the first sentence in which every pattern occurs, None when there is none."""
    for sentence in sentences_of(report, sections):
        if all(pattern.search(sentence.text) for pattern in patterns):
            return sentence.quote
    return None


def remark_beside(report: AnnualReport, keys: Iterable[str]) -> str | None:
    """Return what the publisher wrote beside the first of these figures that has a remark."""
    return next((note for key in keys if (note := report.cell(key).note)), None)
