"""Takes a file of sites over: all checked first, then written at once, with the way back beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from monitor.config import ConfigProblem, load
from monitor.errors import Refusal
from monitor.register_files.difference import is_large_part
from monitor.register_files.importing import nothing_in
from monitor.register_files.reading import read_sites
from monitor.site_settings import SiteSettings
from reports.words import Words


@dataclass(frozen=True, slots=True)
class SiteDifference:
    """What a file changes, by the keys of sites (``site``) and columns (``site/column``), in their order.

    ``changed`` holds the names of the fields that differ.
    """

    added: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    retired: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Say whether all is as it was."""
        return not (self.added or self.changed or self.retired)


@dataclass(frozen=True, slots=True)
class SiteImport:
    """A file that may be taken over: where to, its sites, and what that changes.

    ``found`` is None when the present sites cannot be read, so that nothing can be compared.
    """

    target: Path
    sites: tuple[SiteSettings, ...]
    language: str
    found: SiteDifference | None


def prepared_sites(file: Path, config: Path) -> SiteImport:
    """Check a file against the whole configuration. Raises Refusal with every fault; writes nothing."""
    sites = read_sites(file)
    if not sites:
        raise nothing_in(file)
    after = load(config, sites=sites)
    if after.sites_file is None:
        raise Refusal(
            Words(
                f'{config} 没有写 sites_file，不知道写到哪里；请加上一行 sites_file = "sites.csv"。',
                f'{config} names no sites_file to write to; add the line sites_file = "sites.csv".',
            )
        )
    before = _present(config, after.sites_file)
    found = None if before is None else site_difference(before, after.sites)
    return SiteImport(after.sites_file, sites, after.language, found)


def _present(config: Path, target: Path) -> Sequence[SiteSettings] | None:
    none: Sequence[SiteSettings] = ()
    try:
        # Agencies may name columns that only the new file has.
        return load(config, agencies=(), sites=None if target.exists() else none).sites
    except ConfigProblem:
        return None


def site_difference(before: Sequence[SiteSettings], now: Sequence[SiteSettings]) -> SiteDifference:
    """Return what ``now`` changes in ``before``; keys tell which is which."""
    old, new = _by_key(before), _by_key(now)
    both = {key: _fields(old[key], new[key]) for key in sorted(old.keys() & new.keys())}
    changed = {key: fields for key, fields in both.items() if fields}
    return SiteDifference(
        tuple(sorted(new.keys() - old.keys())),
        changed,
        tuple(sorted(old.keys() - new.keys())),
        tuple(key for key in both if key not in changed),
    )


def site_doubts(found: SiteDifference) -> Iterator[Words]:
    """Yield what looks like a slip: many columns that would not be looked at any more."""
    columns = [
        sum("/" in key for key in keys) for keys in (found.retired, found.changed, found.unchanged)
    ]
    gone, known = columns[0], sum(columns)
    if is_large_part(gone, known):
        yield Words(
            f"现有 {known} 个栏目中有 {gone} 个不再列出，将不再查看；请核对文件是否完整。",
            f"{gone} of {known} columns are listed no more and will not be watched; check that the file is "
            "complete.",
        )


def _by_key(sites: Sequence[SiteSettings]) -> dict[str, BaseModel]:
    found: dict[str, BaseModel] = {}
    for site in sites:
        found[site.key] = site.model_copy(update={"columns": ()})
        found |= {f"{site.key}/{column.key}": column for column in site.columns}
    return found


def _fields(before: BaseModel, now: BaseModel) -> tuple[str, ...]:
    names = type(now).model_fields
    return tuple(name for name in names if getattr(before, name) != getattr(now, name))
