"""Sends one message over one channel: with the robots, the only place of the alerts on the network.

What a service says of itself may hold addresses, names and tokens, so none of its text is kept: the
reasons are our own words with the codes that were found.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from apprise import (
    Apprise,
    AppriseAsset,
    AppriseResult,
    AppriseResultStatus,
    NotifyFormat,
    NotifyType,
)
from apprise.plugins.email import NotifyEmail

from alerts.channels import Channel
from alerts.messages import Message, Outcome, SendResult
from alerts.replies import NO_ANSWER, NO_CONNECTION, NOT_ACCEPTED, code_refusal, http_refusal
from alerts.robots import ENDPOINTS, Robot, checked
from reports.findings import Severity
from reports.words import Words

CONSOLE = "console://"
"""A channel of our own: writes the message to the standard output."""

# Below the service's limit, so that a silent server ends the call and leaves no thread behind.
CONNECT_SECONDS, READ_SECONDS, SERVICE_SECONDS = 5.0, 10.0, 20.0

_KINDS: Mapping[Severity, NotifyType] = {
    Severity.ERROR: NotifyType.FAILURE,
    Severity.WARNING: NotifyType.WARNING,
    Severity.NOTICE: NotifyType.INFO,
}
_HTTP_STATUS = re.compile(r"\berror=([1-5]\d\d)\b")
_VENDOR_CODE = re.compile(r"\berrcode=(-?\d{1,9})\b")


@dataclass(frozen=True, slots=True)
class Sender:
    """Calls Apprise, or the console. An instance is a ``alerts.messages.Send``."""

    console: TextIO = field(default_factory=lambda: sys.stdout)
    service_seconds: float = SERVICE_SECONDS
    endpoints: Mapping[str, str] = field(default_factory=lambda: ENDPOINTS)

    def __call__(self, channel: Channel, message: Message) -> SendResult:
        """Try once; never raises for what the other side does."""
        if is_console(channel):
            return self._show(message)
        service = _service(channel, self.service_seconds)
        if service is None:
            return SendResult(Outcome.PERMANENT, bad_address(channel))
        if isinstance(service, Robot):
            service.prepare(message, self.endpoints)
        _mark(service, message.key)
        apprise = Apprise(asset=service.asset)
        apprise.add(service)
        result = apprise.notify(
            title=message.title,
            body=message.body,
            notify_type=_KINDS[message.severity],
            body_format=NotifyFormat.TEXT,
        )
        return _judged(result, service)

    def _show(self, message: Message) -> SendResult:
        text = f"{message.title}\n{message.body}\n\n"
        encoding = self.console.encoding or "utf-8"
        try:
            self.console.write(text.encode(encoding, "replace").decode(encoding))
            self.console.flush()
        except (OSError, ValueError):
            return SendResult(
                Outcome.TEMPORARY,
                Words("无法写入标准输出。", "The standard output cannot be written."),
            )
        return SendResult(Outcome.SENT)


def is_console(channel: Channel) -> bool:
    """Say whether the channel writes to the standard output."""
    return channel.url.strip().lower().startswith(CONSOLE)


def complaint(channel: Channel) -> Words | None:
    """Return what is wrong with the channel's address; None when messages can be tried."""
    if is_console(channel) or _service(channel, SERVICE_SECONDS) is not None:
        return None
    return bad_address(channel)


def bad_address(channel: Channel) -> Words:
    """Return the words for an address that no service understands; only the name is shown."""
    return Words(
        f"渠道“{channel.name}”的地址无法识别，请检查其 url（地址本身不予显示）。",
        f"The address of channel “{channel.name}” is not understood; check its url (not shown here).",
    )


def _service(channel: Channel, seconds: float) -> Any:
    _hush()
    # The identifier becomes the User-Agent: anything but ASCII would break every HTTP channel.
    asset = AppriseAsset(
        app_id="Nianshao", app_desc="Nianshao", app_url="", service_timeout=seconds
    )
    service = checked(Apprise.instantiate(channel.url, asset=asset), channel.url)
    if service is not None:
        # Pacing is the outbox's matter; a pause of seconds inside a call would look like a hang.
        service.request_rate_per_sec = 0
        service.socket_connect_timeout = CONNECT_SECONDS
        service.socket_read_timeout = READ_SECONDS
        if _is_mail_without_format(service, channel):
            # Mail given text is sent as text alone: this sends both parts, with the text escaped.
            service.notify_format = NotifyFormat.HTML
    return service


def _is_mail_without_format(service: Any, channel: Channel) -> bool:
    return isinstance(service, NotifyEmail) and "format=" not in channel.url


def _hush() -> None:
    # Services log addresses: their texts are read from the results and reach no handler of ours.
    apprise = logging.getLogger("apprise")
    apprise.setLevel(logging.WARNING)
    apprise.propagate = False
    if not apprise.handlers:
        apprise.addHandler(logging.NullHandler())
    logging.getLogger("urllib3").setLevel(logging.WARNING)


def _mark(service: Any, key: str) -> None:
    for attribute, name in (("headers", "Idempotency-Key"), ("payload_extras", "idempotency_key")):
        extras = getattr(service, attribute, None)
        if isinstance(extras, dict):
            extras.setdefault(name, key)


def _judged(result: AppriseResult, service: Any) -> SendResult:
    attempts = [attempt for service in result.results for attempt in service.attempts]
    # The attempts, not the whole: an address may declare itself optional, and fail with success.
    states = [attempt.status for attempt in attempts]
    if states and states[-1] == AppriseResultStatus.SUCCESS:
        return SendResult(Outcome.SENT)
    if AppriseResultStatus.TIMEOUT in states:
        return NO_ANSWER
    if isinstance(service, Robot) and service.verdict is not None:
        return service.verdict
    return _refused(" ".join(entry.message for attempt in attempts for entry in attempt.logs))


def _refused(text: str) -> SendResult:
    if code := _VENDOR_CODE.search(text):
        return code_refusal(code[1])
    if status := _HTTP_STATUS.search(text):
        return http_refusal(int(status[1]))
    return NO_CONNECTION if "onnection error" in text.lower() else NOT_ACCEPTED
