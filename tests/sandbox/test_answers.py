"""What a worker sends is believed only when it is what our worker sends."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import pytest

from reports.cells import CELL_LABELS
from sandbox.answers import Unbelievable, failure_of, failure_to_answer, from_answer, to_answer
from sandbox.frames import Broken, Expired, framed, receive, send
from sandbox.reader import read_body
from sandbox.readings import Body
from tests.rendering import as_html

GOOD = read_body(Body(as_html(dict.fromkeys(CELL_LABELS, "1"))))
SOON = 0.05


def changed(path: tuple[Any, ...], value: Any) -> bytes:
    answer = json.loads(to_answer(GOOD))
    place = answer
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(answer).encode()


def test_an_answer_comes_back_as_it_was() -> None:
    assert from_answer(to_answer(GOOD)) == GOOD
    assert failure_of(to_answer(GOOD)) is None
    assert failure_of(failure_to_answer("memory")) == ("memory", "")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("content_key",), "short"),
        (("content_key",), 7),
        (("report",), None),
        (("report",), []),
        (("report", "title"), {"a": 1}),
        (("report", "title"), "\ud800"),
        (("report", "title"), "a\x00b"),
        (("report", "year"), "2025"),
        (("report", "year"), 2025.5),
        (("report", "sections"), [["1", "heading", "text"]]),
        (("report", "tables", 0, "quality"), "perfect"),
        (("report", "tables", 0, "cells", 0, 2), [1]),
        (("report", "tables", 0, "cells", 0, 2), "Infinity"),
        (("report", "tables", 0, "cells", 0, 2), "one"),
        (("document", "published_on"), "yesterday"),
        (("document", "attachments"), [["only one"]]),
        (("document", "method"), "guess"),
        (("document", "grids"), [[[["text", 1, 1, 0]]]]),
        (("document", "grids"), {"a": 1}),
        (("unreadable",), ["也有理由", "a reason, too"]),
        (("code",), {"a": 1}),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_an_answer_of_another_shape_is_not_believed(path: tuple[Any, ...], value: Any) -> None:
    with pytest.raises(Unbelievable):
        from_answer(changed(path, value))


@pytest.mark.parametrize(
    "message",
    [b"", b"{}", b"[]", b"null", b"1", b"\xff", b"[" * 200_000, b'{"content_key": 1}'],
    ids=["nothing", "object", "list", "null", "number", "no text", "depth", "too little"],
)
def test_what_is_no_answer_is_not_believed(message: bytes) -> None:
    with pytest.raises(Unbelievable):
        from_answer(message)
    with pytest.raises(Unbelievable):
        failure_of(b'{"failure": ' + message)


def test_messages_pass_a_pipe_whole_or_not_at_all() -> None:
    end, start = os.pipe()
    for descriptor in (start, end):
        os.set_blocking(descriptor, False)
    send(start, b"four", time.monotonic() + 1)
    assert receive(end, 4, time.monotonic() + 1) == b"four"
    with pytest.raises(Expired):
        receive(end, 4, time.monotonic() + SOON)
    with pytest.raises(Expired):
        send(start, b"x" * 1_000_000, time.monotonic() + SOON)
    os.close(start)
    os.close(end)


@pytest.mark.parametrize("sent", [b"", b"\x00\x00", framed(b"four")[:6], b"\xff\xff\xff\xff"])
def test_a_cut_or_oversized_message_is_broken(sent: bytes) -> None:
    end, start = os.pipe()
    os.write(start, sent)
    os.close(start)
    with pytest.raises(Broken):
        receive(end, 1_000, time.monotonic() + 1)
    os.close(end)
