from __future__ import annotations

from reports.agencies import AgencyKind, Identity
from reports.resemblance import may_hide_report
from reports.titles import read_title


def test_news_of_a_government_excuses_no_bureau_whose_name_its_signs_happen_to_hold() -> None:
    civil = Identity("civil", "平乐县民政局", AgencyKind.DEPARTMENT)
    news = read_title("平乐县人民政府办公室召开2025年政府信息公开工作年度报告编制部署会")
    assert not may_hide_report(news, civil, 2025)


def test_news_of_the_bureau_itself_still_holds_back_an_accusation() -> None:
    civil = Identity("civil", "平乐县民政局", AgencyKind.DEPARTMENT)
    news = read_title("平乐县民政局关于印发2025年政府信息公开工作年度报告的通知")
    assert may_hide_report(news, civil, 2025)
