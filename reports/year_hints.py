"""The report year where neither title nor document names one: a hint of the address, never more. Pure."""

from __future__ import annotations

import re
from datetime import date

# A folder named after a year (2025n, gknb2025, nb_2025), not the month or day of an article.
_YEAR_FOLDER = re.compile(r"(?<!\d)(20\d\d)(?!\d|-\d)")
_FOLDERS = re.compile(r"https?://[^/?#]*(/[^?#]*/)?", re.IGNORECASE)
_DATE_FOLDERS = re.compile(r"/20\d\d/\d{1,2}(?:-\d{1,2})?/(?:\d{1,2}/)?")


def hinted_year(url: str, shown_on: date | None) -> int | None:
    """Return the year of the folder if the day shown agrees, one year later; None in any other case.

    Folders lie: 2025 reports stand under 2024 and under 2019.
    """
    found = _FOLDERS.match(url)
    folders = _DATE_FOLDERS.sub("/", (found[1] or "") if found else "")
    years = {int(year) for year in _YEAR_FOLDER.findall(folders)}
    if shown_on is None or len(years) != 1:
        return None
    (year,) = years
    return year if year == shown_on.year - 1 else None
