"""``nianshao findings``: what stands, what a person dismissed and why, and what it costs in points."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from db.findings import FindingQuery, finding_json, finding_of, standing_findings
from db.session import reading, writing
from monitor.config import load
from monitor.dismissals import dismiss as dismiss_in
from monitor.dismissals import reopen as reopen_in
from monitor.dismissals import said
from monitor.errors import Refusal
from monitor.finding_text import finding_lines
from monitor.house import open_house
from monitor.moments import moment
from monitor.options import DEFAULT_CONFIG, AsJson, At, ConfigFile, Debug
from monitor.score_sheets import headline
from monitor.unit_scores import sheet_csv, unit_json, unit_scores
from reports.words import Words

Name = Annotated[
    str, typer.Argument(metavar="ID", help="问题编号，见 findings list / as findings list shows it")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="谁核实的 / who says so")]


def list_findings(
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="KEY", help="单位简称 / agency key")
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="Y", help="报告年度 / report year")
    ] = None,
    only_open: Annotated[
        bool, typer.Option("--open", help="只列需核对的 / only what is to be checked")
    ] = False,
    only_dismissed: Annotated[
        bool, typer.Option("--dismissed", help="只列核实不成立的 / only what was dismissed")
    ] = False,
    as_json: AsJson = False,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """列出当前版本的核对结果。 The findings on current versions, and what people said of them.

    \b
    例 Examples: nianshao findings list --year 2025 --open · nianshao findings list --json
    """
    if only_open and only_dismissed:
        raise Refusal(
            Words("--open 与 --dismissed 只能用一个。", "Give --open or --dismissed, not both.")
        )
    house = open_house(load(config))
    language = house.settings.language
    kind = only_dismissed if only_open or only_dismissed else None
    number = 0
    with reading(house.engine) as session:
        for found in standing_findings(session, FindingQuery(agency, year, kind)):
            number += 1
            if as_json:
                typer.echo(json.dumps(finding_json(found, language), ensure_ascii=False))
                continue
            for line in finding_lines(found, language):
                typer.echo(line)
    if not number:
        typer.echo(Words("没有符合条件的问题。", "No finding fits.").both(), err=True)


def dismiss(
    name: Name,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="为什么不成立 / why it does not hold")
    ],
    by: By,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """核实某处问题不成立，并写明理由。 Say, with a reason, that a finding does not hold.

    此后各版本中数字和规则不变，即不再列入；变化后会重新列出并说明变化。
    It holds for later versions while figures and rule stay; else the finding returns.

    \b
    例 Example: nianshao findings dismiss kejiyuan/2025/9f2c41aa --reason 原件核对无误 --by 张三
    """
    word = said(by, reason)
    house = open_house(load(config))
    with writing(house.engine) as session:
        found = dismiss_in(session, name, word, moment(at))
        message = finding_of(found.row).message.in_language(house.settings.language)
        typer.echo(f"{found.key}  {found.row.code}  {message}")
    typer.echo(Words("已记为核实不成立。", "Noted as not holding.").both())


def reopen(
    name: Name,
    by: By,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """撤回“核实不成立”，重新列为需核对。 Take such a word back: the finding counts again.

    \b
    例 Example: nianshao findings reopen kejiyuan/2025/9f2c41aa --by 张三
    """
    house = open_house(load(config))
    with writing(house.engine) as session:
        dismissal = reopen_in(session, name, by, moment(at))
        message = finding_of(dismissal).message.in_language(house.settings.language)
        typer.echo(f"{dismissal.code}  {message}")
    typer.echo(Words("已重新列为需核对。", "It counts again.").both())


def score(
    year: Annotated[int, typer.Option("--year", metavar="Y", help="报告年度 / report year")],
    as_csv: Annotated[
        bool, typer.Option("--csv", help="考核表，一行一处问题 / a sheet, one line per finding")
    ] = False,
    as_json: AsJson = False,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """按规则配置给每个单位计分。 The score of every unit, by the rule profile.

    \b
    例 Examples: nianshao findings score --year 2025 · nianshao findings score --year 2025 --csv > 考核表.csv
    """
    house = open_house(load(config))
    language = house.settings.language
    with reading(house.engine) as session:
        units = tuple(unit_scores(session, year, house.season.profile))
    if as_csv:
        # The mark at the start lets spreadsheets read Chinese.
        typer.echo("\ufeff" + sheet_csv(units, language), nl=False)
        return
    for unit in units:
        if as_json:
            typer.echo(json.dumps(unit_json(unit, language), ensure_ascii=False))
            continue
        told = headline(unit.sheet).in_language(language) if unit.is_scored else ""
        remark = unit.remark.in_language(language) if unit.remark else ""
        typer.echo("  ".join(part for part in (unit.unit.agency.name, told, remark) if part))
    if not units:
        typer.echo(
            Words("没有这一年度的单位。", "No unit owes a report for that year.").both(), err=True
        )
