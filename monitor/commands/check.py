"""``nianshao check``: read and check documents without a database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitor.check import Checked, Checking, previous_report
from monitor.check import check as check_all
from monitor.check_formats import as_json, markdown_lines, sarif, text_lines
from monitor.config import load
from monitor.fetching import Fetching
from monitor.logs import silenced
from monitor.moments import moment
from monitor.options import DEFAULT_CONFIG, At, ConfigFile, Debug
from monitor.settings import Settings
from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.words import Language
from sandbox.pool import Sandbox


class Format(StrEnum):
    """What the command prints."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    MARKDOWN = "markdown"


def check(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="FILE|URL|-...", help="文件、网址或 - / file, address or -"),
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
        str | None, typer.Option("--previous", metavar="FILE", help="上一年度报告 / last year's")
    ] = None,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """读取并核对报告，不使用数据库。 Read and check reports; nothing is stored.

    \b
    退出码 Exit: 0 无错误 · 1 有错误 errors · 2 无法读取 unreadable.
    例 Examples: nianshao check 年报.docx · nianshao check *.html --format json
    """
    settings = _settings(config)
    identity = Identity("check", agency, kind) if agency else None
    results = []
    with nullcontext() if debug else silenced("crawler"), Sandbox() as sandbox:
        checking = Checking(Fetching(settings, moment(at)), sandbox)
        last_year = previous_report(previous, checking) if previous else None
        for result in check_all(sources, Case(identity, year, last_year), checking):
            results.append(result)
            for line in _lines(result, output, settings.language):
                typer.echo(line)
    if output is Format.SARIF:
        typer.echo(sarif(results, settings.language))
    raise typer.Exit(max(result.exit_code for result in results))


def _settings(config: Path) -> Settings:
    """Return the configuration; the default file may be absent, a named one may not."""
    if config == DEFAULT_CONFIG and not DEFAULT_CONFIG.exists():
        return Settings()
    return load(config)


def _lines(result: Checked, output: Format, language: Language) -> Iterator[str]:
    match output:
        case Format.TEXT:
            yield from text_lines(result, language)
        case Format.MARKDOWN:
            yield from markdown_lines(result, language)
        case Format.JSON:
            yield json.dumps(as_json(result, language), ensure_ascii=False)
        case Format.SARIF:
            return
