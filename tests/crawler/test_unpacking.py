from __future__ import annotations

import gzip
import zlib

import pytest

from crawler.unpacking import PackingBroken, UnpackedTooLarge, inflate

BODY = "年度报告".encode() * 500
BARE = zlib.compress(BODY)[2:-4]


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(BODY, mtime=0), "gzip"),
        (gzip.compress(BODY[:99], mtime=0) + gzip.compress(BODY[99:], mtime=0), "x-gzip"),
        (gzip.compress(BODY, mtime=0) + b"\0\0", "gzip"),
        (zlib.compress(BODY), "deflate"),
        (BARE, "deflate"),
    ],
)
def test_whole_body_is_inflated(packed: bytes, encoding: str) -> None:
    assert inflate(packed, encoding, len(BODY)) == BODY


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(BODY, mtime=0)[:-1], "gzip"),
        (gzip.compress(BODY, mtime=0)[:40], "gzip"),
        (zlib.compress(BODY)[:40], "deflate"),
        (b"\x01\x02 no such thing", "deflate"),
        (BODY, "gzip"),
        (BODY, "br"),
    ],
)
def test_body_that_is_not_whole_is_refused(packed: bytes, encoding: str) -> None:
    with pytest.raises(PackingBroken):
        inflate(packed, encoding, 1 << 20)


def test_body_beyond_the_limit_is_refused() -> None:
    with pytest.raises(UnpackedTooLarge):
        inflate(gzip.compress(BODY, mtime=0), "gzip", len(BODY) - 1)


def test_empty_body_stays_empty() -> None:
    assert inflate(b"", "gzip", 10) == b""
