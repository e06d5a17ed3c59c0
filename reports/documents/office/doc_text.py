"""The text of a binary Word file: its pieces put together, and where in the file each lies. Pure."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reports.documents.model import Unreadable
from reports.documents.office.doc_properties import Ranges, inconsistent, properties_of
from reports.documents.unreadable import too_large
from reports.words import Words

MAX_CHARACTERS = 4_000_000
_MAX_PIECES = 100_000
_DELETED, _HIDDEN, _SPECIAL = 0x0800, 0x083C, 0x0855
MARKS = frozenset("\r\x07\x0c")
_FIELD_BEGINS, _FIELD_SHOWS, _FIELD_ENDS = "\x13", "\x14", "\x15"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that lie together in the file; ``width`` is bytes per character."""

    first: int
    last: int
    start: int
    width: int


@dataclass(slots=True)
class WordText:
    """Characters by position, "" for those not shown; the pieces; the deleted marks; the pictures."""

    characters: list[str]
    pieces: Sequence[Piece]
    deleted_marks: set[int]
    pictures: int = 0

    def place(self, position: int) -> int:
        """Return where in the file a character lies."""
        index = bisect_right(self.pieces, position, key=lambda piece: piece.first) - 1
        piece = self.pieces[index]
        return piece.start + (position - piece.first) * piece.width


def text_of(main: bytes, clx: bytes, ranges: Ranges) -> WordText:
    """Return the text as a reader of the page sees it. Raises Unreadable when parts do not fit."""
    pieces = _pieces(_piece_table(clx))
    characters: list[str] = []
    for piece in pieces:
        characters.extend(_decoded(main, piece))
    text = WordText(characters, pieces, set())
    for piece in pieces:
        _take_away_what_is_hidden(text, piece, ranges)
    return text


def without_codes(text: WordText, first: int, last: int) -> None:
    """Take away the codes of fields between two positions: what they show stays."""
    inside: list[bool] = []
    for position in range(first, last):
        sign = text.characters[position]
        if sign == _FIELD_BEGINS:
            inside.append(True)
        elif sign == _FIELD_SHOWS and inside:
            inside[-1] = False
        elif sign == _FIELD_ENDS and inside:
            inside.pop()
        elif not any(inside) or sign in MARKS:
            continue
        text.characters[position] = ""
    if any(inside):
        # A field that never ends would swallow the rest of the report.
        raise inconsistent()


def _piece_table(clx: bytes) -> bytes:
    position = 0
    while position + 5 <= len(clx) and clx[position] == 1:
        position += 3 + int.from_bytes(clx[position + 1 : position + 3], "little")
    if position + 5 > len(clx) or clx[position] != 2:
        raise inconsistent()
    size = int.from_bytes(clx[position + 1 : position + 5], "little")
    table = clx[position + 5 : position + 5 + size]
    if len(table) < size or size < 16 or (size - 4) % 12:
        raise inconsistent()
    return table


def _pieces(table: bytes) -> list[Piece]:
    count = (len(table) - 4) // 12
    if count > _MAX_PIECES:
        raise too_large(Words(f"超过 {_MAX_PIECES} 个片段", f"over {_MAX_PIECES} pieces"))
    limits = struct.unpack_from(f"<{count + 1}I", table)
    if limits[0] != 0 or limits[-1] > MAX_CHARACTERS:
        raise inconsistent()
    pieces: list[Piece] = []
    for number in range(count):
        place, changes = struct.unpack_from("<IH", table, 4 * (count + 1) + 8 * number + 2)
        if limits[number] >= limits[number + 1]:
            raise inconsistent()
        if changes:
            raise saved_fast()
        packed = bool(place & 0x40000000)
        start = (place & 0x3FFFFFFF) // (2 if packed else 1)
        pieces.append(Piece(limits[number], limits[number + 1], start, 1 if packed else 2))
    return pieces


def saved_fast() -> Unreadable:
    """Return the refusal for a file whose later changes are kept apart from its text."""
    return Unreadable(
        "format",
        Words(
            "该 Word 文件以“快速保存”方式存储，修改与正文分开存放，目前不能直接读取；"
            "请用 Word 或 WPS 打开后另存为 DOCX 再试。",
            'The Word file was stored by "fast save", which keeps changes apart from the text and cannot '
            "be read directly; open it in a word processor, save it as DOCX and try again.",
        ),
    )


def _decoded(main: bytes, piece: Piece) -> str:
    length = piece.last - piece.first
    raw = main[piece.start : piece.start + length * piece.width]
    if len(raw) < length * piece.width:
        raise inconsistent()
    if piece.width == 1:
        return raw.decode("cp1252", "replace")
    # Pairs of surrogates count as two characters, as they do in the file.
    return "".join(map(chr, struct.unpack(f"<{length}H", raw)))


def _take_away_what_is_hidden(text: WordText, piece: Piece, ranges: Ranges) -> None:
    end = piece.start + (piece.last - piece.first) * piece.width
    index = max(bisect_right(ranges.starts, piece.start) - 1, 0)
    while index < len(ranges.starts) and ranges.starts[index] < end:
        content = ranges.lists[index]
        if content:
            first = max(ranges.starts[index], piece.start)
            last = min(ranges.ends[index], end)
            begin = piece.first + (first - piece.start) // piece.width
            _apply(text, content, range(begin, begin + max(last - first, 0) // piece.width))
        index += 1


def _apply(text: WordText, content: bytes, positions: range) -> None:
    found = {item.code: item.number for item in properties_of(content)}
    is_deleted = found.get(_DELETED, 0) == 1
    if found.get(_SPECIAL, 0) == 1:
        _drop_special(text, positions)
    if not is_deleted and found.get(_HIDDEN, 0) not in {1, 0x81}:
        return
    for position in positions:
        if text.characters[position] not in MARKS:
            text.characters[position] = ""
        elif is_deleted:
            text.deleted_marks.add(position)


def _drop_special(text: WordText, positions: range) -> None:
    """Drop signs that stand for a picture, a note or a symbol of a symbol font; marks stay."""
    for position in positions:
        sign = text.characters[position]
        text.pictures += sign in {"\x01", "\x08"}
        if sign in {"\x01", "\x02", "\x05", "\x08", "("}:
            text.characters[position] = ""
