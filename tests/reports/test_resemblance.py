"""Entries that hold an accusation back although they are no titles of reports."""

from __future__ import annotations

import pytest

from reports.agencies import AgencyKind, Identity
from reports.resemblance import may_hide_report
from reports.titles import read_title

CIVIL = Identity("civil", "甲县民政局", AgencyKind.DEPARTMENT, ("县民政",))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("甲县民政局2025年政府信息公开工作年度...", True),
        ("甲县民政局2025年政府信息公…", True),
        ("甲县民政局2025年政府信息公开工作情况报告", True),
        ("甲县民政局关于印发2025年政府信息公开工作年度报告的通知", True),
        ("2025年", True),
        ("2026年度", True),
        ("2024年", False),
        ("甲县财政局2025年政府信息公开工作年度...", False),
        ("甲县民政局2024年政府信息公开工作年度...", False),
        ("甲县民政局2025年法治政府建设年度报...", False),
        ("甲县民政局2025年政府网站工作年度报表", False),
        ("关于做好2025年政府信息公开工作年度报告编制工作的通知", False),
    ],
)
def test_an_entry_may_lead_to_the_report(title: str, expected: bool) -> None:
    assert may_hide_report(read_title(title), CIVIL, 2025) is expected
