"""``nianshao sites``: how the columns stand, a look at an unknown one, a trial visit, saved pages."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from crawler.plan import SitePlan
from db.session import reading
from monitor.config import agencies_in, load
from monitor.errors import Refusal
from monitor.house import House, open_house
from monitor.locks import pass_lock
from monitor.logs import silenced
from monitor.moments import moment
from monitor.options import DEFAULT_CONFIG, AsJson, At, ConfigFile, Debug, settings_if_any
from monitor.planning import all_columns, crawl_plan, crawl_settings
from monitor.probing.found import Sureness
from monitor.probing.probe import CLOSED, Asking
from monitor.probing.probe import probe as probe_address
from monitor.probing.tables import Probed, advice, probed_json, tables_of
from monitor.settings import Settings
from monitor.site_rows import column_json, column_lines, column_rows
from monitor.site_sample import save_pages
from monitor.site_trial import ColumnTrial, try_column
from monitor.site_trial_text import trial_json, trial_lines
from monitor.toml_text import shown
from monitor.trial import trial_store
from reports.visits import DOWN, READ
from reports.words import Words

_KEY = typer.Argument(metavar="KEY", help="网站或栏目，写作 网站/栏目 / a site, or site/column")


def list_sites(
    as_json: AsJson = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """列出网站和栏目的状况。 How each site and column stands: family, state, looks, next visit, units.

    \b
    例 Examples: nianshao sites list · nianshao sites list --json
    """
    house = open_house(load(config))
    language = house.settings.language
    with reading(house.engine) as session:
        rows = column_rows(session, house.settings, moment(at))
    if as_json:
        for row in rows:
            typer.echo(json.dumps(column_json(row, language), ensure_ascii=False))
        return
    for line in column_lines(rows, language) if rows else ():
        typer.echo(line)
    if not rows:
        words = Words(
            "还没有配置网站；用 nianshao sites probe 网址 得到可粘贴的配置。",
            "no site is configured; nianshao sites probe URL prints a table to paste.",
        )
        typer.echo(words.both(), err=True)


def probe(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="栏目或网站首页 / a column, or a front page")
    ],
    agencies: Annotated[
        Path | None,
        typer.Option(
            "--agencies",
            metavar="FILE",
            help="名册，标题里的单位与之对照 / register that the units in titles are held against",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="把配置写入新文件 / write the tables to a new file"
        ),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="允许本机和内网地址 / permit private addresses"),
    ] = False,
    as_json: AsJson = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """查看未配置的栏目，给出可粘贴的配置。 Look at an unknown column; print the tables that take it up.

    给出首页时按名称找栏目，请求不超过 15 次，遵守 robots；不写数据库。 From a front page the column is
    found by name, within 15 requests; robots are obeyed and nothing is stored.

    \b
    退出码 Exit: 0 可用 usable · 1 存疑或没有找到 doubtful or not found · 2 无法查看 could not be looked at.
    例 Examples:
      nianshao sites probe https://www.example.gov.cn/zfxxgk/zfxxgknb/
      nianshao sites probe https://www.example.gov.cn/ --output example.toml
    """
    settings = settings_if_any(config)
    _require_new(output)
    known = agencies_in(agencies) if agencies else settings.agencies
    asking = Asking(
        settings=crawl_settings(settings.crawler),
        now=moment(at),
        tell=_progress,
        allow_private=allow_private,
        taken_keys=tuple(site.key for site in settings.sites),
        agencies=tuple(agency.identity() for agency in known),
    )
    with nullcontext() if debug else silenced("crawler"):
        probed = probe_address(url, asking)
    if as_json:
        typer.echo(json.dumps(probed_json(probed), ensure_ascii=False))
    elif output is None:
        typer.echo(tables_of(probed), nl=False)
    if output is not None:
        _write(output, tables_of(probed))
    raise typer.Exit(_told(probed))


def try_sites(
    key: Annotated[str, _KEY],
    as_json: AsJson = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """试访问一次，不改动台账。 One visit that changes nothing: what was asked, what the list holds.

    \b
    退出码 Exit: 0 正常 good · 1 不正常 not good.
    例 Examples: nianshao sites test luolong · nianshao sites test luolong/annual-reports --json
    """
    house = open_house(load(config))
    language = house.settings.language
    is_good = True
    for tried in _tried(house, key, at, debug=debug):
        is_good = is_good and tried.trial.outcome in READ
        if as_json:
            typer.echo(json.dumps(trial_json(tried, language), ensure_ascii=False))
        else:
            for line in trial_lines(tried, language):
                typer.echo(line)
    raise typer.Exit(0 if is_good else 1)


def sample(
    key: Annotated[str, _KEY],
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="写入哪个文件夹 / folder to write to")
    ],
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """保存栏目的页面和读出的链接。 Save a column's pages and the links read from them, as test examples.

    页面原样保存，是第三方材料。 Pages are kept as they came; they are third-party material.

    \b
    例 Example: nianshao sites sample luolong/annual-reports --output pages
    """
    house = open_house(load(config))
    for tried in _tried(house, key, at, debug=debug):
        for file in save_pages(tried.trial, tried.family, tried.key, output):
            typer.echo(str(file))
    words = Words(
        "页面原样保存，是第三方材料；公开前请核对其中的个人信息和版权。",
        "The pages are third-party material, kept as they came; check them before they are published.",
    )
    typer.echo(words.both(), err=True)


def _tried(house: House, key: str, at: str | None, *, debug: bool) -> Iterator[ColumnTrial]:
    """Try the columns that the key names, one after another, while no pass is under way."""
    settings = house.settings
    columns = _columns(settings, key)
    with pass_lock(settings.data_dir, _waiting) as lock, _quiet(debug):
        for column in columns:
            now = moment(at)
            (site,) = crawl_plan(settings, (column,), now).sites
            _progress(Words(f"查看 {site.columns[0].url}", f"looking at {site.columns[0].url}"))
            yield _try(house, site, at, lock)


def _try(house: House, site: SitePlan, at: str | None, lock: int) -> ColumnTrial:
    with trial_store(crawl_settings(house.settings.crawler), moment(at)) as store:
        return try_column(store, house.engine, site, (lock,))


@contextmanager
def _quiet(debug: bool) -> Iterator[None]:
    with nullcontext() if debug else silenced("crawler"):
        yield


def _columns(settings: Settings, key: str) -> tuple[str, ...]:
    every = all_columns(settings)
    named = tuple(column for column in every if key in (column, column.partition("/")[0]))
    if named:
        return named
    raise Refusal(_unknown(key, (*(site.key for site in settings.sites), *every)))


def _unknown(key: str, known: Iterable[str]) -> Words:
    nearest = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    if not nearest:
        return Words(
            f"没有名为 {key} 的网站或栏目；用 nianshao sites list 查看全部。",
            f"There is no site or column {key}; nianshao sites list shows them all.",
        )
    return Words(
        f"没有名为 {key} 的网站或栏目；是否指 {nearest[0]}？",
        f"There is no site or column {key}; did you mean {nearest[0]}?",
    )


def _told(probed: Probed) -> int:
    """Return the exit code, and say on standard error what to do where nothing can be pasted."""
    if probed.sureness in (Sureness.SURE, Sureness.LIKELY):
        return 0
    if probed.sureness is Sureness.NONE:
        todo = advice(probed.outcome)
        words = Words(f"{probed.said.zh}；{todo.zh}。", f"{probed.said.en}; {todo.en}.")
        typer.echo(shown(words.both()), err=True)
    return 2 if probed.outcome in CLOSED | DOWN else 1


def _require_new(path: Path | None) -> None:
    if path is not None and path.exists():
        raise Refusal(
            Words(
                f"{path} 已存在，不会覆盖；请换一个文件名。",
                f"{path} exists and is not overwritten; choose another name.",
            )
        )


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Refusal(
            Words(
                f"无法写入 {path}：{error.strerror}；请核对路径和权限。",
                f"{path} cannot be written: {error.strerror}; check the path and its permissions.",
            )
        ) from None
    typer.echo(Words(f"已写入 {path}", f"{path} is written").both(), err=True)


def _progress(words: Words) -> None:
    typer.echo(words.both(), err=True)


def _waiting() -> None:
    _progress(
        Words("另一轮巡查正在进行，等待其结束…", "another pass is under way; waiting for its end…")
    )
