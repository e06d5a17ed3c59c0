"""Paragraphs to the six sections: the best heading for each, the text up to the next. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.documents.model import Document, Paragraph
from reports.forms.headings import Heading, read_heading
from reports.model import Section

_FEWEST_CONTENTS = 4


@dataclass(frozen=True, slots=True)
class Outline:
    """The paragraphs before the first section, and the sections found, by number."""

    before: tuple[str, ...]
    sections: tuple[Section, ...]


def outline(document: Document) -> Outline:
    """Divide the narrative. A section that was not found is left out, never invented."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    headings = {n: found for n, text in enumerate(texts) if (found := read_heading(text))}
    chosen = _chosen(headings, _followers(document, headings))
    sections = [_section(texts, start, headings, chosen) for start in chosen]
    first = min(chosen, default=len(texts))
    return Outline(tuple(texts[:first]), tuple(sorted(sections, key=lambda s: s.number)))


def _section(
    texts: Sequence[str], start: int, headings: Mapping[int, Heading], chosen: Mapping[int, int]
) -> Section:
    heading = headings[start]
    later = (n for n in sorted(headings) if n > start)
    end = next((n for n in later if n in chosen or _is_chapter(headings[n], heading)), len(texts))
    lines = (*((heading.rest,) if heading.rest else ()), *texts[start + 1 : end])
    return Section(chosen[start], heading.printed, "\n".join(lines))


def _is_chapter(heading: Heading, current: Heading) -> bool:
    """Say whether a heading of no known section opens another chapter, not a list inside this one."""
    return heading.number is None and (heading.numeral or 0) > (current.numeral or 0)


def _chosen(headings: Mapping[int, Heading], followers: Mapping[int, int]) -> dict[int, int]:
    """Return paragraph → section: for every section the weightiest heading, the first among equals."""
    best: dict[int, int] = {}
    contents = _contents(headings, followers)
    for position, heading in headings.items():
        if heading.number is None or position in contents:
            continue
        rival = best.get(heading.number)
        if rival is None or heading.weight > headings[rival].weight:
            best[heading.number] = position
    return {position: number for number, position in best.items()}


def _contents(headings: Mapping[int, Heading], followers: Mapping[int, int]) -> set[int]:
    """Return the headings of a table of contents: lines in a row that all come again later."""
    run: list[int] = []
    for position in sorted(headings):
        run.append(position)
        if followers[position] == 0:
            continue
        later = {heading.number for n, heading in headings.items() if n > position}
        if len(run) >= _FEWEST_CONTENTS and {headings[n].number for n in run} <= later:
            return set(run)
        run = []
    return set()


def _followers(document: Document, headings: Mapping[int, Heading]) -> dict[int, int]:
    """Return for each heading how many blocks stand between it and the next one."""
    counts = dict.fromkeys(headings, 0)
    last: int | None = None
    paragraph = -1
    for block in document.blocks:
        paragraph += isinstance(block, Paragraph)
        if isinstance(block, Paragraph) and paragraph in headings:
            last = paragraph
        elif last is not None:
            counts[last] += 1
    return counts
