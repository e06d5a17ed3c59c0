"""What a family reads from a column page. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from reports.words import Words


@dataclass(frozen=True, slots=True)
class Ask:
    """One page to ask for: an absolute address and, where it is asked by POST, the encoded form."""

    url: str
    form: str | None = None

    @property
    def key(self) -> str:
        """Return the name under which the answer is kept: forms at one address are different pages."""
        return self.url if self.form is None else f"{self.url}#{self.form}"


@dataclass(frozen=True, slots=True)
class ListPage:
    """A fetched column page: its final address, its bytes, and its text ("" when it has none).

    ``fragment`` stood behind # in the address that was asked for. It is never sent, but may say which
    of the lists of a page is meant.
    """

    url: str
    body: bytes
    text: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class ReportLink:
    """One entry of a list: its full title, absolute address, and the day printed beside it.

    ``title`` is "" where the list has none: then only the page itself can tell it.
    """

    title: str
    url: str
    listed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListReading:
    """What one page of a column lists.

    ``next_pages`` are the further pages of the same list. ``folders`` are lists of their own within
    the column, such as one for each year; ``guesses`` are folders that may well not be there.
    ``recognised`` is False when nothing on the page reads as a list. ``is_report`` says that the page
    itself is the report. ``gap`` says what of the list this page cannot show, None when it shows all.
    ``records`` name the distinct entries of a list that states, as ``stated_total``, how many entries
    all its pages have together; ``stated_pages`` is how many pages it says it has, 0 for none said.
    """

    links: tuple[ReportLink, ...] = ()
    next_pages: tuple[Ask, ...] = ()
    folders: tuple[Ask, ...] = ()
    guesses: tuple[Ask, ...] = ()
    recognised: bool = False
    is_report: bool = False
    gap: Words | None = None
    records: frozenset[str] = frozenset()
    stated_total: int | None = None
    stated_pages: int = 0

    @property
    def complete(self) -> bool:
        """Say whether the page shows all that its part of the list has."""
        return self.gap is None


NEWEST_ONLY = Words(
    "这种来源只列出最新的条目，没有列出的不能证明没有",
    "a source of this kind lists its newest entries only: what it does not list may still be there",
)


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of column: how it is recognised, how it is read, and what a reading can prove.

    ``is_it`` says whether a page bears the marks of the family. ``proves_absence`` is False where the
    source never lists everything: such a reading always has a gap.
    """

    name: str
    words: Words
    is_it: Callable[[ListPage], bool]
    reader: Callable[[ListPage], ListReading]
    proves_absence: bool = True

    def read(self, page: ListPage) -> ListReading:
        """Return what a page of a column of this family lists."""
        reading = self.reader(page)
        if self.proves_absence or reading.gap is not None or not reading.recognised:
            return reading
        return replace(reading, gap=NEWEST_ONLY)
