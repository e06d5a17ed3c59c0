"""Requests that came in and are not counted: withdrawn, doubled, passed on, refused at the door. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice

from reports.claims.sentences import plain
from reports.model import AnnualReport

_LEFT_OUT = (
    r"(?:撤回|撤销|撤件|重复|合并|退回|退件|转办|转送|转交|转出|转由|转为|移送|移交|不属于|非本机关|非我|不予受理|不受理|不再受理|"
    r"未受理|无效|误投|误报|更正|不再处理|未纳入|不纳入|不计|视为放弃|逾期(?:未|不)补正|结案)"
)
_NUMBER = r"(?<![\d.])(?P<{}>\d{{1,7}})(?:件次|件|起|宗|份|次)"
_FOUND = re.compile(
    rf"{_NUMBER.format('before')}[^,;。\d]{{0,28}}?{_LEFT_OUT}|"
    rf"{_LEFT_OUT}[^,;。、\d]{{0,16}}{_NUMBER.format('after')}"
)
_ALL = re.compile(rf"[均都][^,;。]{{0,12}}{_LEFT_OUT}")
_MOST = 20


def left_out(report: AnnualReport, quote: str) -> tuple[Decimal, ...]:
    """Return the numbers of requests that section one sets apart, and all of them together.

    A sentence that says that all it counts were set apart gives every number of its own.
    """
    section = report.section(1)
    text = plain(section.text) if section is not None else ""
    found = islice(_FOUND.finditer(text), _MOST)
    numbers = [Decimal(match["before"] or match["after"]) for match in found]
    if _ALL.search(plain(quote)):
        numbers += [Decimal(n) for n in re.findall(r"\d{1,7}(?=件|起|宗|份|次)", plain(quote))]
    return (*numbers, sum(numbers, Decimal(0))) if numbers else ()
