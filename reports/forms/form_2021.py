"""The form of 国办公开办函〔2021〕30号, for report years from 2021. Pure data.

Labels as annexed to the notice; the patterns fit what real reports print instead.
"""

from __future__ import annotations

from reports.forms.form import Form, labels
from reports.words import Words

FORM = Form(
    name="2021",
    basis=Words("国办公开办函〔2021〕30号格式", "form 国办公开办函〔2021〕30号"),
    first_year=2021,
    last_year=None,
    proactive=labels(
        ("regulations.made", "规章 本年制发件数", "Regulations: made this year"),
        ("regulations.repealed", "规章 本年废止件数", "Regulations: repealed this year"),
        ("regulations.in_force", "规章 现行有效件数", "Regulations: in force"),
        ("normative_documents.made", "行政规范性文件 本年制发件数", "Normative documents: made"),
        (
            "normative_documents.repealed",
            "行政规范性文件 本年废止件数",
            "Normative documents: repealed",
        ),
        (
            "normative_documents.in_force",
            "行政规范性文件 现行有效件数",
            "Normative documents: in force",
        ),
        ("licensing.decisions", "行政许可 本年处理决定数量", "Licensing: decisions"),
        ("penalties.decisions", "行政处罚 本年处理决定数量", "Penalties: decisions"),
        ("coercion.decisions", "行政强制 本年处理决定数量", "Coercive measures: decisions"),
        ("fees.amount", "行政事业性收费 本年收费金额（单位：万元）", "Fees (10,000 yuan)"),
    ),
    subjects=labels(
        ("regulations", "规章", "Regulations", r"^规章$"),
        ("normative_documents", "行政规范性文件", "Normative documents", r"^(?:行政)?规范性文件$"),
        ("licensing", "行政许可", "Licensing", r"^行政许可$"),
        ("penalties", "行政处罚", "Penalties", r"^行政处罚$"),
        ("coercion", "行政强制", "Coercive measures", r"^行政强制(?:措施|执行)?$"),
        ("fees", "行政事业性收费", "Fees", r"^行政事业性收费$"),
    ),
    measures=labels(
        ("made", "本年制发件数", "Made this year", r"本年度?制[发定]"),
        ("repealed", "本年废止件数", "Repealed this year", r"本年度?废止"),
        ("in_force", "现行有效件数", "In force", r"现行有效"),
        ("decisions", "本年处理决定数量", "Decisions this year", r"本年度?处理决定"),
        ("amount", "本年收费金额（单位：万元）", "Amount (10,000 yuan)", r"本年度?收费金额"),
    ),
    request_columns=labels(
        ("natural_person", "自然人", "Natural persons", r"^自然人$"),
        ("enterprise", "商业企业", "Enterprises", r"^(?:商业)?企业$"),
        ("research", "科研机构", "Research institutions", r"^科研(?:机构|单位)$"),
        ("nonprofit", "社会公益组织", "Non-profit organisations", r"^(?:社会)?公益组织$"),
        ("legal_service", "法律服务机构", "Legal service providers", r"^法律服务(?:机构|组织)$"),
        ("other", "其他", "Other", r"^其他$"),
        ("total", "总计", "Total", r"^[总合]计$"),
    ),
    request_rows=labels(
        (
            "new",
            "一、本年新收政府信息公开申请数量",
            "1. New requests received this year",
            r"^本年度?新(?:收|$)|新收.{0,8}申请",
        ),
        (
            "carried_in",
            "二、上年结转政府信息公开申请数量",
            "2. Requests carried in from last year",
            r"^上年结转|上年度?结转",
        ),
        ("granted", "（一）予以公开", "(1) Granted", r"^予以公开"),
        (
            "partly_granted",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            "(2) Partly granted",
            r"^部分公开",
        ),
        ("refused.state_secret", "1.属于国家秘密", "(3) Refused: 1. state secret", r"国家秘密"),
        (
            "refused.forbidden_by_law",
            "2.其他法律行政法规禁止公开",
            "2. forbidden by law",
            r"^其他法律.*公开|法律.{0,8}禁止公开|法规.{0,4}禁止",
        ),
        (
            "refused.security_and_stability",
            "3.危及“三安全一稳定”",
            "3. security and stability",
            r"三安全",
        ),
        (
            "refused.third_party_rights",
            "4.保护第三方合法权益",
            "4. rights of third parties",
            r"第三方",
        ),
        (
            "refused.internal_affairs",
            "5.属于三类内部事务信息",
            "5. internal affairs",
            r"内部事务",
        ),
        (
            "refused.process_information",
            "6.属于四类过程性信息",
            "6. process information",
            r"过程性",
        ),
        ("refused.enforcement_files", "7.属于行政执法案卷", "7. enforcement files", r"执法案卷"),
        (
            "refused.administrative_inquiry",
            "8.属于行政查询事项",
            "8. administrative inquiry",
            r"行政查询",
        ),
        (
            "unavailable.not_held",
            "1.本机关不掌握相关政府信息",
            "(4) Unavailable: 1. not held",
            r"不掌握",
        ),
        (
            "unavailable.needs_creation",
            "2.没有现成信息需要另行制作",
            "2. would have to be created",
            r"没有现成|另行制作",
        ),
        (
            "unavailable.unclear_after_correction",
            "3.补正后申请内容仍不明确",
            "3. unclear after correction",
            r"补正后|仍不明确",
        ),
        (
            "unprocessed.petition",
            "1.信访举报投诉类申请",
            "(5) Not processed: 1. petition or complaint",
            r"^信访",
        ),
        ("unprocessed.repeated", "2.重复申请", "2. repeated request", r"^重复申请"),
        (
            "unprocessed.publication",
            "3.要求提供公开出版物",
            "3. asks for a publication",
            r"公开出版物",
        ),
        (
            "unprocessed.excessive",
            "4.无正当理由大量反复申请",
            "4. excessive without reason",
            r"大量反复",
        ),
        (
            "unprocessed.confirmation",
            "5.要求行政机关确认或重新出具已获取信息",
            "5. asks to confirm or re-issue",
            r"重新出具|要求.{0,8}确认",
        ),
        (
            "other.no_correction",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "(6) Other: 1. not corrected in time",
            r"逾期[不未]补正",
        ),
        (
            "other.fee_unpaid",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "2. fee not paid in time",
            r"收费通知|缴纳费用",
        ),
        ("other.other", "3.其他", "3. other", r"^其他$"),
        ("handled_total", "（七）总计", "(7) Total handled", r"^[总合]计$"),
        (
            "carried_out",
            "四、结转下年度继续办理",
            "4. Carried over to next year",
            r"结转下年|下年度继续",
        ),
    ),
    received=("new", "carried_in"),
    answered=("handled_total", "carried_out"),
    dispute_blocks=labels(
        ("review", "行政复议", "Administrative review", r"^行政复议$"),
        (
            "litigation_direct",
            "未经复议直接起诉",
            "Litigation without prior review",
            r"^未经复议直接(?:起诉|诉讼)$",
        ),
        ("litigation_after_review", "复议后起诉", "Litigation after review", r"^经?复议后起诉$"),
    ),
    dispute_results=labels(
        ("upheld", "结果维持", "Upheld", r"^(?:结果)?维持$"),
        ("corrected", "结果纠正", "Corrected", r"^(?:结果)?纠正$"),
        ("other", "其他结果", "Other result", r"^其他结果$"),
        ("pending", "尚未审结", "Pending", r"^尚?未审结$"),
        ("total", "总计", "Total", r"^[总合]计$"),
    ),
)
