"""More than one report in one document: one is read, and what was left out is told. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.documents.model import Block, Document, Paragraph
from reports.forms.headings import Heading, read_heading
from reports.text import squeeze
from reports.titles import TitleReading, read_title
from reports.words import Words

_FEWEST_SECTIONS = 4
_EXACT = 4
_LINES_ABOVE = 12
_LONGEST_TITLE = 120
_TITLE_LINES = 3
_FIGURES = re.compile(r"\d+(?:\.\d+)?")


@dataclass(slots=True)
class _Report:
    """A run of section headings: the first and last block of it, and the sections seen."""

    first: int
    last: int
    numbers: set[int]
    title: TitleReading | None = None


def of_one_report(document: Document) -> Document:
    """Return the document with the blocks of one report, and what to say of the others.

    Of several reports the one that the document's titles name is read, else the first. The same report
    twice is no remark unless the figures of the two copies differ.
    """
    blocks = document.blocks
    reports = _reports(blocks)
    if len(reports) < 2:
        return document
    for report, before in zip(reports, [None, *reports], strict=False):
        _begin_at_title(blocks, report, before)
    ends = [report.first for report in reports[1:]] + [len(blocks)]
    read = _best(reports, document.titles)
    start = 0 if read == 0 else reports[read].first
    kept = blocks[start : ends[read]]
    others = [n for n in range(len(reports)) if n != read and not _is_same(reports, read, n)]
    copies = [blocks[reports[n].first : ends[n]] for n in range(len(reports)) if n not in others]
    said = (*document.remarks, *_remarks(reports, read, others, copies))
    return replace(document, blocks=kept, remarks=said)


def _reports(blocks: Sequence[Block]) -> list[_Report]:
    """Return the runs of sections: a new one begins where section one comes after most of the others."""
    runs: list[_Report] = []
    for position, heading in _headings(blocks):
        number = heading.number or 0
        run = runs[-1] if runs else None
        starts = number == 1 and (run is None or len(run.numbers) >= _FEWEST_SECTIONS)
        if run is None or starts:
            runs.append(_Report(position, position, {number}))
        else:
            run.last = position
            run.numbers.add(number)
    return [run for run in runs if _is_report(run)]


def _headings(blocks: Sequence[Block]) -> Iterator[tuple[int, Heading]]:
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            heading = read_heading(block.text)
            if heading is not None and heading.number is not None and heading.weight >= _EXACT:
                yield position, heading


def _is_report(run: _Report) -> bool:
    """Say whether the run has most sections and text among them: a table of contents has none."""
    headings = len(run.numbers)
    return headings >= _FEWEST_SECTIONS and run.last - run.first >= headings + 1


def _begin_at_title(blocks: Sequence[Block], report: _Report, before: _Report | None) -> None:
    """Move the beginning of a report up to its title, when one stands above its first section."""
    floor = before.last + 1 if before else 0
    for start in range(report.first - 1, max(floor, report.first - _LINES_ABOVE) - 1, -1):
        reading = _title_at(blocks, start, report.first)
        if reading is not None:
            report.first, report.title = start, reading
            return


def _title_at(blocks: Sequence[Block], start: int, end: int) -> TitleReading | None:
    """Read the title that begins with this block; long titles are broken over two or three."""
    text = ""
    for block in blocks[start : min(end, start + _TITLE_LINES)]:
        if not isinstance(block, Paragraph) or len(text) + len(block.text) > _LONGEST_TITLE:
            return None
        text = f"{text} {block.text}".strip()
        reading = read_title(text)
        if reading.refusal is None and reading.year is not None and reading.unit:
            return None if "。" in text else reading
    return None


def _best(reports: Sequence[_Report], titles: Sequence[str]) -> int:
    """Return the report that the first telling title of the document names, else the first one."""
    for wanted in map(read_title, titles):
        if wanted.refusal is not None or wanted.year is None or not wanted.unit:
            continue
        for number, report in enumerate(reports):
            if report.title and _key(report.title) == _key(wanted):
                return number
    return 0


def _key(title: TitleReading) -> tuple[str, int | None]:
    return title.unit, title.year


def _is_same(reports: Sequence[_Report], read: int, other: int) -> bool:
    """Say whether two reports bear one title; a copy without a title is of the report before it."""
    title, second = reports[read].title, reports[other].title
    return title is None or second is None or _key(title) == _key(second)


def _remarks(
    reports: Sequence[_Report],
    read: int,
    others: Sequence[int],
    copies: Sequence[Sequence[Block]],
) -> Iterator[Words]:
    if others:
        zh = "”“".join(_shown(reports[n]) for n in others)
        en = "”, “".join(_shown(reports[n]) for n in others)
        yield Words(
            f"该文件含 {len(others) + 1} 份报告，本次只读取第 {read + 1} 份；未读取“{zh}”，请分别核对。",
            f"The document holds {len(others) + 1} reports; number {read + 1} was read. "
            f"Not read: “{en}”. Please check them separately.",
        )
    figures = [_figures(copy) for copy in copies]
    differing = sum(1 for copy in figures[1:] if copy != figures[0])
    if differing:
        yield Words(
            f"同一报告在该文件中出现 {len(copies)} 次，其中 {differing} 份的数字与所读取的不同，请核对。",
            f"The document holds the same report {len(copies)} times; the figures of {differing} "
            "differ from those that were read. Please check.",
        )


def _shown(report: _Report) -> str:
    return squeeze(report.title.text)[:_LONGEST_TITLE] if report.title else "？"


def _figures(blocks: Sequence[Block]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        else:
            texts += [
                cell.text
                for r, row in enumerate(block.rows)
                for c, cell in enumerate(row)
                if cell.is_origin(r, c)
            ]
    return [figure for text in texts for figure in _FIGURES.findall(squeeze(text))]
