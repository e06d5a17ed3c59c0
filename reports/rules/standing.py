"""How the rules of the catalogue stand under a profile: on or off, how grave, with which limits. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.findings import Severity
from reports.profile import Profile
from reports.rules.engine import Default, Rule
from reports.rules.registry import RULES, RULES_VERSION, THEMES
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Standing:
    """One rule under one profile; ``severity`` is that of an ordinary finding of it."""

    rule: Rule
    active: bool
    severity: Severity
    points: Decimal
    limits: Mapping[str, Decimal]

    @property
    def is_changed(self) -> bool:
        """Say whether the profile makes it judge otherwise than the rule declares."""
        declared = self.rule.severity if self.rule.default is not Default.NOTICE else _MILDEST
        differs = self.severity is not declared or dict(self.limits) != dict(self.rule.limits)
        return differs or self.active is (self.rule.default is Default.OFF)


_MILDEST = Severity.NOTICE


def standing_of(rule: Rule, profile: Profile) -> Standing:
    """Return how a rule stands under a profile."""
    setting = profile.setting(rule.code)
    begins = Severity.NOTICE if rule.default is Default.NOTICE else rule.severity
    severity = setting.severity or begins
    return Standing(
        rule=rule,
        active=rule.is_active(profile),
        severity=severity,
        points=profile.points[severity] if setting.points is None else setting.points,
        limits={**rule.limits, **setting.limits},
    )


def by_theme(profile: Profile) -> Iterator[tuple[str, Words, tuple[Standing, ...]]]:
    """Yield each theme that has rules: its letter, its name, its rules as they stand."""
    for letter, name in THEMES.items():
        found = tuple(standing_of(rule, profile) for rule in RULES if rule.code[0] == letter)
        if found:
            yield letter, name, found


def rules_version(profile: Profile) -> str:
    """Return the version of the judgement: that of the rules, and what the profile changes of them."""
    changed = profile.fingerprint()
    return f"{RULES_VERSION}+{changed}" if changed else RULES_VERSION


def is_by_other_rules(version: str) -> bool:
    """Say whether a version of the judgement rests on other rules, not merely on another profile."""
    return version.partition("+")[0] != RULES_VERSION
