"""The group robots of DingTalk, Feishu (Lark) and WeCom, asked whether they took the message.

They answer HTTP 200 to what they refuse, with the refusal in the body; the plug-ins that Apprise
brings do not look there. Those still read and check the addresses, these do the sending.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, quote, unquote

import requests
from apprise import NotifyBase
from apprise.plugins.dingtalk import NotifyDingTalk

from alerts.fitting import cut_note, fitted
from alerts.messages import Message, Outcome, SendResult
from alerts.replies import NO_ANSWER, NO_CONNECTION, Codes, judged

_ANSWER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """What is posted: the end of the address, its parameters, and the payload."""

    payload: dict[str, Any]
    path: str = ""
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of robot. ``call`` takes Apprise's plug-in, the secret of the query and the text."""

    call: Callable[[Any, str, str], Call]
    codes: Codes
    text_bytes: int


class Robot(NotifyBase):  # type: ignore[no-untyped-call]
    """Sends one message, once, as text; ``verdict`` says what came of it."""

    def __init__(self, plugin: Any, kind: Kind, secret: str) -> None:
        super().__init__(asset=plugin.asset)  # type: ignore[no-untyped-call]
        self.verify_certificate = plugin.verify_certificate
        self.verdict: SendResult | None = None
        self._plugin, self._kind, self._secret = plugin, kind, secret
        self._endpoint = self._ending = ""

    def prepare(self, message: Message, endpoints: Mapping[str, str]) -> None:
        """Take what Apprise does not hand on."""
        self._endpoint = endpoints[self._plugin.secure_protocol]
        self._ending = cut_note(message)

    def send(self, body: str, title: str = "", *_given: Any, **_options: Any) -> bool:
        """Post the message once; what came of it stands in ``verdict``."""
        text = _harmless(f"{title}\n{body}" if title else body)
        text = fitted(text, self._kind.text_bytes, self._ending)
        self.verdict = self._post(self._kind.call(self._plugin, self._secret, text))
        return self.verdict.outcome is Outcome.SENT

    def url(self, *_given: Any, **_options: Any) -> str:
        """Return the schema alone: the rest is the secret."""
        return f"{self._plugin.secure_protocol}://"

    def _post(self, call: Call) -> SendResult:
        try:
            with requests.post(
                f"{self._endpoint}{call.path}",
                params=call.params,
                data=json.dumps(call.payload, ensure_ascii=False).encode(),
                headers={"User-Agent": self.app_id, "Content-Type": "application/json"},
                verify=self.verify_certificate,
                timeout=self.request_timeout,
                # The address holds the key: it is shown to nobody else.
                allow_redirects=False,
                stream=True,
            ) as response:
                return judged(response.status_code, _body(response), self._kind.codes)
        except requests.ReadTimeout:
            return NO_ANSWER
        except requests.RequestException:
            return NO_CONNECTION


def checked(plugin: Any, url: str) -> Any:
    """Return the robot that takes the place of Apprise's plug-in; the plug-in if it is no robot's."""
    kind = KINDS.get(plugin.secure_protocol) if plugin is not None else None
    if kind is None:
        return plugin
    secrets = parse_qs(url.partition("?")[2]).get("secret", [""])
    return Robot(plugin, kind, secrets[-1])


def _body(response: requests.Response) -> bytes:
    body = b""
    for part in response.iter_content(4096):
        body += part
        if len(body) > _ANSWER_BYTES:
            break
    return body


def _harmless(text: str) -> str:
    # Feishu takes this tag for a call on one member or on all: a page's title may not do that.
    return re.sub(r"<(?=\s*/?\s*at\b)", "＜", text, flags=re.IGNORECASE)


def _dingtalk(plugin: Any, _secret: str, text: str) -> Call:
    at = {"atMobiles": plugin.targets, "isAtAll": False}
    params = {"access_token": plugin.token}
    if plugin.secret:
        stamp, signature = plugin.get_signature()
        # It comes quoted, and is quoted with the other parameters.
        params |= {"timestamp": stamp, "sign": unquote(signature)}
    return Call({"msgtype": "text", "text": {"content": text}, "at": at}, params=params)


def _feishu(plugin: Any, secret: str, text: str) -> Call:
    payload: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        payload |= _feishu_signature(secret)
    return Call(payload, f"/{quote(plugin.token, safe='')}")


def _feishu_signature(secret: str) -> dict[str, str]:
    # The instant is the one that Apprise stamps DingTalk's signatures with, in seconds.
    clock: Any = NotifyDingTalk
    milliseconds, _ = clock(token="none", secret="none").get_signature()
    stamp = str(int(milliseconds) // 1000)
    seal = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(seal).decode()}


def _wecom(plugin: Any, _secret: str, text: str) -> Call:
    return Call({"msgtype": "text", "text": {"content": text}}, params={"key": plugin.key})


# DingTalk and Feishu admit 20 000 bytes for the whole request: the rest is for what encloses the text.
_DINGTALK = Kind(
    _dingtalk,
    Codes(
        names=("errcode",),
        too_often=frozenset({130101, 410100}),
        no_robot=frozenset({300001, 400013, 400101, 400102, 400106}),
        not_secure=frozenset({310000}),
        unfit=frozenset({430101, 430102, 430103, 430104, 460101}),
    ),
    text_bytes=18_000,
)
_FEISHU = Kind(
    _feishu,
    Codes(
        names=("code", "StatusCode"),
        too_often=frozenset({11232}),
        no_robot=frozenset({19001}),
        not_secure=frozenset({19021, 19022, 19024}),
        unfit=frozenset({19002}),
    ),
    text_bytes=18_000,
)
_WECOM = Kind(
    _wecom,
    Codes(
        names=("errcode",),
        too_often=frozenset({45009, 45033}),
        no_robot=frozenset({93000, 93004, 93008}),
        unfit=frozenset({40058, 44004, 45002}),
    ),
    text_bytes=2048,
)
KINDS: Mapping[str, Kind] = MappingProxyType(
    {"dingtalk": _DINGTALK, "feishu": _FEISHU, "lark": _FEISHU, "wecombot": _WECOM}
)
"""Schema of the channel's address → what its robots are."""

ENDPOINTS: Mapping[str, str] = MappingProxyType(
    {
        "dingtalk": "https://oapi.dingtalk.com/robot/send",
        "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook",
        "lark": "https://open.larksuite.com/open-apis/bot/v2/hook",
        "wecombot": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
    }
)
"""Schema → where its robots are spoken to."""
