"""``check``: an address is visited only where the configuration permits it; gaps give their reason."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from monitor.check import Checked
from monitor.check_formats import text_lines
from monitor.config import load
from monitor.errors import Refusal
from monitor.fetching import Fetching, fetch
from monitor.sample import require_free
from reports.case import Case
from reports.rules.registry import assess
from tests.builders import a_report
from tests.deployment import china


def _config(folder: Path, port: int) -> Path:
    path = folder / "config.toml"
    path.write_text(
        f'[[sites]]\nkey = "s"\nname = "s"\nbase_url = "http://127.0.0.1:{port}/"\n'
        'allow_private = true\n[[sites.columns]]\nkey = "c"\nurl = "x"\n',
        encoding="utf-8",
    )
    return path


@pytest.mark.service
@pytest.mark.parametrize("url", ["http://127.0.0.1:180/x", "http://1/", "http://127.0.0.1/"])
def test_a_permitted_private_site_permits_no_neighbour(tmp_path: Path, url: str) -> None:
    fetching = Fetching(load(_config(tmp_path, 18090)), china("2026-02-01T08:00"))
    with pytest.raises(Refusal, match="未经许可") as caught:
        fetch(url, fetching)
    assert str(caught.value).count("未经许可") == 1


def test_a_foreign_server_is_not_taken_for_the_sample_site() -> None:
    with socket.create_server(("127.0.0.1", 0)) as foreign:
        port = foreign.getsockname()[1]
        with pytest.raises(Refusal, match=f"127.0.0.1:{port}"):
            require_free(port)


def test_the_text_says_why_a_rule_could_not_be_assessed() -> None:
    report = a_report()
    checked = Checked("x.docx", "text/plain", report, assess(report, Case()), None)
    lines = "\n".join(text_lines(checked, "zh"))
    (gap, *_) = assess(report, Case()).not_assessable
    assert gap.reason.zh in lines
