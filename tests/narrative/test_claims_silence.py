"""What the reader of the narrative must not read: other affairs, other bodies, parts and topics."""

from __future__ import annotations

import pytest

from reports.claims.claim import Scope
from reports.claims.reader import claims_of
from tests.builders import a_report, with_text


def compared(text, section=1):
    """Return the claims that a rule would compare; the built report says elsewhere that no fee was taken."""
    report = with_text(with_text(a_report(), 6, ""), section, text)
    found = claims_of(report, 2025)
    return [claim for claim in found if claim.counts or claim.scope is Scope.CHANNEL]


SILENT = [
    "未收到申请。受理热线咨询1200件。",
    "2025年，共处理群众留言92条。",
    "办理12345热线工单47件，已全部办结。",
    "收到248条网民留言，办结留言230条，公开答复4条。",
    "办理人大代表建议9件、政协提案32件，均已答复。",
    "受理各类群众诉求17250件，答复率达100%。",
    "全年受理行政许可申请1203件，办结1200件。",
    "下属单位共收到政府信息公开申请12件。",
    "各镇街共收到政府信息公开申请12件。",
    "区不动产登记中心收到政府信息公开申请5件。",
    "通过信函收到政府信息公开申请5件。",
    "网上收到政府信息公开申请5件，当面收到1件。",
    "收到自然人政府信息公开申请5件。",
    "收到政府信息公开申请补正材料5件。",
    "收到重复的政府信息公开申请5件。",
    "2026年将受理政府信息公开申请30件。",
    "下一步，力争办结政府信息公开申请30件。",
    "延期答复政府信息公开申请5件。",
    "收到政府信息公开申请5件中有3件重复。",
    "较上一年度增加42件。",
    "比2024年收到政府信息公开申请30件少。",
    "收到低保申请30件，办结30件。",
    "编制报告格式共6项，其中3项更新。",
    "对“收到政府信息公开申请5件”的口径作出说明。",
    "通过官网发布规范性文件5件。",
    "主动公开行政规范性文件42件。",
    "主动公开规章13件（含新制定5件，修改4件，废止4件）。",
    "审查区政府规范性文件12件，备案3件。",
    "代拟规范性文件2件。",
    "完善规章制度3项，制定规章制度2项。",
    "清理规范性文件30件，宣布失效5件，废止2件。",
    "拟制定规范性文件3件。",
    "区政府制定规范性文件4件。",
    "累计制定规范性文件40件。",
    "制发公文707件，予以公开673件。",
    "提案答复予以公开30件，部分公开2件。",
    "自然人申请中，予以公开3件，部分公开1件。",
    "通过网站、微信公众号等渠道公开信息120条。",
    "举办新闻发布会191场，出席25人次。",
    "编印公报6期，赠阅近2万本。",
    "信息处理费标准为每件10元。",
    "行政事业性收费12.34万元。",
    "第二十条第（一）项信息3条。",
    "行政复议案件第三人参加1件。",
    "全市行政复议案件30件。",
    "聚焦征地领域，收到政府信息公开申请5件。",
    "区水务局协助办理依申请公开5件。",
    "收到政府信息公开申请转办件5件。",
    "区政府办公室收到政府信息公开申请17件。",
]


@pytest.mark.parametrize("text", SILENT)
def test_sentence_on_other_affairs_or_a_part_claims_nothing(text) -> None:
    assert compared(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "依托政府网站，主动公开政府信息200条。",
        "聚焦民生，主动公开政府信息30条。",
        "围绕重点领域，通过政府网站公开信息30条。",
        "通过网站、微信公众号等渠道公开信息120条。",
        "下属单位公开信息20条。",
    ],
)
def test_items_of_a_topic_or_of_several_channels_are_no_total(text) -> None:
    assert compared(text) == []
