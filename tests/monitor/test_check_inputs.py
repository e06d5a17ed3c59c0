"""What the words on the command line of ``check`` stand for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.check_inputs import READABLE_ENDINGS, expanded, passed_over
from reports.cells import CELL_LABELS
from tests.drawing.everything import readable
from tests.rendering import as_docx

FILES = (
    "b.docx",
    "a.html",
    "c/d/e.PDF",
    "c/f.wps",
    "note.png",
    "page.htm",
    "page_files/ad.html",
    "page.files/ad.html",
    ".git/x.html",
    ".hidden.docx",
    "~$b.docx",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def _names(folder: Path, *sources: str) -> list[str]:
    return [os.path.relpath(name, folder) for name, refusal in expanded(sources) if not refusal]


READ = ["a.html", "b.docx", "page.htm", "c/f.wps", "c/d/e.PDF"]


def test_a_folder_gives_its_readable_files_in_one_order(folder: Path) -> None:
    assert _names(folder, str(folder)) == READ


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.docx", ["b.docx"]),
        ("*", ["a.html", "b.docx", "c/f.wps", "c/d/e.PDF", "page.htm"]),
        ("**/*.PDF", ["c/d/e.PDF"]),
        ("**", ["a.html", "b.docx", "c/d/e.PDF", "c/f.wps", "page.htm"]),
        ("*.png", ["note.png"]),
        ("[ab].*", ["a.html", "b.docx"]),
    ],
)
def test_a_quoted_pattern_is_a_pattern(folder: Path, pattern: str, names: list[str]) -> None:
    assert _names(folder, str(folder / pattern)) == names


def test_a_file_whose_name_has_the_marks_of_a_pattern_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "年报[定稿].docx"
    path.write_bytes(b"x")
    assert _names(tmp_path, str(path)) == [path.name]


def test_what_is_named_twice_is_read_once(folder: Path) -> None:
    twice = (str(folder / "b.docx"), str(folder / "c" / ".." / "b.docx"), str(folder / "*.docx"))
    assert _names(folder, *twice, str(folder)) == ["b.docx", *[n for n in READ if n != "b.docx"]]
    assert [name for name, _ in expanded(("-", "-", "http://a/", "http://a/"))] == [
        "-",
        "http://a/",
    ]


def test_a_file_that_is_named_is_taken_whatever_it_is(folder: Path) -> None:
    names = ("note.png", ".hidden.docx", "no such.html")
    assert _names(folder, *(str(folder / name) for name in names)) == list(names)


@pytest.mark.parametrize(("source", "told"), [("empty", "没有可读的文件"), ("*.rtf", "匹配")])
def test_what_stands_for_nothing_is_refused_with_a_reason(
    folder: Path, source: str, told: str
) -> None:
    (folder / "empty").mkdir()
    ((name, refusal),) = expanded([str(folder / source)])
    assert name == str(folder / source)
    assert refusal is not None
    assert told in refusal.words.zh


def test_a_folder_that_holds_itself_is_walked_once(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    assert _names(folder, str(folder)) == READ


def test_files_of_a_folder_that_are_not_read_are_counted(folder: Path) -> None:
    words = passed_over([str(folder)])
    assert words is not None
    assert ".png 1" in words.zh
    (folder / "note.png").unlink()
    assert passed_over([str(folder), "http://a/", "-"]) is None


def test_every_kind_of_file_that_we_read_is_taken_from_a_folder() -> None:
    kinds = {Path(name).suffix for name in readable(dict.fromkeys(CELL_LABELS, "1"))}
    assert kinds <= READABLE_ENDINGS


def test_a_name_that_is_no_text_is_still_a_name(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.docx"
    Path(os.fsdecode(path)).write_bytes(as_docx(dict.fromkeys(CELL_LABELS, "1")))
    ((name, _),) = expanded([str(tmp_path)])
    assert os.fsencode(name) == path
