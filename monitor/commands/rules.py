"""``nianshao rules`` and the generated documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from monitor.config import load
from monitor.errors import Refusal
from monitor.options import DEFAULT_CONFIG, ConfigFile, Debug, ProfileFile
from monitor.profile_file import load_profile, profile_toml
from reports.naming import SEVERITIES
from reports.rules.engine import Rule
from reports.rules.registry import RULES
from reports.rules.standing import Standing, by_theme, standing_of
from reports.words import Words


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="规则编号 / rule code")
    ] = None,
    profile: ProfileFile = None,
    write_profile: Annotated[
        Path | None,
        typer.Option(
            "--write-profile",
            metavar="FILE",
            help="写一份可修改的规则配置 / write a rule profile to be edited",
        ),
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """列出规则，或说明一条规则。 List the rules, or explain one; as they stand under a profile.

    \b
    例 Examples: nianshao rules · nianshao rules B01 · nianshao rules --profile rules.toml
    """
    if write_profile is not None:
        _write(write_profile)
        return
    chosen = load_profile(profile or _configured(config))
    if code is not None:
        for line in _explained(standing_of(_rule(code), chosen)):
            typer.echo(line)
        return
    for letter, words, standings in by_theme(chosen):
        typer.echo(f"{letter}  {words.both()}")
        for standing in standings:
            typer.echo(_line(standing))


def _configured(config: Path) -> Path | None:
    """Return the profile that the configuration names; the default configuration may be absent."""
    if config == DEFAULT_CONFIG and not config.exists():
        return None
    return load(config).rules.profile


def _write(path: Path) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(profile_toml())
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refusal(
            Words(
                f"无法写入 {path}：{why}；不会覆盖已有文件，请换一个文件名。",
                f"{path} cannot be written: {why}; no file is overwritten, choose another name.",
            )
        ) from None
    typer.echo(
        Words(
            f'已写入 {path}；改好后写入 config.toml：[rules] profile = "{path}"。',
            f'{path} is written; edit it, then name it in config.toml: [rules] profile = "{path}".',
        ).both()
    )


def _line(standing: Standing) -> str:
    mark = "*" if standing.is_changed else " "
    severity = standing.severity.value if standing.active else "off"
    return f"{mark} {standing.rule.code}  {severity:<8} {standing.rule.statement.both()}"


def _rule(code: str) -> Rule:
    for rule in RULES:
        if rule.code == code.upper():
            return rule
    raise Refusal(
        Words(
            f"没有编号为 {code} 的规则；用 nianshao rules 查看全部。",
            f"There is no rule {code}; nianshao rules lists them all.",
        )
    )


def _explained(standing: Standing) -> Iterator[str]:
    rule = standing.rule
    severity = SEVERITIES[standing.severity]
    yield f"{rule.code}  {standing.severity.value}  {severity.both()}"
    yield rule.statement.zh
    yield rule.statement.en
    if not standing.active:
        yield Words("当前未启用", "switched off at present").both()
    yield f"依据 / basis: {rule.basis.both()}"
    yield f"不算问题 / not a breach: {rule.innocent.both()}"
    yield f"怎样消除 / what clears it: {rule.clears.both()}"
    yield f"每处扣分 / points per finding: {standing.points}"
    for name, limit in standing.limits.items():
        yield f"阈值 / limit: {name} = {limit}"
    if standing.is_changed:
        yield Words("规则配置对本规则有改动", "the profile changes this rule").both()


def docs(
    folder: Annotated[Path, typer.Argument(help="目标文件夹 / target folder")] = Path("docs"),
    debug: Debug = False,
) -> None:
    """重新生成参考文档。 Write the generated reference pages anew."""
    from monitor.reference import documents  # refers to the command line, which refers to us

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8")
        typer.echo(str(folder / name))
