"""The form of 国办公开办函〔2019〕60号, for report years 2019 and 2020. Pure data.

Table 2 has other columns than from 2021 on; in table 3 （六） is one row; table 4 is the same.
"""

from __future__ import annotations

from dataclasses import replace

from reports.forms.form import Label, labels
from reports.forms.form_2021 import FORM as FORM_2021
from reports.words import Words

_OTHER_IN_ONE_ROW = Label("other", Words("（六）其他处理", "(6) Other"), r"^其他处理")
_THREE_ROWS = ("other.no_correction", "other.fee_unpaid", "other.other")


def _request_rows() -> tuple[Label, ...]:
    rows = [row for row in FORM_2021.request_rows if row.key not in _THREE_ROWS]
    before_the_sum = next(n for n, row in enumerate(rows) if row.key == "handled_total")
    return (*rows[:before_the_sum], _OTHER_IN_ONE_ROW, *rows[before_the_sum:])


def _proactive() -> tuple[Label, ...]:
    made = (
        ("made", "本年新制作数量", "newly made"),
        ("disclosed", "本年新公开数量", "newly disclosed"),
        ("total", "对外公开总数量", "disclosed in total"),
    )
    items = (
        ("previous", "上一年项目数量", "items last year"),
        ("change", "本年增/减", "change"),
        ("decisions", "处理决定数量", "decisions"),
    )
    blocks = (
        ("regulations", "规章", "Regulations", made),
        ("normative_documents", "规范性文件", "Normative documents", made),
        ("licensing", "行政许可", "Licensing", items),
        ("other_services", "其他对外管理服务事项", "Other services", items),
        ("penalties", "行政处罚", "Penalties", items),
        ("coercion", "行政强制", "Coercive measures", items),
        ("fees", "行政事业性收费", "Fees", items[:2]),
        (
            "procurement",
            "政府集中采购",
            "Procurement",
            (("items", "采购项目数量", "items"), ("amount", "采购总金额", "amount")),
        ),
    )
    return labels(
        *(
            (f"{subject}.{measure}", f"{zh} {m_zh}", f"{en}: {m_en}")
            for subject, zh, en, measures in blocks
            for measure, m_zh, m_en in measures
        )
    )


FORM = replace(
    FORM_2021,
    name="2019",
    basis=Words("国办公开办函〔2019〕60号格式", "form 国办公开办函〔2019〕60号"),
    first_year=2019,
    last_year=2020,
    proactive=_proactive(),
    subjects=(
        *FORM_2021.subjects,
        *labels(
            (
                "other_services",
                "其他对外管理服务事项",
                "Other services",
                r"^其他对外管理服务事项$",
            ),
            ("procurement", "政府集中采购", "Procurement", r"^政府集中采购$"),
        ),
    ),
    measures=labels(
        ("made", "本年新制作数量", "Newly made", r"新制作"),
        ("disclosed", "本年新公开数量", "Newly disclosed", r"新公开"),
        ("total", "对外公开总数量", "Disclosed in total", r"对外公开总"),
        ("previous", "上一年项目数量", "Items last year", r"上一?年度?项目"),
        ("change", "本年增/减", "Change", r"^(?:本年度?)?增/?减"),
        ("decisions", "处理决定数量", "Decisions", r"^处理决定"),
        ("items", "采购项目数量", "Items", r"采购项目"),
        ("amount", "采购总金额", "Amount", r"采购总金额"),
    ),
    request_rows=_request_rows(),
)
