"""The tables that take a probed column up, with comments that say what was seen. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from monitor.probing.found import SURENESS, FoundColumn, Sureness, findings_of, gaps_of, sureness_of
from monitor.probing.units import SuggestedAgency, left_out
from monitor.toml_text import Value, comment, shown, table
from reports.agencies import Identity
from reports.deadlines import CHINA
from reports.visits import DOWN, Outcome
from reports.words import Words

COLUMN_KEY = "annual-reports"
MOST_OTHER_WAYS = 5

_ELSEWHERE = Words(
    "没有找到列出年报的栏目：请在浏览器中打开该栏目，用它的完整地址再试",
    "no column that lists annual reports was found: open it in a browser and probe its full address",
)
_ASK_THE_SITE = Words(
    "不绕过限制：请与网站联系，或登记上级门户的集中栏目，或人工核对",
    "restrictions are not bypassed: ask the site, name the parent portal's column, or look by hand",
)
_LATER = Words(
    "请核对地址，稍后再试；只在网站恢复后才能判断",
    "check the address and try again later; nothing can be said until the site answers",
)
_ADVICE: dict[Outcome, Words] = {
    Outcome.BLOCKED: _ASK_THE_SITE,
    Outcome.ROBOTS: _ASK_THE_SITE,
    Outcome.REFUSED_ADDRESS: Words(
        "内网或本机地址：确实要观察时加 --allow-private",
        "a private or loopback address: add --allow-private if it is meant",
    ),
    Outcome.OFFSITE: Words(
        "页面在另一个网站：请用跳转后的地址再试",
        "the page is on another site: probe the address to which it leads",
    ),
    **dict.fromkeys(DOWN, _LATER),
}


@dataclass(frozen=True, slots=True)
class Probed:
    """Everything that a probe of an address brought.

    ``column`` is None when no column of annual reports was found. ``host`` are sentences on the host,
    ``others`` further links that are named like such a column, as (name, address). ``known`` names the
    suggested agencies that the register has already.
    """

    asked_url: str
    at: datetime
    key: str
    name: str
    base_url: str
    allow_private: bool
    id_code: str
    encoding: str
    column: FoundColumn | None
    host: tuple[Words, ...]
    outcome: Outcome
    said: Words
    requests: int
    seconds: float
    others: tuple[tuple[str, str], ...] = ()
    agencies: tuple[SuggestedAgency, ...] = ()
    known: Mapping[str, Identity] | None = None

    @property
    def sureness(self) -> Sureness:
        """Return how sure it is that the column can be taken up as written."""
        return sureness_of(self.column) if self.column else Sureness.NONE


def tables_of(probed: Probed) -> str:
    """Return the text to paste into a configuration; comments alone when no column was found."""
    lines = [*_head(probed)]
    if probed.column is not None and probed.sureness is not Sureness.NONE:
        lines += ["", *_site(probed), *_column(probed, probed.column), *_agencies(probed)]
    return "\n".join(lines) + "\n"


def report_of(probed: Probed) -> Iterator[Words]:
    """Yield the sentences of the report: the verdict, what was found, and what could not be seen."""
    verdict = SURENESS[probed.sureness]
    yield Words(f"结论：{verdict.zh}", f"verdict: {verdict.en}")
    yield probed.said
    if probed.column is not None:
        yield from findings_of(probed.column)
    yield from probed.host
    if probed.id_code:
        yield Words(f"网站标识码 {probed.id_code}", f"site identification code {probed.id_code}")
    if probed.encoding:
        yield Words(f"编码 {probed.encoding}", f"encoding {probed.encoding}")
    if probed.sureness is Sureness.NONE:
        yield advice(probed.outcome)
    if probed.column is not None:
        for gap in gaps_of(probed.column):
            yield Words(f"注意：{gap.zh}", f"note: {gap.en}")
    for name, url in probed.others[:MOST_OTHER_WAYS]:
        yield Words(f"另有“{name}”：{url}", f"also seen: “{name}” {url}")
    yield Words(
        f"共 {probed.requests} 次请求，用时 {probed.seconds:.1f} 秒",
        f"{probed.requests} requests, {probed.seconds:.1f} s",
    )


def advice(outcome: Outcome) -> Words:
    """Return what to do where no column was found."""
    return _ADVICE.get(outcome, _ELSEWHERE)


def _head(probed: Probed) -> Iterator[str]:
    at = f"{probed.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    yield comment(f"nianshao sites probe {probed.asked_url}  {at} (Asia/Shanghai)")
    for words in report_of(probed):
        yield comment(words.zh)
        yield comment(f"  {words.en}")


def _site(probed: Probed) -> Iterator[str]:
    values: dict[str, Value] = {
        "key": probed.key,
        "name": probed.name,
        "base_url": probed.base_url,
    }
    if probed.allow_private:
        values["allow_private"] = True
    yield from table("[[sites]]", values)


def _column(probed: Probed, column: FoundColumn) -> Iterator[str]:
    parts = urlsplit(column.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    # An address that leads away from the front page's host and scheme is written in full.
    same = column.url.startswith(probed.base_url.rstrip("/") + "/")
    values: dict[str, Value] = {
        "key": COLUMN_KEY,
        "url": _address(path if same else column.url),
        "family": column.family,
    }
    yield from table("[[sites.columns]]", values)


def _address(url: str) -> str:
    """Return an address that the configuration takes as it stands: ``${`` would name a variable."""
    return url.replace("{", "%7B").replace("}", "%7D")


def _agencies(probed: Probed) -> Iterator[str]:
    if not probed.agencies:
        return
    yield ""
    yield comment("由标题推断的单位：请核对名称和类型（类型决定期限），再删去不归本栏目的。")
    yield comment(
        "Units as the titles name them: check names and kinds (the kind sets the deadline)."
    )
    more = left_out(probed.column.reports) if probed.column else 0
    if more:
        yield comment(f"另有 {more} 个单位名称没有列出，请用名册登记。")
        yield comment(f"{more} more unit names are left out; register them from a file.")
    known = probed.known or {}
    column = f"{probed.key}/{COLUMN_KEY}"
    for number, agency in enumerate(probed.agencies, 1):
        if agency.name in known:
            yield ""
            yield from _registered(known[agency.name], column)
            continue
        yield from _suggestion(agency, f"{probed.key}-{number:02d}", column)


def _registered(identity: Identity, column: str) -> Iterator[str]:
    words = Words(
        f"{identity.name} 已在名册中（{identity.key}）：请在其 columns 中加上 {column}",
        f"already registered as {identity.key}: add {column} to its columns",
    )
    yield comment(words.both())


def _suggestion(agency: SuggestedAgency, key: str, column: str) -> Iterator[str]:
    values: dict[str, Value] = {
        "key": key,
        "name": agency.name,
        "kind": agency.kind.value,
        "columns": (column,),
    }
    if agency.aliases:
        values["aliases"] = agency.aliases
    years = "、".join(str(year) for year in agency.years) or "?"
    yield ""
    if agency.is_ready:
        yield from table("[[agencies]]", values)
        return
    why = Words("类型不明", "its kind is not clear")
    if not agency.is_recent:
        why = Words("近两年没有报告，可能已合并", "no report of late; it may be merged")
    yield comment(f"{why.zh}（{years}），核对后去掉行首的 # / {why.en}; uncomment once checked")
    yield from (f"# {line}" for line in table("[[agencies]]", values))


def probed_json(probed: Probed) -> dict[str, Any]:
    """Return the probe as the object that ``--json`` prints."""
    column = probed.column
    return {
        "url": probed.asked_url,
        "sureness": probed.sureness.value,
        "outcome": probed.outcome.value,
        "site": {
            "key": probed.key,
            "name": shown(probed.name),
            "base_url": probed.base_url,
            "id_code": probed.id_code or None,
            "encoding": probed.encoding or None,
        },
        "column": None if column is None else _column_json(column),
        "agencies": [
            {
                "name": agency.name,
                "kind": agency.kind.value,
                "years": list(agency.years),
                "ready": agency.is_ready,
            }
            for agency in probed.agencies
        ],
        "others": [{"name": shown(name), "url": url} for name, url in probed.others],
        "remarks": [{"zh": shown(w.zh), "en": shown(w.en)} for w in report_of(probed)],
        "requests": probed.requests,
        "seconds": round(probed.seconds, 3),
        "toml": tables_of(probed),
    }


def _column_json(column: FoundColumn) -> dict[str, Any]:
    return {
        "url": column.url,
        "family": column.family,
        "pages": column.pages,
        "pages_stated": column.pages_stated or None,
        "entries": column.entries,
        "dated": column.dated,
        "pager": column.pager.value,
        "is_report": column.is_report,
        "years": list(column.years),
        "reports": len(column.reports),
    }
