"""The sandbox reads as the reader reads; what hangs, grows or dies is told with its figure and replaced."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reports.cells import CELL_LABELS
from sandbox.limits import MEGABYTE, Limits
from sandbox.pool import Sandbox
from sandbox.reader import read_body
from sandbox.readings import Body, Reading
from tests.rendering import as_docx, as_html, as_text, docx, zipped

ONES = dict.fromkeys(CELL_LABELS, "1")
GOOD = {"docx": as_docx(ONES), "html": as_html(ONES), "text": as_text(ONES)}
BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def is_gone(pid: int, seconds: float = 5.0) -> bool:
    """Wait for the end of a process that need not be our child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def started(sandbox: Sandbox) -> int:
    """Return the process id of the only worker, which has read a document."""
    assert sandbox.read(Body(GOOD["text"])).report is not None
    (pid,) = sandbox.pids
    return pid


@pytest.mark.parametrize("kind", GOOD)
def test_a_document_reads_in_the_sandbox_as_it_reads_outside(shared: Sandbox, kind: str) -> None:
    body = Body(GOOD[kind])
    assert shared.read(body) == read_body(body)


def test_many_documents_come_back_in_their_order(shared: Sandbox) -> None:
    bodies = [Body(GOOD[kind]) for kind in (*GOOD, *GOOD)] + [Body(b""), Body(GOOD["html"])]
    assert shared.read_many(bodies) == tuple(map(read_body, bodies))
    assert shared.read_many(()) == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"a" * 200 * MEGABYTE, "too_large"),
        (b" " * 200 * MEGABYTE, "empty"),
        (b"<div>" * 1_000_000, "too_large"),
        (b"<div>" * 100_000 + b"x", "damaged"),
        (zipped({"word/document.xml": b"0" * 40_000_000}), "too_large"),
        (docx("<w:p/>", head=BOMB), "damaged"),
        (b"<p>nothing of a report</p>", "no_report"),
    ],
    ids=["nothing", "200 MB", "200 MB of blanks", "tags", "depth", "bomb", "entities", "a page"],
)
def test_hostile_bytes_end_with_a_reason_within_the_limit(
    shared: Sandbox, body: bytes, code: str
) -> None:
    found = shared.read(Body(body))
    assert (found.report, found.code) == (None, code)
    assert found.unreadable is not None
    assert len(found.content_key) == 64


def test_a_worker_that_hangs_is_replaced_and_the_document_named_with_the_limit() -> None:
    with Sandbox(Limits(seconds=0.4), size=1) as sandbox:
        pid = started(sandbox)
        os.kill(pid, signal.SIGSTOP)
        found = sandbox.read(Body(GOOD["html"]))
        assert found.code == "time"
        assert found.unreadable is not None
        assert "0.4" in found.unreadable.zh
        assert "0.4" in found.unreadable.en
        assert is_gone(pid)
        assert started(sandbox) != pid


def test_a_hung_worker_that_takes_no_bytes_is_noticed_too() -> None:
    with Sandbox(Limits(seconds=0.4), size=1) as sandbox:
        os.kill(started(sandbox), signal.SIGSTOP)
        assert sandbox.read(Body(b"x" * 5 * MEGABYTE)).code == "time"


def test_a_worker_that_dies_over_a_document_is_a_crash() -> None:
    with Sandbox(size=1) as sandbox:
        pid = started(sandbox)
        os.kill(pid, signal.SIGSTOP)
        threading.Timer(0.1, os.kill, (pid, signal.SIGKILL)).start()
        assert sandbox.read(Body(GOOD["html"])).code == "crash"
        assert started(sandbox) != pid


def test_a_worker_that_died_between_two_documents_is_no_fault_of_the_next() -> None:
    with Sandbox(size=1) as sandbox:
        pid = started(sandbox)
        os.kill(pid, signal.SIGKILL)
        assert is_gone(pid)
        assert started(sandbox) != pid


def test_signals_that_end_a_service_end_no_document() -> None:
    with Sandbox(size=1) as sandbox:
        pid = started(sandbox)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(pid, number)
        assert started(sandbox) == pid


def test_a_document_that_needs_too_much_memory_says_so_with_the_figure() -> None:
    with Sandbox(Limits(memory=160 * MEGABYTE), size=1) as sandbox:
        pid = started(sandbox)
        found = sandbox.read(Body("情况\n".encode() * 3_000_000))
        assert found.code == "memory"
        assert found.unreadable is not None
        assert "160 MB" in found.unreadable.en
        assert started(sandbox) != pid


def test_workers_are_renewed_after_so_many_documents_and_when_they_have_grown() -> None:
    with Sandbox(Limits(documents=2), size=1) as sandbox:
        first = started(sandbox)
        started_again = sandbox.read(Body(GOOD["text"]))
        assert started_again.report is not None
        assert sandbox.pids == ()
        assert started(sandbox) != first
    with Sandbox(Limits(resident=1), size=1) as sandbox:
        assert sandbox.read(Body(GOOD["text"])).report is not None
        assert sandbox.pids == ()


def test_threads_may_read_at_the_same_time(shared: Sandbox) -> None:
    bodies = [Body(GOOD[kind]) for kind in GOOD] * 6
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(shared.read, bodies))
    assert found == [read_body(body) for body in bodies]


def test_nothing_starts_before_it_is_needed_and_closing_ends_it() -> None:
    with Sandbox() as sandbox:
        assert sandbox.pids == ()
        pid = started(sandbox)
    assert is_gone(pid)


def test_workers_go_when_their_owner_is_killed() -> None:
    program = (
        "import sys; from sandbox.pool import Sandbox; from sandbox.readings import Body\n"
        "sandbox = Sandbox(size=1); sandbox.read(Body(b'a')); print(*sandbox.pids, flush=True)\n"
        "sys.stdin.read()"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    owner.kill()
    owner.communicate()
    assert is_gone(pid)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_a_worker_gets_no_secret_and_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANSHAO_OFFICE_URL", "mailto://secret")
    with Sandbox(size=1) as sandbox:
        pid = started(sandbox)
        held = Path(f"/proc/{pid}/environ").read_bytes()
        assert b"secret" not in held
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
        assert "Max file size             0" in limits
        assert "Max address space         536870912" in limits
        files = {os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir()}
        assert not [name for name in files if name.startswith("socket:")]


def test_a_picture_stays_a_picture_where_nothing_can_recognise_it(shared: Sandbox) -> None:
    found: Reading = shared.read(Body(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64))
    assert found.report is None
