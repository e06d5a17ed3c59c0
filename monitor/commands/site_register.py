"""``nianshao sites import|export``: the sites taken over from a file, and written to one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import typer

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
from monitor.config import load
from monitor.options import DEFAULT_CONFIG, ConfigFile, Debug
from monitor.register_files.importing import backup_of, format_of, replaced
from monitor.register_files.reading import read_sites
from monitor.register_files.site_importing import SiteImport, prepared_sites, site_doubts
from monitor.register_files.writing import sites_file
from reports.words import Words


def import_sites(
    file: RegisterFile,
    dry_run: DryRun = False,
    force: Force = False,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """核对网站名录，列出变化，写入 sites_file。 Check a file of sites, show what changes, take it over.

    一行一个栏目；有一处错误就什么都不写，原文件留作 .bak。 A row for each column; one fault and nothing is
    written; the old file stays as .bak.

    \b
    例 Examples: nianshao sites import 网站.xlsx --dry-run · nianshao sites import 网站.csv
    """
    ready = prepared_sites(file, config)
    for line in _changes(ready):
        typer.echo(line)
    doubtful = () if ready.found is None else tuple(site_doubts(ready.found))
    for words in doubtful:
        typer.echo(words.both(), err=True)
    same = ready.found is not None and ready.found.is_none and ready.target.exists()
    taken_over(partial(_written, ready), doubtful, dry_run=dry_run, force=force, same=same)


def export_sites(
    format_: Format = None,
    output: Output = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """导出网站和栏目，改好后可再导入。 Write sites and columns as a file that can be edited and imported.

    配置中写了 sites_file 的，只导出该文件中的。 Those of the sites_file alone, where there is one.

    \b
    例 Examples: nianshao sites export > 网站.csv · nianshao sites export --output 网站.xlsx
    """
    settings = load(config)
    chosen = chosen_format(format_, output)
    file = settings.sites_file
    sites = settings.sites if file is None else read_sites(file)
    count = sum(len(site.columns) for site in sites)
    words = Words(f"{len(sites)} 个网站 {count} 个栏目", f"{len(sites)} site(s), {count} column(s)")
    exported(sites_file(sites, chosen, settings.language), chosen, output, words)
    tell_of_others(len(settings.sites) - len(sites), config)


def _changes(ready: SiteImport) -> Iterator[str]:
    found = ready.found
    if found is None:
        yield Words(
            f"现有的 {ready.target} 无法读取，不能比较；将整个替换为 {len(ready.sites)} 个网站。",
            f"The present {ready.target} cannot be read, so nothing is compared; it would be replaced by "
            f"{len(ready.sites)} site(s).",
        ).both()
        return
    yield from listed(f"+ {key}" for key in found.added)
    yield from listed(f"~ {key} ({', '.join(fields)})" for key, fields in found.changed.items())
    yield from listed(f"- {key}" for key in found.retired)
    yield Words(
        f"新增 {len(found.added)} 项，变更 {len(found.changed)} 项，不再列出 {len(found.retired)} 项，"
        f"不变 {len(found.unchanged)} 项（网站和栏目各算一项）。",
        f"{len(found.added)} added, {len(found.changed)} changed, {len(found.retired)} retired, "
        f"{len(found.unchanged)} unchanged (each site and each column counts).",
    ).both()


def _written(ready: SiteImport) -> Words:
    content = sites_file(ready.sites, format_of(ready.target), ready.language)
    existed, backup = replaced(ready.target, content), backup_of(ready.target).name
    zh = f"；原文件留作 {backup}" if existed else ""
    en = f"; the old file stays as {backup}" if existed else ""
    return Words(
        f"已写入 {ready.target}（{len(ready.sites)} 个网站）{zh}。正在运行的服务重启后生效。",
        f"{ready.target} is written ({len(ready.sites)} site(s)){en}. A running service takes it up "
        "when it is started again.",
    )
