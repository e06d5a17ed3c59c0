"""Profiles: what they change, by which name; the score: every point with its evidence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.findings import Finding, Severity
from reports.profile import DEFAULT, Profile, Setting
from reports.rules.engine import Default
from reports.rules.registry import RULES, RULES_VERSION
from reports.rules.standing import by_theme, is_by_other_rules, rules_version, standing_of
from reports.scoring import score
from reports.words import Words

LIMITED = next(rule for rule in RULES if rule.limits)
LIMIT = next(iter(LIMITED.limits))


def a_finding(code: str = "B01", severity: Severity = Severity.ERROR, cell: str = "x") -> Finding:
    return Finding(code, severity, (cell,), "1", "2", Words("差 1", "off by 1"), Words("据", "by"))


@pytest.mark.parametrize(
    ("setting", "same"),
    [
        (Setting(), True),
        (Setting(points=Decimal(3)), True),
        (Setting(active=False), False),
        (Setting(severity=Severity.NOTICE), False),
        (Setting(limits={"share": Decimal("0.5")}), False),
    ],
)
def test_only_what_judges_differently_changes_the_version_of_the_judgement(
    setting: Setting, same: bool
) -> None:
    version = rules_version(Profile(settings={"B01": setting}))
    assert (version == RULES_VERSION) is same
    assert not is_by_other_rules(version)


def test_the_same_settings_in_another_order_or_spelling_are_the_same_profile() -> None:
    one = Profile("a", {"B01": Setting(active=False), "B02": Setting(limits={"x": Decimal(5)})})
    two = Profile("b", {"B02": Setting(limits={"x": Decimal("5.0")}), "B01": Setting(active=False)})
    assert one.fingerprint() == two.fingerprint() != ""


def test_an_older_rule_set_is_told_from_another_profile() -> None:
    assert is_by_other_rules("0+abc")
    assert is_by_other_rules("")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_without_a_profile_every_rule_stands_as_declared(rule) -> None:
    standing = standing_of(rule, DEFAULT)
    assert not standing.is_changed
    assert standing.active is (rule.default is not Default.OFF)
    assert standing.limits == rule.limits


@pytest.mark.parametrize(
    "setting",
    [
        Setting(active=LIMITED.default is Default.OFF),
        Setting(limits={LIMIT: LIMITED.limits[LIMIT] + 1}),
        Setting(
            severity=next(s for s in Severity if s is not standing_of(LIMITED, DEFAULT).severity)
        ),
    ],
)
def test_what_a_profile_changes_is_seen(setting: Setting) -> None:
    assert standing_of(LIMITED, Profile(settings={LIMITED.code: setting})).is_changed


def test_the_themes_hold_every_rule_once() -> None:
    shown = [s.rule.code for _, _, standings in by_theme(DEFAULT) for s in standings]
    assert shown == [rule.code for rule in RULES]


def test_each_finding_costs_the_points_of_its_severity() -> None:
    findings = [
        a_finding(),
        a_finding("Y01", Severity.WARNING),
        a_finding("S03", Severity.NOTICE),
    ]
    sheet = score(findings, DEFAULT)
    assert [item.points for item in sheet.items] == [5, 1, 0]
    assert (sheet.full, sheet.deducted, sheet.left) == (100, 6, 94)
    assert [item.finding for item in sheet.items] == findings
    assert all(item.theme.zh and item.statement.zh and item.clears.zh for item in sheet.items)


def test_one_rule_costs_no_more_than_its_limit_and_the_rest_is_shown_as_spared() -> None:
    sheet = score([a_finding(cell=str(n)) for n in range(4)], DEFAULT)
    assert [(item.points, item.spared) for item in sheet.items] == [(5, 0), (5, 0), (0, 5), (0, 5)]
    assert sheet.left == 90


def test_points_of_a_single_finding_may_exceed_the_limit_per_rule() -> None:
    profile = Profile(settings={"T02": Setting(points=Decimal(60))})
    sheet = score([a_finding("T02"), a_finding("T02", cell="y")], profile)
    assert [item.points for item in sheet.items] == [60, 0]


def test_the_score_never_falls_below_nothing() -> None:
    profile = Profile(full_marks=Decimal(3))
    assert score([a_finding()], profile).left == 0


def test_a_rule_that_is_no_more_still_has_its_line() -> None:
    (item,) = score([a_finding("Z99")], DEFAULT).items
    assert (item.points, item.statement.zh) == (5, "")
