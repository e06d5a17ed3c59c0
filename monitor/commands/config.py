"""``nianshao config``: look at the configuration."""

from __future__ import annotations

import typer

from crawler.browser_at_hand import why_no_browser
from monitor.agency_list import summary
from monitor.config import load
from monitor.house import channels_of, require_channels
from monitor.options import DEFAULT_CONFIG, ConfigFile, Debug
from monitor.profile_file import load_profile
from monitor.settings import Settings
from reports.words import Words


def check(config: ConfigFile = DEFAULT_CONFIG, debug: Debug = False) -> None:
    """检查配置文件，列出每一处问题。 Check the configuration file; names every problem.

    \b
    例 Example: nianshao config check --config /etc/nianshao/config.toml
    """
    settings = load(config)
    load_profile(settings.rules.profile)
    require_channels(channels_of(settings))
    _warn_of_rendering(settings)
    columns = sum(len(site.columns) for site in settings.sites)
    typer.echo(
        Words(
            f"配置可用：网站 {len(settings.sites)} 个，栏目 {columns} 个，单位 "
            f"{len(settings.agencies)} 个，渠道 {len(settings.channels)} 个。",
            f"The configuration is good: {len(settings.sites)} sites, {columns} columns, "
            f"{len(settings.agencies)} agencies, {len(settings.channels)} channels.",
        ).both()
    )
    for words in summary(settings):
        typer.echo(words.both())


def _warn_of_rendering(settings: Settings) -> None:
    """Say which columns want a browser that is not here; the others are visited all the same."""
    wanting = [f"{s.key}/{c.key}" for s in settings.sites for c in s.columns if c.render]
    missing = why_no_browser() if wanting else None
    if missing is None:
        return
    names = ", ".join(wanting[:10])
    said = Words(
        f"注意：{len(wanting)} 个栏目（{names}）需要浏览器才能读取，{missing.zh}。",
        f"Note: {len(wanting)} column(s) ({names}) need a browser to be read: {missing.en}.",
    )
    typer.echo(said.both(), err=True)
