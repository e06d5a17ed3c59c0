"""``nianshao run`` and the sample site."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Annotated
from urllib.parse import urlsplit

import typer

from monitor.config import load
from monitor.errors import Refusal
from monitor.house import open_house, require_channels
from monitor.locks import service_lock
from monitor.options import DEFAULT_CONFIG, ConfigFile, Debug
from monitor.settings import Settings
from reports.words import Words

SAMPLE_PORT = 8090


def run(
    sample: Annotated[
        bool, typer.Option("--sample", help="同时启动示例网站 / start the sample site too")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="PORT", min=0, max=65535, help="状态页端口 / status page port"
        ),
    ] = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """启动服务：定时巡查、判定、告警、状态页；SIGTERM 正常停止。 The service, until stopped.

    \b
    例 Examples: nianshao run · nianshao run --sample --port 8001
    """
    from monitor.service import (
        serve,
    )  # the web server is loaded by who serves, not by every command

    settings = _with_port(load(config), port)
    with service_lock(settings.data_dir), _sample_site(settings) if sample else nullcontext():
        house = open_house(settings)
        require_channels(house.channels)
        serve(house, ready=_announce)


def sample_site(
    port: Annotated[
        int,
        typer.Option("--port", metavar="PORT", min=0, max=65535, help="端口 / port on loopback"),
    ] = SAMPLE_PORT,
    with_parent: Annotated[bool, typer.Option("--with-parent", hidden=True)] = False,
    debug: Debug = False,
) -> None:
    """启动本机示例网站（五个示例单位）。 Serve the sample site on loopback.

    \b
    例 Example: nianshao sample-site --port 8090
    """
    from monitor.sample import serve_sample

    serve_sample(port, with_parent=with_parent)


def _announce(address: str) -> None:
    words = Words(f"状态页：{address}（按 Ctrl+C 停止）", f"status page: {address} (Ctrl+C stops)")
    typer.echo(words.both())
    sys.stdout.flush()


def _with_port(settings: Settings, port: int | None) -> Settings:
    if port is None:
        return settings
    web = settings.web.model_copy(update={"port": port, "public_url": None})
    return settings.model_copy(update={"web": web})


@contextmanager
def _sample_site(settings: Settings) -> Iterator[None]:
    """Run the sample site as a child; the open pipe ends it when this process is gone."""
    from monitor.sample import await_sample, require_free

    port = _sample_port(settings)
    require_free(port)
    child = subprocess.Popen(
        [sys.executable, "-m", "monitor", "sample-site", "--with-parent", "--port", str(port)],
        stdin=subprocess.PIPE,
    )
    try:
        await_sample(port, lambda: child.poll() is None)
        yield
    finally:
        child.terminate()
        child.wait()


def _sample_port(settings: Settings) -> int:
    for site in settings.sites:
        address = urlsplit(site.base_url)
        if site.allow_private and address.hostname == "127.0.0.1" and address.port:
            return address.port
    raise Refusal(
        Words(
            "--sample 需要配置中有 http://127.0.0.1:端口 且 allow_private = true 的网站。",
            "--sample needs a configured site at http://127.0.0.1:PORT with allow_private = true.",
        )
    )
