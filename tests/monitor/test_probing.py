"""What a probe concludes from what it saw: sureness, agencies, names, ways; without any server."""

from __future__ import annotations

import time
import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.listed import Listed
from crawler.navigation import Nearness, ways_from
from crawler.trace import Asked
from monitor.probing.found import (
    FoundColumn,
    ListedReport,
    Pager,
    Sureness,
    gaps_of,
    reports_in,
    sureness_of,
)
from monitor.probing.site_facts import PageFacts, delay_asked, page_facts, site_key, site_name
from monitor.probing.tables import Probed, probed_json, tables_of
from monitor.probing.units import kind_of, known_of, suggested_agencies
from reports.agencies import AgencyKind, Identity
from reports.visits import Outcome
from reports.words import Words
from tests.deployment import china

HOST = "http://jia.example"


def report(unit: str, year: int | None = 2025) -> ListedReport:
    title = f"{unit}{year or ''}年政府信息公开工作年度报告"
    return ListedReport(title, f"{HOST}/{unit}{year}.html", date(2026, 1, 20), year, unit)


FOUND = FoundColumn(
    url=f"{HOST}/zfxxgk/",
    family="paged",
    outcome=Outcome.OK,
    said=Words("正常读取", "read well"),
    pages=1,
    pages_stated=0,
    entries=4,
    entries_stated=0,
    dated=4,
    pager=Pager.NONE,
    is_report=False,
    is_cut=False,
    reports=(report("甲县乙局"), report("甲县丙局"), report("甲县丁局")),
)
PROBED = Probed(
    asked_url=f"{HOST}/zfxxgk/",
    at=china("2026-01-21T10:00"),
    key="jia",
    name="甲县人民政府",
    base_url=f"{HOST}/",
    allow_private=False,
    id_code="",
    encoding="utf-8",
    column=FOUND,
    host=(),
    outcome=Outcome.OK,
    said=FOUND.said,
    requests=2,
    seconds=2.0,
    agencies=suggested_agencies(FOUND.reports),
)


@pytest.mark.parametrize(
    ("found", "sureness"),
    [
        (FOUND, Sureness.SURE),
        (replace(FOUND, reports=FOUND.reports[:2]), Sureness.LIKELY),
        (replace(FOUND, entries=20), Sureness.LIKELY),
        (replace(FOUND, is_cut=True, outcome=Outcome.INCOMPLETE), Sureness.LIKELY),
        (replace(FOUND, outcome=Outcome.INCOMPLETE), Sureness.DOUBTFUL),
        (replace(FOUND, reports=()), Sureness.NONE),
        (replace(FOUND, reports=(), is_report=True), Sureness.LIKELY),
    ],
)
def test_only_a_list_read_well_with_several_reports_is_sure(
    found: FoundColumn, sureness: Sureness
) -> None:
    assert sureness_of(found) is sureness


def test_what_could_not_be_seen_is_said() -> None:
    found = replace(FOUND, dated=0, reports=(report("", None),), outcome=Outcome.INCOMPLETE)
    said = " ".join(gap.zh for gap in gaps_of(found))
    assert "不显示日期" in said
    assert "没有单位" in said
    assert "没有年度" in said


def test_decoys_are_no_reports() -> None:
    entries = (
        Listed(f"{HOST}/1", "2025年政府网站工作年度报表"),
        Listed(f"{HOST}/2", "甲县乙局2025年政府信息公开工作年度报告"),
    )
    assert [found.unit for found in reports_in(entries)] == ["甲县乙局"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("甲县财政局", AgencyKind.DEPARTMENT),
        ("甲县人民政府", AgencyKind.GOVERNMENT),
        ("甲县人民政府办公室", AgencyKind.GOVERNMENT_OFFICE),
        ("清水镇人民政府", AgencyKind.TOWNSHIP),
        ("清水乡", AgencyKind.TOWNSHIP),
        ("学府街道办事处", AgencyKind.STREET),
        ("国家税务总局甲县税务局", AgencyKind.VERTICAL),
        ("甲县经济开发区", AgencyKind.COMMITTEE),
        ("甲县高新区管委会", AgencyKind.COMMITTEE),
        ("甲县卫生健康委员会", AgencyKind.DEPARTMENT),
        ("某某", AgencyKind.OTHER),
    ],
)
def test_the_name_tells_the_kind(name: str, kind: AgencyKind) -> None:
    assert kind_of(name) is kind


def test_spellings_of_one_agency_are_one_suggestion_and_a_bare_place_is_its_government() -> None:
    found = suggested_agencies(
        [report("甲县财政局"), report("财政局", 2024), report("甲县"), report("甲县人民政府", 2024)]
    )
    assert [(agency.name, agency.years) for agency in found] == [
        ("甲县人民政府", (2025, 2024)),
        ("甲县财政局", (2025, 2024)),
    ]


def test_a_column_of_thousands_of_units_is_told_short_and_in_time() -> None:
    crowd = [report(f"甲县第{number}办公室") for number in range(3_000)]
    began = time.process_time()
    text = tables_of(
        replace(
            PROBED,
            column=replace(FOUND, reports=tuple(crowd)),
            agencies=suggested_agencies(crowd),
        )
    )
    assert time.process_time() - began < 10
    assert len(tomllib.loads(text)["agencies"]) == 200
    assert "2800 more unit names" in text


