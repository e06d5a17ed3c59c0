"""``nianshao rules`` and the generated documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.config import load
from monitor.errors import Refusal
from monitor.options import DEFAULT_CONFIG, ConfigFile, Debug
from reports.rules.engine import Rule
from reports.rules.registry import RULES
from reports.words import Words


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="规则编号 / rule code")
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """列出规则，或说明一条规则。 List the rules, or explain one.

    \b
    例 Examples: nianshao rules · nianshao rules B01
    """
    if config != DEFAULT_CONFIG:
        load(config)
    if code is None:
        for rule in RULES:
            typer.echo(f"{rule.code}  {rule.severity.value:<8} {rule.statement.both()}")
        return
    for line in _explained(_rule(code)):
        typer.echo(line)


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


def _explained(rule: Rule) -> tuple[str, ...]:
    return (
        f"{rule.code}  {rule.severity.value}",
        rule.statement.zh,
        rule.statement.en,
        f"依据 / basis: {rule.basis.both()}",
        f"不算问题 / not a breach: {rule.innocent.both()}",
        f"怎样消除 / what clears it: {rule.clears.both()}",
    )


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
