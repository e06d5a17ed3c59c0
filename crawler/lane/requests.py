"""The bytes of a conditional request. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

_PRINTABLE = range(0x20, 0x7F)


def request_bytes(url: str, headers: Mapping[str, str], conditions: Mapping[str, str]) -> bytes:
    """Return the request for an address; conditions that no header can carry are left out."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc.rpartition('@')[2]}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"{name}: {value}" for name, value in conditions.items() if _is_plain(value)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers that ask only for what has changed."""
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value}


def is_askable(url: str) -> bool:
    """Say whether an address can stand in a request line as it is."""
    return len(url) < 4_000 and all(ord(letter) in _PRINTABLE and letter != " " for letter in url)


def _is_plain(value: str) -> bool:
    return all(ord(letter) >= 0x20 and ord(letter) != 0x7F for letter in value)
