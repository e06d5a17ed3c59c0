"""A second opinion by LibreOffice: many files in one call, hostile ones cost the others nothing."""

from __future__ import annotations

import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reports.cells import CELL_LABELS
from sandbox.limits import CONVERTING
from sandbox.office import Office, kind_of
from sandbox.pool import Sandbox
from sandbox.readings import Body
from tests.rendering import as_html, zipped
from tests.sandbox.test_sandbox import is_gone

FIGURES = {key: str(number) for number, key in enumerate(CELL_LABELS)}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD, BOOK = "WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le")
ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
ROOT = Path(__file__).parents[2]
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


@pytest.fixture(scope="module")
def doc(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("office")
    content = as_html(FIGURES)
    for suffix, options in (("odt", ["--infilter=writer_web_HTML"]), ("doc", [])):
        source = folder / ("a.html" if suffix == "odt" else "a.odt")
        if suffix == "odt":
            source.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        words = ["soffice", profile, "--headless", *options, "--convert-to", suffix]
        subprocess.run([*words, "--outdir", str(folder), str(source)], check=True, timeout=60)
    return (folder / "a.doc").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert not list(tmp_path.glob("nianshao-office-*"))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (OLE + b"\x00" * 64 + WORD + b"\x00\x00", "application/msword"),
        (OLE + b"\x00" * 64 + BOOK + b"\x00\x00", "application/vnd.ms-excel"),
        (OLE + b"\x00" * 64, None),
        (rb"{\rtf1 x}", "application/rtf"),
        (b"PK\x03\x04" + b"\x00" * 26 + ODT, "application/vnd.oasis.opendocument.text"),
        (zipped({"word/document.xml": b"<a/>"}), None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_office_files_are_known_by_their_marks(content: bytes, media_type: str | None) -> None:
    kind = kind_of(content)
    assert (kind.media_type if kind else None) == media_type


@needs_office
def test_files_are_converted_together_and_a_broken_one_costs_the_others_nothing(
    doc: bytes, folder: Path
) -> None:
    found = Office().convert([doc, doc[:20_000], b"<p>not for it</p>", doc])
    assert [conversion is not None for conversion in found] == [True, False, False, True]
    assert found[0] is not None
    assert found[0].content.startswith(b"PK")


@needs_office
def test_every_cell_of_a_doc_is_read_in_the_sandbox(doc: bytes) -> None:
    with Sandbox() as sandbox:
        found = sandbox.read(Body(doc))
    assert found.report is not None
    assert found.document is not None
    assert found.document.media_type == "application/msword"
    cells = [cell for table in found.report.tables.values() for cell in table.cells.values()]
    assert {cell.key: cell.raw for cell in cells} == {cell.key: FIGURES[cell.key] for cell in cells}


def test_without_the_program_nothing_is_converted() -> None:
    office = Office(program=None)
    assert not office.takes(rb"{\rtf1 x}")
    assert office.convert([rb"{\rtf1 x}"]) == [None]


def program_of(folder: Path, script: str) -> str:
    """Return a program of this name that does what the script says; ``$out`` is where it converts to."""
    program = folder / "soffice"
    takes = 'while [ "$1" != --outdir ]; do shift; done; out=$2'
    program.write_text(f"#!/bin/sh\n{takes}\n{script}\n", encoding="ascii")
    program.chmod(0o755)
    return str(program)


def test_a_converter_that_hangs_is_ended_with_everything_that_it_started(folder: Path) -> None:
    noted = folder / "child"
    program = program_of(folder, f"sleep 600 &\necho $! > {noted}\nwait")
    office = Office(program, replace(CONVERTING, seconds=-1.0))
    assert office.convert([rb"{\rtf1 x}"]) == [None]
    assert is_gone(int(noted.read_text(encoding="ascii")))


def test_a_converter_ends_itself_when_nobody_is_left_to_end_it(tmp_path: Path) -> None:
    noted = tmp_path / "child"
    program = program_of(
        tmp_path, f"sleep 600 &\necho $! > {noted}.new\nmv {noted}.new {noted}\nwait"
    )
    words = (
        "from dataclasses import replace; from sandbox.limits import CONVERTING\n"
        "from sandbox.office import Office; import tempfile\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        f"office = Office({program!r}, replace(CONVERTING, seconds=0.0))\n"
        "office.convert([b'{\\\\rtf1 x}'])"
    )
    owner = subprocess.Popen([sys.executable, "-c", words], cwd=ROOT)
    deadline = time.monotonic() + 10
    while not noted.exists() and time.monotonic() < deadline:
        select.select([], [], [], 0.02)
    owner.kill()
    owner.wait()
    assert is_gone(int(noted.read_text(encoding="ascii")), seconds=15)


@pytest.mark.parametrize(
    "script",
    [
        'echo garbage > "$out/0.docx"',
        'head -c 40000000 /dev/zero > "$out/0.docx"',
        'ln -s /etc/passwd "$out/0.docx"',
        'echo x > "$out/000.docx"; echo x > "$out/7.docx"; mkdir "$out/0.docx"',
        "yes; exit 0",
        "kill -9 $$",
        "exit 3",
        "",
    ],
    ids=["garbage", "vast", "a link", "others", "chatter", "dies", "fails", "does nothing"],
)
def test_whatever_a_converter_does_the_first_reading_stands(folder: Path, script: str) -> None:
    office = Office(program_of(folder, f"{script}\n"), replace(CONVERTING, seconds=-1.0))
    with Sandbox(size=1, office=office) as sandbox:
        found = sandbox.read(Body(rb"{\rtf1 x}"))
        assert (found.report, found.code) == (None, "no_report")
        assert sandbox.read(Body(as_html(FIGURES))).report is not None


@pytest.mark.parametrize(
    ("body", "is_sent"),
    [
        (rb"{\rtf1 x}", True),
        (OLE + bytes(600) + WORD + b"\x00\x00", True),
        (rb"{\rtf1 " + b"{" * 1_000, False),
        (b"{\\rtf1 " + b" " * 33_600_000, False),
    ],
    ids=["no report", "damaged", "too many levels", "too many bytes"],
)
def test_a_converter_gets_only_what_it_may_mend(folder: Path, body: bytes, is_sent: bool) -> None:
    noted = folder / "called"
    office = Office(program_of(folder, f"echo called > {noted}"))
    with Sandbox(size=1, office=office) as sandbox:
        assert sandbox.read(Body(body)).report is None
    assert noted.exists() is is_sent


def test_without_room_for_a_file_the_first_reading_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with Sandbox(size=1, office=Office("/bin/true")) as sandbox:
        assert sandbox.read(Body(rb"{\rtf1 x}")).code == "no_report"
