"""A finding that a person found not to hold: who said so, and what changed when it returns. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.deadlines import china_date
from reports.findings import Finding
from reports.words import Words

_CHARACTERS_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A person's word on one finding of one agency and year: who, when, why, and the finding as it was."""

    finding: Finding
    by: str
    at: datetime
    reason: str

    def words(self) -> Words:
        """Return the sentence that stands beside the struck finding."""
        day = china_date(self.at).isoformat()
        return Words(
            f"已由 {self.by} 于 {day} 核实不成立：{self.reason}",
            f"Found not to hold by {self.by} on {day}: {self.reason}",
        )

    def since(self, now: Finding) -> Words:
        """Return the sentence on a finding that returned: what changed since the person's word."""
        changed = tuple(self._changes(now))
        said = self.words()
        zh = "；".join(words.zh for words in changed)
        en = "; ".join(words.en for words in changed)
        return Words(f"{said.zh}。此后有变化，重新列出：{zh}。", f"{said.en}. Changed since: {en}.")

    def _changes(self, now: Finding) -> Iterator[Words]:
        was = self.finding
        if was.actual != now.actual:
            yield _change(Words("现有值", "found"), was.actual, now.actual)
        if was.expected != now.expected:
            yield _change(Words("应为值", "expected"), was.expected, now.expected)
        if was.cells != now.cells:
            yield Words("涉及的单元格有增减", "other cells are concerned")
        if was.version != now.version:
            yield Words(
                f"规则 {now.code} 由第 {was.version} 版改为第 {now.version} 版",
                f"rule {now.code} went from version {was.version} to {now.version}",
            )


def _change(name: Words, before: str | None, after: str | None) -> Words:
    zh = f"{name.zh} {_shown(before, '无')} → {_shown(after, '无')}"
    return Words(zh, f"{name.en} {_shown(before, 'none')} → {_shown(after, 'none')}")


def _shown(value: str | None, nothing: str) -> str:
    return nothing if value is None else value[:_CHARACTERS_SHOWN]


def returned(
    findings: Sequence[Finding], dismissed: Sequence[Dismissed]
) -> Mapping[Finding, Dismissed]:
    """Return the findings of one agency and year that were dismissed in another shape, with that word.

    A word that still holds for a finding as it is explains no other. Of several the newest counts; the
    very same cells go before some of them.
    """
    present = {finding.fingerprint() for finding in findings}
    held = {word.finding.fingerprint() for word in dismissed}
    past = sorted(
        (word for word in dismissed if word.finding.fingerprint() not in present),
        key=lambda word: word.at,
        reverse=True,
    )
    found: dict[Finding, Dismissed] = {}
    for finding in findings:
        earlier = None if finding.fingerprint() in held else _earlier(finding, past)
        if earlier is not None:
            found[finding] = earlier
    return found


def _earlier(finding: Finding, past: Sequence[Dismissed]) -> Dismissed | None:
    same_rule = [word for word in past if word.finding.code == finding.code]
    same_cells = (word for word in same_rule if word.finding.cells == finding.cells)
    some_cells = (word for word in same_rule if set(word.finding.cells) & set(finding.cells))
    return next(same_cells, None) or next(some_cells, None)
