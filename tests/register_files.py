"""Builders of register files: CSV and XLSX from rows, and a configuration that names one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl

SITE = """
[[sites]]
key = "site"
name = "示例"
base_url = "https://www.example.gov.cn/"
[[sites.columns]]
key = "reports"
url = "zfxxgk/index.html"
"""
HEADER = ("key", "name", "kind")


def csv_of(*rows: Sequence[str], delimiter: str = ",") -> bytes:
    return "\n".join(delimiter.join(row) for row in rows).encode()


def workbook_of(*rows: Sequence[object], **sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, content in {"名录": rows, **sheets}.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(list(row))
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """Return the workbook with one of its parts replaced or added."""
    body = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(body, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return body.getvalue()


def configured(folder: Path, agencies: bytes | None = None, more: str = "") -> Path:
    """Write a configuration that names agencies.csv, and that file."""
    if agencies is not None:
        (folder / "agencies.csv").write_bytes(agencies)
    config = folder / "config.toml"
    config.write_text(f'agencies_file = "agencies.csv"\n{SITE}{more}', encoding="utf-8")
    return config
