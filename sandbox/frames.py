"""Messages over a pipe: four bytes of length, then the bytes. Nothing that arrives is ever executed."""

from __future__ import annotations

import os
import select
import struct
import time
from typing import BinaryIO

_LENGTH = struct.Struct(">I")
_PIECE = 1 << 16


class Expired(Exception):
    """The other side did not take or give the message in time."""


class Broken(Exception):
    """The other side is gone, or sends what no message may be."""


def framed(message: bytes) -> bytes:
    """Return the message with its length before it."""
    return _LENGTH.pack(len(message)) + message


def read_message(stream: BinaryIO) -> bytes | None:
    """Return the next message, waiting for it; None at the end of the input."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    return message if len(message) == length else None


def send(descriptor: int, message: bytes, deadline: float) -> None:
    """Write a message before the deadline (monotonic seconds). Raises Expired or Broken."""
    _write(descriptor, _LENGTH.pack(len(message)), deadline)
    _write(descriptor, message, deadline)


def _write(descriptor: int, message: bytes, deadline: float) -> None:
    rest = memoryview(message)
    while rest:
        _await(descriptor, select.POLLOUT, deadline)
        try:
            rest = rest[os.write(descriptor, rest[:_PIECE]) :]
        except BlockingIOError:
            continue
        except OSError as error:
            raise Broken from error


def receive(descriptor: int, limit: int, deadline: float) -> bytes:
    """Return a message of at most ``limit`` bytes before the deadline. Raises Expired or Broken."""
    (length,) = _LENGTH.unpack(_exactly(descriptor, _LENGTH.size, deadline))
    if length > limit:
        raise Broken
    return _exactly(descriptor, length, deadline)


def _exactly(descriptor: int, length: int, deadline: float) -> bytes:
    found = bytearray()
    while len(found) < length:
        _await(descriptor, select.POLLIN, deadline)
        try:
            piece = os.read(descriptor, min(_PIECE, length - len(found)))
        except BlockingIOError:
            continue
        except OSError as error:
            raise Broken from error
        if not piece:
            raise Broken
        found += piece
    return bytes(found)


def _await(descriptor: int, what: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(descriptor, what)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise Expired
