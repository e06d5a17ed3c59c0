"""One look at a column: where it should be, past every cache if much hangs on it, or where it moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from crawler.broken_off import end_of
from crawler.choosing import choose, choose_page, speaks_of_annual_reports
from crawler.column import Column, read_column, remarked, renamed
from crawler.errand import Errand, recording
from crawler.families.html import page_key
from crawler.list_quality import (
    Length,
    foreign,
    garbled_among,
    is_unreadable,
    shrinkage,
    site_id_code,
    too_few,
)
from crawler.listed import Listed
from crawler.plan import ColumnPlan
from crawler.refinding import confirms, seek
from crawler.second_reading import read_past_caches
from reports.visits import GOOD, LOST, Outcome
from reports.words import Words

MANY_BEFORE = 3
SEEK_AGAIN_AFTER = timedelta(hours=20)

_NO_REPORT = Words(
    "列表中没有任何年度报告，不能证明这是年报栏目",
    "the list names no annual report of any kind, so it may be another column",
)
_NO_ENTRY = Words("栏目尚无内容", "the column has no entry yet")
_ANOTHER = Words("原先列出的年报一份也不在列", "none of the reports listed before is listed")


@dataclass(frozen=True, slots=True)
class Look:
    """How a look ended, what is listed, the SiteIDCode seen, and whether a short list is usual now."""

    column: Column
    listing: tuple[Listed, ...] = ()
    id_code: str | None = None
    is_usual_now: bool = False


async def take_look(errand: Errand) -> Look:
    """Look at the column; remember where it is and what it showed, but record no listing."""
    home = _assessed(errand, await _read(errand, errand.url))
    look = home
    if home.column.outcome in LOST and errand.plan.agencies:
        look = await _elsewhere(errand, home)
    elif home.column.outcome in GOOD and (errand.place.found_url or errand.place.proposed_url):
        errand.store.columns.mark_place(errand.plan.key, None)
    if home.column.endless and home.column.outcome not in GOOD:
        # With the validators of the whole, what came in part would be told unchanged again and again.
        errand.store.forget_validators(home.column.keys)
    _remember(errand, look)
    return look


def _remember(errand: Errand, look: Look) -> None:
    if look.column.outcome not in GOOD:
        return
    if look.id_code is not None and look.id_code != errand.place.id_code:
        errand.store.columns.mark_code(errand.plan.key, look.id_code)
    if look.is_usual_now:
        errand.store.columns.mark_usual(errand.plan.key)


async def _read(errand: Errand, url: str) -> Column:
    """Read the column at an address, as its plan asks."""
    if errand.plan.fresh:
        return await read_past_caches(errand, url)
    return await read_column(errand.plan, url, recording(errand))


def _assessed(errand: Errand, read: Column) -> Look:
    """Name what was read by what is known of the column: whose it is, and what it listed before."""
    code = site_id_code(read.first.text) if read.first else None
    strange = foreign(code, errand.site.id_code or errand.place.id_code)
    if strange is not None:
        return Look(renamed(read, Outcome.WRONG_SITE, strange))
    chosen = _chosen(errand.plan, read)
    # A garbled title would take the place of the readable one that is known of the same report.
    listing = tuple(entry for entry in chosen if not is_unreadable(entry.title))
    if read.outcome not in GOOD:
        is_young = read.outcome is Outcome.COLUMN_LOST and read.says_empty and not errand.past.known
        return Look(renamed(read, Outcome.INCOMPLETE, _NO_ENTRY) if is_young else read, listing)
    doubt = _doubt(errand, read, listing)
    if doubt is not None:
        return Look(renamed(read, *doubt), listing)
    return _measured(errand, Look(read, listing, code))


def _chosen(plan: ColumnPlan, read: Column) -> tuple[Listed, ...]:
    if read.report is not None:
        return tuple(choose_page(link, plan.agencies) for link in read.links[:1])
    return choose(read.links, plan.agencies, read.own)


def _doubt(
    errand: Errand, read: Column, listing: tuple[Listed, ...]
) -> tuple[Outcome, Words] | None:
    """Return why a list that was read whole proves nothing, whatever its length."""
    garbled = garbled_among([link.title for link in read.links]) if not read.report else None
    if garbled is not None:
        return Outcome.GARBLED, garbled
    if any(entry.refusal is None for entry in listing):
        return None
    if errand.past.known >= MANY_BEFORE:
        return Outcome.COLUMN_LOST, _ANOTHER
    # A young column may be empty yet: not lost, but no proof of an absence either.
    is_young = not speaks_of_annual_reports(read.links)
    return (Outcome.INCOMPLETE, _NO_REPORT) if is_young else None


def _measured(errand: Errand, look: Look) -> Look:
    """Hold the length of a list against what is configured, and against the column's own past."""
    followed = {entry.url for entry in look.listing if entry.refusal is None}
    links = len({link.url for link in look.column.links})
    few = too_few(links, errand.plan.expected_min_links)
    if few is not None:
        return Look(renamed(look.column, Outcome.SHRUNKEN, few), look.listing)
    cut = _breaks_off(errand, look.column)
    now = Length(errand.store.columns.at, links, len(followed), cut)
    shrunk = shrinkage(now, followed, errand.past, errand.patience)
    if shrunk is None:
        return look
    if not shrunk.is_usual_now:
        # Nothing is known that it could be shorter than: of a column's first days no alarm is told.
        outcome = Outcome.SHRUNKEN if errand.past.links else Outcome.BROKEN_OFF
        return Look(renamed(look.column, outcome, shrunk.words), look.listing)
    return replace(look, column=remarked(look.column, shrunk.words), is_usual_now=True)


