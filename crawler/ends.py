"""The sentence for the named end of a fetch or a visit. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from reports.visits import WORDS, Outcome
from reports.words import Words

NOTHING = Words("", "")


def detail(outcome: Outcome, url: str, status: int | None = None, more: Words = NOTHING) -> Words:
    """Return the sentence for a named end: what happened, where, with the figures."""
    host = urlsplit(url).netloc
    code = f"HTTP {status}" if status else ""
    zh = "，".join(part for part in (host, code, more.zh) if part)
    en = ", ".join(part for part in (host, code, more.en) if part)
    return Words(f"{WORDS[outcome].zh}（{zh}）", f"{WORDS[outcome].en} ({en})")


def host_silent(outcome: Outcome, url: str) -> Words:
    """Return the sentence for a column that was not asked, since its host had just not answered."""
    return detail(
        outcome,
        url,
        more=Words(
            "同一主机刚刚没有应答，本轮不再访问", "the host had just not answered; not asked again"
        ),
    )
