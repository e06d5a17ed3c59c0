"""Turns events into messages: one language in full, the other in one line. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never
from urllib.parse import quote

from alerts.advice import ADVICE
from alerts.channels import RANKS
from alerts.lines import address_in, figures, one_line, words_in
from alerts.messages import Message, Notice
from reports.events import NAMES, EventKind, weight_of
from reports.findings import Severity
from reports.status_words import china_time
from reports.words import Language, Words


def render(notice: Notice, language: Language, public_url: str, key: str) -> Message:
    """Return the message for one event: what, who and when first, then figures, reason, remedy."""
    title = headline(notice).in_language(language)
    body = "\n".join((*_paragraph(notice, language, public_url), "", _other(notice, language)))
    page = _page(notice, public_url)
    return Message(_titled(title), f"{body}\n{_tail(key)}", key, severity_of(notice), page)


def render_digest(
    notices: Sequence[Notice], language: Language, public_url: str, key: str
) -> Message:
    """Return one message for several events, in their order."""
    count = len(notices)
    title = Words(f"汇总：{count} 条消息", f"Digest: {count} events")
    blocks = [
        "\n".join((f"{number}. {first}", *rest, _other(notice, language)))
        for number, notice in enumerate(notices, 1)
        for first, *rest in (_paragraph(notice, language, public_url),)
    ]
    body = "\n\n".join((title.both(), *blocks, _tail(key)))
    severity = max((severity_of(notice) for notice in notices), key=RANKS.__getitem__)
    page = f"{public_url.rstrip('/')}/"
    return Message(_titled(title.in_language(language)), body, key, severity, page)


def headline(notice: Notice) -> Words:
    """Return what happened, to whom: the title of a message."""
    if notice.title is not None:
        return notice.title
    what, who = _what(notice.kind), _who(notice)
    if notice.occasion > 1:
        number = notice.occasion - 1
        what = Words(f"第 {number} 次提醒，{what.zh}", f"Reminder {number}, {what.en}")
    return Words(f"{who.zh}：{what.zh}", f"{who.en}: {what.en}")


def severity_of(notice: Notice) -> Severity:
    """Return the severity that the event's data names, else the weight of its kind."""
    try:
        return Severity(str(notice.data.get("severity")))
    except ValueError:
        kind = _kind(notice.kind)
        return Severity.NOTICE if kind is None else weight_of(kind)


def _paragraph(notice: Notice, language: Language, public_url: str) -> tuple[str, ...]:
    kind, reason = _kind(notice.kind), notice.standing or words_in(notice.data.get("because"))
    original, page = address_in(notice.data), _page(notice, public_url)
    lines = [
        _first(notice),
        *figures(notice.data),
        reason and Words(f"依据：{reason.zh}", f"Because: {reason.en}"),
        kind and Words(f"建议：{ADVICE[kind].zh}", f"What to do: {ADVICE[kind].en}"),
        original and Words(f"原文：{original}", f"Original: {original}"),
        Words(f"查看：{page}", f"See: {page}"),
    ]
    return tuple(line.in_language(language) for line in lines if isinstance(line, Words))


def _first(notice: Notice) -> Words:
    words, at = headline(notice), china_time(notice.happened_at)
    return Words(f"{words.zh}（{at}）", f"{words.en} ({at} China time)")


def _other(notice: Notice, language: Language) -> str:
    reason = notice.standing or words_in(notice.data.get("because"))
    words = _first(notice)
    match language:
        case "zh":
            return f"English: {words.en}.{f' {reason.en}' if reason else ''}"
        case "en":
            return f"中文：{words.zh}。{reason.zh if reason else ''}"
        case _:
            assert_never(language)


def _page(notice: Notice, public_url: str) -> str:
    root = public_url.rstrip("/")
    if notice.agency_key is not None:
        return f"{root}/agencies/{quote(notice.agency_key, safe='')}"
    return f"{root}/"


def _what(kind: str) -> Words:
    known = _kind(kind)
    return Words(one_line(kind), one_line(kind)) if known is None else NAMES[known]


def _who(notice: Notice) -> Words:
    name = one_line(notice.agency or notice.agency_key or notice.site)
    if notice.year is None:
        return Words(name or "年哨", name or "Nianshao")
    return Words(
        f"{name} {notice.year} 年度报告".strip(), f"{name} annual report {notice.year}".strip()
    )


def _kind(kind: str) -> EventKind | None:
    # A newer program may have written kinds that this one does not know.
    return EventKind(kind) if kind in EventKind._value2member_map_ else None


def _titled(title: str) -> str:
    return f"【年哨】{title}"


def _tail(key: str) -> str:
    return f"编号 / Ref: {key}"
