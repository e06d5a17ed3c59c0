"""Titles: is it our kind of report, of which year, of which unit. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from reports.words import Words


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a title says. ``refusal`` is set when it is not the title of an annual report of ours.

    ``years`` are all year tokens in order of appearance; ``unit`` is the text before the topic with year
    tokens taken out, "" when the title names no unit; ``topic`` is the matched tail as printed.
    """

    text: str
    years: tuple[int, ...]
    unit: str
    topic: str
    refusal: Words | None = None

    @property
    def year(self) -> int | None:
        """Return the report year when the title names exactly one distinct year."""
        return self.years[0] if len(set(self.years)) == 1 else None


def read_title(text: str) -> TitleReading:
    """Read a title by the two steps of the title procedure: refuse decoys, then find the topic."""
    raise NotImplementedError
