"""The names of the statuses and proofs as people read them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reports.status import Proof, Status
from reports.words import Words

STATUS_NAMES: Mapping[Status, Words] = {
    Status.AWAITED: Words("待发布", "awaited"),
    Status.ON_TIME: Words("按期", "on time"),
    Status.LATE: Words("晚于期限", "late"),
    Status.MISSING: Words("未见报告", "missing"),
    Status.UNVERIFIED: Words("尚不能判定", "unverified"),
    Status.WITHDRAWN: Words("已撤下", "withdrawn"),
    Status.EXEMPT: Words("无需发布", "exempt"),
}

PROOF_NAMES: Mapping[Proof, Words] = {
    Proof.SEEN: Words("期限前已见到", "seen before the deadline"),
    Proof.CLAIMED: Words("仅据页面日期", "claimed by its own date only"),
    Proof.CONTRADICTED: Words("页面日期与查看记录不符", "its date is contradicted by our looks"),
    Proof.NONE: Words("无", "none"),
}
