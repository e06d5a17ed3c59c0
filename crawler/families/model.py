"""What a family reads from a column page. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


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
    """A fetched column page: its final address, its bytes, and its text ("" when it has none)."""

    url: str
    body: bytes
    text: str


@dataclass(frozen=True, slots=True)
class ReportLink:
    """One entry of a list: its full title, absolute address, and the day printed beside it."""

    title: str
    url: str
    listed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListReading:
    """What one page of a column lists.

    ``next_pages`` are the further pages to ask for. ``recognised`` is False when nothing on
    the page reads as a list. ``is_report`` says that the page itself is the report. ``complete`` is
    False when the page visibly breaks off. ``records`` and ``stated_total`` are set where the page
    states how many entries the whole column has; ``stated_pages`` how many pages, 0 when it does not.
    """

    links: tuple[ReportLink, ...] = ()
    next_pages: tuple[Ask, ...] = ()
    recognised: bool = False
    is_report: bool = False
    complete: bool = True
    records: int = 0
    stated_total: int | None = None
    stated_pages: int = 0


Family: TypeAlias = Callable[[ListPage], ListReading]
