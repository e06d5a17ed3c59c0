"""A rule profile is understood, or refused with the key's name; the one that is written changes nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.config import load
from monitor.profile_file import ProfileProblem, load_profile, profile_toml
from reports.findings import Severity
from reports.profile import DEFAULT, Setting
from reports.rules.registry import RULES
from reports.rules.standing import standing_of

LIMITED = next(rule for rule in RULES if rule.limits)
LIMIT = next(iter(LIMITED.limits))


def problems(folder: Path, text: str | bytes) -> list[str]:
    path = folder / "rules.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ProfileProblem) as caught:
        load_profile(path)
    return [words.both() for words in caught.value.all]


def test_a_profile_says_what_it_says_exactly(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        f"[rules.{LIMITED.code}]\nactive = true\nseverity = 'warning'\npoints = 2.5\n"
        f"limits = {{ {LIMIT} = 0.1 }}\n[score]\nfull = 60\nerror = 3\nmost_per_rule = 7\n",
        encoding="utf-8-sig",
    )
    profile = load_profile(path)
    assert profile.name == "rules.toml"
    assert profile.settings == {
        LIMITED.code: Setting(True, Severity.WARNING, Decimal("2.5"), {LIMIT: Decimal("0.1")})
    }
    assert (profile.full_marks, profile.most_per_rule) == (60, 7)
    assert profile.points == {Severity.ERROR: 3, Severity.WARNING: 1, Severity.NOTICE: 0}


def test_no_file_means_the_rules_as_they_are() -> None:
    assert load_profile(None) is DEFAULT


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[rules.Z99]\nactive = true", "rules.Z99"),
        ("[rules.b01]\nactive = true", "rules.b01"),
        ("[rules.B01]\nactve = true", "rules.B01.actve"),
        ("[rules.B01]\nactive = 'yes'", "rules.B01.active"),
        ("[rules.B01]\nseverity = 'grave'", "rules.B01.severity"),
        ("[rules.B01]\npoints = -1", "rules.B01.points"),
        ("[rules.B01]\npoints = true", "rules.B01.points"),
        ("[rules.B01]\nlimits = { nonsense = 1 }", "rules.B01.limits.nonsense"),
        (f"[rules.{LIMITED.code}]\nlimits = {{ {LIMIT} = 'x' }}", f"limits.{LIMIT}"),
        ("[rules]\nB01 = 1", "rules.B01"),
        ("rules = 3", "rules"),
        ("[score]\nfull = nan", "score.full"),
        ("[score]\nfull = 1e99999999999999999999", "rules.toml"),
        ("[scores]\nfull = 1", "scores"),
        ("active", "rules.toml"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_sentence(
    tmp_path: Path, text: str | bytes, named: str
) -> None:
    (said,) = problems(tmp_path, text)
    assert named in said
    assert "Decimal(" not in said


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = "[rules.Z98]\nactive = true\n[rules.Z99]\nactive = true"
    assert len(problems(tmp_path, text)) == 2


def test_an_absent_profile_is_refused_with_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProfileProblem, match="--write-profile"):
        load_profile(tmp_path / "none.toml")


def test_the_written_profile_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(profile_toml(), encoding="utf-8")
    assert load_profile(path) == replace(DEFAULT, name="rules.toml")


def test_the_written_profile_changes_nothing_either_with_every_mark_taken_away(
    tmp_path: Path,
) -> None:
    lines = profile_toml().splitlines()
    keys = (line.removeprefix("# ") for line in lines if "=" in line or line.startswith("# ["))
    path = tmp_path / "rules.toml"
    path.write_text(
        "\n".join(key for key in keys if key[0] in "[abcdefghijklmnopqrstuvwxyz"), "utf-8"
    )
    profile = load_profile(path)
    assert len(profile.settings) == len(RULES)
    for rule in RULES:
        begins, stands = standing_of(rule, DEFAULT), standing_of(rule, profile)
        assert (stands.active, stands.severity, stands.points, stands.limits) == (
            begins.active,
            begins.severity,
            begins.points,
            begins.limits,
        )


def test_the_profile_of_the_configuration_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[rules]\nprofile = "rules.toml"\n', encoding="utf-8")
    assert load(tmp_path / "config.toml").rules.profile == tmp_path / "rules.toml"
