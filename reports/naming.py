"""How people read the words of the contract: statuses, proofs, verdicts, severities, qualities. Pure.

Keyed by the enumerations' values, so that rows and enumeration members both find their names.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.duties import Duty
from reports.findings import Severity, Verdict
from reports.model import Quality, TableName
from reports.status import Proof, Status
from reports.words import Words

STATUSES: Mapping[str, Words] = {
    Status.MISSING: Words("未见报告", "Missing"),
    Status.UNVERIFIED: Words("尚待核实", "Unverified"),
    Status.LATE: Words("晚于期限", "Late"),
    Status.WITHDRAWN: Words("已撤下", "Withdrawn"),
    Status.AWAITED: Words("等待发布", "Awaited"),
    Status.ON_TIME: Words("按期发布", "On time"),
    Status.EXEMPT: Words("无需发布", "Exempt"),
}

PROOFS: Mapping[str, Words] = {
    Proof.SEEN: Words("期限前见到", "Seen before the deadline"),
    Proof.CLAIMED: Words("依页面日期", "By its own date only"),
    Proof.CONTRADICTED: Words("与页面日期不符", "Its date is contradicted"),
    Proof.NONE: Words("无", "None"),
}

VERDICTS: Mapping[str, Words] = {
    Verdict.CONSISTENT: Words("未发现问题", "Consistent"),
    Verdict.INCONSISTENT: Words("数据不一致", "Inconsistent"),
    Verdict.INCOMPLETE: Words("部分内容无法核对", "Incomplete"),
    Verdict.UNREADABLE: Words("无法读取", "Unreadable"),
}

SEVERITIES: Mapping[str, Words] = {
    Severity.ERROR: Words("错误", "Error"),
    Severity.WARNING: Words("提醒", "Warning"),
    Severity.NOTICE: Words("提示", "Notice"),
}

QUALITIES: Mapping[str, Words] = {
    Quality.COMPLETE: Words("完整", "complete"),
    Quality.TRUNCATED: Words("有缺失", "truncated"),
    Quality.SHIFTED: Words("有错位", "shifted"),
    Quality.IMAGE: Words("为图片", "image"),
    Quality.ABSENT: Words("未见", "absent"),
}

TABLES: Mapping[str, Words] = {
    TableName.PROACTIVE: Words("主动公开", "Proactive disclosure"),
    TableName.REQUESTS: Words("依申请公开", "Requests"),
    TableName.DISPUTES: Words("复议诉讼", "Disputes"),
}

DUTIES: Mapping[str, Words] = {
    Duty.REQUIRED: Words("应公布", "Required"),
    Duty.VOLUNTARY: Words("自愿公开", "Voluntary"),
    Duty.EXEMPT: Words("免予公布", "Exempt"),
    Duty.MERGED: Words("已并入", "Merged"),
    Duty.ABOLISHED: Words("已撤销", "Abolished"),
}

READ_BY_OCR = Words(
    "原件是图片，读出的文字和数字由字符识别得出，可能有误；不据此判定任何问题，请与原件核对。",
    "The original is a picture: text and figures were recognised by a machine and may be wrong. "
    "Nothing is judged by them; compare with the original.",
)
