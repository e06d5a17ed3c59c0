"""How a trial visit reads in a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.listed import Listed
from crawler.trace import Asked
from monitor.check_formats.columns import printable
from monitor.site_trial import ColumnTrial, Difference
from reports.words import Language, Words

_MOST_LINES = 200


def trial_lines(tried: ColumnTrial, language: Language) -> Iterator[str]:
    """Yield what the visit saw: its end, the requests, the entries, and the differences."""
    trial = tried.trial
    yield f"{tried.key}  {tried.family}  {tried.url}"
    yield f"  {trial.outcome.value}: {printable(trial.said.in_language(language))}"
    yield from (f"  {_asked(one, tried)}" for one in trial.asked)
    yield f"  {_counts(tried).in_language(language)}"
    for entry in trial.entries[:_MOST_LINES]:
        yield f"  {_entry(entry, language)}"
    if len(trial.entries) > _MOST_LINES:
        rest = len(trial.entries) - _MOST_LINES
        words = Words(f"另有 {rest} 条，见 --json", f"{rest} more, see --json")
        yield f"  {words.in_language(language)}"
    yield from (f"  {line}" for line in _differences(tried.difference, language))


def trial_json(tried: ColumnTrial, language: Language) -> dict[str, Any]:
    """Return the visit as one object."""
    trial = tried.trial
    return {
        "column": tried.key,
        "url": tried.url,
        "family": tried.family,
        "outcome": trial.outcome.value,
        "detail": trial.said.in_language(language),
        "requests": trial.requests,
        "asked": [
            {
                "url": one.url,
                "form": one.form,
                "status": one.status,
                "outcome": _ending(one, tried),
                "bytes": one.bytes,
                "milliseconds": one.milliseconds,
                "failure": one.failure or None,
            }
            for one in trial.asked
        ],
        "entries": [_entry_json(entry, language) for entry in trial.entries],
        "would_fetch": [entry.url for entry in tried.to_fetch],
        "difference": None if tried.difference is None else _difference_json(tried.difference),
    }


def _asked(one: Asked, tried: ColumnTrial) -> str:
    status = one.failure if one.status is None else str(one.status)
    time = "" if one.milliseconds is None else f"{one.milliseconds} ms"
    form = f" POST {one.form}" if one.form is not None else ""
    onward = f" → {one.location}" if one.location else ""
    end = _ending(one, tried) or "-"
    return printable(f"{status} {end:<12} {one.bytes:>8} B {time:>7}  {one.url}{form}{onward}")


def _ending(one: Asked, tried: ColumnTrial) -> str | None:
    if one.robots is not None:
        return "robots.txt"
    if one.status is not None and 300 <= one.status < 400 and one.location:
        return "redirect"
    key = one.url if one.form is None else f"{one.url}#{one.form}"
    outcome = tried.trial.endings.get(key)
    return outcome.value if outcome else None


def _counts(tried: ColumnTrial) -> Words:
    entries, wanted = len(tried.trial.entries), len(tried.to_fetch)
    return Words(
        f"列表 {entries} 条，正式巡查会读取其中 {wanted} 条：",
        f"{entries} entries; a visit would fetch {wanted} of them:",
    )


def _entry(entry: Listed, language: Language) -> str:
    year, day = entry.year or "—", entry.listed_on or "—"
    mark = "+" if entry.refusal is None else "-"
    agency = entry.agency_key or "—"
    line = f"{mark} {year} {agency} {day} {entry.title}  {entry.url}"
    if entry.refusal is not None:
        line += f"  （{entry.refusal.in_language(language)}）"
    return printable(line)


def _entry_json(entry: Listed, language: Language) -> dict[str, Any]:
    return {
        "title": entry.title,
        "url": entry.url,
        "listed_on": entry.listed_on.isoformat() if entry.listed_on else None,
        "year": entry.year,
        "agency": entry.agency_key,
        "refusal": entry.refusal.in_language(language) if entry.refusal else None,
    }


def _differences(difference: Difference | None, language: Language) -> Iterator[str]:
    if difference is None:
        nothing = Words("还没有正常查看过，无从比较", "never read well before: nothing to compare")
        yield nothing.in_language(language)
        return
    kinds = (
        (Words("新出现", "new"), difference.new),
        (Words("不再列出", "no longer listed"), difference.gone),
    )
    for words, entries in kinds:
        for entry in entries[:_MOST_LINES]:
            yield printable(f"{words.in_language(language)}: {entry.title}  {entry.url}")
    for before, now in difference.renamed[:_MOST_LINES]:
        words = Words("改了标题", "renamed")
        yield printable(f"{words.in_language(language)}: {before.title} → {now.title}  {now.url}")
    for before, now in difference.moved[:_MOST_LINES]:
        words = Words("换了地址", "moved")
        yield printable(f"{words.in_language(language)}: {now.title}  {before.url} → {now.url}")
    if difference == Difference():
        yield Words("与已存的列表相同", "the list is the stored one").in_language(language)


def _difference_json(difference: Difference) -> dict[str, Any]:
    return {
        "new": [entry.url for entry in difference.new],
        "gone": [entry.url for entry in difference.gone],
        "renamed": [
            {"url": now.url, "before": before.title, "now": now.title}
            for before, now in difference.renamed
        ],
        "moved": [
            {"title": now.title, "before": before.url, "now": now.url}
            for before, now in difference.moved
        ],
    }