def _breaks_off(errand: Errand, column: Column) -> bool:
    """Say whether a page ends neither as pages do nor as those of the newest good look did."""
    if not column.endless:
        return False
    hashes = errand.store.columns.newest_pages(errand.plan.key)
    before = [end_of(body) for body in map(errand.store.body, hashes) if body is not None]
    if not before:
        return column.breaks_off
    return not all(any(end.is_like(known) for known in before) for end in column.endless)


async def _elsewhere(errand: Errand, home: Look) -> Look:
    """Look where the column was found before, else seek it; the look at home when it is nowhere."""
    rows, key, place = errand.store.columns, errand.plan.key, errand.place
    there = await _confirmed_at(errand, place.found_url) if place.found_url else None
    if there is None and _may_seek(errand):
        known = rows.known_reports(key)
        sought = await seek(errand.site, errand.plan, errand.url, known, recording(errand))
        there = await _confirmed_at(errand, sought.confirmed) if sought.confirmed else None
        proposed = sought.confirmed if sought.confirmed and there is None else sought.proposed
        rows.mark_sought(key, proposed)
        place = replace(place, proposed_url=proposed or place.proposed_url)
    if there is not None:
        return _moved(home, there)
    if place.proposed_url is None:
        return home
    maybe = Words(
        f"可能的新地址（尚未确认）：{place.proposed_url}",
        f"it may be at {place.proposed_url} (not confirmed)",
    )
    return replace(home, column=remarked(home.column, maybe))


def _may_seek(errand: Errand) -> bool:
    sought = errand.place.sought_at
    return sought is None or errand.store.columns.at - sought >= SEEK_AGAIN_AFTER


async def _confirmed_at(errand: Errand, url: str) -> Look | None:
    """Return a look at another address when what it lists shows that it is this column."""
    if page_key(url) == page_key(errand.url):
        return None
    read = await _read(errand, url)
    if read.outcome in LOST and errand.plan.family != "auto":
        # A new site has a new family.
        read = await _read(replace(errand, plan=replace(errand.plan, family="auto")), url)
    look = _assessed(errand, read)
    known = errand.store.columns.known_reports(errand.plan.key)
    if not confirms(look.listing, known, errand.plan.agencies):
        return None
    errand.store.columns.mark_place(errand.plan.key, url)
    return look


def _moved(home: Look, there: Look) -> Look:
    said = Words(
        f"登记的地址已失效（{home.column.detail.zh}），在重新找到的地址读取",
        f"the configured address no longer serves ({home.column.detail.en}); read where it was "
        "found again",
    )
    url = there.column.first.url if there.column.first else ""
    said = Words(f"{said.zh}：{url}", f"{said.en}: {url}")
    # Swept, the configured address would not be asked whether the column is back.
    return replace(there, column=remarked(replace(there.column, asked=()), said))
