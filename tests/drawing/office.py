"""Lets LibreOffice and Chromium draw a report as PDF, where they are installed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.rendering import Figures, as_docx, as_html, zipped

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
STYLE = b"<style>table{border-collapse:collapse;width:100%}td{border:1px solid}</style>"


def bordered(body: bytes) -> bytes:
    """Return a drawn DOCX with all that a word processor asks for: borders, widths, relations."""
    content = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml").decode()
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in _SIDES)
    first, *tables = content.split("<w:tbl>")
    drawn = [first]
    for table, columns in zip(tables, (4, 10, 15), strict=True):
        width = 9000 // columns
        grid = f'<w:gridCol w:w="{width}"/>' * columns
        head = (
            f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        )
        sized = re.sub(
            r'<w:gridSpan w:val="(\d+)"/>',
            lambda span, width=width: (
                f'<w:tcW w:w="{int(span[1]) * width}" w:type="dxa"/>{span[0]}'
            ),
            table,
        )
        drawn.append(head + sized)
    xml = "<w:tbl>".join(drawn).replace("</w:tcPr></w:tc>", "</w:tcPr><w:p/></w:tc>")
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{_RELATIONS}"/><Override PartName="/word/document.xml" '
        f'ContentType="{_MAIN}"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_DOCUMENT}" Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": xml}
    return zipped({name: text.encode() for name, text in parts.items()})


def _program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed")
    return found


def by_libreoffice(figures: Figures, folder: Path) -> bytes:
    """Return the PDF that LibreOffice makes of a DOCX."""
    source = folder / "report.docx"
    source.write_bytes(bordered(as_docx(figures)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [_program("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run(
        [*command, str(folder), str(source)], check=True, capture_output=True, timeout=90
    )
    return source.with_suffix(".pdf").read_bytes()


def by_chromium(figures: Figures, folder: Path, style: bytes = STYLE) -> bytes:
    """Return the PDF that Chromium prints of a page."""
    source = folder / "report.html"
    source.write_bytes(as_html(figures).replace(b"</head>", style + b"</head>"))
    target = source.with_suffix(".pdf")
    command = [
        _program("chromium", "chromium-browser", "google-chrome"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={target}",
        source.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    return target.read_bytes()
