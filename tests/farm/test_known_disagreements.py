"""What seasons found and is not mended yet, each as small as it can be told."""

from __future__ import annotations

import pytest

from reports.agencies import AgencyKind, Identity
from reports.resemblance import may_hide_report
from reports.titles import read_title


@pytest.mark.xfail(
    strict=True, reason="人民政府 is read as a mention of 民政局, which then is never found missing"
)
def test_news_of_a_government_excuses_no_bureau_whose_name_its_signs_happen_to_hold() -> None:
    civil = Identity("civil", "平乐县民政局", AgencyKind.DEPARTMENT)
    news = read_title("平乐县人民政府办公室召开2025年政府信息公开工作年度报告编制部署会")
    assert not may_hide_report(news, civil, 2025)
