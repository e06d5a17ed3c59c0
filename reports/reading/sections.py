"""Paragraphs to the six sections: the best heading for each, the text up to the next. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.documents.model import Document, Paragraph
from reports.forms.headings import Heading, is_exact_heading, read_heading
from reports.model import Section

_FEWEST_CONTENTS = 4
_FEWEST_AT_TOP = 3
_LONGEST_BROKEN = 30
_BROKEN = re.compile(
    r"^[\s#*]*(?:第?[一二三四五六七八九十][、.．，,章部]|[(（][一二三四五六][)）])"
)
_SIBLING = re.compile(
    r"^[\s#*]*(?:[(（]([一二三四五六七八九十\d])[)）]|(\d)[、.．]|([一二三四五六七八九])是)"
)
_SIGNS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Outline:
    """The paragraphs before the first section, the sections found by number, and text of neither.

    ``apart`` is the text of chapters that are none of the six: nothing of the document is lost.
    ``order`` are the numbers of the sections as they stand in the document.
    """

    before: tuple[str, ...]
    sections: tuple[Section, ...]
    apart: tuple[str, ...] = ()
    order: tuple[int, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A section while its text is gathered; a section told in two places has two stretches."""

    heading: Heading
    lines: list[str]


def outline(document: Document) -> Outline:
    """Divide the narrative. A section that was not found is left out, never invented."""
    texts, headings, followers = _headings(document)
    chosen = _chosen(headings, followers)
    _leave_lists_alone(texts, headings, chosen)
    first = min(chosen, default=len(texts))
    drafts = {number: _Draft(headings[at], []) for at, number in chosen.items()}
    apart: list[str] = []
    current: int | None = None
    for position in range(first, len(texts)):
        text, heading = texts[position], headings.get(position)
        if position in chosen:
            current = chosen[position]
            text = heading.rest if heading else text
        elif heading is not None:
            current = _next_section(heading, current, drafts)
        if text:
            (drafts[current].lines if current else apart).append(text)
    sections = (Section(n, d.heading.printed, "\n".join(d.lines)) for n, d in drafts.items())
    ordered = sorted(sections, key=lambda section: section.number)
    order = tuple(chosen[at] for at in sorted(chosen))
    return Outline(tuple(texts[:first]), tuple(ordered), tuple(apart), order)


def _headings(document: Document) -> tuple[list[str], dict[int, Heading], dict[int, int]]:
    """Return the paragraphs, the headings among them, and how many blocks follow each before the next.

    A heading broken over two paragraphs is put together; the second is then no text any more.
    """
    texts: list[str] = []
    headings: dict[int, Heading] = {}
    followers: dict[int, int] = {}
    last = -1
    blocks = document.blocks
    joined = False
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or joined:
            joined = False
            if last in followers and not isinstance(block, Paragraph):
                followers[last] += 1
            continue
        text = block.text
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if isinstance(after, Paragraph) and _is_broken(text, after.text):
            text, joined = text + after.text, True
        heading = read_heading(text)
        if heading is not None:
            last = len(texts)
            headings[last], followers[last] = heading, 0
        elif last in followers:
            followers[last] += 1
        texts.append(text)
    return texts, headings, followers


def _is_broken(text: str, after: str) -> bool:
    """Say whether two lines make one heading in the words of the form, and the first alone does not."""
    if len(text) > _LONGEST_BROKEN or len(after) > _LONGEST_BROKEN or not _BROKEN.match(text):
        return False
    return is_exact_heading(text + after) and not is_exact_heading(text)


def _next_section(
    heading: Heading, current: int | None, drafts: Mapping[int, _Draft]
) -> int | None:
    """Return the section that the text belongs to from a heading on that opens none for the first time.

    A chapter that tells a section once more, in the place where the form has it, is a part of that
    section; a chapter of none of the six ends the section before it; a list inside a section does not.
    """
    if heading.number is None:
        opened = drafts[current].heading.numeral if current else None
        is_chapter = current is not None and (heading.numeral or 0) > (opened or 0)
        return None if is_chapter else current
    follows = current is None or heading.number == current + 1
    if follows and heading.numeral == heading.number and heading.number in drafts:
        return heading.number
    return current


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


def _leave_lists_alone(
    texts: Sequence[str], headings: Mapping[int, Heading], chosen: dict[int, int]
) -> None:
    """Take back what was chosen of a lower level where the sections have top-level numerals.

    A sub-heading may bear the name of a section, and stand in a list with its neighbours.
    """
    at_top = [position for position in chosen if headings[position].numeral is not None]
    if len(at_top) < _FEWEST_AT_TOP:
        return
    for position, number in list(chosen.items()):
        heading = headings[position]
        if heading.numeral is not None:
            continue
        misplaced = any(
            (other < position) != (chosen[other] < number) for other in at_top if other != position
        )
        is_item = heading.listed is not None and (
            heading.listed != number or _has_sibling(texts, position, heading.listed, at_top)
        )
        if misplaced or is_item:
            del chosen[position]


def _has_sibling(texts: Sequence[str], position: int, listed: int, at_top: Sequence[int]) -> bool:
    """Say whether the line before or after it in a list stands in the same section."""
    start = max((n for n in at_top if n < position), default=0)
    end = min((n for n in at_top if n > position), default=len(texts))
    for text in texts[start + 1 : end]:
        found = _SIBLING.match(text)
        sign = next((group for group in found.groups() if group), None) if found else None
        if sign and (int(sign) if sign.isdigit() else _SIGNS.index(sign) + 1) in {
            listed - 1,
            listed + 1,
        }:
            return True
    return False


def _contents(headings: Mapping[int, Heading], followers: Mapping[int, int]) -> set[int]:
    """Return the headings of a table of contents: lines in a row that all come again later."""
    run: list[int] = []
    for position in sorted(headings):
        run.append(position)
        if followers[position] == 0:
            continue
        if len(run) >= _FEWEST_CONTENTS:
            later = {heading.number for n, heading in headings.items() if n > position}
            if {headings[n].number for n in run} <= later:
                return set(run)
        run = []
    return set()
