"""Points off for findings, as the sheets of municipal assessments count them, with evidence. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.findings import Finding
from reports.profile import Profile
from reports.rules.registry import THEMES, rule_named
from reports.words import Words

_NOTHING = Decimal(0)
_UNSAID = Words("", "")


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """The points that one finding costs; ``spared`` is what the limit per rule left out."""

    finding: Finding
    points: Decimal
    spared: Decimal = _NOTHING

    @property
    def theme(self) -> Words:
        """Return the theme of the rule: the indicator of the first level."""
        return THEMES.get(self.finding.code[:1], _UNSAID)

    @property
    def statement(self) -> Words:
        """Return what the rule demands: the standard of the assessment."""
        rule = rule_named(self.finding.code)
        return rule.statement if rule else _UNSAID

    @property
    def clears(self) -> Words:
        """Return what must be done so that the finding goes away."""
        rule = rule_named(self.finding.code)
        return rule.clears if rule else _UNSAID


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The score of one report: full marks, points off, what is left (never below 0), and why."""

    full: Decimal
    deducted: Decimal
    left: Decimal
    items: tuple[ScoreItem, ...]


def score(findings: Iterable[Finding], profile: Profile) -> ScoreSheet:
    """Return the sheet of these findings, in their order.

    Findings of one rule cost at most ``most_per_rule`` together; where a profile gives a single finding
    of the rule more than that, those points are the limit.
    """
    taken: dict[str, Decimal] = {}
    items = []
    for finding in findings:
        before = taken.get(finding.code, _NOTHING)
        item = _item(finding, profile, before)
        taken[finding.code] = before + item.points
        items.append(item)
    deducted = sum((item.points for item in items), _NOTHING)
    left = max(_NOTHING, profile.full_marks - deducted)
    return ScoreSheet(profile.full_marks, deducted, left, tuple(items))


def _item(finding: Finding, profile: Profile, before: Decimal) -> ScoreItem:
    own = profile.setting(finding.code).points
    wanted = profile.points[finding.severity] if own is None else own
    most = profile.most_per_rule if own is None else max(own, profile.most_per_rule)
    points = min(wanted, max(_NOTHING, most - before))
    return ScoreItem(finding, points, wanted - points)
