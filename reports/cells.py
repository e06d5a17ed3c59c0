"""The keys and official labels of every figure in the three statutory tables. Pure.

Source of the labels: the forms annexed to 国办公开办函〔2021〕30号 and 〔2019〕60号. The order of each
tuple is the order of the form. A cell is addressed by its full key:
``regulations.made`` (table 2), ``requests.new.natural_person`` (table 3), ``review.upheld`` (table 4).
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.words import Words


@dataclass(frozen=True, slots=True)
class Label:
    """One row, column or cell of a statutory table: its key and its official wording."""

    key: str
    words: Words


def _labels(*rows: tuple[str, str, str]) -> tuple[Label, ...]:
    return tuple(Label(key, Words(zh, en)) for key, zh, en in rows)


REQUEST_COLUMNS = _labels(
    ("natural_person", "自然人", "Natural persons"),
    ("enterprise", "商业企业", "Enterprises"),
    ("research", "科研机构", "Research institutions"),
    ("nonprofit", "社会公益组织", "Non-profit organisations"),
    ("legal_service", "法律服务机构", "Legal service providers"),
    ("other", "其他", "Other"),
    ("total", "总计", "Total"),
)

REQUEST_ROWS_2021 = _labels(
    ("new", "一、本年新收政府信息公开申请数量", "1. New requests received this year"),
    ("carried_in", "二、上年结转政府信息公开申请数量", "2. Requests carried in from last year"),
    ("granted", "（一）予以公开", "(1) Granted"),
    (
        "partly_granted",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "(2) Partly granted",
    ),
    ("refused.state_secret", "1.属于国家秘密", "(3) Refused: 1. state secret"),
    ("refused.forbidden_by_law", "2.其他法律行政法规禁止公开", "2. forbidden by law"),
    ("refused.security_and_stability", "3.危及“三安全一稳定”", "3. security and stability"),
    ("refused.third_party_rights", "4.保护第三方合法权益", "4. rights of third parties"),
    ("refused.internal_affairs", "5.属于三类内部事务信息", "5. internal affairs"),
    ("refused.process_information", "6.属于四类过程性信息", "6. process information"),
    ("refused.enforcement_files", "7.属于行政执法案卷", "7. enforcement files"),
    ("refused.administrative_inquiry", "8.属于行政查询事项", "8. administrative inquiry"),
    ("unavailable.not_held", "1.本机关不掌握相关政府信息", "(4) Unavailable: 1. not held"),
    ("unavailable.needs_creation", "2.没有现成信息需要另行制作", "2. would have to be created"),
    (
        "unavailable.unclear_after_correction",
        "3.补正后申请内容仍不明确",
        "3. unclear after correction",
    ),
    ("unprocessed.petition", "1.信访举报投诉类申请", "(5) Not processed: 1. petition or complaint"),
    ("unprocessed.repeated", "2.重复申请", "2. repeated request"),
    ("unprocessed.publication", "3.要求提供公开出版物", "3. asks for a publication"),
    ("unprocessed.excessive", "4.无正当理由大量反复申请", "4. excessive without reason"),
    (
        "unprocessed.confirmation",
        "5.要求行政机关确认或重新出具已获取信息",
        "5. asks to confirm or re-issue",
    ),
    (
        "other.no_correction",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "(6) Other: 1. not corrected in time",
    ),
    (
        "other.fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "2. fee not paid in time",
    ),
    ("other.other", "3.其他", "3. other"),
    ("handled_total", "（七）总计", "(7) Total handled"),
    ("carried_out", "四、结转下年度继续办理", "4. Carried over to next year"),
)

_OTHER_IN_ONE_ROW = Label("other", Words("（六）其他处理", "(6) Other"))

REQUEST_ROWS_2019 = tuple(
    row
    for label in REQUEST_ROWS_2021
    if label.key not in {"other.fee_unpaid", "other.other"}
    for row in ([_OTHER_IN_ONE_ROW] if label.key == "other.no_correction" else [label])
)

PROACTIVE_2021 = _labels(
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
)

PROACTIVE_2019 = _labels(
    ("regulations.made", "规章 本年新制作数量", "Regulations: newly made"),
    ("regulations.disclosed", "规章 本年新公开数量", "Regulations: newly disclosed"),
    ("regulations.total", "规章 对外公开总数量", "Regulations: disclosed in total"),
    ("normative_documents.made", "规范性文件 本年新制作数量", "Normative documents: newly made"),
    (
        "normative_documents.disclosed",
        "规范性文件 本年新公开数量",
        "Normative documents: newly disclosed",
    ),
    (
        "normative_documents.total",
        "规范性文件 对外公开总数量",
        "Normative documents: disclosed in total",
    ),
    ("licensing.previous", "行政许可 上一年项目数量", "Licensing: items last year"),
    ("licensing.change", "行政许可 本年增/减", "Licensing: change"),
    ("licensing.decisions", "行政许可 处理决定数量", "Licensing: decisions"),
    (
        "other_services.previous",
        "其他对外管理服务事项 上一年项目数量",
        "Other services: items last year",
    ),
    ("other_services.change", "其他对外管理服务事项 本年增/减", "Other services: change"),
    ("other_services.decisions", "其他对外管理服务事项 处理决定数量", "Other services: decisions"),
    ("penalties.previous", "行政处罚 上一年项目数量", "Penalties: items last year"),
    ("penalties.change", "行政处罚 本年增/减", "Penalties: change"),
    ("penalties.decisions", "行政处罚 处理决定数量", "Penalties: decisions"),
    ("coercion.previous", "行政强制 上一年项目数量", "Coercive measures: items last year"),
    ("coercion.change", "行政强制 本年增/减", "Coercive measures: change"),
    ("coercion.decisions", "行政强制 处理决定数量", "Coercive measures: decisions"),
    ("fees.previous", "行政事业性收费 上一年项目数量", "Fees: items last year"),
    ("fees.change", "行政事业性收费 本年增/减", "Fees: change"),
    ("procurement.items", "政府集中采购 采购项目数量", "Procurement: items"),
    ("procurement.amount", "政府集中采购 采购总金额", "Procurement: amount"),
)

DISPUTE_BLOCKS = _labels(
    ("review", "行政复议", "Administrative review"),
    ("litigation_direct", "未经复议直接起诉", "Litigation without prior review"),
    ("litigation_after_review", "复议后起诉", "Litigation after review"),
)

DISPUTE_RESULTS = _labels(
    ("upheld", "结果维持", "Upheld"),
    ("corrected", "结果纠正", "Corrected"),
    ("other", "其他结果", "Other result"),
    ("pending", "尚未审结", "Pending"),
    ("total", "总计", "Total"),
)

SECTION_HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)


def request_key(row: str, column: str) -> str:
    """Return the full key of one cell of table 3."""
    return f"requests.{row}.{column}"


def dispute_key(block: str, result: str) -> str:
    """Return the full key of one cell of table 4."""
    return f"{block}.{result}"


def _cell_labels() -> dict[str, Words]:
    found = {label.key: label.words for label in (*PROACTIVE_2019, *PROACTIVE_2021)}
    for row in (*REQUEST_ROWS_2021, _OTHER_IN_ONE_ROW):
        for column in REQUEST_COLUMNS:
            found[request_key(row.key, column.key)] = Words(
                f"{row.words.zh}·{column.words.zh}", f"{row.words.en} · {column.words.en}"
            )
    for block in DISPUTE_BLOCKS:
        for result in DISPUTE_RESULTS:
            found[dispute_key(block.key, result.key)] = Words(
                f"{block.words.zh}·{result.words.zh}", f"{block.words.en} · {result.words.en}"
            )
    return found


CELL_LABELS = _cell_labels()
"""Full key → how a person names the cell."""
