"""Which rules speak, how gravely, with which limits, and how many points each finding costs. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
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

    def fingerprint(self) -> str:
        """Return a stable name of what makes rules judge differently; empty where nothing does.

        Points are not part of it: they change a score, never a finding.
        """
        said = "\x1e".join(
            "\x1f".join((code, *words))
            for code, setting in sorted(self.settings.items())
            if (words := tuple(_judging(setting)))
        )
        return hashlib.sha256(said.encode()).hexdigest()[:8] if said else ""


def _judging(setting: Setting) -> Iterator[str]:
    if setting.active is not None:
        yield f"active={setting.active}"
    if setting.severity is not None:
        yield f"severity={setting.severity.value}"
    for name, limit in sorted(setting.limits.items()):
        # 5 and 5.0 are the same limit.
        yield f"{name}={limit.normalize():f}"


_AS_DECLARED = Setting()
DEFAULT = Profile()
"""The profile of whoever chose none."""
