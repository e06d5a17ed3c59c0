"""Table 4: the blocks and the results of each. Pure."""

from __future__ import annotations

from reports.forms.matching import matcher

_LONGEST_LABEL = 20
TELLING = frozenset({"upheld", "corrected", "pending"})
"""The results that head no other table."""


block_of = matcher(lambda form: form.dispute_blocks, _LONGEST_LABEL)
"""The key of the block that a header cell names; 行政诉讼 above two of them is none."""

result_of = matcher(lambda form: form.dispute_results, _LONGEST_LABEL)
"""The key of the result that a header cell names."""


def is_telling(result: str | None) -> bool:
    """Say whether a result word belongs to table 4 alone; 总计 and 其他 head other tables too."""
    return result in TELLING
