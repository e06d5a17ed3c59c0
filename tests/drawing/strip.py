"""Lays a report out by hand: wrapped text and rules on pages that break wherever they fall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from reports.cells import SECTION_HEADINGS
from tests.rendering import NARRATIVE, TITLE, Figures, Sheet, sheets

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
LABEL_WIDTHS = {2: (2.0,), 3: (0.5, 0.9, 2.6), 4: ()}


@dataclass(frozen=True)
class Layout:
    """How a report is laid out: points; ``torn`` lets a page break cut rows between their lines."""

    width: float = 595.0
    height: float = 842.0
    margin: float = 56.0
    size: float = 10.0
    pad: float = 5.0
    ruled: bool = True
    torn: bool = False
    closed: bool = True
    heads: bool = False
    numbers: bool = True
    start: float = 0.0


@dataclass(frozen=True)
class Text:
    """One line of text: its left end and its baseline, y downwards."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True)
class Bar:
    """One drawn line."""

    x: float
    y: float
    to_x: float
    to_y: float


@dataclass
class Page:
    """What one page shows."""

    texts: list[Text] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)


def width_of(text: str, size: float) -> float:
    return pdfmetrics.stringWidth(text, FONT, size)


def wrapped(text: str, room: float, size: float) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and width_of(lines[-1] + character, size) > room + 0.01:
            lines.append("")
        lines[-1] += character
    return lines


@dataclass(frozen=True)
class Box:
    """A cell laid on the grid."""

    row: int
    column: int
    down: int
    across: int
    text: str


def boxes(sheet: Sheet) -> list[Box]:
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(sheet):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            found.append(Box(row, column, cell.down, cell.across, cell.text))
            taken |= {(row + r, column + c) for r in range(cell.down) for c in range(cell.across)}
    return found


@dataclass
class Pages:
    """The pages as they fill: ``y`` is how far the last one is filled."""

    layout: Layout
    pages: list[Page] = field(default_factory=lambda: [Page()])
    y: float = 0.0

    @property
    def bottom(self) -> float:
        return self.layout.height - self.layout.margin

    def turn(self) -> None:
        self.pages.append(Page())
        self.y = self.layout.margin

    def paragraph(self, text: str, indent: float, size: float) -> None:
        room = self.layout.width - 2 * self.layout.margin
        first, *_ = wrapped(text, room - indent, size)
        for number, line in enumerate([first, *wrapped(text[len(first) :], room, size)]):
            if not line:
                continue
            if self.y + 1.6 * size > self.bottom:
                self.turn()
            x = self.layout.margin + (0 if number else indent)
            self.pages[-1].texts.append(Text(x, self.y + 1.2 * size, size, line))
            self.y += 1.6 * size

    def table(self, sheet: Sheet, widths: list[float]) -> None:
        edges = [self.layout.margin + sum(widths[:n]) for n in range(len(widths) + 1)]
        drawn = boxes(sheet)
        rows = _heights(drawn, len(sheet), edges, self.layout)
        tops = [sum(rows[:n]) for n in range(len(rows) + 1)]
        texts = [text for box in drawn for text in _texts(box, edges, tops, self.layout)]
        head = tops[_head_rows(sheet)] if self.layout.heads else 0.0
        done = 0.0
        while done < tops[-1] - 0.01:
            end = self._break(done, texts, tops)
            if end > done:
                self._draw(drawn, texts, edges, tops, (done, end))
            done = end
            if done < tops[-1] - 0.01:
                self.turn()
                if head and done >= head:
                    self._draw(drawn, texts, edges, tops, (0.0, head))
        self.y += 12

    def _break(self, done: float, texts: list[Text], tops: list[float]) -> float:
        """Return how far the table goes on this page."""
        room = self.bottom - self.y
        if tops[-1] - done <= room:
            return tops[-1]
        size = self.layout.size

        def crossed(end: float) -> list[float]:
            return [t.y - size for t in texts if t.y - size < end - 0.01 < t.y + 0.3 * size]

        if not self.layout.torn:
            fits = [y for y in tops if done < y <= done + room and not crossed(y)]
            return fits[-1] if fits else done
        end = done + room
        while cut := crossed(end):
            end = min(cut)
        return max(done, end)

    def _draw(
        self,
        drawn: list[Box],
        texts: list[Text],
        edges: list[float],
        tops: list[float],
        span: tuple[float, float],
    ) -> None:
        start, end = span
        page, shift = self.pages[-1], self.y - start
        page.texts += [replace(t, y=t.y + shift) for t in texts if start <= t.y <= end]
        for box in drawn if self.layout.ruled else ():
            top, bottom = tops[box.row], tops[box.row + box.down]
            left, right = edges[box.column], edges[box.column + box.across]
            high, low = max(top, start), min(bottom, end)
            if high >= low - 0.01:
                continue
            ends = [y for y in (top, bottom) if start <= y <= end]
            ends += [y for y in (high, low) if self.layout.closed and y not in ends]
            page.bars += [Bar(left, y + shift, right, y + shift) for y in ends]
            page.bars += [Bar(x, high + shift, x, low + shift) for x in (left, right)]
        self.y += end - start


def _heights(drawn: list[Box], count: int, edges: list[float], layout: Layout) -> list[float]:
    rows = [0.0] * count
    for box in sorted(drawn, key=lambda box: box.down):
        room = edges[box.column + box.across] - edges[box.column] - 2 * layout.pad
        lines = len(wrapped(box.text, room, layout.size))
        need = 1.3 * layout.size * lines + 2 * layout.pad
        have = sum(rows[box.row : box.row + box.down])
        rows[box.row + box.down - 1] += max(0.0, need - have)
    return rows


def _texts(box: Box, edges: list[float], tops: list[float], layout: Layout) -> Iterator[Text]:
    left, right = edges[box.column], edges[box.column + box.across]
    top, bottom = tops[box.row], tops[box.row + box.down]
    lines = wrapped(box.text, right - left - 2 * layout.pad, layout.size)
    y = (top + bottom - 1.3 * layout.size * len(lines)) / 2 + layout.size
    for number, line in enumerate(lines):
        if line:
            x = (left + right - width_of(line, layout.size)) / 2
            yield Text(x, y + 1.3 * layout.size * number, layout.size, line)


def _head_rows(sheet: Sheet) -> int:
    return 2 if len(sheet) == 14 else 3


def laid_out(figures: Figures, layout: Layout) -> list[Page]:
    """Return the pages of a whole report."""
    pages = Pages(layout, y=layout.margin + layout.start)
    pages.paragraph(TITLE, 40, layout.size + 4)
    drawn = sheets(figures)
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        pages.paragraph(f"{'一二三四五六'[number - 1]}、{heading}", 24, layout.size + 1)
        if number in NARRATIVE:
            pages.paragraph(NARRATIVE[number], 24, layout.size + 1)
        if number in drawn:
            pages.table(drawn[number], _widths(number, layout))
    if layout.numbers:
        for number, page in enumerate(pages.pages, start=1):
            y = layout.height - layout.margin / 2
            page.texts.append(Text(layout.width / 2 - 15, y, 9, f"- {number} -"))
    return pages.pages


def _widths(number: int, layout: Layout) -> list[float]:
    shares = [*LABEL_WIDTHS[number], *[1.0] * {2: 3, 3: 7, 4: 15}[number]]
    unit = (layout.width - 2 * layout.margin) / sum(shares)
    return [share * unit for share in shares]
