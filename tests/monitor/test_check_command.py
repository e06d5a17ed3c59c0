"""``check`` as it is run: folders, last year's folder, codes, silence, terminals of every kind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from monitor.check_formats.columns import width
from monitor.cli import app
from monitor.errors import Refusal
from tests.builders import dispute_figures, proactive_figures, request_figures
from tests.rendering import NARRATIVE, as_html

ROOT = Path(__file__).parents[2]
SOUND = {
    **{key: str(value) for key, value in proactive_figures().items()},
    **{key: str(value) for key, value in request_figures().items()},
    **{key: str(value) for key, value in dispute_figures().items()},
    **dict.fromkeys(("regulations.made", "regulations.repealed", "regulations.in_force"), "0"),
    "review.corrected": "0",
    "review.total": "7",
    "litigation_after_review.corrected": "0",
    "litigation_after_review.total": "3",
}
FULL_TEXT = (
    "统计期限为2025年1月1日至2025年12月31日。"
    "主动公开、依申请公开、政府信息管理、公开平台建设和监督保障工作依法开展。"
)
PROBLEMS = (
    "存在问题：政策解读的形式较为单一，公开内容更新不够及时。"
    "改进情况：加强业务培训，完善公开目录，提高答复的质量。"
)


def _page(figures: Mapping[str, str], year: int = 2025) -> bytes:
    page = as_html(figures).decode()
    page = page.replace(NARRATIVE[1], FULL_TEXT).replace(NARRATIVE[5], PROBLEMS)
    return page.replace("2025", str(year)).encode()


def _faulty(**figures: str) -> dict[str, str]:
    return {**SOUND, **{key.replace("__", "."): value for key, value in figures.items()}}


def _check(*words: str) -> Result:
    return CliRunner().invoke(app, ["check", *words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Hold a sound report, a faulty one a folder below, and one that cannot be read."""
    (tmp_path / "下级").mkdir()
    (tmp_path / "a.html").write_bytes(_page(SOUND))
    (tmp_path / "下级" / "b.html").write_bytes(_page(_faulty(review__total="8")))
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "d.png").write_bytes(b"no picture")
    return tmp_path


def test_a_sound_report_gives_one_line_and_code_0(folder: Path) -> None:
    ended = _check(str(folder / "a.html"))
    assert ended.exit_code == 0, ended.stdout
    assert "一致，未发现问题" in ended.stdout.splitlines()[0]


def test_a_folder_is_read_through_and_summed_up(folder: Path) -> None:
    ended = _check(str(folder))
    assert ended.exit_code == 2
    assert ended.stdout.splitlines()[-1] == "共 3 份：一致 1 份，不一致 1 份，无法读取 1 份。"
    assert ".png 1" in ended.stderr
    places = [ended.stdout.index(str(folder / name)) for name in ("a.html", "c.pdf", "下级/b.html")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("names", "code"),
    [(["a.html"], 0), (["a.html", "下级/b.html"], 1), (["下级/b.html", "c.pdf"], 2), (["x"], 2)],
)
def test_the_code_is_the_worst_of_all(folder: Path, names: list[str], code: int) -> None:
    assert _check(*(str(folder / name) for name in names)).exit_code == code


def test_quiet_leaves_out_what_needs_nothing_done(folder: Path) -> None:
    assert _check(str(folder / "a.html"), "--quiet").stdout == ""
    told = _check(str(folder), "--quiet").stdout
    assert str(folder / "a.html") not in told
    assert str(folder / "c.pdf") in told
    rows = _check(str(folder), "-q", "--format", "json").stdout.splitlines()
    assert [json.loads(row)["verdict"] for row in rows] == ["unreadable", "inconsistent"]


def test_each_report_is_held_against_its_own_of_last_year(folder: Path, tmp_path: Path) -> None:
    past = tmp_path / "past"
    past.mkdir()
    (past / "1.html").write_bytes(_page(_faulty(requests__carried_out__total="99"), 2024))
    (past / "2.html").write_bytes(_page(SOUND, 2023))
    (past / "3.html").write_bytes(b"<p>nothing</p>")
    row = json.loads(
        _check(str(folder / "a.html"), "--previous", str(past), "--format", "json").stdout
    )
    finding = next(one for one in row["findings"] if one["code"] == "Y01")
    assert finding["expected"] == "99"
    assert str(past / "1.html") in finding["message"]


def test_a_folder_without_last_years_report_says_so_and_judges_nothing(
    folder: Path, tmp_path: Path
) -> None:
    past = tmp_path / "past"
    past.mkdir()
    (past / "2.html").write_bytes(_page(SOUND, 2023))
    told = _check(str(folder / "a.html"), "--previous", str(past)).stdout
    assert "2024 年度的报告" in told
    assert "Y01" not in told


@pytest.mark.parametrize(("name", "told"), [("c.pdf", "c.pdf"), ("empty", "--previous")])
def test_a_previous_that_gives_no_report_stops_the_check(
    folder: Path, name: str, told: str
) -> None:
    (folder / "empty").mkdir()
    ended = _check(str(folder / "a.html"), "--previous", str(folder / name))
    assert isinstance(ended.exception, Refusal)
    assert told in ended.exception.words.zh


def test_sarif_is_one_log_over_all_inputs(folder: Path) -> None:
    log = json.loads(_check(str(folder), "--format", "sarif").stdout)
    (run,) = log["runs"]
    verdicts = [artifact["properties"]["verdict"] for artifact in run["artifacts"]]
    assert verdicts == ["consistent", "unreadable", "inconsistent"]


def _run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "monitor", "check", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_an_output_that_knows_no_chinese_never_ends_the_check(folder: Path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    faulty = str(folder / "下级" / "b.html")
    text = _run(faulty, **ascii_only)
    assert text.returncode == 1
    assert b"Verdict: inconsistent" in text.stdout
    row = _run(faulty, "--format", "json", **ascii_only)
    assert json.loads(row.stdout)["findings"][0]["message"].startswith("第")


def _in_a_terminal(columns: int, *words: str, **environment: str) -> str:
    """Return what a terminal of this width is sent."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    variables = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "COLUMNS", "LINES"}}
    running = subprocess.Popen(
        [sys.executable, "-m", "monitor", "check", *words],
        cwd=ROOT,
        env={**variables, "TERM": "xterm", **environment},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    sent = b""
    while part := _read(ours):
        sent += part
    os.close(ours)
    running.wait()
    return sent.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end has closed it
        return b""


@pytest.mark.service
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_terminal_gets_colour_its_own_width_and_progress(folder: Path) -> None:
    (folder / "d.png").unlink()
    sent = _in_a_terminal(60, str(folder))
    assert "\x1b[31;1;7m[8≠7]" in sent
    assert "1/3 " in sent
    bare = [re.sub(r"\x1b\[[\d;]*[mK]|.*\r", "", line) for line in sent.splitlines()]
    assert [line for line in bare if width(line) > 60 and str(folder) not in line] == []


@pytest.mark.service
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_terminal_that_asks_for_no_colour_gets_none(folder: Path) -> None:
    sent = _in_a_terminal(80, str(folder / "下级" / "b.html"), NO_COLOR="1")
    assert "[8≠7]" in sent
    assert "\x1b" not in sent
