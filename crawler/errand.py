"""What one look at a column is given: where, how to ask, whom to tell, and what was known before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from crawler.column import Fetch
from crawler.column_rows import Whereabouts
from crawler.families.model import Ask
from crawler.fetched import Fetched
from crawler.list_quality import Past, Patience
from crawler.plan import ColumnPlan, SitePlan
from crawler.store import Store


class AskPage(Protocol):
    """Asks for one page in the name of a visit; ``fresh`` past every cache."""

    def __call__(self, ask: Ask, *, fresh: bool = False) -> Awaitable[Fetched]:
        """Return the named end."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What one look needs: the column and its absolute address, how to ask, whom to tell, what was known."""

    site: SitePlan
    plan: ColumnPlan
    url: str
    ask: AskPage
    note: Callable[[Ask, Fetched], None]
    render: Callable[[Fetched], Awaitable[Fetched]]
    store: Store
    past: Past
    place: Whereabouts
    patience: Patience


def recording(errand: Errand, *, fresh: bool = False) -> Fetch:
    """Return how a page is asked for, recorded, noted and rendered."""

    async def fetch(ask: Ask) -> Fetched:
        page = await errand.ask(ask, fresh=fresh)
        errand.store.record_page(page)
        errand.note(ask, page)
        return await rendered(errand, ask, page)

    return fetch


async def rendered(errand: Errand, ask: Ask, page: Fetched) -> Fetched:
    """Return the page as it is to be read; what scripts made of it is evidence beside the page."""
    written = await errand.render(page)
    if written is not page:
        errand.note(ask, written)
    return written
