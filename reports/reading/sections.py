"""Paragraphs to the six sections: the best heading for each, the text up to the next. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.documents.model import Document, Paragraph
from reports.forms.headings import Heading, read_heading
from reports.model import Section


@dataclass(frozen=True, slots=True)
class Outline:
    """The paragraphs before the first section, and the sections found, by number."""

    before: tuple[str, ...]
    sections: tuple[Section, ...]


def outline(document: Document) -> Outline:
    """Divide the narrative. A section that was not found is left out, never invented."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    headings = {n: found for n, text in enumerate(texts) if (found := read_heading(text))}
    chosen = _chosen(headings)
    bounds = sorted({*chosen, *_chapter_ends(headings, chosen)})
    sections = []
    for position, start in enumerate(bounds):
        if start not in chosen:
            continue
        end = bounds[position + 1] if position + 1 < len(bounds) else len(texts)
        sections.append(_section(headings[start], texts[start + 1 : end]))
    first = min(chosen, default=len(texts))
    return Outline(tuple(texts[:first]), tuple(sorted(sections, key=lambda s: s.number)))


def _section(heading: Heading, texts: Sequence[str]) -> Section:
    number = heading.number or 0
    lines = (*((heading.rest,) if heading.rest else ()), *texts)
    return Section(number, heading.printed, "\n".join(lines))


def _chosen(headings: dict[int, Heading]) -> dict[int, int]:
    """Return paragraph → section: for every section the weightiest heading, the first among equals."""
    best: dict[int, int] = {}
    for position, heading in headings.items():
        if heading.number is None:
            continue
        rival = best.get(heading.number)
        if rival is None or heading.weight > headings[rival].weight:
            best[heading.number] = position
    return {position: number for number, position in best.items()}


def _chapter_ends(headings: dict[int, Heading], chosen: dict[int, int]) -> set[int]:
    """Return top-level headings of no known section: they end the section before them."""
    if not chosen:
        return set()
    return {n for n, heading in headings.items() if heading.number is None}
