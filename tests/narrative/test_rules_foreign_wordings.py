"""Faultless reports as offices of all kinds write them: any warning here is a false accusation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.agencies import AgencyKind, Identity
from reports.case import Case
from reports.findings import Severity
from reports.rules.registry import assess
from tests.builders import AGENCY, TOPICS, a_report, scaled, with_cell, with_text

PERIOD = "统计期限为2025年1月1日至12月31日。"


def accusations(report, text, section=1, name=AGENCY, kind=AgencyKind.DEPARTMENT):
    """Return the codes of the errors and warnings on what a text states."""
    own = replace(report, agency=name, title=f"{name}2025年政府信息公开工作年度报告")
    own = with_text(own, 1, f"{PERIOD}\n{TOPICS}\n") if section != 1 else own
    own = with_text(own, section, f"{PERIOD}\n{text}\n{TOPICS}" if section == 1 else text)
    found = assess(own, Case(Identity("own", name, kind), 2025)).findings
    grave = [finding for finding in found if finding.severity is not Severity.NOTICE]
    return [finding.code for finding in grave if finding.code[0] in "NBIX"]


def nothing_done():
    """Return a report whose tables are all zeros."""
    return scaled(a_report(), 0)


def three_requests():
    """Return a report with three requests of two people and a firm, two of them granted."""
    report = nothing_done()
    rows = {
        "new": (2, 1),
        "granted": (1, 1),
        "unavailable.not_held": (1, 0),
        "handled_total": (2, 1),
    }
    for row, (person, firm) in rows.items():
        columns = (("natural_person", person), ("enterprise", firm), ("total", person + firm))
        for column, figure in columns:
            key = f"requests.{row}.{column}"
            assert key in report.tables["requests"].cells
            report = with_cell(report, key, figure)
    return report


# The tables: 60 new, 8 carried in, 61 answered, 7 carried over; 9 reviews, 2 + 4 suits; 9 made, 12 repealed.
BUSY = [
    # Received: what is not counted, other times, parts, channels.
    "共收到政府信息公开申请63件，其中3件为重复登记已合并，实际受理60件。",
    "受理政府信息公开申请55件，不予受理5件。",
    "全年收到申请75件，其中15件经沟通申请人撤回，实际登记政府信息公开申请60件。",
    "收到政府信息公开申请60件，其中撤回2件、补正11件、延期答复6件。",
    "2025年度共受理政府信息公开申请68件（含上年结转8件），同比增加12件，增长21.4%。",
    "上半年收到政府信息公开申请28件，下半年收到政府信息公开申请32件。",
    "2023年、2024年、2025年分别收到政府信息公开申请51件、75件、60件。",
    "自2020年以来累计受理政府信息公开申请312件，今年收到60件。",
    "截至12月20日，共收到政府信息公开申请52件；12月下旬收到8件。",
    "收到政府信息公开申请60件（其中1件含5个申请事项，共64项）。",
    "年初结转8件，新收60件，办结61件，年末结余7件。",
    "收到公民、法人和其他组织政府信息公开申请60件，其中公民、个体工商户提出的42件。",
    "收到公民、法人或者其他组织通过网络提交的政府信息公开申请45件。",
    "收到社会公众对政府信息公开申请答复的评价45件。",
    "（二）依申请公开情况\n2025年，共收到申请60件，办结61件。",
    "（二）依申请公开情况。收到60件。按期办结55件，延期办结6件。",
    "（二）依申请公开情况。收到申请60件。办理人大建议9件，处理舆情3件。",
    "（二）依申请公开情况。收到申请60件。收到补正材料9件。收到复议决定书8份。",
    "收到自然人申请44件、商业企业申请10件、科研机构申请1件、法律服务机构申请7件（含上年结转）。",
    "网络申请中自然人32件、商业企业7件、科研机构1件。",
    "许可申请：自然人1203件、商业企业320件、科研机构12件。",
    "受理“××街道停水”投诉1件。",
    # None received, but of somebody else, of another time or topic.
    "我局下设的水利工程管理所、河道管理所均未收到政府信息公开申请。",
    "河湖管理中心2025年未收到政府信息公开申请，申请均由局机关受理。",
    "春节期间，未收到政府信息公开申请。",
    "截至2025年1月底，未收到政府信息公开申请。",
    "自8月1日起至9月30日，未收到政府信息公开申请。",
    "关于财政预决算信息，未收到公开申请。",
    "涉水行政处罚方面未收到政府信息公开申请。",
    "多数科室未收到政府信息公开申请。",
    "局属单位依申请公开0件，局机关60件。",
    "制发公文151件，其中主动公开93件、不予公开58件、依申请公开0件。",
    "逾期未答复依申请公开0件，涉密依申请公开0件。",
    "传真收到政府信息公开申请为零。",
    "依申请公开答复时限内，未收到申请补正。",
    "依申请公开信函渠道未收到申请。",
    # Carried over.
    "2023年结转2024年5件，2024年结转2025年8件，2025年结转2026年7件。",
    "当年新收申请中，除12月收到的7件外，没有结转下年度办理的申请。",
    "办结61件，剩余7件按规定结转下一年度办理，其中5件结转下一年度后正在办理。",
    "涉及第三方的4件结转下年度继续办理，其余3件因申请时间较晚结转下年度。",
    "行政许可申请上年结转12件，新收1203件，办结1200件，结转15件。",
    "收到工伤认定申请320件，上年结转18件，结转下年度13件，决定书依法公开。",
    "12345热线工单结转下年度12件。",
    # Reviews and suits.
    "主动公开方面，未发生行政复议、行政诉讼。",
    "局属单位未发生行政复议、行政诉讼。",
    "涉及取水许可的依申请公开答复，未引发行政复议和行政诉讼。",
    "通过诉前沟通，12件申请未引发行政复议、行政诉讼。",
    "不存在因公开不及时引发的行政复议。",
    "政府信息公开类行政复议占全部行政复议37件的24.3%。",
    "全年行政诉讼应诉23件（其中17件不涉及政府信息公开），行政复议30件。",
    "信息公开行政复议已审结8件：维持5件、纠正2件、其他1件。",
    "全局行政复议23件，其中政府信息公开9件；行政诉讼17件，其中政府信息公开6件。",
    "机构改革前，未发生行政复议、行政诉讼。",
    "历史档案信息，未引发行政复议、行政诉讼。",
    "行政复议机关受理政府信息公开行政复议30件，维持20件。",
    # Lists.
    "发布政策解读14篇，其中负责人解读6篇、图解14篇、视频解读3篇。",
    "检查网站46次，其中发现错链3次，整改3次，检查新媒体52次。",
    "召开新闻发布会12次（其中主要负责人出席3次，解读政策18次）。",
    "收到申请60件（网络45件，信函15件；自然人40件，法人20件）。",
    "公开信息1203条（网站803条、微信公众号803条同步推送）。",
    "制发公文707件（上行文120件、下行文587件，主动公开93件、不予公开614件）。",
    "公开信息1203条（其中网站803条、微信公众号400条），增加120条（网站80条、公众号40条）。",
    # Results and documents.
    "26件予以公开，9件部分公开，9件不予公开，8件无法提供，4件不予处理，5件其他处理。",
    "网络申请中，20件予以公开，7件部分公开。",
    "建议提案答复12件予以公开，3件部分公开。",
    "我局下属水库管理处未制定行政规范性文件。",
    "没有废止的行政规范性文件均继续有效。",
]


@pytest.mark.parametrize("text", BUSY)
def test_busy_office_that_writes_what_its_tables_show_is_not_accused(text) -> None:
    assert accusations(a_report(), text) == []


QUIET = [
    "全年收到政府信息公开申请2件，经审查均不属于本机关职责，已退回区政务公开办，未纳入统计。",
    "全年行政诉讼应诉3件（均不涉及政府信息公开），行政复议2件（均不涉及政府信息公开）。",
    "收到许可申请320件，结转5件。",
    "资助申请上年结转3件，本年受理12件。",
    "法律援助申请45件，结转下年度6件。",
    "劳动仲裁申请结转下年度12件。",
    "收到群众申请公开账目诉求3件，已由村务公开解决。",
    "区政府依申请公开平台收到5件申请，由区政府办公室统一答复，我局未收到申请。",
    "全年审理涉政府信息公开行政复议案件28件，维持15件，撤销3件。",
    "代理区政府行政诉讼案件56件，行政复议答复23件，均与本机关信息公开无关。",
    "开展政府信息公开申请测试2件（区政务公开办暗访），均按时答复，未计入统计。",
    "收到企业信用修复申请56件，上年结转2件，办结57件，结转下年度1件。",
    "收到其他咨询4件，已口头答复，全年未收到公开申请。",
]


@pytest.mark.parametrize("text", QUIET)
def test_office_without_requests_that_tells_of_other_work_is_not_accused(text) -> None:
    assert accusations(nothing_done(), text) == []


FEW = [
    "今年收到依申请公开5件，其中2件因不属于政府信息公开申请告知通过信访渠道反映，纳入统计3件。",
    "共收到政府信息公开申请4件次（1件重复），实为3件。",
    "共收到申请3件，网络申请3件、信函申请0件、当面申请0件。",
    "2025年收到政府信息公开申请三件，其中予以公开两件、本机关不掌握相关信息一件。",
    "一季度未收到申请，二季度收到1件，三季度收到2件，四季度未收到申请。",
    "学校未收到信息公开申请，局机关收到3件。",
]


@pytest.mark.parametrize("text", FEW)
def test_office_with_few_requests_is_not_accused(text) -> None:
    assert accusations(three_requests(), text) == []


REGIONAL = [
    "区政府本级收到政府信息公开申请17件，区级部门收到40件，乡镇（街道）收到3件。",
    "2025年区政府收到政府信息公开申请17件，全区合计60件。",
    "区政府制发规范性文件5件，区直部门制发4件，全区共9件。",
    "区政府本级制发行政规范性文件5件，废止2件。",
    "全区收到申请60件，上年结转8件，结转7件。区政府新收20件，上年结转3件。",
]


@pytest.mark.parametrize("text", REGIONAL)
def test_government_that_tells_its_own_figures_beside_the_regions_is_not_accused(text) -> None:
    name, kind = "青禾区人民政府", AgencyKind.GOVERNMENT
    assert accusations(a_report(), text, name=name, kind=kind) == []


FEES = [
    "对自然人未收取信息处理费。对企业收取信息处理费100元。",
    "下属单位未收取信息处理费。我局收取信息处理费100元。",
    "首次申请未收取信息处理费。全年收取信息处理费100元。",
    "没有违规收取信息处理费。实际收取信息处理费100元。",
    "信息处理费：发出收费通知2件，通知收取380元，实际收取信息处理费380元。",
]


@pytest.mark.parametrize("text", FEES)
def test_fee_of_some_beside_no_fee_of_others_is_no_contradiction(text) -> None:
    assert accusations(a_report(), text, section=6) == []
