from __future__ import annotations

import gzip
import zlib

import pytest

from crawler.failures import BodyBroken, BodyTooLarge
from crawler.inflating import inflate

BODY = "年度报告".encode() * 500
BARE = zlib.compress(BODY)[2:-4]


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(BODY), "gzip"),
        (gzip.compress(BODY[:99]) + gzip.compress(BODY[99:]), "x-gzip"),
        (gzip.compress(BODY) + b"\0\0", "gzip"),
        (zlib.compress(BODY), "deflate"),
        (BARE, "deflate"),
    ],
)
def test_whole_body_is_inflated(packed: bytes, encoding: str) -> None:
    assert inflate(packed, encoding, len(BODY)) == BODY


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(BODY)[:-1], "gzip"),
        (gzip.compress(BODY)[:40], "gzip"),
        (zlib.compress(BODY)[:40], "deflate"),
        (b"\x01\x02 no such thing", "deflate"),
        (BODY, "gzip"),
        (BODY, "br"),
    ],
)
def test_body_that_is_not_whole_is_refused(packed: bytes, encoding: str) -> None:
    with pytest.raises(BodyBroken):
        inflate(packed, encoding, 1 << 20)


def test_body_beyond_the_limit_is_refused() -> None:
    with pytest.raises(BodyTooLarge):
        inflate(gzip.compress(BODY), "gzip", len(BODY) - 1)


def test_empty_body_stays_empty() -> None:
    assert inflate(b"", "gzip", 10) == b""
