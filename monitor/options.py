"""Options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from monitor.config import load
from monitor.settings import Settings

ConfigFile: TypeAlias = Annotated[
    Path, typer.Option("--config", metavar="FILE", help="配置文件 / configuration file")
]
At: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="ISO-TIME",
        help="逻辑上的“现在”，用于回放和测试；无时区按北京时间 / the logical now (China time by default)",
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="JSON 输出 / JSON output")]
Debug: TypeAlias = Annotated[
    bool, typer.Option("--debug", help="显示详细日志和出错位置 / log details and tracebacks")
]
ProfileFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--profile", metavar="FILE", help="按这个规则配置 / under this rule profile"),
]

DEFAULT_CONFIG = Path("config.toml")


def settings_if_any(config: Path) -> Settings:
    """Return the configuration; the default file may be absent, a named one may not."""
    if config == DEFAULT_CONFIG and not DEFAULT_CONFIG.exists():
        return Settings()
    return load(config)
