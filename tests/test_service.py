"""The service as a user starts it: the sample site, the page, a second instance, a clean end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.service

ROOT = Path(__file__).parents[1]
JUDGED = {
    "kejiyuan": "on_time",
    "donggongren": "on_time",
    "weidong-keji": "on_time",
    "huiyuan": "on_time",
    "xuefu": "unverified",
}
PATIENCE_SECONDS = 60.0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped configuration, on ports that are free here and without the pauses."""
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    text = text.replace("127.0.0.1:8090", f"127.0.0.1:{_free_port()}")
    text = re.sub(r"port = 8000", "port = 0", text)
    text = text.replace("delay_seconds = 1.0", "delay_seconds = 0.0")
    path = tmp_path_factory.mktemp("service") / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _documented(command: str) -> list[str]:
    """Return the words of a command that the README tells newcomers to type."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    typed = [line.partition("#")[0].strip() for line in readme.splitlines()]
    assert command in typed
    return command.split()


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "monitor", *words]


@pytest.fixture(scope="module")
def service(config: Path) -> Iterator[subprocess.Popen[str]]:
    line = [*_documented("make run"), f"CONFIG={config}"]
    log = (config.parent / "log").open("w")
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True) as child:
        yield child
        if child.poll() is None:
            child.kill()
    log.close()


@pytest.fixture(scope="module")
def address(service: subprocess.Popen[str]) -> str:
    assert service.stdout is not None
    for line in service.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    pytest.fail("the service ended without printing its address")


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        body: bytes = answer.read()
        return body


def _statuses(address: str) -> dict[str, str]:
    found = json.loads(_get(f"{address}/api/v1/obligations?year=2025"))
    return {row["agency"]: row["status"] for row in found["items"]}


def test_within_a_minute_every_sample_agency_is_judged(address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while (statuses := _statuses(address)) != JUDGED and time.monotonic() < until:
        continue
    assert statuses == JUDGED
    page = _get(f"{address}/").decode()
    for name in ("洛龙区科技园街道办事处", "洛龙区学府街道办事处", "卫东区科学技术局"):
        assert name in page
    assert json.loads(_get(f"{address}/healthz"))["status"] == "ok"


def test_the_other_commands_work_beside_the_service(address: str, config: Path) -> None:
    line = _command("obligations", "--json", "--config", str(config))
    done = subprocess.run(line, capture_output=True, text=True, timeout=30, check=True)
    assert len(done.stdout.splitlines()) == 5


def test_a_second_service_on_the_same_folder_is_refused(address: str, config: Path) -> None:
    line = _command("run", "--config", str(config))
    done = subprocess.run(line, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "已有一个服务在运行" in done.stderr
    assert "already runs" in done.stderr


def test_a_busy_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        path = tmp_path / "config.toml"
        path.write_text(f"[web]\nport = {port}\n", encoding="utf-8")
        line = _command("run", "--config", str(path))
        done = subprocess.run(line, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


def test_sigterm_ends_the_service_within_ten_seconds(
    service: subprocess.Popen[str], address: str, config: Path
) -> None:
    started = time.monotonic()
    holder = (config.parent / "data" / "service.lock").read_text(encoding="ascii")
    os.kill(int(holder), signal.SIGTERM)
    assert service.wait(timeout=10) == 0
    assert time.monotonic() - started < 10
    assert "Traceback" not in (config.parent / "log").read_text(encoding="utf-8")
