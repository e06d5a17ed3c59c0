"""Dates that hide in addresses: the second of the three clocks. Pure."""

from __future__ import annotations

import re
from datetime import date

_SHAPES = (
    re.compile(r"/t(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)_"),
    re.compile(r"/(?P<y>20\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})/"),
    re.compile(r"/(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)/"),
)


def date_in_address(url: str) -> date | None:
    """Return the day that the address of a page names (TRS, JCMS and day-folder shapes), or None."""
    for shape in _SHAPES:
        found = shape.search(url)
        if found is None:
            continue
        try:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            continue
    return None
