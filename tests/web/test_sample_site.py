"""The sample site serves what the sample reports are, as real sites would."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient

from reports.case import Case
from reports.documents.read import read_document
from reports.findings import Severity
from reports.forms.catalogue import FORM_2019, FORM_2021
from reports.model import AnnualReport
from reports.reading.read import read_report
from reports.rules.registry import assess
from web.sample.columns import paged_list
from web.sample.library import SampleReport, sample_reports
from web.sample.pages import Link, Look
from web.sample.render import report_text
from web.sample.site import create_site, resources
from web.sample.tables import request_rows

SHARED = Path(__file__).parents[2] / "../shared"
GOLDEN = SHARED / "golden/seeds.json"
LUOLONG = "/luolong/zfxxgk/zfxxgknb/"
WEIDONG = "/weidong/col/col1501/index.html"
LUSHAN = "/lushan/zfxxgk/index.html"
SAMPLES = {
    "000": f"{LUOLONG}202601/t20260120_10001.html",
    "001": "/weidong/art/2026/1/23/art_1501_2001.html",
    "002": f"{LUOLONG}202401/t20240119_8120.html",
    "003": "/lushan/zfxxgk/202601/27_3107.html",
    "004": "/weidong/attach/0/2601280915304.docx",
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_site(), follow_redirects=False) as running:
        yield running


def read(path: str) -> AnnualReport:
    served = resources()[path]
    return read_report(read_document(served.body, media_type=served.media_type))


def text(path: str) -> str:
    return resources()[path].body.decode("gbk" if path.startswith("/lushan") else "utf-8")


@pytest.mark.parametrize("path", sorted(resources()))
def test_resource_is_served_and_then_not_modified(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    assert first.content == resources()[path].body
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for condition in ({"If-None-Match": tag}, {"If-Modified-Since": changed}):
        again = client.get(path, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": '"other", W/"{tag}"'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"', "If-Modified-Since": "Fri, 01 Jan 2027 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "Wed, 01 Jan 2020 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "Fri, 01 Jan 2027 00:00:00"}, 304),
        ({"If-Modified-Since": "some day"}, 200),
    ],
)
def test_conditions_are_judged_as_http_says(
    client: TestClient, headers: Mapping[str, str], status: int
) -> None:
    tag = resources()[WEIDONG].etag.strip('"')
    asked = {name: value.replace("{tag}", tag) for name, value in headers.items()}
    assert client.get(WEIDONG, headers=asked).status_code == status


def test_unknown_page_is_a_real_404(client: TestClient) -> None:
    assert client.get(f"{LUOLONG}index_9.html").status_code == 404


def test_bytes_are_the_same_at_every_start() -> None:
    assert {p: r.etag for p, r in resources().items()} == {
        p: r.etag for p, r in resources().items()
    }


def test_every_link_of_every_page_leads_to_a_resource() -> None:
    found = resources()
    for path, resource in found.items():
        if not resource.media_type.startswith("text/html"):
            continue
        for href in re.findall(r'href="([^"]+)"', text(path)):
            assert urljoin(path, href) in found, (path, href)


def test_paged_list_is_paged_by_a_script() -> None:
    first, second = text(f"{LUOLONG}index.html"), text(f"{LUOLONG}index_1.html")
    assert 'createPageHTML(2, 0, "index", "html")' in first
    assert 'href="./202601/t20260120_10001.html"' in first
    assert 'title="洛龙区科技园街道办事处2025年政府信息公开工作年度报告"' in first
    assert "洛龙区学府街道办事处2023年" in second
    for decoy in ("政府网站工作年度报表", "法治政府建设年度报告", "编制工作的通知"):
        assert decoy in first


def test_a_paged_list_reaches_articles_outside_its_own_folder() -> None:
    look = Look(name="示例县人民政府", id_code="9900000001", home="/", column="/new/index.html")
    for url in ("/new/202601/t1.html", "/old/202601/t1.html"):
        page = paged_list(look, [Link("年度报告", url, None)], 1, 0)
        hrefs = re.findall(r'href="([^"]+)"', page)
        assert url in {urljoin(look.column, href) for href in hrefs}


def test_one_agency_has_no_report_since_2023() -> None:
    years = {r.year for r in sample_reports() if r.agency == "洛龙区学府街道办事处"}
    assert max(years) == 2023


def test_records_stand_in_the_data_store() -> None:
    page = text(WEIDONG)
    assert page.count("<record>") == 6
    assert "totalRecord:6" in page
    assert "/weidong/art/2026/1/28/art_1501_2004.html" in page


def test_old_site_declares_gb2312_and_holds_gbk() -> None:
    report = resources()[SAMPLES["003"]]
    assert report.media_type == "text/html"
    assert b"charset=gb2312" in report.body
    assert "二〇二六年" in report.body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        report.body.decode("gb2312")


def test_feed_and_list_name_the_same_reports() -> None:
    feed = resources()["/lushan/zfxxgk/rss.xml"].body.decode()
    listed = set(re.findall(r'href="(/lushan/zfxxgk/\d+/[^"]+)"', text(LUSHAN)))
    assert listed == set(re.findall(r"<link>(/lushan/zfxxgk/\d+/[^<]+)</link>", feed))
    assert SAMPLES["003"] in listed
    assert "Tue, 27 Jan 2026 09:30:00 +0800" in feed


def test_attachment_is_a_document_and_its_page_holds_no_table() -> None:
    page = text("/weidong/art/2026/1/28/art_1501_2004.html")
    assert SAMPLES["004"] in page
    assert "<table" not in page
    with zipfile.ZipFile(io.BytesIO(resources()[SAMPLES["004"]].body)) as archive:
        assert archive.testzip() is None
        assert "word/document.xml" in archive.namelist()


def document_path(report: SampleReport) -> str:
    return report.attachment or report.path


@pytest.mark.parametrize("report", sample_reports(), ids=lambda r: f"{r.agency}-{r.year}")
def test_reader_finds_agency_year_and_sections(report: SampleReport) -> None:
    found = read(document_path(report))
    assert (found.agency, found.year, found.form) == (
        report.agency,
        report.year,
        report.written.form,
    )
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    if report.attachment is None:
        assert found.published_on == report.published_on


@pytest.mark.parametrize(
    "report",
    [r for r in sample_reports() if r.written.tear is None],
    ids=lambda r: f"{r.agency}-{r.year}",
)
def test_whole_form_is_read_cell_by_cell(report: SampleReport) -> None:
    found = read(report.path)
    figures = {key: str(found.cell(key).value) for key in report.written.figures}
    assert figures == report.written.figures


@pytest.mark.parametrize("report", sample_reports(), ids=lambda r: f"{r.agency}-{r.year}")
def test_no_sample_report_contradicts_itself(report: SampleReport) -> None:
    before = (r for r in sample_reports() if (r.agency, r.year + 1) == (report.agency, report.year))
    previous = next((read(document_path(r)) for r in before), None)
    found = assess(read(document_path(report)), Case(year=report.year, previous=previous))
    assert [f.code for f in found.findings if f.severity is Severity.ERROR] == []


def golden(sample: str) -> dict[str, Any]:
    if not GOLDEN.exists():
        pytest.skip("the golden reading is not beside the checkout")
    reports = json.loads(GOLDEN.read_text(encoding="utf-8"))["reports"]
    return next(entry for name, entry in reports.items() if name.startswith(sample))


def golden_cells(entry: dict[str, Any]) -> dict[str, Any]:
    rows = entry["tables"]["requests"]
    cells = {f"requests.{row}.{c}": v for row, columns in rows.items() for c, v in columns.items()}
    return {**entry["tables"]["proactive"], **cells, **entry["tables"]["disputes"]}


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_sample_page_reads_as_its_golden_report(sample: str) -> None:
    entry = golden(sample)
    found = read(SAMPLES[sample])
    expected = golden_cells(entry)
    read_cells = {key: found.cell(key).value for key in expected}
    for pair in entry["ambiguous"]:
        # The printed number may stand for either cell, or for none; never for both.
        assert sum(read_cells.pop(key) is not None for key in pair["cells"]) <= 1
        expected = {key: value for key, value in expected.items() if key not in pair["cells"]}
    assert read_cells == expected
    assert (found.agency, found.year, found.form.name) == (
        entry["agency"],
        entry["year"],
        entry["form"],
    )
    assert {name: table.quality for name, table in found.tables.items()} == entry["quality"]
    assert found.fee_statement.kind == entry["fee_statement"]


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_torn_tables_have_the_lines_of_the_sample(sample: str) -> None:
    seeds = sorted((SHARED / "seeds").glob(f"{sample}_*.txt"))
    if not seeds:
        pytest.skip("the sample reports are not beside the checkout")
    report = next(r for r in sample_reports() if document_path(r) == SAMPLES[sample])
    assert table_lines(report) == [
        line for line in seeds[0].read_text(encoding="utf-8").split("\n") if "\t" in line
    ]


def table_lines(report: SampleReport) -> list[str]:
    return [line for line in report_text(report.written).split("\n") if "\t" in line]


def test_forms_of_both_generations_are_written() -> None:
    forms = {report.written.form for report in sample_reports()}
    assert forms == {FORM_2019, FORM_2021}
    assert len(request_rows(FORM_2019)) == 23
    assert len(request_rows(FORM_2021)) == 25


def test_sample_reports_are_dated_as_published() -> None:
    days = {r.agency: r.published_on for r in sample_reports() if r.year == 2025}
    assert days == {
        "洛龙区科技园街道办事处": date(2026, 1, 20),
        "卫东区东工人镇街道办事处": date(2026, 1, 23),
        "鲁山县汇源街道办事处": date(2026, 1, 27),
        "卫东区科学技术局": date(2026, 1, 28),
    }
