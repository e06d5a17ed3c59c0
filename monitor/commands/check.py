"""``nianshao check``: read and check documents without a database."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from monitor.check import Checking, last_year_of
from monitor.check import check as check_all
from monitor.check_inputs import expanded, passed_over
from monitor.check_output import Format, Output
from monitor.fetching import Fetching
from monitor.logs import silenced
from monitor.moments import moment
from monitor.options import DEFAULT_CONFIG, At, ConfigFile, Debug, ProfileFile, settings_if_any
from monitor.profile_file import load_profile
from reports.agencies import AgencyKind, Identity
from reports.case import Case
from sandbox.pool import Sandbox


def check(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|DIR|URL|-...",
            help="文件、文件夹、通配符、网址或 - / files, folders, patterns, addresses or -",
        ),
    ],
    output: Annotated[
        Format, typer.Option("--format", help="输出格式 / output format")
    ] = Format.TEXT,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="NAME", help="应是哪个单位 / expected agency")
    ] = None,
    kind: Annotated[
        AgencyKind, typer.Option("--kind", help="单位类型 / kind of agency")
    ] = AgencyKind.DEPARTMENT,
    year: Annotated[
        int | None, typer.Option("--year", metavar="Y", help="应是哪个年度 / expected report year")
    ] = None,
    previous: Annotated[
        str | None,
        typer.Option(
            "--previous",
            metavar="FILE|DIR",
            help="上一年度报告，或放它们的文件夹 / last year's report, or a folder of them",
        ),
    ] = None,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", help="不显示没有问题的 / leave out inputs that need nothing done"
        ),
    ] = False,
    profile: ProfileFile = None,
    with_score: Annotated[
        bool, typer.Option("--score", help="按规则配置计分 / points off, by the rule profile")
    ] = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """读取并核对报告，不使用数据库。 Read and check reports; nothing is stored.

    给出 --agency、--year、--previous，能多核对几条规则。 Each option given lets more rules judge.

    \b
    退出码 Exit: 0 无错误 · 1 有错误 errors · 2 无法读取 unreadable.
    例 Examples:
      nianshao check 年报.docx --agency 青禾区水务局 --year 2025 --previous 去年.docx
      nianshao check 年报/ --previous 去年的年报/ --quiet
      nianshao check "报送/**/*.docx" --format markdown > 问题清单.md
    """
    settings = settings_if_any(config)
    rules = load_profile(profile or settings.rules.profile)
    identity = Identity("check", agency, kind) if agency else None
    named, unread = expanded(sources), passed_over(sources)
    with nullcontext() if debug else silenced("crawler"), Sandbox() as sandbox:
        checking = Checking(Fetching(settings, moment(at)), sandbox, rules)
        last_year = last_year_of(previous, len(named), checking) if previous else None
        scoring = rules if with_score else None
        language = settings.language
        printed = Output(output, language, len(named), quiet=quiet, scoring=scoring)
        for result in check_all(named, Case(identity, year), checking, last_year):
            printed.add(result)
    printed.finish()
    if unread is not None:
        typer.echo(unread.in_language(settings.language), err=True)
    raise typer.Exit(printed.exit_code)
