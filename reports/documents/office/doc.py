"""DOC and WPS, the binary files of Word 97 to 2003, to blocks with their tables whole. Pure."""

from __future__ import annotations

from reports.documents.model import Block, Document, Grid, Paragraph, Unreadable
from reports.documents.office.doc_properties import character_ranges, inconsistent, paragraph_ranges
from reports.documents.office.doc_tables import Story, drafts_of
from reports.documents.office.doc_text import MARKS, WordText, text_of
from reports.documents.office.drafts import blocks_of
from reports.documents.office.ole import streams
from reports.documents.unreadable import damaged, empty, encrypted
from reports.titles import read_title
from reports.words import Words

_WORD, _WORD_95 = 0xA5EC, 0xA5DC
_OLDEST = 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x100, 0x200
_CHARACTERS, _PARAGRAPHS, _PIECES = 12, 13, 33
_LENGTHS = 0x4C
_STORIES, _BOXES = 8, 6


def read(body: bytes) -> Document:
    """Read a binary Word file. Raises Unreadable for one that is broken, encrypted or too old."""
    main, first, second, data = streams(body, "WordDocument", "0Table", "1Table", "Data")
    table = second if _flags(main) & _SECOND_TABLE else first
    hidden = character_ranges(main, _part(main, table, _CHARACTERS))
    ranges = paragraph_ranges(main, _part(main, table, _PARAGRAPHS))
    text = text_of(main, _part(main, table, _PIECES), hidden)
    lengths = _lengths(main, text)
    start = sum(lengths[:_BOXES])
    blocks = blocks_of(drafts_of(Story(text, 0, lengths[0], ranges, data)))
    boxes = blocks_of(drafts_of(Story(text, start, start + lengths[_BOXES], ranges, data)))
    if not any(isinstance(block, Grid) for block in blocks):
        blocks += boxes
    if not (blocks or text.pictures):
        raise empty()
    return Document("application/msword", None, _titles(boxes), blocks, images=text.pictures)


def _flags(main: bytes) -> int:
    """Return the flags of the head, after what cannot be read has been refused."""
    mark, version = _number(main, 0, 2), _number(main, 2, 2)
    if mark == _WORD_95 or (mark == _WORD and version < _OLDEST):
        raise _older_than_97()
    if mark != _WORD:
        raise damaged(Words("没有 Word 文件头", "it has no Word header"))
    flags = _number(main, 0x0A, 2)
    if flags & _ENCRYPTED:
        raise encrypted("Word")
    return flags


def _lengths(main: bytes, text: WordText) -> list[int]:
    """Return the lengths of the stories, which together are the whole text and one last mark."""
    lengths = [_number(main, _LENGTHS + 4 * n, 4) for n in range(_STORIES)]
    beyond = len(text.characters) - sum(lengths)
    if not lengths[0] or beyond not in {0, 1} or text.characters[lengths[0] - 1] not in MARKS:
        raise inconsistent()
    return lengths


def _part(main: bytes, table: bytes, index: int) -> bytes:
    """Return one of the parts that the head gives the place and the length of."""
    place = 0x9A + 8 * index
    start, length = _number(main, place, 4), _number(main, place + 4, 4)
    content = table[start : start + length]
    if not length or len(content) < length:
        raise inconsistent()
    return content


def _number(content: bytes, place: int, size: int) -> int:
    raw = content[place : place + size]
    if len(raw) < size:
        raise inconsistent()
    return int.from_bytes(raw, "little")


def _titles(boxes: tuple[Block, ...]) -> tuple[str, ...]:
    """Return the lines of text boxes that read as the title of a report."""
    lines = (block.text for block in boxes if isinstance(block, Paragraph))
    return tuple(line for line in lines if read_title(line).refusal is None)[:5]


def _older_than_97() -> Unreadable:
    return Unreadable(
        "format",
        Words(
            "该 Word 文件的版本早于 Word 97，不能读取；请用 Word 或 WPS 打开后另存为 DOCX 再试。",
            "The Word file is older than Word 97 and cannot be read; "
            "open it in a word processor, save it as DOCX and try again.",
        ),
    )
