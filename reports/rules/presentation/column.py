"""P rules on the place of a report in the disclosure column: the right column, in order. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from reports.cells import Label
from reports.findings import Severity
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.explanations import quoted
from reports.rules.subject import Subject
from reports.rules.web.addresses import listing_of
from reports.words import Words

_OBLIGATION = Reach(needs_report=False)
_BASIS = Words(
    "国办公开办函〔2019〕61号（政府信息公开平台设“政府信息公开年报”栏目）",
    "国办公开办函〔2019〕61号 (the platform has a column of annual disclosure reports)",
)


@rule(
    code="P07",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "报告发布在政府信息公开年报栏目。",
        "The report stands in the column of annual disclosure reports.",
    ),
    clears=Words(
        "把报告放入年报栏目；栏目改名或换址的，请更正登记。",
        "The report is put into the column; a column with a new name or address is registered anew.",
    ),
    innocent=Words(
        "栏目改名、换址，或读取不完整的，不算。",
        "A column that was renamed or moved, or that was not read to the end, does not count.",
    ),
    reach=_OBLIGATION,
)
def not_in_the_column(subject: Subject, _scope: Label) -> Breach | None:
    """Judge by whether the report was found only outside the column."""
    listing = listing_of(subject)
    if not listing.elsewhere_only:
        return None
    column = quoted(listing.column)
    return Breach(
        cells=(),
        expected=column,
        actual=quoted(listing.url),
        message=Words(
            f"报告只在其他位置查到（{quoted(listing.url)}），不在年报栏目（{column}）中。请放入该栏目。",
            f"The report was found only elsewhere ({quoted(listing.url)}), not in the column of annual "
            f"reports ({column}). Please put it there.",
        ),
    )


@rule(
    code="P08",
    severity=Severity.NOTICE,
    basis=_BASIS,
    statement=Words(
        "年报栏目按日期排列，报告不放在往年的目录下。",
        "The column is in order of dates, and a report is not in the folder of an earlier year.",
    ),
    clears=Words("整理栏目顺序，或移入本年目录。", "The column or the folder is put in order."),
    innocent=Words(
        "置顶的条目、升序或降序排列、按公布年份建的目录，不算。",
        "Pinned entries, either direction, and folders of the year of publication do not count.",
    ),
    reach=_OBLIGATION,
    limits={"pinned": "3", "breaks": "2"},
    default=Default.NOTICE,
)
def column_in_order(subject: Subject, _scope: Label) -> Breach | None:
    """Look at the order of the entries' dates and at the year folder of the address."""
    listing = listing_of(subject)
    folder = _earlier_folder(listing.url, subject.year)
    if folder is not None:
        return _in_a_folder(folder, listing.url)
    breaks = _breaks(listing.order[int(subject.limits["pinned"]) :])
    if breaks < int(subject.limits["breaks"]):
        return None
    return Breach(
        cells=(),
        expected=None,
        actual=str(breaks),
        message=Words(
            f"年报栏目的 {len(listing.order)} 个条目中有 {breaks} 处日期先后颠倒。请整理栏目顺序。",
            f"Of {len(listing.order)} entries of the column, {breaks} stand out of the order of their "
            "dates. Please put the column in order.",
        ),
    )


_FOLDER = re.compile(r"/[a-z_-]{0,20}(20\d\d)n?(?:nb|zfxxgknb)?(?=/)", re.I)


def _earlier_folder(url: str, year: int | None) -> str | None:
    """Return the year folder of an address when every year folder in it is before the report year."""
    years = _FOLDER.findall(url[:2_000])
    if year is None or not years or any(int(found) >= year for found in years):
        return None
    return str(years[-1])


def _in_a_folder(folder: str, url: str) -> Breach:
    return Breach(
        cells=(),
        expected=None,
        actual=folder,
        message=Words(
            f"报告的网址位于 {folder} 年的目录下（{quoted(url)}）。请核对是否放错目录。",
            f"The address lies in the folder of {folder} ({quoted(url)}). Please check the folder.",
        ),
    )


def _breaks(order: Sequence[date]) -> int:
    """Return how many neighbours stand against the order that most neighbours have."""
    rising = sum(earlier < later for earlier, later in pairwise(order))
    falling = sum(earlier > later for earlier, later in pairwise(order))
    return min(rising, falling)
