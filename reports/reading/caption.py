"""The title of a report: which of the page's titles and first lines says most. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.documents.model import Document
from reports.text import squeeze
from reports.titles import TitleReading, read_title
from reports.words import Words

_MOST_LINES = 12
_LONGEST_LINE = 120
_MARKS = re.compile(r"^[#*>]+|\*+$")
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|wps|html?)$", re.I)


@dataclass(frozen=True, slots=True)
class Caption:
    """The title with what it says; ``remark`` when the page and its text name different years."""

    title: str | None
    agency: str | None
    years: tuple[int, ...]
    year: int | None
    remark: Words | None = None


def caption_of(document: Document, before: Sequence[str]) -> Caption:
    """Choose the title: those of the page first, then the lines before section one."""
    readings = [read_title(text) for text in document.titles]
    readings += [read_title(text) for text in _lines(before)]
    ours = [reading for reading in readings if reading.refusal is None]
    if not ours:
        return Caption(None, None, (), None)
    best = max(ours, key=_merit)
    unit = best.unit or next((r.unit for r in ours if r.unit), "")
    return Caption(_shown(best), unit or None, best.years, best.year, _contradiction(ours))


def _merit(reading: TitleReading) -> int:
    """Rank titles; ``max`` keeps the first among equals, so page titles win over lines."""
    return 2 * (reading.year is not None) + bool(reading.years) + 2 * bool(reading.unit)


def _lines(before: Sequence[str]) -> Iterator[str]:
    """Yield the first lines, and neighbours joined: long titles are broken over two or three."""
    lines = [text for text in before[:_MOST_LINES] if len(text) <= _LONGEST_LINE]
    for count in (1, 2, 3):
        for start in range(len(lines) - count + 1):
            joined = " ".join(lines[start : start + count])
            if len(joined) <= _LONGEST_LINE:
                yield joined


def _shown(reading: TitleReading) -> str:
    """Return the title without blanks and marks, and without what follows its topic."""
    plain = _FILE_NAME.sub("", _MARKS.sub("", squeeze(reading.text)))
    start = plain.find(reading.topic)
    if start < 0:
        return plain
    return re.split(r"[_|>»]|-(?!\d)", plain[:start])[-1] + reading.topic


def _contradiction(ours: Sequence[TitleReading]) -> Words | None:
    years = sorted({reading.year for reading in ours if reading.year is not None})
    if len(years) < 2:
        return None
    listed = "、".join(map(str, years))
    return Words(
        f"页面标题与正文标题的年份不一致（{listed}），请核对。",
        f"The titles of the page and of the text name different years ({listed}); please check.",
    )
