"""Which rules speak, how gravely, with which limits, and how many points each finding costs. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reports.findings import Severity


@dataclass(frozen=True, slots=True)
class Setting:
    """What a profile says of one rule; None leaves it as the rule declares."""

    active: bool | None = None
    severity: Severity | None = None
    points: Decimal | None = None
    limits: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """Settings by rule code; what is not named stays as declared.

    ``full_marks`` and the points per severity make the score; one rule costs at most ``most_per_rule``.
    """

    name: str = "default"
    settings: Mapping[str, Setting] = field(default_factory=dict)
    full_marks: Decimal = Decimal(100)
    points: Mapping[Severity, Decimal] = field(
        default_factory=lambda: {
            Severity.ERROR: Decimal(5),
            Severity.WARNING: Decimal(1),
            Severity.NOTICE: Decimal(0),
        }
    )
    most_per_rule: Decimal = Decimal(10)

    def setting(self, code: str) -> Setting:
        """Return what is said of one rule."""
        return self.settings.get(code, _AS_DECLARED)


_AS_DECLARED = Setting()
DEFAULT = Profile()
"""The profile of whoever chose none."""
