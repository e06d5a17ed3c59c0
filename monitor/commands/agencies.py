"""``nianshao agencies``: the register taken over from a file, written to one, and listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Annotated

import typer

from monitor.agency_list import agency_json, agency_line, in_region, owing
from monitor.commands.taking_over import (
    DryRun,
    Force,
    Format,
    Output,
    RegisterFile,
    chosen_format,
    exported,
    listed,
    taken_over,
    tell_of_others,
)
from monitor.config import agencies_in, load
from monitor.moments import moment
from monitor.options import DEFAULT_CONFIG, AsJson, At, ConfigFile, Debug
from monitor.register_files.difference import Changed, Difference, doubts, hints
from monitor.register_files.importing import Import, backup_of, carry_out, prepared
from monitor.register_files.writing import register_file
from monitor.register_settings import AgencySettings
from reports.deadlines import china_date
from reports.words import Words


def import_agencies(
    file: RegisterFile,
    dry_run: DryRun = False,
    force: Force = False,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """核对名录文件，列出变化，写入 agencies_file。 Check a register file, show what changes, take it over.

    有一处错误就什么都不写；原名录留作 .bak。 One fault and nothing is written; the old one stays as .bak.

    \b
    例 Examples: nianshao agencies import 名录.xlsx --dry-run · nianshao agencies import 名录.csv
    """
    ready = prepared(file, config)
    for line in _changes(ready):
        typer.echo(line)
    doubtful = () if ready.found is None else tuple(doubts(ready.found))
    for words in (*doubtful, *(() if ready.found is None else hints(ready.found))):
        typer.echo(words.both(), err=True)
    same = ready.found is not None and ready.found.is_none and ready.target.exists()
    taken_over(partial(_written, ready), doubtful, dry_run=dry_run, force=force, same=same)


def export(
    format_: Format = None,
    output: Output = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """导出名录，改好后可再导入。 Write the register as a file that can be edited and imported.

    配置中写了 agencies_file 的，只导出该文件中的。 Those of the agencies_file alone, where there is one.

    \b
    例 Examples: nianshao agencies export > 名录.csv · nianshao agencies export --output 名录.xlsx
    """
    settings = load(config)
    chosen = chosen_format(format_, output)
    file = settings.agencies_file
    agencies = settings.agencies if file is None else agencies_in(file)
    words = Words(f"{len(agencies)} 家单位", f"{len(agencies)} agencies")
    exported(register_file(agencies, chosen, settings.language), chosen, output, words)
    tell_of_others(len(settings.agencies) - len(agencies), config)


def list_agencies(
    region: Annotated[
        str | None,
        typer.Option(
            "--region", metavar="CODE", help="区划代码，可用 * / division code, * for all in it"
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="Y", min=2008, max=2100, help="报告年度，默认当季 / report year"
        ),
    ] = None,
    as_json: AsJson = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """列出名录中的单位、期限和免予公布的理由。 The agencies, when each is due, or why it is not.

    \b
    例 Examples: nianshao agencies list --region '4103*' · nianshao agencies list --year 2025 --json
    """
    settings = load(config)
    language = settings.language
    owes = owing(settings, year if year is not None else china_date(moment(at)).year - 1)
    found = list(in_region(settings.agencies, region))
    for agency in found:
        shown = agency_json(agency, owes, language) if as_json else None
        line = agency_line(agency, owes, language)
        typer.echo(line if shown is None else json.dumps(shown, ensure_ascii=False))
    if not found:
        typer.echo(Words("没有符合条件的单位。", "No agency fits.").both(), err=True)


def _changes(ready: Import) -> Iterator[str]:
    found = ready.found
    if found is None:
        yield Words(
            f"现有名录 {ready.target} 无法读取，不能比较；将整个替换为 {len(ready.agencies)} 家单位。",
            f"The present register {ready.target} cannot be read, so nothing is compared; it would be "
            f"replaced by {len(ready.agencies)} agencies.",
        ).both()
        return
    yield from listed(f"+ {_who(agency)}" for agency in found.added)
    yield from listed(
        f"→ {change.now.key} {change.before.name} → {change.now.name}{_others(change)}"
        for change in found.renamed
    )
    yield from listed(f"~ {_who(change.now)}{_others(change)}" for change in found.changed)
    yield from listed(f"- {_who(agency)}" for agency in found.retired)
    yield _counts(found).both()


def _who(agency: AgencySettings) -> str:
    return f"{agency.key} {agency.name}"


def _others(change: Changed) -> str:
    names = ", ".join(name for name in change.fields if name != "name")
    return f" ({names})" if names else ""


def _counts(found: Difference) -> Words:
    return Words(
        f"新增 {len(found.added)} 家，改名 {len(found.renamed)} 家，变更 {len(found.changed)} 家，"
        f"不再列出 {len(found.retired)} 家，不变 {found.unchanged} 家。",
        f"{len(found.added)} added, {len(found.renamed)} renamed, {len(found.changed)} changed, "
        f"{len(found.retired)} retired, {found.unchanged} unchanged.",
    )


def _written(ready: Import) -> Words:
    existed, backup = carry_out(ready), backup_of(ready.target).name
    count = len(ready.agencies)
    zh = f"；原名录留作 {backup}" if existed else ""
    en = f"; the old register stays as {backup}" if existed else ""
    return Words(
        f"已写入 {ready.target}（{count} 家单位）{zh}。正在运行的服务重启后生效。",
        f"{ready.target} is written ({count} agencies){en}. A running service takes it up when it "
        "is started again.",
    )
