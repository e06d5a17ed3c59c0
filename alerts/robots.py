"""The group robots of DingTalk, Feishu (Lark) and WeCom, asked whether they took the message.

They answer HTTP 200 to what they refuse, with the refusal in the body; the plug-ins that Apprise
brings do not look there. These take their places and keep their addresses.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote

import requests  # type: ignore[import-untyped]
from apprise import NotifyBase, NotifyFormat, OverflowMode
from apprise.manager_plugins import NotificationManager
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark
from apprise.plugins.wecombot import NotifyWeComBot

from alerts.fitting import cut_note, fitted
from alerts.messages import Message, Outcome, SendResult
from alerts.replies import NO_ANSWER, NO_CONNECTION, Codes, judged

ENDPOINTS: Mapping[str, str] = MappingProxyType(
    {
        "dingtalk": "https://oapi.dingtalk.com/robot/send",
        "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook",
        "lark": "https://open.larksuite.com/open-apis/bot/v2/hook",
        "wecombot": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
    }
)
"""Schema → where its robots are spoken to."""

_ANSWER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """What is posted: the address with its parameters, and the payload."""

    address: str
    payload: dict[str, Any]
    params: dict[str, str] = field(default_factory=dict)


class Robot(NotifyBase):
    """One robot for one message; ``verdict`` says what came of it."""

    codes = Codes(names=())
    text_bytes = 0
    verdict: SendResult | None = None
    _endpoint = ""
    _ending = ""

    def prepare(self, message: Message, endpoints: Mapping[str, str]) -> None:
        """Take what Apprise does not hand on."""
        self._endpoint = endpoints[str(self.secure_protocol)]
        self._ending = cut_note(message)
        # Apprise counts characters and would send several messages: we count bytes and send one.
        self.overflow_mode = OverflowMode.UPSTREAM

    def call(self, text: str, title: str, markdown: bool) -> Call:
        """Return what to post for the text; it holds the title already."""
        raise NotImplementedError

    def send(
        self,
        body: str,
        title: str = "",
        notify_type: Any = None,
        body_format: Any = None,
        **_given: Any,
    ) -> bool:
        """Post the message once; what came of it stands in ``verdict``."""
        markdown = body_format == NotifyFormat.MARKDOWN
        whole = "\n".join(filter(None, (f"# {title}" if title and markdown else title, body)))
        text = fitted(self.harmless(whole), self.text_bytes, self._ending)
        self.verdict = self._post(self.call(text, title, markdown))
        return self.verdict.outcome is Outcome.SENT

    def harmless(self, text: str) -> str:
        """Return the text without what the service would take for a command."""
        return text

    def _post(self, call: Call) -> SendResult:
        try:
            with requests.post(
                call.address,
                params=call.params,
                data=json.dumps(call.payload, ensure_ascii=False).encode(),
                headers={"User-Agent": self.app_id, "Content-Type": "application/json"},
                verify=self.verify_certificate,
                timeout=self.request_timeout,
                # The address holds the key: it is shown to nobody else.
                allow_redirects=False,
                stream=True,
            ) as response:
                return judged(response.status_code, _body(response), self.codes)
        except requests.ReadTimeout:
            return NO_ANSWER
        except requests.RequestException:
            return NO_CONNECTION


def _body(response: Any) -> bytes:
    body = b""
    for part in response.iter_content(4096):
        body += part
        if len(body) > _ANSWER_BYTES:
            break
    return body


class DingTalk(Robot, NotifyDingTalk):
    """``dingtalk://token``, ``dingtalk://secret@token/phone``: text, or Markdown on request."""

    # 20 000 for the whole request; the rest is for what encloses the text and for escapes.
    text_bytes = 18_000
    codes = Codes(
        names=("errcode",),
        too_often=frozenset({130101, 410100}),
        no_robot=frozenset({300001, 400013, 400101, 400102, 400106}),
        not_secure=frozenset({310000}),
        unfit=frozenset({430101, 430102, 430103, 430104, 460101}),
    )

    def call(self, text: str, title: str, markdown: bool) -> Call:
        """Return text, or Markdown under its title."""
        at = {"atMobiles": self.targets, "isAtAll": False}
        payload: dict[str, Any] = {"msgtype": "text", "text": {"content": text}, "at": at}
        if markdown:
            shown = {"title": title or self.app_desc, "text": text}
            payload = {"msgtype": "markdown", "markdown": shown, "at": at}
        params = {"access_token": self.token}
        if self.secret:
            stamp, signature = self.get_signature()
            # It comes quoted, and is quoted once more with the other parameters.
            params |= {"timestamp": stamp, "sign": unquote(signature)}
        return Call(self._endpoint, payload, params)


class _Feishu(Robot):
    """Text in both of the brand's countries; ``?secret=`` signs it."""

    # 20 000 for the whole request, see DingTalk.
    text_bytes = 18_000
    codes = Codes(
        names=("code", "StatusCode"),
        too_often=frozenset({11232, 11233}),
        no_robot=frozenset({19001}),
        not_secure=frozenset({19021, 19022, 19024}),
        unfit=frozenset({19002}),
    )

    def __init__(self, token: str, secret: str = "", **given: Any) -> None:
        super().__init__(token=token, **given)
        self.secret = secret

    def harmless(self, text: str) -> str:
        """Break the tags with which a page's title could call on everyone."""
        return re.sub(r"<(?=\s*/?\s*at\b)", "＜", text, flags=re.IGNORECASE)

    def call(self, text: str, title: str, markdown: bool) -> Call:
        """Return text, signed when there is a secret."""
        payload: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if self.secret:
            payload |= self._signed()
        return Call(f"{self._endpoint}/{quote(self.token, safe='')}", payload)

    def _signed(self) -> dict[str, str]:
        # The instant is the one that the library stamps DingTalk's signatures with, in seconds.
        milliseconds, _ = NotifyDingTalk.get_signature(self)
        stamp = str(int(milliseconds) // 1000)
        seal = hmac.new(f"{stamp}\n{self.secret}".encode(), b"", hashlib.sha256).digest()
        return {"timestamp": stamp, "sign": base64.b64encode(seal).decode()}


class Feishu(_Feishu, NotifyFeishu):
    """``feishu://token``, ``feishu://token?secret=secret``."""

    @staticmethod
    def parse_url(url: str) -> Any:
        """Return the address's parts."""
        return _with_secret(NotifyFeishu.parse_url(url))


class Lark(_Feishu, NotifyLark):
    """``lark://token``, ``lark://token?secret=secret``."""

    @staticmethod
    def parse_url(url: str) -> Any:
        """Return the address's parts."""
        return _with_secret(NotifyLark.parse_url(url))


def _with_secret(parts: Any) -> Any:
    return parts and {**parts, "secret": parts["qsd"].get("secret", "")}


class WeCom(Robot, NotifyWeComBot):
    """``wecombot://key``: text."""

    text_bytes = 2048
    codes = Codes(
        names=("errcode",),
        too_often=frozenset({45009, 45033}),
        no_robot=frozenset({93000, 93004, 93008}),
        unfit=frozenset({40058, 44004, 45002}),
    )

    def call(self, text: str, title: str, markdown: bool) -> Call:
        """Return text."""
        return Call(
            self._endpoint, {"msgtype": "text", "text": {"content": text}}, {"key": self.key}
        )


@cache
def take_places() -> None:
    """Let Apprise answer the robots' addresses with these plug-ins instead of its own; once."""
    for robot in (DingTalk, Feishu, Lark, WeCom):
        NotificationManager().add(robot, schemas=[robot.secure_protocol], force=True)
