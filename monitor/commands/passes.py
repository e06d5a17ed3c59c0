"""``nianshao once``: one whole pass."""

from __future__ import annotations

import json
import logging
from typing import Annotated

import typer

from db.session import reading
from monitor.config import load
from monitor.errors import Refusal
from monitor.house import open_house, require_channels
from monitor.locks import pass_lock
from monitor.moments import moment
from monitor.options import DEFAULT_CONFIG, AsJson, At, ConfigFile, Debug
from monitor.passes import PassSummary, run_pass
from monitor.planning import all_columns, due_columns
from monitor.settings import Settings
from reports.words import Words

logger = logging.getLogger(__name__)


def once(
    due: Annotated[
        bool, typer.Option("--due", help="只访问到时的栏目 / only columns that are due")
    ] = False,
    site: Annotated[
        str | None, typer.Option("--site", metavar="KEY", help="只访问一个网站 / one site only")
    ] = None,
    as_json: AsJson = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """巡查一遍后退出，适合 cron。 One whole pass, then exit: visit, read, judge, tell.

    \b
    例 Examples: nianshao once · nianshao once --due · nianshao once --site luolong --json
    """
    moment(at)  # a wrong time is told before anything is opened
    settings = load(config)
    _known(settings, site)
    house = open_house(settings)
    require_channels(house.channels)
    columns = all_columns(settings, site)
    with pass_lock(settings.data_dir, _waiting) as lock:
        # Only now: the pass that this one waited for may have taken long.
        now = moment(at)
        if due:
            with reading(house.engine) as session:
                wanted = set(due_columns(session, settings, now))
            columns = tuple(column for column in columns if column in wanted)
        summary = run_pass(house, columns, now, lock)
    typer.echo(json.dumps(summary.as_json(), ensure_ascii=False) if as_json else _line(summary))
    if summary.failure is not None:
        raise Refusal(summary.failure)


def _known(settings: Settings, site: str | None) -> None:
    keys = [known.key for known in settings.sites]
    if site is not None and site not in keys:
        raise Refusal(
            Words(
                f"没有名为 {site} 的网站；已配置的有：{'、'.join(keys) or '（无）'}。",
                f"There is no site {site}; configured are: {', '.join(keys) or '(none)'}.",
            )
        )


def _waiting() -> None:
    words = Words(
        "另一轮巡查正在进行，等待其结束…", "another pass is under way; waiting for its end…"
    )
    typer.echo(words.both(), err=True)


def _line(summary: PassSummary) -> str:
    good = sum(visit["outcome"] in ("ok", "not_modified") for visit in summary.visits)
    return Words(
        f"查看栏目 {len(summary.visits)} 个（正常 {good} 个），请求 {summary.requests} 次"
        f"（未变 {summary.not_modified} 次），新版本 {summary.new_versions} 个，"
        f"事件 {summary.events} 条，送达 {summary.delivered} 条，未送达 {summary.failed} 条，"
        f"用时 {summary.seconds:.1f} 秒。",
        f"{len(summary.visits)} columns ({good} good), {summary.requests} requests "
        f"({summary.not_modified} unchanged), {summary.new_versions} new versions, "
        f"{summary.events} events, {summary.delivered} delivered, {summary.failed} failed, "
        f"{summary.seconds:.1f} s.",
    ).both()
