"""The archive: WARC that standard tools open, an index that finds every body, nothing lost by a kill."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from warcio.archiveiterator import ArchiveIterator

from db.archive import MOST_OF_A_BAD_END, Archive, ArchiveDamaged
from db.session import open_engine, reading
from db.tables import Capture
from db.upgrade import upgrade
from db.warc import Written
from reports.visits import Outcome
from tests.exchanges import NOON, URL, an_exchange, kept

ROOT = Path(__file__).parents[2]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path}/x.db")
    upgrade(engine)
    return engine


@pytest.fixture
def archive(tmp_path: Path, engine: Engine) -> Archive:
    return Archive(tmp_path / "archive", engine)


def _captures(engine: Engine) -> list[Capture]:
    with reading(engine) as session:
        return list(session.exec(select(Capture).order_by(Capture.id)))  # type: ignore[arg-type]


def _files(archive: Archive) -> list[Path]:
    return sorted(archive.root.rglob("*.warc.gz"))


def test_a_record_holds_bytes_headers_and_times_for_standard_tools(archive: Archive) -> None:
    odd = (("Content-Disposition", "filename=\xc4\xea.doc"), ("Content-Encoding", "gzip"))
    exchange = an_exchange("年报".encode() * 999, headers=odd, method="POST", sent=b"page=2")
    kept(archive, exchange)
    (path,) = _files(archive)
    check = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, text=True
    )
    assert (check.returncode, check.stdout) == (0, "")
    shown = subprocess.run(["zgrep", "-ac", "WARC-Type", str(path)], capture_output=True, text=True)
    assert shown.stdout.strip() == "3"
    with path.open("rb") as stream:
        records = [(r.rec_type, r.rec_headers, r.http_headers, r.raw_stream.read()) for r in
                   ArchiveIterator(stream)]  # fmt: skip
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "request"]
    _, about, head, body = records[1]
    assert body == exchange.body
    assert about.get_header("WARC-Date") == "2026-02-01T04:00:00.000000Z"
    assert about.get_header("WARC-Target-URI") == URL
    assert about.get_header("WARC-Payload-Digest") == f"sha256:{hashlib.sha256(body).hexdigest()}"
    # The body is kept unpacked: what is no more true of it stands under another name.
    assert head.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert b"filename=\xc4\xea.doc" in _unpacked(path)
    assert records[2][3] == b"page=2"


def _unpacked(path: Path) -> bytes:
    return subprocess.run(["zcat", str(path)], capture_output=True, check=True).stdout


def test_the_same_bytes_are_kept_once_and_found_by_their_hash(
    archive: Archive, engine: Engine
) -> None:
    first = kept(archive, an_exchange())
    assert kept(archive, an_exchange(), at=NOON + timedelta(days=1)) == first
    assert kept(archive, an_exchange(url=f"{URL}?2")) == first
    assert kept(archive, an_exchange(b"<p>2</p>")) != first
    # Back to the first bytes after others: its headers are news, its bytes are not.
    assert kept(archive, an_exchange()) == first
    assert [row.kind for row in _captures(engine)] == ["response", "revisit", "response", "revisit"]
    assert archive.get(first) == b"<p>1</p>"
    with pytest.raises(FileNotFoundError):
        archive.get("0" * 64)


def test_a_page_that_scripts_wrote_is_kept_as_no_answer(archive: Archive, engine: Engine) -> None:
    page = Written(f"{URL}#rendered", URL, 200, "<li>年报</li>".encode())
    for hours, body in enumerate((page.body, page.body, b"<li>other</li>", page.body)):
        archive.keep_written(replace(page, body=body), NOON + timedelta(hours=hours))
        with archive.recording():
            pass
    assert [(row.kind, row.request_length) for row in _captures(engine)] == [("conversion", 0)] * 2
    assert archive.get(hashlib.sha256(page.body).hexdigest()) == page.body
    (path,) = _files(archive)
    with path.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds == ["warcinfo", "conversion", "conversion"]
    # The same bytes may come from a server, too: they are then an answer with headers of its own.
    kept(archive, an_exchange(page.body))
    assert _captures(engine)[-1].kind == "revisit"


def test_a_bad_end_is_kept_cut_and_not_without_end(archive: Archive, engine: Engine) -> None:
    page = b"<script>challenge</script>" * 20_000
    for minutes in (0, 30, 359, 360):
        ever_another = an_exchange(b"%d" % minutes + page, status=412)
        sha256 = kept(archive, ever_another, Outcome.BLOCKED, NOON + timedelta(minutes=minutes))
    assert [row.kept for row in _captures(engine)] == [MOST_OF_A_BAD_END] * 2
    assert len(archive.get(sha256)) == MOST_OF_A_BAD_END
    assert _captures(engine)[1].size == len(page) + 3
    with _files(archive)[0].open("rb") as stream:
        cut = [
            record.rec_headers.get_header("WARC-Truncated") for record in ArchiveIterator(stream)
        ]
    assert cut == [None, "length", None, "length", None]


@pytest.mark.parametrize(
    "headers",
    [
        (("X-A", "1\r\nX-B: 2\r\n\r\n<html>"),),
        (("X:Y\r\n", "\x00\x7f"),),
        tuple((f"X-{n}", "v" * 100_000) for n in range(1_000)),
        (("Transfer-Encoding", "chunked"), ("Content-Length", "-5"), ("content-length", "9")),
    ],
)
def test_hostile_headers_break_no_record(
    archive: Archive, headers: tuple[tuple[str, str], ...]
) -> None:
    url = "http://x/\r\nWARC-Type: warcinfo\r\n\r\n"
    sha256 = kept(archive, an_exchange(b"\r\n\r\nWARC/1.1\r\n", url=url, headers=headers))
    assert archive.get(sha256) == b"\r\n\r\nWARC/1.1\r\n"
    kinds = [
        record.rec_type for record in ArchiveIterator(BytesIO(_files(archive)[0].read_bytes()))
    ]
    assert kinds == ["warcinfo", "response", "request"]


def test_a_changed_byte_is_noticed_and_a_fresh_copy_takes_its_place(
    archive: Archive, engine: Engine
) -> None:
    sha256 = kept(archive, an_exchange(os.urandom(5_000)))
    good, (row,), (path,) = archive.get(sha256), _captures(engine), _files(archive)
    raw = bytearray(path.read_bytes())
    raw[row.offset + row.length // 2] ^= 1
    path.write_bytes(raw)
    with pytest.raises(ArchiveDamaged):
        archive.get(sha256)
    assert kept(archive, an_exchange(good)) == sha256
    assert archive.get(sha256) == good


def test_bodies_of_earlier_releases_stay_readable(archive: Archive) -> None:
    sha256 = hashlib.sha256(b"old").hexdigest()
    path = archive.earlier_file(sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"old")
    assert archive.get(sha256) == b"old"
    path.write_bytes(b"0ld")
    with pytest.raises(ArchiveDamaged):
        archive.get(sha256)


def test_a_rolled_back_transaction_leaves_the_record_to_the_next_one(
    archive: Archive, engine: Engine
) -> None:
    sha256 = archive.keep(an_exchange(), Outcome.OK, NOON)
    with pytest.raises(RuntimeError), archive.recording():
        raise RuntimeError
    assert _captures(engine) == []
    assert archive.get(sha256) == b"<p>1</p>"
    with archive.recording():
        pass
    assert [row.sha256 for row in _captures(engine)] == [sha256]


def test_two_writers_use_two_files(archive: Archive, engine: Engine, tmp_path: Path) -> None:
    other = Archive(archive.root, engine)
    one, two = kept(archive, an_exchange(b"one")), kept(other, an_exchange(b"two"))
    assert len(_files(archive)) == 2
    assert (other.get(one), archive.get(two)) == (b"one", b"two")


KILLED = """
import os, signal, sys
from pathlib import Path
from db.archive import Archive
from db.session import open_engine
from reports.visits import Outcome
from tests.exchanges import NOON, an_exchange, kept
folder = Path(sys.argv[1])
archive = Archive(folder / "archive", open_engine(f"sqlite:///{folder}/x.db"))
print(kept(archive, an_exchange(b"indexed")))
archive.keep(an_exchange(b"written, and no row yet"), Outcome.OK, NOON)
path = next(archive.root.rglob("*.gz"))
archive.keep(an_exchange(b"torn" * 999), Outcome.OK, NOON)
os.truncate(path, path.stat().st_size - 300)
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_between_body_and_row_harms_nothing_earlier_or_later(
    archive: Archive, engine: Engine, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], capture_output=True, text=True, cwd=ROOT
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    before, torn = ended.stdout.strip(), _files(archive)[0]
    size = torn.stat().st_size
    after = kept(archive, an_exchange(b"after"))
    assert (archive.get(before), archive.get(after)) == (b"indexed", b"after")
    assert len(_files(archive)) == 2
    assert torn.stat().st_size == size
    assert [row.sha256 for row in _captures(engine)] == [before, after]


def test_threads_that_keep_and_index_at_once_index_each_answer_once(
    archive: Archive, engine: Engine
) -> None:
    with ThreadPoolExecutor(4) as pool:
        exchanges = [an_exchange(b"%d" % n, url=f"{URL}?{n}") for n in range(60)]
        hashes = list(pool.map(lambda exchange: kept(archive, exchange), exchanges))
    assert sorted(row.sha256 for row in _captures(engine)) == sorted(hashes)
    assert [archive.get(sha256) for sha256 in hashes] == [each.body for each in exchanges]
