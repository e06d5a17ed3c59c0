"""Reads a rule profile from TOML, and writes one that begins as the rules declare."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from monitor.config_words import explained
from monitor.errors import Refusal
from monitor.setting_values import YesOrNo, amount
from reports.findings import Severity
from reports.profile import DEFAULT, Profile, Setting
from reports.rules.registry import rule_named
from reports.rules.standing import Standing, by_theme
from reports.words import Words

Amount = Annotated[Decimal, BeforeValidator(amount)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleSettings(_Part):
    """``[rules.CODE]``: what the profile says of one rule; a key left out stays as declared."""

    active: YesOrNo | None = Field(None, description="是否启用 / whether the rule speaks")
    severity: Severity | None = Field(
        None,
        description="级别 error、warning 或 notice；个别情形只会更轻 / how grave; a case may only be milder",
    )
    points: Amount | None = Field(
        None, description="每处问题扣几分 / points that each finding of the rule costs"
    )
    limits: dict[str, Amount] = Field(
        {}, description="阈值，名称见 nianshao rules CODE / thresholds by name"
    )


class ScoreSettings(_Part):
    """``[score]``: how findings become points."""

    full: Amount = Field(DEFAULT.full_marks, description="满分 / full marks")
    error: Amount = Field(
        DEFAULT.points[Severity.ERROR], description="每处错误扣分 / points per error"
    )
    warning: Amount = Field(
        DEFAULT.points[Severity.WARNING], description="每处提醒扣分 / points per warning"
    )
    notice: Amount = Field(
        DEFAULT.points[Severity.NOTICE], description="每处提示扣分 / points per notice"
    )
    most_per_rule: Amount = Field(
        DEFAULT.most_per_rule, description="同一规则合计最多扣几分 / most points for one rule"
    )


class ProfileSettings(_Part):
    """The whole of a profile."""

    rules: dict[str, RuleSettings] = Field({}, description="按规则编号 / by rule code")
    score: ScoreSettings = ScoreSettings()


class ProfileProblem(Refusal):
    """The profile cannot be used."""


def load_profile(path: Path | None) -> Profile:
    """Return the profile of a file; without one, the rules as they declare themselves.

    Raises ProfileProblem that names every key at fault.
    """
    if path is None:
        return DEFAULT
    try:
        settings = ProfileSettings.model_validate(_read(path))
    except ValidationError as error:
        raise ProfileProblem(*explained(path, error)) from None
    problems = tuple(_unknown(path, settings))
    if problems:
        raise ProfileProblem(*problems)
    return _profile(path.name, settings)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=_number)
    except FileNotFoundError:
        raise ProfileProblem(
            Words(
                f"找不到规则配置 {path}；请核对路径，或用 nianshao rules --write-profile {path} 新建。",
                f"Rule profile {path} not found; check the path, or make one with "
                f"nianshao rules --write-profile {path}.",
            )
        ) from None
    except UnicodeDecodeError:
        raise _unusable(path, "不是 UTF-8 编码，请另存为 UTF-8", "save it as UTF-8") from None
    except (OSError, ValueError) as error:
        why = str(getattr(error, "strerror", None) or error)
        raise _unusable(path, why, why) from None


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError(text[:80]) from None


def _unusable(path: Path, zh: str, en: str) -> ProfileProblem:
    return ProfileProblem(
        Words(f"无法读取规则配置 {path}：{zh}。", f"Rule profile {path} cannot be read: {en}.")
    )


def _unknown(path: Path, settings: ProfileSettings) -> Iterator[Words]:
    """Yield a sentence for every code and limit that there is not; nothing is passed over in silence."""
    for code, said in settings.rules.items():
        rule = rule_named(code)
        if rule is None or rule.code != code:
            yield Words(
                f"{path}：rules.{code} 指的规则不存在；编号见 nianshao rules，用大写字母。",
                f"{path}: rules.{code} names no rule; nianshao rules lists them, in capitals.",
            )
            continue
        known = "、".join(rule.limits) or "无"
        for name in said.limits.keys() - rule.limits.keys():
            yield Words(
                f"{path}：rules.{code}.limits.{name} 不是该规则的阈值；可用的：{known}。",
                f"{path}: rules.{code}.limits.{name} is no limit of that rule; it has: "
                f"{', '.join(rule.limits) or 'none'}.",
            )


def _profile(name: str, settings: ProfileSettings) -> Profile:
    marks = settings.score
    return Profile(
        name=name,
        settings={
            code: Setting(said.active, said.severity, said.points, said.limits)
            for code, said in settings.rules.items()
        },
        full_marks=marks.full,
        points={
            Severity.ERROR: marks.error,
            Severity.WARNING: marks.warning,
            Severity.NOTICE: marks.notice,
        },
        most_per_rule=marks.most_per_rule,
    )


def profile_toml() -> str:
    """Return a profile that changes nothing: every key stands there as declared, behind a ``#``."""
    return "\n".join((*_head(), *_rule_lines())) + "\n"


def _head() -> Iterator[str]:
    yield "# 年哨规则配置：去掉行首的“# ”即生效，未写的按规则本身。查看效果：nianshao rules --profile 本文件"
    yield "# Rule profile: take away the leading “# ” of a line to make it count; the rest stays as declared."
    yield ""
    yield "# [score]"
    for name, field in ScoreSettings.model_fields.items():
        yield f"# {name} = {field.default}  # {field.description}"


def _rule_lines() -> Iterator[str]:
    for letter, words, standings in by_theme(DEFAULT):
        yield ""
        yield f"# ==== {letter} {words.both()}"
        for standing in standings:
            yield from _entry(standing)


def _entry(standing: Standing) -> Iterator[str]:
    yield ""
    yield f"## {standing.rule.code} {' '.join(standing.rule.statement.zh.split())}"
    yield f"# [rules.{standing.rule.code}]"
    yield f"# active = {str(standing.active).lower()}"
    yield f'# severity = "{standing.severity.value}"'
    yield f"# points = {standing.points}"
    if standing.limits:
        limits = ", ".join(f"{name} = {limit}" for name, limit in standing.limits.items())
        yield f"# limits = {{ {limits} }}"
