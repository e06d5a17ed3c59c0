"""``check``: what is visited and opened, what is told of it, and with which code it ends."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.cli import app
from monitor.config import load
from monitor.errors import Refusal
from monitor.fetching import Fetching, fetch
from monitor.sample import require_free
from reports.cells import CELL_LABELS
from tests.deployment import china
from tests.rendering import as_docx, as_html


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


def _check(*words: str) -> Result:
    return CliRunner().invoke(app, ["check", *words])


def test_several_inputs_answer_in_their_order_with_the_worst_code(tmp_path: Path) -> None:
    ones = dict.fromkeys(CELL_LABELS, "1")
    (tmp_path / "a.docx").write_bytes(as_docx(ones))
    (tmp_path / "b.html").write_bytes(as_html({**ones, "requests.new.total": "/"}))
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 nothing")
    names = [str(tmp_path / name) for name in ("a.docx", "gone.html", "b.html", "c.pdf")]
    ended = _check(*names, "--format", "json")
    rows = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.exit_code == 2
    assert [row["source"] for row in rows] == names
    assert [row["readable"] for row in rows] == [True, False, True, False]
    assert all(row["reason"] for row in rows if not row["readable"])


def test_every_null_is_explained_cell_by_cell_and_in_few_lines(tmp_path: Path) -> None:
    figures = {**dict.fromkeys(CELL_LABELS, "1"), "requests.new.total": "/", "review.total": ""}
    path = tmp_path / "a.html"
    path.write_bytes(as_html(figures))
    report = json.loads(_check(str(path), "--format", "json").stdout)["report"]
    assert set(report["nulls"]) == {"requests.new.total", "review.total"}
    assert "/" in report["nulls"]["requests.new.total"]
    for output in ("text", "markdown"):
        lines = _check(str(path), "--format", output).stdout.splitlines()
        assert len([line for line in lines if "没有数值" in line]) == 2


@pytest.mark.parametrize(("name", "told"), [("gone.html", "没有这个文件"), ("", "文件夹")])
def test_what_cannot_be_opened_is_told_in_the_language_of_the_reader(
    tmp_path: Path, name: str, told: str
) -> None:
    ended = _check(str(tmp_path / name))
    assert ended.exit_code == 2
    assert told in ended.stdout
    assert "No such" not in ended.stdout


def test_a_clean_result_says_how_many_figures_it_rests_on(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(as_html({**dict.fromkeys(CELL_LABELS, "1"), "review.total": "/"}))
    for output in ("text", "markdown"):
        lines = _check(str(path), "--format", output).stdout
        assert "主动公开 10/10，依申请公开 175/175，复议诉讼 14/15" in lines


def test_what_is_said_of_a_table_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "cut.html"
    page = as_html(dict.fromkeys(CELL_LABELS, "1"))
    path.write_bytes(page[: len(page) * 2 // 3])
    for output in ("text", "markdown"):
        lines = _check(str(path), "--format", output).stdout
        assert lines.count("我们的副本读出") == 1
