"""The crawler tells files from pages by their first bytes: it opens none of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reports.documents.formats import is_file
from tests.rendering import zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (OLE + b"\x00" * 9, True),
        (b"\r\n" + OLE, True),
        (b"PK\x03\x04 and nothing more", True),
        (zipped({"word/document.xml": b"<a/>"}), True),
        (b"%PDF-1.7", True),
        (rb"{\rtf1", True),
        (b"\x89PNG\r\n\x1a\n", True),
        (b"Rar!\x1a\x07\x01\x00", True),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", True),
        (b"<!doctype html><p>PK</p>", False),
        ("工作年度报告".encode("gb18030"), False),
        (b"", False),
    ],
)
def test_a_file_is_known_by_its_first_bytes(body: bytes, expected: bool) -> None:
    assert is_file(body) is expected


def test_no_parser_of_files_is_loaded_to_tell_a_file() -> None:
    program = (
        "import sys; from reports.documents.formats import FORMATS, is_file\n"
        f"assert is_file({OLE!r} + bytes(9999))\n"
        "print(*(known.module for known in FORMATS if known.module in sys.modules), end='')\n"
        "print('olefile' in sys.modules)"
    )
    words = [sys.executable, "-c", program]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False"]
