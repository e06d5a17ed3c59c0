"""Names that many modules know the cells by. Pure."""

from __future__ import annotations

from reports.forms.catalogue import CELL_LABELS, FORM_2019, FORM_2021
from reports.forms.form import Label, dispute_key, request_key

REQUEST_COLUMNS = FORM_2021.request_columns
REQUEST_ROWS_2021 = FORM_2021.request_rows
REQUEST_ROWS_2019 = FORM_2019.request_rows
PROACTIVE_2021 = FORM_2021.proactive
PROACTIVE_2019 = FORM_2019.proactive
DISPUTE_BLOCKS = FORM_2021.dispute_blocks
DISPUTE_RESULTS = FORM_2021.dispute_results
SECTION_HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)

__all__ = ["CELL_LABELS", "Label", "dispute_key", "request_key"]
