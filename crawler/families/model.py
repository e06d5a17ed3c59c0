"""What a family reads from a column page. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


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

    ``next_pages`` are absolute addresses of further pages. ``recognised`` is False when nothing on
    the page reads as a list. ``is_report`` says that the page itself is the report. ``complete`` is
    False when the page visibly breaks off. ``records`` and ``stated_total`` are set where the page
    states how many entries the whole column has; ``stated_pages`` how many pages, 0 when it does not.
    """

    links: tuple[ReportLink, ...] = ()
    next_pages: tuple[str, ...] = ()
    recognised: bool = False
    is_report: bool = False
    complete: bool = True
    records: int = 0
    stated_total: int | None = None
    stated_pages: int = 0


Family: TypeAlias = Callable[[ListPage], ListReading]
