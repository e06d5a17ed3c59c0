"""Entries that hold an accusation back although they are no titles of reports."""

from __future__ import annotations

import pytest

from reports.agencies import AgencyKind, Identity
from reports.resemblance import may_hide_report, may_name
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


@pytest.mark.parametrize(
    ("unit", "name", "expected"),
    [
        ("甲县行政审批局", "甲县大数据局", True),
        ("甲县综合行政执法局", "甲县城市管理局", True),
        ("甲县经信局", "甲县工信局", True),
        ("乙县行政审批局", "甲县大数据局", False),
        ("甲县财政局", "甲县大数据局", False),
    ],
)
def test_bodies_that_places_merge_may_name_each_other(unit: str, name: str, expected: bool) -> None:
    assert may_name(unit, Identity("a", name, AgencyKind.DEPARTMENT)) is expected


def test_former_names_and_bodies_folded_in_hold_back_too() -> None:
    heir = Identity(
        "a", "甲县农业农村局", AgencyKind.DEPARTMENT, (), ("甲县农委",), ("甲县扶贫办",)
    )
    assert may_name("甲县扶贫办", heir)
    assert may_hide_report(read_title("甲县扶贫办2025年政府信息…"), heir, 2025)


def test_news_of_a_government_excuses_no_bureau_whose_name_its_signs_happen_to_hold() -> None:
    civil = Identity("civil", "平乐县民政局", AgencyKind.DEPARTMENT)
    news = read_title("平乐县人民政府办公室召开2025年政府信息公开工作年度报告编制部署会")
    assert not may_hide_report(news, civil, 2025)


def test_news_of_the_bureau_itself_still_holds_back_an_accusation() -> None:
    civil = Identity("civil", "平乐县民政局", AgencyKind.DEPARTMENT)
    news = read_title("平乐县民政局关于印发2025年政府信息公开工作年度报告的通知")
    assert may_hide_report(news, civil, 2025)
