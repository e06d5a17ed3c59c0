"""RTF to blocks: its words one by one, with limits on their number and on the depth of groups. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from reports.documents.model import Document
from reports.documents.office.drafts import blocks_of
from reports.documents.office.rtf_story import RowShape, Story
from reports.documents.office.rtf_words import (
    ACTIONS,
    BOXES,
    CHARSETS,
    HEARD_WITH_STAR,
    PAGES,
    SIGNS,
    SKIPPED,
    SYMBOLS,
)
from reports.documents.unreadable import damaged, empty, too_large
from reports.words import Words

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n\0]+"
    rb"|([^\\{}\r\n\0]+)|\\",
    re.DOTALL,
)
_MAX_TOKENS = 2_000_000
_MAX_GROUPS = 500


@dataclass(slots=True)
class _Group:
    """What holds until the group's brace closes."""

    is_skipped: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    is_font_table: bool = False
    holds_boxes: bool = False
    opens_story: bool = False
    is_inner_shape: bool = False
    fallback: int = 1
    font: int | None = None


class _Reader:
    """Takes the words of a file in order; the stories grow as they come."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.position = 0
        self.groups = [_Group()]
        self.stories = [Story()]
        self.inner = RowShape()
        self.fonts: dict[int, int] = {}
        self.page = "cp1252"
        self.pictures = 0
        self._bytes = bytearray()
        self._to_skip = 0
        self._is_starred = False
        self._defined_font = 0

    @property
    def group(self) -> _Group:
        return self.groups[-1]

    @property
    def story(self) -> Story:
        return self.stories[-1]

    def run(self) -> list[Story]:
        for _ in range(_MAX_TOKENS):
            token = _TOKEN.match(self.body, self.position)
            if token is None or (self.position and len(self.groups) == 1):
                self._flush()
                return self.stories
            self.position = token.end()
            self._take(token)
        raise too_large(Words(f"RTF 超过 {_MAX_TOKENS} 个词", f"over {_MAX_TOKENS} RTF words"))

    def _take(self, token: re.Match[bytes]) -> None:
        word, number, code, symbol, brace, text = token.groups()
        if text is not None:
            self._text(text)
        elif code is not None:
            self._text(bytes([int(code, 16)]))
        elif word is not None:
            self._flush()
            # Rather a stray sign too many than a digit too few.
            self._to_skip = 0
            self._word(word.decode("ascii"), None if number is None else int(number))
        elif brace is not None:
            self._flush()
            self._to_skip = 0
            self._open() if brace == b"{" else self._close()
        elif symbol == b"*":
            self._is_starred = True
        elif symbol is not None and symbol in SYMBOLS:
            self._sign(SYMBOLS[symbol])

    def _open(self) -> None:
        if len(self.groups) >= _MAX_GROUPS:
            raise too_large(
                Words(
                    f"RTF 分组嵌套超过 {_MAX_GROUPS} 层", f"groups nested over {_MAX_GROUPS} levels"
                )
            )
        self.groups.append(replace(self.group, opens_story=False, is_inner_shape=False))

    def _close(self) -> None:
        closed = self.groups.pop()
        if closed.opens_story:
            box = self.stories.pop()
            self.story.boxes.extend(box.finish())

    def _text(self, raw: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        if not (self.group.is_skipped or self.group.is_hidden or self.group.is_deleted):
            self._bytes += raw

    def _flush(self) -> None:
        if self._bytes:
            charset = self.fonts.get(-1 if self.group.font is None else self.group.font, 0)
            text = self._bytes.decode(CHARSETS.get(charset, self.page), "replace")
            self._bytes.clear()
            self.story.write(text)

    def _sign(self, sign: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        group = self.group
        if not (group.is_skipped or group.is_hidden or group.is_deleted):
            self._flush()
            self.story.write(sign)

    def _word(self, word: str, number: int | None) -> None:
        is_starred, self._is_starred = self._is_starred, False
        if word == "bin":
            self.position += max(0, number or 0)
        elif word in BOXES and self.group.holds_boxes:
            self._open_box()
        elif word in SKIPPED or (is_starred and word not in HEARD_WITH_STAR):
            self.pictures += word == "pict" and not self.group.is_skipped
            self.group.is_skipped = True
        elif is_starred:
            self._destination(word)
        elif self.group.is_font_table:
            self._font_word(word, number)
        elif word == "fonttbl":
            self.group.is_font_table = self.group.is_skipped = True
        elif not self.group.is_skipped:
            self._plain_word(word, number)

    def _destination(self, word: str) -> None:
        if word in {"shpinst", "do"}:
            self.group.holds_boxes |= not self.group.is_skipped
            self.group.is_skipped = True
        elif word == "nesttableprops":
            self.group.is_inner_shape = True
            self.inner = RowShape()

    def _open_box(self) -> None:
        group = self.group
        group.is_skipped = group.holds_boxes = False
        group.opens_story = True
        self.stories.append(Story())

    def _font_word(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self._defined_font = number
        elif word == "fcharset" and number is not None and len(self.fonts) < 10_000:
            self.fonts[self._defined_font] = number

    def _plain_word(self, word: str, number: int | None) -> None:
        if word in SIGNS:
            self._sign(SIGNS[word])
        elif word == "u" and number is not None:
            self._sign(chr(number % 65_536))
            self._to_skip = self.group.fallback
        elif word in _FORMS:
            _FORMS[word](self, number)
        else:
            action = ACTIONS.get(word)
            if action is not None:
                action(self.story, self._shape(word), number)

    def _shape(self, word: str) -> RowShape:
        """Return the row that a word speaks of; a new definition begins with trowd."""
        is_inner = any(group.is_inner_shape for group in self.groups[-3:])
        if word == "trowd":
            if is_inner:
                self.inner = RowShape()
            else:
                self.story.shape = RowShape()
        return self.inner if is_inner else self.story.shape


def _code_page(reader: _Reader, number: int | None) -> None:
    reader.page = PAGES.get(number or 0, "cp1252")


def _fallback(reader: _Reader, number: int | None) -> None:
    reader.group.fallback = min(max(number if number is not None else 1, 0), 16)


def _font(reader: _Reader, number: int | None) -> None:
    reader.group.font = number


def _hidden(reader: _Reader, number: int | None) -> None:
    reader.group.is_hidden = number != 0


def _deleted(reader: _Reader, number: int | None) -> None:
    reader.group.is_deleted = number != 0


def _plain(reader: _Reader, _: int | None) -> None:
    reader.group.is_hidden = reader.group.is_deleted = False
    reader.group.font = None


_FORMS: dict[str, Callable[[_Reader, int | None], None]] = {
    "ansicpg": _code_page,
    "uc": _fallback,
    "f": _font,
    "v": _hidden,
    "deleted": _deleted,
    "plain": _plain,
}


def read(body: bytes) -> Document:
    """Read an RTF file. Raises Unreadable for one that is broken or beyond the limits."""
    reader = _Reader(body[body.find(b"{") :])
    stories = reader.run()
    if len(stories) > 1 or len(reader.groups) > 1:
        # The file ends inside a group: what is missing may be figures.
        raise damaged(Words("RTF 没有结束，内容不完整", "the RTF breaks off before its end"))
    blocks = blocks_of(stories[0].finish())
    if not (blocks or reader.pictures):
        raise empty()
    return Document("application/rtf", None, (), blocks, images=reader.pictures)
