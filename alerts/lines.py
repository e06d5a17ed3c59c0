"""The lines of a message: one maker for each thing that an event's data may hold. Pure.

Events carry text from crawled pages: every value is made one printable line of bounded length, and a
value of the wrong shape gives no line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from reports.cells import CELL_LABELS, SECTION_HEADINGS
from reports.naming import SEVERITIES
from reports.status_words import china_time, due_time
from reports.words import Words

Data: TypeAlias = Mapping[str, Any]

LINE_LENGTH = 200
SENTENCE_LENGTH = 500
ADDRESS_LENGTH = 500
LIST_LENGTH = 8
NAMES_LENGTH = 20

_PLACES: Mapping[str, Words] = {
    "title": Words("标题", "Title"),
    **{
        f"section.{number}": Words(
            f"第 {number} 部分（{heading}）", f"Section {number} ({heading})"
        )
        for number, heading in enumerate(SECTION_HEADINGS, 1)
    },
}
"""What besides cells can change between two versions."""


def one_line(value: object, limit: int = LINE_LENGTH) -> str:
    """Return any value as one printable line, cut to the limit; None gives an empty line."""
    if value is None:
        return ""
    # The cut comes first: a value of a hundred megabytes is not worth cleaning.
    text = str(value)[: 4 * limit]
    # Control and direction marks are not printable: they could hide or turn what is read.
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def words_in(value: object) -> Words | None:
    """Return the pair of sentences in a value ``{"zh": …, "en": …}``; None when it holds neither."""
    if not isinstance(value, Mapping):
        return None
    zh, en = (one_line(value.get(language), SENTENCE_LENGTH) for language in ("zh", "en"))
    return Words(zh or en, en or zh) if zh or en else None


def address_in(data: Data) -> str | None:
    """Return the web address that the event is about; None unless it is one."""
    url = one_line(data.get("url"), ADDRESS_LENGTH)
    return url if url.startswith(("http://", "https://")) else None


def figures(data: Data) -> tuple[Words, ...]:
    """Return the lines with the figures, in reading order; nothing for what the data lacks."""
    return tuple(line for maker in _MAKERS for line in maker(data))


def _title(data: Data) -> tuple[Words, ...]:
    title = one_line(data.get("title"))
    return (Words(f"标题：{title}", f"Title: {title}"),) if title else ()


def _due(data: Data) -> tuple[Words, ...]:
    due = _instant(data.get("due_at"), due_time)
    return (Words(f"期限：{due}", f"Due: {due} (China time)"),) if due else ()


def _days(data: Data) -> tuple[Words, ...]:
    days = data.get("days")
    return (Words(f"剩余：{days} 天", f"Days left: {days}"),) if isinstance(days, int) else ()


def _shown(data: Data) -> tuple[Words, ...]:
    day = one_line(data.get("shown_on"), 40)
    return (Words(f"页面日期：{day}", f"Date on the page: {day}"),) if day else ()


def _version(data: Data) -> tuple[Words, ...]:
    number = data.get("version")
    if not isinstance(number, int):
        return ()
    return (Words(f"版本：第 {number} 版", f"Version: {number}"),)


def _changes(data: Data) -> tuple[Words, ...]:
    changes = _items(data.get("changes"))
    if not changes:
        return ()
    told = data.get("changes_total")
    total = told if isinstance(told, int) else len(changes)
    head = Words(f"变化：{total} 处", f"Changes: {total}")
    shown = tuple(_change(change) for change in changes[:LIST_LENGTH])
    return (head, *shown, *_rest(total - len(shown)))


def _change(change: Data) -> Words:
    cell = one_line(change.get("cell"), 60)
    label = _PLACES.get(cell) or CELL_LABELS.get(cell) or Words(cell, cell)
    before, after = (one_line(change.get(side), 60) or "—" for side in ("before", "after"))
    return Words(f"· {label.zh}：{before} → {after}", f"· {label.en}: {before} → {after}")


def _findings(data: Data) -> tuple[Words, ...]:
    findings = _items(data.get("findings"))
    if not findings:
        return ()
    shown = tuple(_finding(finding) for finding in findings[:LIST_LENGTH])
    return (_count(findings), *shown, *_rest(len(findings) - len(shown)))


def _count(findings: Sequence[Data]) -> Words:
    found = [one_line(finding.get("severity"), 20) for finding in findings]
    counts = [(words, found.count(key)) for key, words in SEVERITIES.items() if key in found]
    zh = "，".join(f"{words.zh} {number} 项" for words, number in counts)
    en = ", ".join(f"{words.en} {number}" for words, number in counts)
    total = len(findings)
    return Words(
        f"所涉问题：共 {total} 项{f'（{zh}）' if zh else ''}",
        f"Findings: {total}{f' ({en})' if en else ''}",
    )


def _finding(finding: Data) -> Words:
    code = one_line(finding.get("code"), 20)
    message = words_in(finding.get("message")) or Words("", "")
    severity = SEVERITIES.get(one_line(finding.get("severity"), 20))
    mark = Words(f"〔{severity.zh}〕", f" ({severity.en})") if severity else Words("", "")
    return Words(f"· {code}{mark.zh}{message.zh}", f"· {code}{mark.en} {message.en}".rstrip())


def _codes(data: Data) -> tuple[Words, ...]:
    codes = data.get("codes")
    if not isinstance(codes, list | tuple) or not codes or data.get("findings"):
        return ()
    shown = ", ".join(one_line(code, 20) for code in codes[:NAMES_LENGTH])
    return (Words(f"涉及规则：{shown}", f"Rules: {shown}"),)


def _awaited(data: Data) -> tuple[Words, ...]:
    names = data.get("awaited")
    if not isinstance(names, list | tuple) or not names:
        return ()
    shown = [one_line(name, 60) for name in names[:NAMES_LENGTH]]
    more = len(names) - len(shown)
    zh = f"尚未发现（{len(names)} 家）：{'、'.join(shown)}{f' 等，另有 {more} 家' if more else ''}"
    en = f"Not found yet ({len(names)}): {', '.join(shown)}{f' and {more} more' if more else ''}"
    return (Words(zh, en),)


def _remarks(data: Data) -> tuple[Words, ...]:
    found = (words_in(remark) for remark in _items(data.get("remarks"))[:LIST_LENGTH])
    return tuple(Words(f"注意：{w.zh}", f"Note: {w.en}") for w in found if w is not None)


def _column(data: Data) -> tuple[Words, ...]:
    column = one_line(data.get("column"), 80)
    return (Words(f"栏目：{column}", f"Column: {column}"),) if column else ()


def _rest(more: int) -> tuple[Words, ...]:
    return (Words(f"· 另有 {more} 项", f"· and {more} more"),) if more > 0 else ()


def _items(value: object) -> tuple[Data, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(item for item in value if isinstance(item, Mapping))


def _instant(value: object, said: Callable[[datetime], str] = china_time) -> str:
    text = one_line(value, 40)
    try:
        instant = datetime.fromisoformat(text)
        return text if instant.tzinfo is None else said(instant)
    except (ValueError, OverflowError):
        return text


_MAKERS: Sequence[Callable[[Data], tuple[Words, ...]]] = (
    _title,
    _due,
    _days,
    _shown,
    _version,
    _changes,
    _findings,
    _codes,
    _awaited,
    _remarks,
    _column,
)
