"""What a page holds where that is not the report under whose title it is listed. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.words import Words

_STORED = re.compile(r"report:(20\d\d)?:(.{0,120})", re.DOTALL)
_LONGEST_UNIT = 120


@dataclass(frozen=True, slots=True)
class Held:
    """The report that stands behind a link: its year, and its unit as printed (None for the listed one)."""

    year: int | None
    unit: str | None = None

    def to_store(self) -> str:
        """Return the text that is kept with the link."""
        return f"report:{self.year or ''}:{(self.unit or '')[:_LONGEST_UNIT]}"

    @property
    def words(self) -> Words:
        """Name the report."""
        year = "" if self.year is None else f" {self.year} 年度"
        of_year = "" if self.year is None else f" for {self.year}"
        if self.unit is None:
            return Words(f"本单位{year}报告", f"the agency's own report{of_year}")
        return Words(f"“{self.unit}”的{year}报告", f"the report of “{self.unit}”{of_year}")


def held_from_store(text: str | None) -> Held | None:
    """Return what a link is kept to hold; None where that is what its title says, or no report."""
    found = _STORED.fullmatch(text or "")
    if found is None:
        return None
    return Held(int(found[1]) if found[1] else None, found[2] or None)
