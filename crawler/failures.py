"""Names the end of a fetch that brought no answer, from what the network raised."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost, DNSLookupError

from crawler.resolver import AddressRefused
from reports.visits import Outcome
from reports.words import Words

CHALLENGED_STATUS = 521

FAILURES = (
    IgnoreRequest,
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    OSError,
    UnicodeError,
)
"""Everything that a download raises because of the other side."""

_TLS_MODULES = ("OpenSSL", "service_identity", "cryptography", "ssl")
_BROKEN_HTTP = frozenset({"ParseError", "BadHeaders", "ResponseHeadersTooLong"})

_REFUSED = Words("连接被拒绝", "the connection was refused")
_NO_NAME = Words("域名无法解析", "the host name does not resolve")
_BROKEN = Words("连接中断，内容不完整", "the connection broke before the answer was whole")
_TLS = Words("TLS 证书或加密协商未通过验证", "TLS certificate or handshake failed")
_NOT_HTTP = Words("返回的不是 HTTP 应答", "the answer is not HTTP")
_INFLATED = Words("内容解压后超过大小上限", "the answer exceeds the size limit once inflated")
_PACKED = Words("压缩内容损坏或不完整", "the compressed body is damaged or cut short")
_NOTHING = Words("", "")


class BodyBroken(IgnoreRequest):
    """The compressed body is damaged, cut short, or packed in a way that was not asked for."""


class BodyTooLarge(IgnoreRequest):
    """The body exceeds the size limit once it is inflated."""


class RobotsForbidden(IgnoreRequest):
    """The robots rules of the host forbid this address."""


class RobotsUnknown(IgnoreRequest):
    """The robots rules cannot be read, so nothing of the host is read. ``status`` None: no answer."""

    def __init__(self, url: str, status: int | None) -> None:
        super().__init__(f"{url}: {status}")
        self.status = status


NEVER_SENT = (AddressRefused, RobotsForbidden, RobotsUnknown)
"""Those of FAILURES that a gate raises before anything is sent."""


def name_failure(error: BaseException) -> tuple[Outcome, Words]:
    """Return the named end for one of FAILURES, and what to say beyond its name."""
    match error:
        case AddressRefused():
            return Outcome.REFUSED_ADDRESS, _NOTHING
        case RobotsForbidden():
            return Outcome.ROBOTS, _NOTHING
        case RobotsUnknown():
            return _name_robots(error)
        case DownloadTimeoutError():
            return Outcome.TIMEOUT, _NOTHING
        case DownloadCancelledError():
            return Outcome.TOO_LARGE, _NOTHING
        case BodyTooLarge():
            return Outcome.TOO_LARGE, _INFLATED
        case BodyBroken():
            return Outcome.GARBAGE, _PACKED
    return _name_connection(error)


def _name_robots(error: RobotsUnknown) -> tuple[Outcome, Words]:
    said = Words(
        "robots.txt 无法读取，按规则不再访问", "robots.txt cannot be read, so nothing else is"
    )
    if error.status is None:
        outcome, cause = name_failure(error.__cause__) if error.__cause__ else (None, _NOTHING)
        return outcome or Outcome.UNREACHABLE, _joined(said, cause)
    blocked = error.status == CHALLENGED_STATUS
    status = Words(f"HTTP {error.status}", f"HTTP {error.status}")
    return Outcome.BLOCKED if blocked else Outcome.SERVER_ERROR, _joined(said, status)


def _name_connection(error: BaseException) -> tuple[Outcome, Words]:
    reasons = [failure.value for failure in getattr(error.__cause__, "reasons", None) or ()]
    if any(type(reason).__module__.startswith(_TLS_MODULES) for reason in (error, *reasons)):
        return Outcome.UNREACHABLE, _TLS
    if any(type(reason).__name__ in _BROKEN_HTTP for reason in reasons):
        return Outcome.GARBAGE, _NOT_HTTP
    match error:
        case DownloadConnectionRefusedError():
            return Outcome.UNREACHABLE, _REFUSED
        case CannotResolveHostError() | DNSLookupError() | UnicodeError():
            return Outcome.UNREACHABLE, _NO_NAME
        case UnsupportedURLSchemeError():
            return Outcome.REFUSED_ADDRESS, _NOTHING
    return Outcome.UNREACHABLE, _BROKEN


def _joined(one: Words, other: Words) -> Words:
    if not other.zh:
        return one
    return Words(f"{one.zh}：{other.zh}", f"{one.en}: {other.en}")
