"""Addresses under which one page is one page: a name to compare by, never one to fetch. Pure."""

from __future__ import annotations

import re

_LONGEST = 4_000
_MOST_PARAMETERS = 200
_ADDRESS = re.compile(
    r"https?://(?:[^/?#@]*@)?(?P<host>\[[0-9a-f:.]+\]|[^/?#:@\[\]]+)(?::0*(?P<port>\d{0,5}))?"
    r"(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_DEFAULT_PORTS = frozenset({None, "", "80", "443"})
# Not where a broken escape before it would become a whole one.
_ESCAPE = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;?]*", re.I)
_INDEX = re.compile(r"/index\.[A-Za-z]{2,5}$", re.I)
# Systems show each page a second time to telephones and to their own application.
_TWIN = re.compile(r"(?<=[^/])(?:_wap|_app)+(?=\.s?html?$)", re.I)
# What says who came from where, or only that no copy of a cache is wanted; what names the page stays.
_IDLE = frozenset(
    {
        *("jump", "jsessionid", "phpsessid", "spm", "gclid", "fbclid", "isappinstalled"),
        *("nsukey", "share_token", "sharetoken", "hmsr", "_", "_t", "timestamp"),
    }
)
_IDLE_PREFIX = "utm_"
_FROM_A_CHAT = frozenset({"singlemessage", "groupmessage", "timeline"})


def canonical(url: str) -> str:
    """Return the one name of all addresses that differ only in how they are written.

    Scheme (http and https), default port, case and final dot of the host, empty and dotted segments, index
    pages, telephone twins, session ids, the order of parameters and those that only trace a visitor count
    for nothing. Host and every other parameter stay. Total and idempotent; what is no web address comes
    back without its outer blanks.
    """
    text = url.strip()
    found = _ADDRESS.fullmatch(text) if len(text) <= _LONGEST else None
    host = found["host"].lower().strip(".") if found else ""
    if found is None or not host:
        return text
    port = "" if found["port"] in _DEFAULT_PORTS else f":{found['port']}"
    query = _query(found["query"] or "")
    return f"http://{host}{port}{_path(found['path'] or '/')}{'?' if query else ''}{query}"


def same_page(one: str, other: str) -> bool:
    """Say whether two addresses are spellings of one."""
    return one == other or canonical(one) == canonical(other)


def _path(path: str) -> str:
    plain = _SESSION.sub("", _ESCAPE.sub(_one_escape, path))
    kept: list[str] = []
    segments = plain.split("/")
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment not in {"", "."}:
            kept.append(segment)
    is_folder = segments[-1] in {"", ".", ".."}
    whole = "/" + "/".join(kept) + ("/" if is_folder and kept else "")
    return _INDEX.sub("/", _TWIN.sub("", whole))


def _query(query: str) -> str:
    parameters = query.split("&", _MOST_PARAMETERS)
    plain = [_ESCAPE.sub(_one_escape, parameter) for parameter in parameters if parameter]
    return "&".join(sorted(parameter for parameter in plain if not _is_idle(parameter)))


def _is_idle(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    lower = name.lower()
    from_a_chat = lower == "from" and value in _FROM_A_CHAT
    return lower in _IDLE or lower.startswith(_IDLE_PREFIX) or from_a_chat


def _one_escape(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return sign if sign in _UNRESERVED else found.group().upper()