def test_a_unit_without_a_report_of_late_or_of_no_clear_kind_is_not_ready() -> None:
    found = suggested_agencies([report("甲县乙局", 2019), report("某某", 2025)])
    assert not any(agency.is_ready for agency in found)
    text = tables_of(replace(PROBED, agencies=found))
    assert "agencies" not in tomllib.loads(text)
    assert '# name = "甲县乙局"' in text


def test_registered_agencies_are_named_and_not_written_twice() -> None:
    known = Identity("yi", "甲县乙局", AgencyKind.DEPARTMENT)
    pairs = known_of(PROBED.agencies, [known])
    text = tables_of(replace(PROBED, known=pairs))
    assert [row["name"] for row in tomllib.loads(text)["agencies"]] == ["甲县丁局", "甲县丙局"]
    assert "甲县乙局 已在名册中（yi）" in text


def test_nothing_found_prints_comments_and_says_what_to_do() -> None:
    probed = replace(PROBED, column=None, agencies=(), outcome=Outcome.ROBOTS)
    text = tables_of(probed)
    assert tomllib.loads(text) == {}
    assert "请与网站联系" in text
    assert probed_json(probed)["sureness"] == "none"


@given(st.text(max_size=40))
def test_hostile_names_never_break_the_tables(name: str) -> None:
    entry = replace(report("甲县乙局"), title=name, unit=name)
    column = replace(FOUND, reports=(entry,), url=f"{HOST}/a?b=${{X}}")
    probed = replace(
        PROBED,
        name=name or "x",
        column=column,
        asked_url=f"{HOST}/{name}",
        others=((name, HOST),),
        agencies=suggested_agencies(column.reports),
    )
    text = tables_of(probed)
    assert set(tomllib.loads(text)) <= {"sites", "agencies"}
    assert "${" not in text


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.jiaxian.gov.cn/x", "jiaxian"),
        ("http://czj.jiaxian.gov.cn/", "czj-jiaxian"),
        ("http://127.0.0.1:8090/", "127-0-0-1"),
        ("http://[::1]/", "1"),
        ("https://政府.cn/", "site"),
        ("https://www.gov.cn/", "www-gov-cn"),
    ],
)
def test_the_host_gives_the_key(url: str, key: str) -> None:
    assert site_key(url) == key
    assert site_key(url, (key,)) == f"{key}-2"


def test_the_site_is_named_by_its_pages() -> None:
    head = (
        '<meta name="SiteName" content="甲县人民政府"><meta name="SiteIDCode" content="4103110001">'
    )
    facts = page_facts(f"<html><head>{head}<title>年报_甲县</title></head><body></body></html>")
    assert (facts.site_name, facts.id_code) == ("甲县人民政府", "4103110001")
    assert site_name([facts], HOST) == "甲县人民政府"
    assert site_name([PageFacts(title="年报_甲县政府网")], HOST) == "甲县政府网"
    assert site_name([PageFacts()], HOST) == "jia.example"


def test_the_pause_that_robots_ask_for_is_read_from_a_whole_answer_only() -> None:
    rules = "User-agent: *\nCrawl-delay: 10\n"
    assert delay_asked(Asked(HOST, status=200, robots=rules), "Nianshao/1.0") == 10
    assert delay_asked(Asked(HOST, status=404, robots=rules), "Nianshao/1.0") == 0
    for hostile in ("1e300", "inf", "nan", "-5"):
        asked = Asked(HOST, status=200, robots=f"User-agent: *\nCrawl-delay: {hostile}\n")
        assert 0 <= delay_asked(asked, "Nianshao/1.0") <= 60
    assert delay_asked(None, "Nianshao/1.0") == 0


def test_ways_lead_to_the_column_by_name_and_never_to_other_hosts_or_single_reports() -> None:
    page = """<html><body>
      <a href="/gk/">政府信息公开</a>
      <a href="/gk/nb/">部门年报</a>
      <a href="/gk/zfxxgknb/">政府信息公开年报</a>
      <a href="/gk/wz/">政府网站年度报告</a>
      <a href="http://other.example/nb/">政府信息公开年报</a>
      <a href="/1.html">甲县乙局2025年政府信息公开工作年度报告</a>
      <a href="/2.html">关于编制政府信息公开年报的通知</a>
      <a href="/img/xxgknb/"><img src="x.png"></a>
      <a href="javascript:go()">政府信息公开年报</a>
      <a href="/">首页</a></body></html>"""
    found = [
        (way.url.removeprefix(HOST), way.nearness) for way in ways_from(page, f"{HOST}/index.html")
    ]
    assert found == [
        ("/gk/zfxxgknb/", Nearness.COLUMN),
        ("/gk/nb/", Nearness.REPORTS),
        ("/img/xxgknb/", Nearness.REPORTS),
        ("/gk/", Nearness.SECTION),
    ]


@given(st.text(max_size=200))
def test_any_page_is_searched_without_raising(text: str) -> None:
    ways_from(f"<a href='{text}'>{text}</a>", f"{HOST}/")
    page_facts(f"<meta name='SiteName' content='{text}'><title>{text}</title>")
