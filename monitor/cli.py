"""The command line: one function per command, each thin."""

from __future__ import annotations

import gc
import sys

import typer
from sqlalchemy.exc import OperationalError

from monitor.commands import (
    agencies,
    check,
    config,
    database,
    evidence,
    findings,
    ledger,
    passes,
    rules,
    service,
    site_register,
    sites,
)
from monitor.errors import Refusal
from monitor.logs import log_to_stderr
from reports.words import Words

_GARBAGE_AFTER = (50_000, 20, 10)

app = typer.Typer(
    name="nianshao",
    help="年哨：观察政府信息公开工作年度报告。 / Watches annual reports on information disclosure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
config_app = typer.Typer(help="配置 / configuration", no_args_is_help=True)
app.add_typer(config_app, name="config")
findings_app = typer.Typer(help="核对结果 / findings", no_args_is_help=True)
app.add_typer(findings_app, name="findings")
db_app = typer.Typer(help="数据库与归档 / database and archive", no_args_is_help=True)
app.add_typer(db_app, name="db")
agencies_app = typer.Typer(help="单位名录 / the register of agencies", no_args_is_help=True)
app.add_typer(agencies_app, name="agencies")
sites_app = typer.Typer(help="网站和栏目 / sites and columns", no_args_is_help=True)
app.add_typer(sites_app, name="sites")

app.command("run")(service.run)
app.command("sample-site")(service.sample_site)
app.command("once")(passes.once)
app.command("check")(check.check)
app.command("obligations")(ledger.obligations)
app.command("events")(ledger.events)
app.command("deliveries")(ledger.deliveries)
app.command("evidence")(evidence.evidence)
app.command("rules")(rules.rules)
app.command("docs", hidden=True)(rules.docs)
config_app.command("check")(config.check)
db_app.command("upgrade")(database.upgrade)
db_app.command("verify")(database.verify)
db_app.command("prune")(database.prune)
agencies_app.command("import")(agencies.import_agencies)
agencies_app.command("export")(agencies.export)
agencies_app.command("list")(agencies.list_agencies)
findings_app.command("list")(findings.list_findings)
findings_app.command("dismiss")(findings.dismiss)
findings_app.command("reopen")(findings.reopen)
findings_app.command("score")(findings.score)
sites_app.command("list")(sites.list_sites)
sites_app.command("probe")(sites.probe)
sites_app.command("test")(sites.try_sites)
sites_app.command("sample")(sites.sample)
sites_app.command("import")(site_register.import_sites)
sites_app.command("export")(site_register.export_sites)


def main() -> None:
    """Run the command; an expected trouble ends in one clear line and exit code 2."""
    debug = "--debug" in sys.argv
    # Most of what a pass makes it needs to its end: to look for garbage again and again is waste.
    gc.set_threshold(*_GARBAGE_AFTER)
    log_to_stderr(debug=debug)
    try:
        app()
    except Refusal as refusal:
        if debug:
            raise
        for words in refusal.all:
            typer.echo(words.both(), err=True)
        raise SystemExit(2) from None
    except OperationalError as error:
        if debug:
            raise
        typer.echo(_unanswered(error).both(), err=True)
        raise SystemExit(2) from None
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: nothing is left to tell.
        sys.stderr.close()
        raise SystemExit(0) from None


def _unanswered(error: OperationalError) -> Words:
    """Return the sentence for a database that does not answer, most often since a pass writes to it."""
    reason = error.orig or error
    return Words(
        f"数据库此刻不能使用：{reason}；这一步没有写入。巡查正在进行的，请稍后再试；否则请检查磁盘和权限。",
        f"The database cannot be used now: {reason}; this step was not written. If a pass is under way, try "
        "again later; else check the disk and its permissions.",
    )
