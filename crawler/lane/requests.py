"""The bytes of a conditional request. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ASKABLE = re.compile(r"[!-~]{1,3999}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def request_bytes(url: str, headers: bytes, conditions: Mapping[str, str]) -> bytes:
    """Return the request for an address; conditions that no header can carry are left out.

    ``headers`` are the lines that every request ends with.
    """
    place = url.partition("#")[0].partition("://")[2]
    host, _, target = place.partition("/")
    asked = "".join(
        f"{name}: {value}\r\n" for name, value in conditions.items() if not _CONTROL.search(value)
    )
    head = f"GET /{target} HTTP/1.1\r\nHost: {host.rpartition('@')[2]}\r\n{asked}"
    return head.encode("latin-1", "replace") + headers


def header_lines(headers: Mapping[str, str]) -> bytes:
    """Return the headers that every request has, as its end."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{lines}\r\n".encode("latin-1", "replace")


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers that ask only for what has changed."""
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value}


def is_askable(url: str) -> bool:
    """Say whether an address can stand in a request line as it is."""
    return _ASKABLE.fullmatch(url) is not None
