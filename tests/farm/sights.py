"""What one look can show of one agency's report, from the script alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from tests.farm.columns import SYSTEMS
from tests.farm.life import YEAR, Shown
from tests.farm.script import Ends, Office, SiteScript
from tests.farm.trouble import Strength, Trouble, View, view_at
from tests.farm.truth import Sight

_NO, _MAY = Strength.NO, Strength.MAY
_GOVERNMENT_DUE = datetime(YEAR + 1, 3, 31, 16, tzinfo=UTC)
_DUE = datetime(YEAR + 1, 1, 31, 16, tzinfo=UTC)


def due_of(office: Office) -> datetime:
    """Return when the last day ends in China: 31 March for governments, else 31 January."""
    return _GOVERNMENT_DUE if office.kind == "government" else _DUE


def sight_of(site: SiteScript, office: Office, now: datetime) -> Sight:
    """Return what a look at the site at ``now`` can show of this report."""
    view, shown = _view(site, now), office.life.at(now)
    if shown is None:
        return Sight(now, _NO, _NO, _absence(site, office, view), _NO, None, there=False)
    sight = _of_published(site, office, shown, view, now)
    if office.life.manner.is_readable:
        return sight
    # A title that leads to nothing readable accuses nobody, and may or may not count as found.
    absent = _NO if shown.listed else sight.absent
    return replace(sight, new=min(sight.new, _MAY), again=min(sight.again, _MAY), absent=absent)


def _view(site: SiteScript, now: datetime) -> View:
    """Return what a look can show: a list that shows no end may lack what is not in it.

    A page of a report that shows none is known by how the list ends, or has to wait.
    """
    view = view_at(site.spells, site.redesign, now)
    if site.ends is Ends.CLOSED:
        return view
    view = replace(view, absence=min(view.absence, _MAY), gone=min(view.gone, _MAY))
    if SYSTEMS[site.system].proves:
        return view
    return replace(view, new=min(view.new, _MAY), again=min(view.again, _MAY))


def _of_published(
    site: SiteScript, office: Office, shown: Shown, view: View, now: datetime
) -> Sight:
    if shown.gone is not None:
        absent = min(_absence(site, office, view), _MAY)
        # What may excuse an absence may be the report elsewhere, and a feed tells of no other address.
        is_doubtful = any(_may_be_of(site, office)) or not SYSTEMS[site.system].proves
        gone = min(view.gone, _MAY) if is_doubtful else view.gone
        return Sight(now, _NO, _NO, absent, gone, None, there=False)
    if shown.broken:
        return Sight(now, _NO, _NO, _NO, _NO, None, there=True)
    if shown.listed:
        return Sight(now, view.new, view.again, _NO, _NO, shown.content, there=True)
    # Only whoever knew the address before can still see it; in the column it is absent.
    absent = min(_absence(site, office, view), _MAY)
    lost = _is_lost(site, now)
    again, gone = (min(view.again, _MAY), _MAY) if lost else (view.again, _NO)
    return Sight(now, _shown_by_cache(site, now), again, absent, gone, shown.content, there=True)


def _shown_by_cache(site: SiteScript, now: datetime) -> Strength:
    """Return how far an old copy of the list may still lead to what was dropped from it."""
    spells = (spell for spell in site.spells if spell.covers(now))
    return _MAY if any(spell.trouble is Trouble.STALE for spell in spells) else _NO


def _absence(site: SiteScript, office: Office, view: View) -> Strength:
    """Return how far its not being listed is proof: an entry that may be the report spoils it."""
    plain = SYSTEMS[site.system].proves and not any(_may_be_of(site, office))
    return view.absence if plain else min(view.absence, _MAY)


def _may_be_of(site: SiteScript, office: Office) -> Iterator[bool]:
    """Say of each office whether an entry of its own speaks of a report that may be this one's.

    Whoever is named like the whole county is named in the entries of others as well.
    """
    is_county = office.kind in ("government", "government_office")
    for other in site.offices:
        is_meant = other is office or (is_county and site.county in other.called)
        yield is_meant and not all(entry.is_plain for entry in other.neighbours)


def _is_lost(site: SiteScript, now: datetime) -> bool:
    """Say whether a redesign gave the articles addresses that only the list tells."""
    design = site.redesign
    return design is not None and design.articles and now >= design.at
