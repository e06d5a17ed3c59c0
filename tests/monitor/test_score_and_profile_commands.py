"""``check`` and ``rules`` under a profile; the score that ``check`` prints in each format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from monitor import cli
from monitor.cli import app
from monitor.errors import Refusal
from tests.figures import balanced
from tests.rendering import as_html

pytestmark = pytest.mark.service


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    path = tmp_path / "年报.html"
    figures = balanced(range(1, 200))
    path.write_bytes(as_html({**figures, "requests.new.natural_person": "9999"}))
    return str(path)


@pytest.fixture
def profile(tmp_path: Path) -> str:
    path = tmp_path / "rules.toml"
    path.write_text("[rules.B01]\nactive = false\n[score]\nerror = 7\n", encoding="utf-8")
    return str(path)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def score_of(*words: str) -> dict:
    return json.loads(run("check", *words, "--score", "--format", "json").stdout)["score"]


def test_the_score_names_every_point(wrong: str) -> None:
    score = score_of(wrong)
    assert score["left"] == score["full"] - score["deducted"]
    assert sum(item["points"] for item in score["items"]) == score["deducted"]
    assert {"B01", "B04"} <= {item["code"] for item in score["items"]}
    assert all(item["message"] and item["clears"] for item in score["items"])


def test_a_profile_changes_what_speaks_and_what_it_costs(wrong: str, profile: str) -> None:
    points = {i["code"]: i["points"] for i in score_of(wrong, "--profile", profile)["items"]}
    assert "B01" not in points
    assert points["B04"] == 7


@pytest.mark.parametrize(("form", "shown"), [("text", "得分 "), ("markdown", "整改要求")])
def test_the_score_stands_in_what_people_read(wrong: str, form: str, shown: str) -> None:
    assert shown in run("check", wrong, "--score", "--format", form).stdout
    assert shown not in run("check", wrong, "--format", form).stdout


def test_what_could_not_be_read_has_no_score(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4 broken")
    assert score_of(str(tmp_path / "x.pdf")) is None


def test_the_rules_are_listed_as_the_profile_has_them(profile: str) -> None:
    lines = run("rules", "--profile", profile).stdout.splitlines()
    (line,) = [line for line in lines if " B01 " in line]
    assert line.startswith("* B01  off")
    assert "未启用" in run("rules", "B01", "--profile", profile).stdout


def test_a_written_profile_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    assert run("rules", "--write-profile", str(path)).exit_code == 0
    kept = path.read_text(encoding="utf-8")
    refused = run("rules", "--write-profile", str(path))
    assert isinstance(refused.exception, Refusal)
    assert path.read_text(encoding="utf-8") == kept


def test_a_configuration_with_a_broken_profile_is_not_called_good(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("[rules.B01\n", encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text('[rules]\nprofile = "rules.toml"\n', encoding="utf-8")
    ended = run("config", "check", "--config", str(config))
    assert isinstance(ended.exception, Refusal)
    assert "rules.toml" in ended.exception.all[0].zh


def test_a_database_that_does_not_answer_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def locked() -> None:
        raise OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))

    monkeypatch.setattr(cli, "app", locked)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "database is locked" in told
    assert "请稍后再试" in told
