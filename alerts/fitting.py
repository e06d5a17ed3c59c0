"""Makes a text fit into so many bytes of UTF-8. Pure."""

from __future__ import annotations

from alerts.messages import Message
from reports.words import Words


def cut_note(message: Message) -> str:
    """Return the last lines of a message that is cut: that it is, where to read on, its reference."""
    where = message.page or Words("状态页", "the status page").both()
    words = Words(f"（消息过长，已截断）全文见：{where}", f"(Cut to fit.) Read on at: {where}")
    return f"{words.zh}\n{words.en}\n编号 / Ref: {message.key}"


def fitted(text: str, limit: int, ending: str) -> str:
    """Return the text, if need be cut between two characters and closed by the ending."""
    whole = text.encode("utf-8", "replace")
    if len(whole) <= limit:
        return whole.decode()
    tail = f"…\n{ending}".encode("utf-8", "replace")[:limit]
    # Only the last character can be torn by a cut, and only that one is left out here.
    head, end = (part.decode("utf-8", "ignore") for part in (whole[: limit - len(tail)], tail))
    return head + end
