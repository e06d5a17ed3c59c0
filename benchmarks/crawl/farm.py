"""A farm of virtual sites behind nginx: many loopback addresses, one list page for each column."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NEIGHBOURS = ("公安局", "财政局", "教育局", "民政局", "司法局", "水利局", "审计局", "统计局")
_FILLER = "<p>" + "政府信息公开 政策文件 规章 规范性文件 机构职能 领导信息 " * 180 + "</p>"


@dataclass(frozen=True, slots=True)
class Farm:
    """The running farm; column n stands at ``/c{n}/`` of host ``n // columns_per_host``."""

    root: Path
    port: int
    hosts: int
    columns_per_host: int

    @property
    def columns(self) -> int:
        """Return the number of columns."""
        return self.hosts * self.columns_per_host

    def base_url(self, host: int) -> str:
        """Return the front page of a host: each has a loopback address of its own."""
        return f"http://127.1.{host // 250}.{host % 250 + 1}:{self.port}"

    def url(self, column: int) -> str:
        """Return the address of a column."""
        return f"{self.base_url(column // self.columns_per_host)}/c{column}/"

    def write(self, column: int, body: str, name: str = "index.html") -> None:
        """Put a page under a column, in plain and in packed form."""
        folder = self.root / "www" / f"c{column}"
        folder.mkdir(parents=True, exist_ok=True)
        raw = body.encode()
        (folder / name).write_bytes(raw)
        (folder / f"{name}.gz").write_bytes(gzip.compress(raw, 1, mtime=0))

    def requests(self) -> Iterator[tuple[str, float]]:
        """Yield host address and instant (seconds) of every request that was served."""
        time.sleep(_WRITTEN_AFTER)
        for line in (self.root / "access.log").read_text().splitlines():
            host, at = line.split()
            yield host, float(at)

    def forget_requests(self) -> None:
        """Empty the log of requests."""
        time.sleep(_WRITTEN_AFTER)
        os.truncate(self.root / "access.log", 0)


def list_page(column: int, extra: str = "") -> str:
    """Return a list of twenty entries, some 24 KB, none of them of the column's own agency."""
    entries = "".join(
        f'<li><a href="/r/{column}/{n}.html" title="甲{column}县{_NEIGHBOURS[n % 8]}'
        f'{2025 - n // 8}年政府信息公开工作年度报告">甲县{_NEIGHBOURS[n % 8]}…</a>'
        f"<span>{2026 - n // 8}-01-{10 + n}</span></li>"
        for n in range(20)
    )
    return (
        f"<html><head><title>政府信息公开年报</title></head><body>{_FILLER}<ul>{extra}{entries}</ul>"
        "</body></html>"
    )


@contextmanager
def farm(root: Path, hosts: int, columns_per_host: int, *, same: bool = False) -> Iterator[Farm]:
    """Write the pages, start nginx, and stop it at the end; ``same``: one page stands for all columns."""
    for folder in ("www", "tmp"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    grown = Farm(root, free_port(), hosts, columns_per_host)
    for column in range(1 if same else grown.columns):
        grown.write(column, list_page(column))
    (root / "nginx.conf").write_text(_CONFIG.format(root=root, port=grown.port))
    nginx = subprocess.Popen(["nginx", "-p", str(root), "-c", str(root / "nginx.conf")])
    try:
        wait_for(grown.port)
        yield grown
    finally:
        nginx.terminate()
        nginx.wait()


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody listens on a port."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("nginx did not start")


# nginx writes its log once a second: the end of one pass must not look like the begin of the next.
_WRITTEN_AFTER = 1.5
_CONFIG = """
daemon off;
user root;
worker_processes 1;
worker_rlimit_nofile 20000;
pid {root}/nginx.pid;
error_log {root}/error.log error;
events {{ worker_connections 15000; multi_accept on; }}
http {{
  types {{ text/html html; text/plain txt; }}
  charset utf-8;
  log_format short '$server_addr $msec';
  access_log {root}/access.log short buffer=64k flush=1s;
  client_body_temp_path {root}/tmp; proxy_temp_path {root}/tmp; fastcgi_temp_path {root}/tmp;
  uwsgi_temp_path {root}/tmp; scgi_temp_path {root}/tmp;
  keepalive_timeout 75; keepalive_requests 100000; gzip_static on; tcp_nodelay on; sendfile on;
  open_file_cache max=9000 inactive=600s; open_file_cache_valid 2s;
  server {{
    listen {port} backlog=16384; root {root}/www;
    location ~ ^/c[0-9]+/$ {{ try_files $uri/index.html /c0/index.html; }}
  }}
}}
"""
