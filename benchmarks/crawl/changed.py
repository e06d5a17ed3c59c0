"""New reports: fetched, archived, read, checked and told, as ``nianshao once`` does it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.crawl.farm import Farm, farm, list_page
from benchmarks.crawl.ours import Cost, measured
from benchmarks.crawl.verdicts import show
from reports.deadlines import CHINA
from web.sample.pages import Article, Look, article_page
from web.sample.plain import plain_report
from web.sample.render import report_html

FIRST = datetime(2026, 1, 12, 9, 0, tzinfo=CHINA)
_LOOK = Look("甲县人民政府", "4103110001", "/", "/")
_BRANCHES = "子丑寅卯辰巳午未申酉"
SHARE = 20
"""One column in twenty has a new report: 5 %."""


def changed(root: Path, columns: int, columns_per_host: int) -> bool:
    """Measure a pass with new reports beside one without; return whether the goal holds."""
    with farm(root, columns // columns_per_host, columns_per_host) as grown:
        _configure(root, grown)
        _once(root, 0)
        quiet, _ = _once(root, 1)
        for number in range(0, columns, SHARE):
            _publish(grown, number)
        busy, summary = _once(root, 2)
    reports = columns // SHARE
    assert summary["new_versions"] == reports, summary["new_versions"]
    each = 1_000 * (busy.cpu - quiet.cpu) / reports
    name = f"{reports} new reports among {columns} columns"
    print(f"     {name}: {busy.cpu:.1f} s CPU, {quiet.cpu:.1f} s without them")
    return show(f"{name}: ms CPU a report, from the wire to the event", each, 4, at_most=True)


def _name(number: int) -> str:
    """Return the name of an agency, its number in branches: digits could be taken for a year."""
    return f"{''.join(_BRANCHES[int(digit)] for digit in str(number))}县乙局"


def _configure(root: Path, grown: Farm) -> None:
    lines = ["[crawler]", "delay_seconds = 0.0", "concurrent_requests = 64"]
    for host in range(grown.hosts):
        lines += ["[[sites]]", f'key = "s{host}"', f'name = "甲{host}县"']
        lines += [f'base_url = "{grown.base_url(host)}"', "allow_private = true"]
        first = host * grown.columns_per_host
        for number in range(first, first + grown.columns_per_host):
            lines += ["[[sites.columns]]", f'key = "c{number}"', f'url = "/c{number}/"']
    for number in range(grown.columns):
        column = f"s{number // grown.columns_per_host}/c{number}"
        lines += ["[[agencies]]", f'key = "a{number}"', f'name = "{_name(number)}"']
        lines += ['kind = "department"', f'columns = ["{column}"]']
    (root / "config.toml").write_text("\n".join(lines))


def _publish(grown: Farm, number: int) -> None:
    """Put a faultless report into a column, on top of its list."""
    name = _name(number)
    title = f"{name}2025年政府信息公开工作年度报告"
    written = report_html(plain_report(name, 2025, {"requests.new.natural_person": number % 9}))
    page = article_page(_LOOK, Article(title, written, date(2026, 1, 12)))
    grown.write(number, page, "report.html")
    entry = f'<li><a href="/c{number}/report.html">{title}</a><span>2026-01-12</span></li>'
    grown.write(number, list_page(number, entry))


def _once(root: Path, number: int) -> tuple[Cost, dict[str, object]]:
    at = FIRST + timedelta(hours=number)
    command = [sys.executable, "-m", "monitor", "once", "--json", "--at", at.isoformat()]
    with measured() as cost:
        done = subprocess.run(
            [*command, "--config", str(root / "config.toml")],
            check=True,
            capture_output=True,
            text=True,
        )
    return cost, json.loads(done.stdout)
