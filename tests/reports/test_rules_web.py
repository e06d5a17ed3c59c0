"""W rules: the tags of a page, its host, and whether the listed address opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest

from reports.agencies import AgencyKind
from reports.case import Case
from reports.findings import Cause, Severity
from reports.rules.subject import NO_REPORT
from reports.surroundings import Listing, Opening, Page, Source
from reports.visits import Outcome
from tests.builders import AGENCY, IDENTITY, a_report
from tests.judging import HOSTILE, finding_of, judged

TITLE = f"{AGENCY}2025年政府信息公开工作年度报告"
METAS = {
    "articletitle": TITLE,
    "pubdate": "2026-01-20 09:30",
    "columnname": "政府信息公开年报",
    "siteidcode": "4103110001",
}
PAGE = Page(
    source=Source("https://www.qinghe.gov.cn/nb/1.html"),
    titles=(TITLE, f"{TITLE}-青禾区人民政府"),
    metas=METAS,
    published_on=date(2026, 1, 20),
    printed_on=date(2026, 1, 20),
)
SINCE = datetime(2026, 1, 20, 2, tzinfo=UTC)
LISTING = Listing(TITLE, "https://www.qinghe.gov.cn/nb/1.html", "年报", hosts=("qinghe.gov.cn",))


def case(listing=LISTING, **changes):
    page = replace(PAGE, **changes)
    return Case(identity=IDENTITY, year=2025, region="410311", page=page, listing=listing)


def tagged(**tags):
    return case(metas={**METAS, **tags})


def found(code, context, report=None):
    findings, gaps = judged(code, report or a_report(), context)
    assert gaps == ()
    return [(f.severity, f.actual) for f in findings]


@pytest.mark.parametrize("code", [f"W{n:02}" for n in (1, 2, 3, 4, 5, 7, 8)])
def test_page_of_which_nothing_was_told_is_a_gap_of_context(code) -> None:
    findings, (gap,) = judged(code, a_report(), Case())
    assert findings == ()
    assert gap.cause is Cause.CONTEXT


@pytest.mark.parametrize("code", [f"W{n:02}" for n in range(1, 9)])
def test_page_that_follows_the_guide_holds(code) -> None:
    assert judged(code, a_report(), case()) == ((), ())


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("青禾区财政预算公开", [(Severity.NOTICE, "青禾区财政预算公开")]),
        ("", [(Severity.NOTICE, None)]),
        (f"{TITLE} ", []),
        ("青禾区水务局 2025 年 政府信息公开工作年度报告", []),
        (f"{TITLE}（全文）", []),
    ],
)
def test_title_tag_that_differs_is_a_notice(tag, expected) -> None:
    assert found("W01", tagged(articletitle=tag)) == expected


def test_old_template_without_tags_is_no_breach() -> None:
    assert found("W01", case(metas={})) == []
    assert found("W01", case(metas={"author": "x"})) == []


@pytest.mark.parametrize(
    ("tag", "printed", "severity"),
    [
        ("2026-01-20", date(2026, 1, 20), None),
        ("2026-01-21 08:00", date(2026, 1, 20), Severity.NOTICE),
        ("2026-02-03", date(2026, 1, 31), Severity.WARNING),
        ("2026-01-31", date(2026, 2, 1), Severity.WARNING),
        ("2026-02-03", date(2026, 2, 9), Severity.NOTICE),
        ("2026-02-03", None, None),
        ("不详", date(2026, 1, 20), None),
    ],
)
def test_date_tag_counts_more_where_the_deadline_lies_between(tag, printed, severity) -> None:
    context = case(metas={**METAS, "pubdate": tag}, printed_on=printed)
    assert [s for s, _ in found("W02", context)] == ([] if severity is None else [severity])
    unknown = replace(context, identity=None)
    assert [s for s, _ in found("W02", unknown)] == ([] if severity is None else [Severity.NOTICE])


@pytest.mark.parametrize(
    ("name", "is_found"),
    [
        ("招商引资", True),
        ("图片新闻", True),
        ("政府信息公开年报", False),
        ("2025年", False),
        ("区水务局", False),
        ("法定主动公开内容", False),
        ("", False),
    ],
)
def test_column_tag_of_another_kind_is_a_notice(name, is_found) -> None:
    expected = [(Severity.NOTICE, name)] if is_found else []
    assert found("W03", tagged(columnname=name)) == expected


def test_one_of_two_column_tags_is_enough() -> None:
    assert found("W03", tagged(columnname="区直部门动态", columntype="信息公开")) == []


@pytest.mark.parametrize(
    ("code", "region", "is_found"),
    [
        ("4103110001", "410311", False),
        ("4103000001", "410311", False),
        ("4100000001", "410311", False),
        ("4103110001", "410311001000", False),
        ("4103120001", "410311", True),
        ("3604000001", "410311", True),
        ("bm14000001", "410311", False),
        ("9900000001", "410311", False),
        ("", "410311", False),
    ],
)
def test_code_of_another_division_is_a_warning(code, region, is_found) -> None:
    context = replace(tagged(siteidcode=code), region=region)
    assert found("W04", context) == ([(Severity.WARNING, code[:6])] if is_found else [])


def test_vertical_system_publishes_on_the_site_of_its_system() -> None:
    vertical = replace(IDENTITY, kind=AgencyKind.VERTICAL)
    assert found("W04", replace(tagged(siteidcode="3604000001"), identity=vertical)) == []


@pytest.mark.parametrize("region", [None, "", "青禾区", "4103"])
def test_unknown_division_is_a_gap_of_context(region) -> None:
    findings, (gap,) = judged("W04", a_report(), replace(case(), region=region))
    assert (findings, gap.cause) == ((), Cause.CONTEXT)


@pytest.mark.parametrize(
    ("url", "hosts", "host"),
    [
        ("https://www.qinghe.gov.cn/1.html", ("qinghe.gov.cn",), None),
        ("http://QINGHE.gov.cn:8080/1.html", ("www.qinghe.gov.cn",), None),
        ("http://122.137.242.24:8080/1.html", ("122.137.242.24",), None),
        ("http://example.org/1.html", (), None),
        ("not an address", ("qinghe.gov.cn",), None),
        ("https://qinghe.gov.cn.mirror.org/1.html", ("qinghe.gov.cn",), "qinghe.gov.cn.mirror.org"),
        ("https://qinghe.gov.cn@mirror.org/1.html", ("qinghe.gov.cn",), "mirror.org"),
    ],
)
def test_host_outside_the_register_is_a_warning(url, hosts, host) -> None:
    context = case(replace(LISTING, hosts=hosts), source=Source(url))
    assert found("W05", context, NO_REPORT) == ([] if host is None else [(Severity.WARNING, host)])


@pytest.mark.parametrize(
    ("opening", "published", "is_found"),
    [
        ("索引号：11410311MB1/2026-00012", date(2026, 1, 20), False),
        ("索引号：11410311MB1/2025-00012", date(2026, 1, 20), False),
        ("索引号：11410311MB1/2025-00012", date(2026, 2, 20), True),
        ("索 引 号: 000014349/2024-00012 主题分类", date(2026, 1, 20), True),
        ("文号：青水〔2024〕8号", date(2026, 1, 20), False),
        ("索引号：11410311MB1/2024-00012", None, False),
    ],
)
def test_index_number_of_another_year_is_a_notice(opening, published, is_found) -> None:
    report = a_report(opening=opening)
    findings = found("W06", case(published_on=published), report)
    assert [severity for severity, _ in findings] == [Severity.NOTICE] * is_found


ENDS = [
    ("W07", Outcome.NOT_FOUND, 6, True),
    ("W07", Outcome.REDIRECTED_HOME, 30, True),
    ("W07", Outcome.NOT_FOUND, 5, False),
    ("W07", Outcome.SOFT_404, 30, False),
    ("W07", Outcome.SERVER_ERROR, 30, False),
    ("W07", Outcome.BLOCKED, 30, False),
    ("W08", Outcome.SOFT_404, 6, True),
    ("W08", Outcome.SOFT_404, 0, False),
    ("W08", Outcome.NOT_FOUND, 30, False),
]


@pytest.mark.parametrize(("code", "end", "hours", "is_found"), ENDS)
def test_listed_address_that_does_not_open_for_hours_is_a_warning(
    code, end, hours, is_found
) -> None:
    opening = Opening(end, SINCE, SINCE + timedelta(hours=hours))
    listing = replace(LISTING, opening=opening)
    findings = found(code, case(listing), NO_REPORT)
    assert findings == ([(Severity.WARNING, LISTING.url)] if is_found else [])


def test_findings_are_whole_sentences_in_both_languages() -> None:
    opening = Opening(Outcome.NOT_FOUND, SINCE, SINCE + timedelta(days=1))
    finding = finding_of("W07", NO_REPORT, case(replace(LISTING, opening=opening)))
    assert "24 小时" in finding.message.zh
    finding_of("W04", a_report(), tagged(siteidcode="3604000001"))
    finding_of("W02", a_report(), tagged(pubdate="2026-01-25"))


@pytest.mark.parametrize("hostile", [*HOSTILE, "索引号" * 20_000, "http://" * 8_000, "a@" * 30_000])
def test_endless_tags_and_addresses_are_bearable(hostile) -> None:
    listing = replace(LISTING, title=hostile, url=hostile)
    context = case(
        listing,
        metas=dict.fromkeys(METAS, hostile),
        titles=(hostile,),
        source=Source(f"https://{hostile}"),
    )
    report = a_report(opening=hostile)
    for code in [f"W{n:02}" for n in range(1, 9)]:
        begin = process_time()
        findings, _ = judged(code, report, context)
        assert process_time() - begin < 1.5, code
        assert all(len(f.message.zh) < 600 for f in findings)
