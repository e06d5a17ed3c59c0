from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app
from tests.crawler.crawls import Crawls, site_plan
from tests.season_server import Answer, LocalServer

LIST = '<ul><li><a href="/r.html">甲县乙局2025年政府信息公开工作年度报告</a></li></ul>'
CONFIG = """
[[sites]]
key = "s"
name = "甲县"
base_url = "http://127.0.0.1:9"
columns = [{key = "x", url = "/nb/", render = true}, {key = "y", url = "/nb2/"}]
"""


@pytest.mark.service
def test_column_that_wants_a_browser_says_what_is_missing(
    crawls: Crawls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    server = LocalServer(lambda ask: Answer(200, LIST.encode()))
    site = site_plan("site", f"http://127.0.0.1:{server.port}/nb/")
    column = replace(site.columns[0], render=True)
    try:
        crawls.crawl(replace(site, columns=(column,)), obey_robots=False)
    finally:
        server.close()
    visit = crawls.visit("site")
    assert visit.outcome == "incomplete"
    assert "Chromium" in visit.detail_zh


def test_check_of_the_configuration_warns_of_a_missing_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("PATH", "/nowhere")
    ended = CliRunner().invoke(app, ["config", "check", "--config", str(config)])
    assert ended.exit_code == 0
    assert "s/x" in ended.output
    assert "s/y" not in ended.output
