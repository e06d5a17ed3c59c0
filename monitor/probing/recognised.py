"""Names the family by which a page is read, and reads it. Pure."""

from __future__ import annotations

from crawler.families import FAMILIES, KINDS, auto
from crawler.families.model import ListPage, ListReading


def read_as(family: str, page: ListPage) -> ListReading:
    """Return what a family reads from a page."""
    return FAMILIES[family].read(page)


def family_of(page: ListPage) -> str:
    """Return the family whose marks the page bears; a list, paged or not, else."""
    family = auto.family_of(page, KINDS)
    return family.name if family is not None else "paged"
