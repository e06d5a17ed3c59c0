"""Measures the readers of documents: ``python -m benchmarks.documents [--only NAME] [--inputs N]``.

Every line gives a figure of this run with its limit; the exit code is 1 when one is missed.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks.fuzzing import DISTINCT, fuzz
from benchmarks.pages import site_page
from benchmarks.structural import structural
from benchmarks.timing import compare, show
from reports.case import Case
from reports.documents.read import read_document
from reports.reading.read import read_report
from reports.rules.registry import assess
from sandbox.office import Office
from sandbox.pool import Sandbox
from sandbox.readings import Body
from tests.drawing.flattening import STYLES
from tests.drawing.ofd import as_ofd
from tests.drawing.office_files import as_full_docx, as_odt, as_rtf, as_xlsx, converted
from tests.drawing.pdf import as_pdf
from tests.drawing.strip import Layout
from tests.figures import assert_reads_back, balanced

FIGURES = balanced([3, 14, 1, 59, 26, 5, 358])
_MEMORY_LIMIT = 200
_MIXED = 2_000
_PAGES = 60


def pages() -> bool:
    """Compare pages, from bytes to findings, with pandas.read_html on the same bytes.

    Every page has figures and a text of its own, so that nothing remembered from the last one helps.
    """
    import pandas

    drawn = [balanced([n + 3, 14 * n, 1, 59, 26 + n, 5]) for n in range(_PAGES)]
    bodies = [site_page(figures, number) for number, figures in enumerate(drawn)]
    for figures, body in zip(drawn, bodies, strict=True):
        assert_reads_back(figures, read_report(read_document(body)))
    ours, theirs = cycle(bodies), cycle(bodies)
    ratio = compare(
        lambda: assess(read_report(read_document(next(ours))), Case()),
        lambda: pandas.read_html(io.BytesIO(next(theirs))),
        rounds=2 * _PAGES,
    )
    size = len(bodies[0]) // 1024
    return show(f"pages of {size} KB to findings / pandas.read_html", ratio, 1.0)


def word_files() -> bool:
    """Compare a DOCX, from bytes to blocks, with python-docx reading its tables."""
    import docx

    body = as_full_docx(FIGURES)
    assert_reads_back(FIGURES, read_report(read_document(body)))

    def anchor() -> list[str]:
        tables = docx.Document(io.BytesIO(body)).tables
        return [cell.text for table in tables for row in table.rows for cell in row.cells]

    return show("DOCX / python-docx", compare(lambda: read_document(body), anchor, rounds=15), 0.3)


def pdf_files() -> bool:
    """Compare a text PDF of six pages with pdfplumber finding its tables; ours must be exact."""
    import pdfplumber
    import pypdfium2

    layout = Layout(width=842.0, height=595.0, margin=80.0, size=12.0, pad=12.0, torn=True)
    body = as_pdf(FIGURES, layout)
    count = len(pypdfium2.PdfDocument(body))
    assert_reads_back(FIGURES, read_report(read_document(body)))

    def anchor() -> list[object]:
        with pdfplumber.open(io.BytesIO(body)) as pdf:
            return [page.extract_tables() for page in pdf.pages]

    ratio = compare(lambda: read_document(body), anchor, rounds=9)
    return show(f"PDF of {count} pages, all cells exact / pdfplumber's tables", ratio, 0.4)


def old_word_files() -> bool:
    """Time LibreOffice on batches of DOC files, and our own reader beside it."""
    office = Office()
    if office.program is None:
        print("skip DOC: LibreOffice is not installed")
        return True
    with tempfile.TemporaryDirectory() as folder:
        bodies = converted([as_full_docx(FIGURES)] * 16, "docx", "doc", Path(folder))
    holds = True
    for size in (1, 8, 16):
        begin = time.perf_counter()
        done = office.convert(bodies[:size])
        each = (time.perf_counter() - begin) / size
        complete = sum(found is not None for found in done)
        good = size == 1 or (each <= 0.25 and complete == size)
        holds &= good
        print(
            f"{'ok  ' if good else 'MISS'} DOC through LibreOffice, {size} at once: {each:.3f} s each",
            f"({complete} converted)" + ("" if size == 1 else " (≤ 0.25)"),
        )
    assert_reads_back(FIGURES, read_report(read_document(bodies[0])))
    begin = time.perf_counter()
    for body in bodies:
        read_document(body)
    print(
        f"     DOC by our own reader: {1000 * (time.perf_counter() - begin) / len(bodies):.1f} ms each"
    )
    return holds


def bodies(figures: Mapping[str, str] = FIGURES) -> dict[str, bytes]:
    """Return one report in every form that needs no other program to write."""
    drawn: dict[str, Callable[..., bytes]] = {
        "page": site_page,
        "docx": as_full_docx,
        "odt": as_odt,
        "rtf": as_rtf,
        "xlsx": as_xlsx,
        "pdf": as_pdf,
        "ofd": as_ofd,
        **STYLES,
    }
    return {name: draw(figures) for name, draw in drawn.items()}


def memory() -> bool:
    """Read mixed documents in the sandbox and watch what each worker holds."""
    mixed: Sequence[bytes] = list(islice(cycle(bodies().values()), _MIXED))
    peak, begin = 0.0, time.perf_counter()
    with Sandbox() as sandbox:
        for start in range(0, _MIXED, 50):
            readings = sandbox.read_many([Body(body) for body in mixed[start : start + 50]])
            assert all(reading.report is not None for reading in readings)
            peak = max([peak, *(_most_resident(pid) for pid in sandbox.pids)])
    each = 1000 * (time.perf_counter() - begin) / _MIXED
    good = peak < _MEMORY_LIMIT
    print(
        f"{'ok  ' if good else 'MISS'} worker memory over {_MIXED} mixed documents: "
        f"{peak:.0f} MB at most (< {_MEMORY_LIMIT}), {each:.1f} ms each"
    )
    return good


def _most_resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _parts(inputs: int) -> Iterator[tuple[str, Callable[[], bool]]]:
    yield "pages", pages
    yield "docx", word_files
    yield "pdf", pdf_files
    yield "doc", old_word_files
    yield "memory", memory
    yield "fuzz", lambda: fuzz(bodies(DISTINCT), DISTINCT, inputs)
    yield "structural", lambda: structural(DISTINCT, inputs // 7)


def main() -> int:
    """Run the parts asked for; return 1 when a limit was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", action="append", help="pages, docx, pdf, doc, memory, fuzz or structural"
    )
    parser.add_argument("--inputs", type=int, default=21_000, help="damaged inputs to read")
    chosen = parser.parse_args()
    parts = [part for part in _parts(chosen.inputs) if not chosen.only or part[0] in chosen.only]
    return 0 if all([run() for _, run in parts]) else 1


if __name__ == "__main__":
    sys.exit(main())
