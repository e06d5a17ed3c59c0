"""What a new register changes in the present one, and what looks like a slip. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.register_settings import AgencySettings
from reports.words import Words

_MANY = 5
_SHARE = 4


@dataclass(frozen=True, slots=True)
class Changed:
    """An agency whose key stays: what it was, what it is to be, and the names of the fields that differ."""

    before: AgencySettings
    now: AgencySettings
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is added, changed, renamed (the name is other, the key stays) and retired, in order of keys."""

    added: tuple[AgencySettings, ...]
    changed: tuple[Changed, ...]
    renamed: tuple[Changed, ...]
    retired: tuple[AgencySettings, ...]
    unchanged: int

    @property
    def is_none(self) -> bool:
        """Say whether both registers are the same."""
        return not (self.added or self.changed or self.renamed or self.retired)


def difference(before: Sequence[AgencySettings], now: Sequence[AgencySettings]) -> Difference:
    """Return what ``now`` changes in ``before``; keys tell who is who."""
    old = {agency.key: agency for agency in before}
    new = {agency.key: agency for agency in now}
    both = [
        Changed(old[key], new[key], _fields(old[key], new[key]))
        for key in sorted(old.keys() & new.keys())
    ]
    differing = [change for change in both if change.fields]
    return Difference(
        added=tuple(new[key] for key in sorted(new.keys() - old.keys())),
        changed=tuple(change for change in differing if "name" not in change.fields),
        renamed=tuple(change for change in differing if "name" in change.fields),
        retired=tuple(old[key] for key in sorted(old.keys() - new.keys())),
        unchanged=len(both) - len(differing),
    )


def _fields(before: AgencySettings, now: AgencySettings) -> tuple[str, ...]:
    return tuple(
        name for name in AgencySettings.model_fields if getattr(before, name) != getattr(now, name)
    )


def hints(found: Difference) -> Iterator[Words]:
    """Yield what the register might say more of a renamed agency: its former name."""
    for change in found.renamed:
        name = change.before.name
        if name not in (*change.now.former_names, *change.now.aliases):
            yield Words(
                f"{change.now.key} 改名：可把原名“{name}”写入 former_names，以原名发布的报告才能认出。",
                f"{change.now.key} is renamed: write “{name}” into former_names, so that reports under it "
                "are recognised.",
            )


def doubts(found: Difference) -> Iterator[Words]:
    """Yield what would lose history if it is a slip: another key for the same body, many bodies gone."""
    by_code = {agency.credit_code: agency for agency in found.added if agency.credit_code}
    by_name = {
        name: agency for agency in found.added for name in (agency.name, *agency.former_names)
    }
    for was in found.retired:
        is_ = by_code.get(was.credit_code or "") or by_name.get(was.name)
        if is_ is not None and _may_be_same(was, is_):
            yield Words(
                f"{was.key}（{was.name}）与新增的 {is_.key}（{is_.name}）像是同一单位；历史记录按简称关联，"
                f"请保留简称 {was.key}；确为两个单位的，保留 {was.key} 并写 duty = merged、"
                f"successor = {is_.key}。",
                f"{was.key} ({was.name}) and the new {is_.key} ({is_.name}) look like one body; history "
                f"hangs on the key: keep {was.key}, or, if they are two, keep it with duty = merged and "
                f"successor = {is_.key}.",
            )
    gone, known = len(found.retired), found.unchanged + len(found.changed) + len(found.renamed)
    if is_large_part(gone, gone + known):
        yield Words(
            f"名录中 {gone + known} 家单位有 {gone} 家不再列出，将不再查看；请核对文件是否完整。",
            f"{gone} of {gone + known} agencies are listed no more and will not be watched; check that the "
            "file is complete.",
        )


def is_large_part(gone: int, known: int) -> bool:
    """Say whether so many of those known are gone that the file may be a part of the whole."""
    return gone >= _MANY and gone * _SHARE > known


def _may_be_same(was: AgencySettings, is_: AgencySettings) -> bool:
    codes = {was.credit_code, is_.credit_code} - {None}
    return len(codes) < 2
