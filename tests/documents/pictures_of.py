"""Draws a report as page pictures: printed by a browser, then scanned badly in many ways."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from shutil import which

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from tests.rendering import as_html

Pixels = np.ndarray
BROWSER = which("chromium") or which("chromium-browser") or which("google-chrome")
_STYLE = b"""<style>@page { size: A4; margin: 18mm } body { font: 11pt 'Noto Serif CJK SC', serif }
table { border-collapse: collapse; width: 100%; font-size: 9pt } p { margin: 2pt 0 }
td { border: 1px solid #000; padding: 1pt 3pt; text-align: center }</style></head>"""


@cache
def printed(figures: tuple[tuple[str, str], ...]) -> bytes:
    """Return the report as a PDF with text."""
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_bytes(as_html(dict(figures)).replace(b"</head>", _STYLE))
        command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={pdf}", str(page)]
        command.append(f"--user-data-dir={folder}/profile")
        subprocess.run(command, capture_output=True, check=True, timeout=60)
        return pdf.read_bytes()


def pages(figures: Mapping[str, str], dpi: int = 200) -> list[Pixels]:
    """Return the pages of the report as colour pictures."""
    with pdfium.PdfDocument(printed(tuple(figures.items()))) as document:
        return [page.render(scale=dpi / 72).to_numpy()[:, :, :3].copy() for page in document]


def as_tiff(pictures: list[Pixels]) -> bytes:
    return _saved(pictures, "TIFF", compression="tiff_lzw")


def as_scanned_pdf(pictures: list[Pixels]) -> bytes:
    return _saved(pictures, "PDF", resolution=200.0)


def _saved(pictures: list[Pixels], form: str, **options: object) -> bytes:
    first, *rest = [Image.fromarray(cv2.cvtColor(p, cv2.COLOR_BGR2RGB)) for p in pictures]
    buffer = io.BytesIO()
    first.save(buffer, form, save_all=True, append_images=rest, **options)
    return buffer.getvalue()


def clean(page: Pixels) -> Pixels:
    return page


def turned_and_noisy(page: Pixels) -> Pixels:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.6, 1.0)
    return _noisy(cv2.warpAffine(page, turn, (width, height), borderValue=(255,) * 3), 12)


def coarse(page: Pixels) -> Pixels:
    """110 dpi, saved as JPEG."""
    small = cv2.resize(page, None, fx=0.55, fy=0.55, interpolation=cv2.INTER_AREA)
    return cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 70])[1], 1)


def sealed(page: Pixels) -> Pixels:
    """Grey paper with a shadow, seen aslant, a red round seal over the figures, faint print."""
    return _noisy(_aslant(_grey(_with_seal(page))), 6)


def _noisy(page: Pixels, spread: float) -> Pixels:
    noise = np.random.default_rng(7).normal(0, spread, page.shape)
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def _with_seal(page: Pixels) -> Pixels:
    seal, middle, red = (
        page.copy(),
        (int(page.shape[1] * 0.72), int(page.shape[0] * 0.72)),
        (40, 40, 210),
    )
    cv2.circle(seal, middle, 160, red, 9)
    angles = np.arange(5) * 4 * np.pi / 5
    star = np.stack([middle[0] + 70 * np.sin(angles), middle[1] - 70 * np.cos(angles)], axis=1)
    cv2.fillPoly(seal, [star.astype(np.int32)], red)
    return np.minimum(page, cv2.addWeighted(seal, 0.85, page, 0.15, 0))


def _grey(page: Pixels) -> Pixels:
    shadow = np.linspace(0.75, 0.92, page.shape[1])[None, :, None]
    return np.clip(40 + page * shadow * 0.85, 0, 255).astype(np.uint8)


def _aslant(page: Pixels) -> Pixels:
    height, width = page.shape[:2]
    square = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = square + np.array([[14, 7], [-5, 0], [0, -14], [0, -4]], np.float32)
    matrix = cv2.getPerspectiveTransform(square, seen)
    return cv2.warpPerspective(page, matrix, (width, height), borderValue=(255,) * 3)


WAYS: dict[str, Callable[[Pixels], Pixels]] = {
    "turned and noisy": turned_and_noisy,
    "coarse": coarse,
    "sealed": sealed,
}
