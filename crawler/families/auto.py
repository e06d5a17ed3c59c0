"""Recognises the family from the page. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.families.model import Family, ListPage, ListReading
from reports.words import Words


def family_of(page: ListPage, families: Sequence[Family]) -> Family | None:
    """Return the first family whose marks the page bears, None when it bears nobody's."""
    return next((family for family in families if family.is_it(page)), None)


def automatic(families: Sequence[Family]) -> Family:
    """Return the family that reads each page by the first of these whose marks it bears."""

    def read(page: ListPage) -> ListReading:
        family = family_of(page, families)
        return family.read(page) if family is not None else ListReading()

    return Family(
        "auto",
        Words("从页面认出类型", "recognises the family from the page"),
        is_it=lambda page: family_of(page, families) is not None,
        reader=read,
    )
