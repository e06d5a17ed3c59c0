"""What the other side's answer means for a message. Pure.

None of its text is kept, since it may hold addresses, names and tokens: only its codes are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from alerts.messages import Outcome, SendResult
from reports.words import Words

NO_ANSWER = SendResult(
    Outcome.UNKNOWN,
    Words(
        "对方未在限时内应答，消息可能已送达；将以同一编号重发。",
        "No answer in time; the message may have arrived and is sent again under the same reference.",
    ),
)
NO_CONNECTION = SendResult(
    Outcome.TEMPORARY,
    Words(
        "无法连接对方，或连接中断。", "The other side cannot be reached, or the connection broke."
    ),
)
NOT_ACCEPTED = SendResult(
    Outcome.TEMPORARY, Words("对方未接受消息。", "The other side did not accept the message.")
)
UNREADABLE = SendResult(
    Outcome.TEMPORARY,
    Words(
        "对方的应答无法识别，不能确认已送达；将重发。",
        "The answer is not understood and confirms nothing; the message is sent again.",
    ),
)

_NEVER = {410, 413}
"""Answers that no later attempt changes: gone for good, message too large."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Where a kind of robot puts its code (0 is success), and what its known codes mean."""

    names: tuple[str, ...]
    too_often: frozenset[int] = frozenset()
    no_robot: frozenset[int] = frozenset()
    not_secure: frozenset[int] = frozenset()
    unfit: frozenset[int] = frozenset()


def http_refusal(status: int) -> SendResult:
    """Return what an HTTP status other than success means."""
    return SendResult(
        Outcome.PERMANENT if status in _NEVER else Outcome.TEMPORARY,
        Words(f"对方应答 HTTP {status}。", f"Answered with HTTP {status}."),
    )


def code_refusal(code: int | str) -> SendResult:
    """Return what an error code means of which nothing else is known: tried again."""
    return SendResult(
        Outcome.TEMPORARY,
        Words(f"对方拒绝，错误码 {code}。", f"Refused with error code {code}."),
    )


def judged(status: int, body: bytes, codes: Codes) -> SendResult:
    """Return what a robot's answer means; only status 200 with the code 0 is a success."""
    if status == 429 or status >= 500:
        return http_refusal(status)
    found = _codes_in(body, codes.names)
    refused = next(filter(None, found), None)
    if refused is not None:
        return _meaning(refused, codes)
    if status != 200:
        return http_refusal(status)
    return SendResult(Outcome.SENT) if found else UNREADABLE


def _codes_in(body: bytes, names: tuple[str, ...]) -> tuple[int, ...]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    values = [answer.get(name) for name in names] if isinstance(answer, dict) else []
    return tuple(value for value in values if type(value) is int and abs(value) < 10**9)


def _meaning(code: int, codes: Codes) -> SendResult:
    if code in codes.too_often:
        return SendResult(
            Outcome.TEMPORARY,
            Words(
                f"发送过于频繁（错误码 {code}），稍后重发。",
                f"Too many messages (error code {code}); sent again later.",
            ),
        )
    known = (
        (codes.no_robot, _NO_ROBOT),
        (codes.not_secure, _NOT_SECURE),
        (codes.unfit, _UNFIT),
    )
    words = next((words for members, words in known if code in members), None)
    if words is None:
        return code_refusal(code)
    return SendResult(
        Outcome.PERMANENT,
        Words(f"错误码 {code}：{words.zh}", f"Error code {code}: {words.en}"),
    )


_NO_ROBOT = Words(
    "机器人不存在、已停用或密钥无效；请在群内核对机器人，并更新该渠道的 url。",
    "there is no such robot, it is switched off, or its key is wrong; check the robot in its group "
    "and update the channel's url.",
)
_NOT_SECURE = Words(
    "未通过机器人的安全设置；请核对加签密钥、关键词（每条消息都含“年哨”）、允许的 IP 和本机时间。",
    "the robot's security settings refuse it; check the signing secret, the keyword (every message "
    "holds “年哨”), the admitted IP addresses and this machine's time.",
)
_UNFIT = Words(
    "内容或长度不被接受；请在状态页查看该消息。",
    "the content or its length is not accepted; read the message on the status page.",
)
