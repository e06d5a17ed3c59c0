"""Where flattened tables stand among the blocks, and which table each is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.documents.flattened.tokens import (
    BAR,
    Kind,
    Part,
    Token,
    cell_tokens,
    is_cell,
    is_page_number,
    line_tokens,
)
from reports.documents.flattened.words import is_table_text
from reports.documents.model import Block, Paragraph
from reports.forms.disputes import block_of, is_telling, result_of
from reports.forms.proactive import measure_of, subject_of
from reports.forms.requests import COMMON_ROWS, is_header, row_of
from reports.model import TableName

_HEADING = re.compile(r"^[一二三四五六七八][、.．,，]")
_ARTICLE = "第二十条第"
_MOST_PIECES = 40_000
"""A flattened report has some seven hundred labels and figures: beyond this it is none."""

_AT_BARS = re.compile(r"([|])")


@dataclass(slots=True)
class _Run:
    """Lines without prose between them."""

    lines: list[tuple[int, str]] = field(default_factory=list)

    def parts(self) -> Iterator[tuple[TableName, Part]]:
        """Yield the tables of the run: each begins at the first words that only it has."""
        while self.lines and not self.lines[-1][1]:
            self.lines.pop()
        explicit = self._is_explicit()
        name: TableName | None = None
        tokens: list[Token] = []
        for token_line in self._tokens(explicit):
            kind = _table_of(token_line)
            if kind is not None and kind is not name:
                yield from _part(name, tokens, explicit)
                name, tokens = kind, []
            tokens += token_line
        yield from _part(name, tokens, explicit)

    def _is_explicit(self) -> bool:
        filled = [text for _, text in self.lines if text]
        return 2 * sum(text.endswith(BAR) or text.startswith(BAR) for text in filled) >= len(filled)

    def _bars_end_cells(self) -> bool:
        """Say whether bars stand with their cells, not on lines of their own; strays do not decide."""
        cells = [text for _, text in self.lines if text.strip(BAR + " ")]
        return 2 * sum(BAR in text for text in cells) >= len(cells)

    def _tokens(self, explicit: bool) -> Iterator[list[Token]]:
        if not explicit:
            for line, text in self.lines:
                yield list(line_tokens(text, line) or ())
        elif self._bars_end_cells():
            shows_blanks = any(text == BAR for _, text in self.lines)
            for line, text in self.lines:
                if text or not shows_blanks:
                    yield list(_marked(text, line))
        else:
            yield from _between_bars(self.lines)


def parts_of(blocks: Sequence[Block]) -> Iterator[tuple[TableName, Part]]:
    """Yield every run of lines that may be a flattened table, in reading order."""
    run, spent = _Run(), 0
    for line, block in enumerate(blocks):
        text = block.text if isinstance(block, Paragraph) else None
        if text is not None and (not text or is_page_number(text)):
            if run.lines and not text:
                run.lines.append((line, text))
        elif text is not None and _may_belong(text, line):
            run.lines.append((line, text))
            spent += text.count(" ") + text.count(BAR) + 1
            if spent > _MOST_PIECES:
                return
        elif run.lines:
            yield from run.parts()
            run = _Run()
    yield from run.parts()


def _may_belong(text: str, line: int) -> bool:
    if BAR not in text:
        return line_tokens(text, line) is not None
    cells = [cell.strip() for cell in text.split(BAR)]
    return all(
        is_table_text(cell) or (is_cell(cell) and not _HEADING.match(cell)) for cell in cells
    )


def _marked(text: str, line: int) -> Iterator[Token]:
    """Yield the cells of a line that carries its own bar; an empty line is a blank cell."""
    if not text or text == BAR:
        yield Token(Kind.BLANK, "", line)
    elif BAR not in text:
        yield from line_tokens(text, line) or ()
    else:
        yield from cell_tokens(text.removesuffix(BAR).removeprefix(BAR).split(BAR), line)


def _between_bars(lines: Sequence[tuple[int, str]]) -> Iterator[list[Token]]:
    """Yield the cells where bars stand on lines of their own: two in a row hold a blank one."""
    after_bar = False
    for line, text in _pieces(lines):
        if text == BAR and after_bar:
            yield [Token(Kind.BLANK, "", line)]
        elif text and text != BAR:
            yield list(cell_tokens([text], line))
        after_bar = text == BAR or (after_bar and not text)


def _pieces(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the lines, divided before and behind a bar that lost its line end."""
    for line, text in lines:
        if text == BAR or BAR not in text:
            yield line, text
        else:
            yield from ((line, piece.strip()) for piece in _AT_BARS.split(text) if piece.strip())


def _part(
    name: TableName | None, tokens: Sequence[Token], explicit: bool
) -> Iterator[tuple[TableName, Part]]:
    filled = [token for token in tokens if token.text]
    if name is not None and any(token.kind is Kind.FIGURE for token in filled):
        yield name, Part(tuple(tokens), filled[0].line, filled[-1].line, explicit)


def _table_of(tokens: Sequence[Token]) -> TableName | None:
    """Return the table that a line's words belong to, None when several tables have them."""
    words = [token.text for token in tokens if token.kind is Kind.WORDS]
    joined = "".join(words)
    for text in (*words, joined):
        if is_telling(result_of(text)) or block_of(text):
            return TableName.DISPUTES
        if is_header(frozenset([text])) or (row_of(text) or "other") not in COMMON_ROWS:
            return TableName.REQUESTS
        if subject_of(text) or measure_of(text) or _ARTICLE in text:
            return TableName.PROACTIVE
    return None
