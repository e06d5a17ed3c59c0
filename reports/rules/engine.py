"""The rule engine: a rule holds, is broken, or cannot be assessed: three different answers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from reports.cells import Label
from reports.findings import Assessment, Cause, Finding, NotAssessable, Severity
from reports.model import AnnualReport, Quality, TableName
from reports.profile import DEFAULT, Profile
from reports.rules import gaps
from reports.rules.subject import NotStated, NotTold, Subject, table_of
from reports.words import Words


@dataclass(frozen=True, slots=True)
class Breach:
    """What a rule function returns when the rule does not hold.

    ``severity`` and ``basis`` are given only when they differ from those that the rule declares.
    """

    cells: tuple[str, ...]
    expected: str | None
    actual: str | None
    message: Words
    severity: Severity | None = None
    basis: Words | None = None


Check: TypeAlias = Callable[[Subject, Label], Breach | None]
Scopes: TypeAlias = Callable[[AnnualReport], tuple[Label, ...]]
Outcome: TypeAlias = Finding | NotAssessable

_WHOLE = (Label("report", Words("整份报告", "the whole report")),)


def whole_report(_report: AnnualReport) -> tuple[Label, ...]:
    """Return the one scope of a rule that looks at the report as a whole."""
    return _WHOLE


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a rule applies.

    ``scopes`` are the columns, rows or blocks that it checks one by one; ``table`` the statutory table
    without which it says nothing; ``first_year`` the first report year that it binds. A rule without
    ``needs_report`` judges the obligation and also runs when no report was found.
    """

    scopes: Scopes = whole_report
    table: TableName | None = None
    first_year: int | None = None
    needs_report: bool = True


_EVERYWHERE = Reach()


class Default(StrEnum):
    """How a rule begins where no profile speaks of it: one whose threshold is a proposal begins mildly."""

    DECLARED = "declared"
    NOTICE = "notice"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    ``innocent`` names what looks like a breach and is none, ``clears`` what makes a finding go away.
    ``limits`` are its thresholds by name, which a profile may change. ``version`` is raised when the rule
    judges differently: findings of another version are other findings.
    """

    code: str
    severity: Severity
    basis: Words
    statement: Words
    innocent: Words
    clears: Words
    reach: Reach
    check: Check
    limits: Mapping[str, Decimal]
    default: Default
    version: int

    def is_active(self, profile: Profile) -> bool:
        """Say whether the rule speaks under a profile."""
        active = profile.setting(self.code).active
        return self.default is not Default.OFF if active is None else active

    def severity_of(self, breach: Breach, profile: Profile) -> Severity:
        """Return how grave a breach is: a profile's word stands, a case may only be milder than it."""
        found = breach.severity or self.severity
        most = profile.setting(self.code).severity
        if most is None:
            return Severity.NOTICE if self.default is Default.NOTICE else found
        return most if breach.severity is None else milder(found, most)


def milder(one: Severity, other: Severity) -> Severity:
    """Return the less grave of two."""
    order = list(Severity)
    return max(one, other, key=order.index)


def rule(  # noqa: PLR0913 - a rule is declared by naming its parts
    *,
    code: str,
    severity: Severity,
    basis: Words,
    statement: Words,
    innocent: Words,
    clears: Words,
    reach: Reach = _EVERYWHERE,
    limits: Mapping[str, str] | None = None,
    default: Default = Default.DECLARED,
    version: int = 1,
) -> Callable[[Check], Rule]:
    """Turn a check into a rule of the catalogue.

    The check takes the subject and one scope; it returns None when the rule holds there, a Breach when it
    does not, and raises NotStated or NotTold when it cannot know. ``limits`` are decimal numbers as text.
    """
    numbers = {name: Decimal(number) for name, number in (limits or {}).items()}

    def declare(check: Check) -> Rule:
        return Rule(
            code,
            severity,
            basis,
            statement,
            innocent,
            clears,
            reach,
            check,
            numbers,
            default,
            version,
        )

    return declare


def run(rules: Sequence[Rule], subject: Subject, profile: Profile = DEFAULT) -> Assessment:
    """Return what the active rules say, in the order of the rules and of their scopes."""
    previous = subject.case.previous
    if previous is not None and previous.by_ocr:
        # Figures that may be misread prove nothing of the year after either.
        subject = replace(subject, case=replace(subject.case, previous=None))
    active = (rule for rule in rules if rule.is_active(profile))
    outcomes = [outcome for rule in active for outcome in _outcomes(rule, subject, profile)]
    return Assessment(
        findings=tuple(o for o in outcomes if isinstance(o, Finding)),
        not_assessable=tuple(o for o in outcomes if isinstance(o, NotAssessable)),
    )


def _outcomes(rule: Rule, subject: Subject, profile: Profile) -> Iterator[Outcome]:
    if _too_old(rule, subject):
        return
    if rule.limits:
        subject = replace(subject, limits={**rule.limits, **profile.setting(rule.code).limits})
    obstacle = _recognised(rule, subject) or _obstacle(rule, subject)
    if obstacle is not None:
        yield NotAssessable(rule.code, (), obstacle, Cause.SOURCE)
        return
    for scope in rule.reach.scopes(subject.report):
        outcome = _judge(rule, subject, scope, profile)
        if outcome is not None:
            yield outcome


def _too_old(rule: Rule, subject: Subject) -> bool:
    first, year = rule.reach.first_year, subject.form_year
    return first is not None and year is not None and year < first


def _recognised(rule: Rule, subject: Subject) -> Words | None:
    """Return why a rule about content says nothing of characters recognised in a picture."""
    return gaps.RECOGNISED if subject.report.by_ocr and rule.reach.needs_report else None


def _obstacle(rule: Rule, subject: Subject) -> Words | None:
    """Return what bars the whole rule, so that one lost table gives one gap per rule, not 25."""
    if rule.reach.first_year is not None and subject.form_year is None:
        return gaps.YEAR_UNKNOWN
    if rule.reach.table is None:
        return None
    return gaps.unusable(subject.table(rule.reach.table))


def _judge(rule: Rule, subject: Subject, scope: Label, profile: Profile) -> Outcome | None:
    try:
        breach = rule.check(subject, scope)
    except NotStated as gap:
        reason = gap.why or gaps.lost(subject.report, gap.cells)
        return NotAssessable(rule.code, gap.cells, reason, Cause.SOURCE)
    except NotTold as gap:
        return NotAssessable(rule.code, (), gap.why, Cause.CONTEXT)
    if breach is None:
        return None
    for table in {table_of(key) for key in breach.cells}:
        if subject.table(table).quality is Quality.SHIFTED:
            reason = gaps.displaced(subject.table(table))
            return NotAssessable(rule.code, breach.cells, reason, Cause.SOURCE)
    return _finding(rule, breach, profile)


def _finding(rule: Rule, breach: Breach, profile: Profile) -> Finding:
    return Finding(
        code=rule.code,
        severity=rule.severity_of(breach, profile),
        cells=breach.cells,
        expected=breach.expected,
        actual=breach.actual,
        message=breach.message,
        basis=breach.basis or rule.basis,
        version=rule.version,
    )
