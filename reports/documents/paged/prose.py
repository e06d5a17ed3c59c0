"""Lines outside tables to paragraphs; what every page repeats at its rims is left out. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reports.documents.ink import Sheet
from reports.documents.model import Paragraph
from reports.documents.paged.lines import Line
from reports.text import one_line, squeeze

_RIM = 0.11
_FEWEST_PAGES = 2
_SHORTEST_FULL = 12
_LEADING = 3.0
_PAGE_NUMBER = re.compile(
    r"[-—–－―_~·.\s]*(?:第|page)?\s*[0-9]{1,4}\s*页?(?:\s*[/,，共of]+\s*[0-9]{1,4}\s*页?)?[-—–－―_~·.\s]*",
    re.I,
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]")
_CLOSED = ("。", "：", ":", "；", "！", "？", "…")


def paragraphs(lines: Sequence[Line], right: float) -> Iterator[Paragraph]:
    """Yield the paragraphs of these lines, which may run up to ``right``.

    A full line goes on in the next one, unless that one is set in or begins like a heading.
    """
    left = min((line.left for line in lines), default=0.0)
    text = ""
    above: Line | None = None
    for line in lines:
        if above is not None and _goes_on(above, line, left, right):
            text += line.text
        else:
            yield from _paragraph(text)
            text = line.text
        above = line
    yield from _paragraph(text)


def _paragraph(text: str) -> Iterator[Paragraph]:
    if text.strip():
        yield Paragraph(one_line(text))


def _goes_on(above: Line, below: Line, left: float, right: float) -> bool:
    if right - above.right > 1.6 * below.first_width + 1 or len(above.text) < _SHORTEST_FULL:
        return False
    if below.middle - above.middle > _LEADING * above.size:
        return False
    if below.left - left > 0.8 * below.first_width or _HEADING.match(below.text):
        return False
    if not 0.75 < above.size / max(below.size, 0.1) < 1.33:
        return False
    # A sentence that ends with the line and a next line that is not set in: both readings are right.
    return not (above.text.endswith(_CLOSED) and above.left > left)


def rim_lines(sheets: Sequence[Sheet], lines: Mapping[int, Sequence[Line]]) -> set[int]:
    """Return the ids of page numbers, and of lines that most pages repeat at the same rim."""
    numbers: set[int] = set()
    seen: Counter[tuple[str, int]] = Counter()
    rims: list[tuple[tuple[str, int], Line]] = []
    for sheet in sheets:
        for line in _at_rims(sheet, lines.get(sheet.number, ())):
            if _PAGE_NUMBER.fullmatch(line.text):
                numbers.add(id(line))
            key = (re.sub(r"\d+", "0", squeeze(line.text)), round(line.middle / 8))
            seen[key] += 1
            rims.append((key, line))
    least = max(_FEWEST_PAGES, 0.6 * len(sheets))
    return numbers | {id(line) for key, line in rims if seen[key] >= least}


def _at_rims(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Line]:
    rim = _RIM * sheet.height
    for line in lines:
        if line.middle < rim or line.middle > sheet.height - rim:
            yield line
