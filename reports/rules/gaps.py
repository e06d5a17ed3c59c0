"""Sentences for what cannot be assessed: which cells are lost, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reports.cells import CELL_LABELS
from reports.model import AnnualReport, Quality, Table, TableName
from reports.rules.subject import table_of
from reports.words import Words

TABLE_WORDS = {
    TableName.PROACTIVE: Words("第二表", "Table 2"),
    TableName.REQUESTS: Words("第三表", "Table 3"),
    TableName.DISPUTES: Words("第四表", "Table 4"),
}
"""Table → its short name; the number is that of the section that holds it."""

NO_IDENTITY = Words("没有给出应报单位，无法核对。", "The agency that is due was not given.")
NO_PAGE = Words(
    "没有给出发布报告的网页，无法核对。", "The page that shows the report was not given."
)
NO_TIMELINESS = Words(
    "没有给出该单位的类别、期限和发现时间，无法判断是否按期公布。",
    "The agency's kind, its deadline and the time of first sight were not given, so timeliness cannot "
    "be judged.",
)
NO_LISTING = Words(
    "没有给出公开栏目中的列表，无法核对。", "The list of the disclosure column was not given."
)
NO_REVISION = Words(
    "没有给出报告此前的版本，无法核对。", "No earlier version of the report was given."
)
NO_REGION = Words(
    "没有给出单位的六位区划代码，无法核对。",
    "The agency's division code of six digits was not given.",
)
NO_PLACES = Words(
    "没有给出地名对照表，无法核对。", "No names of places were given to compare with."
)

_NAMED_CELLS = 3

_UNUSABLE = {
    Quality.IMAGE: Words(
        "{zh}是图片，读不出数字，请对照原件",
        "{en} is a picture whose figures cannot be read; see the original",
    ),
    Quality.ABSENT: Words(
        "所得文本中没有{zh}，请对照原件", "{en} is not in the text that we have; see the original"
    ),
}

RECOGNISED = Words(
    "本报告是图片，文字由字符识别得出，可能有误，不据此判定任何问题；请人工与原件核对。",
    "The report is a picture; its characters were recognised and may be misread, so nothing is judged "
    "from them. Compare with the original by hand.",
)

YEAR_UNKNOWN = Words(
    "报告年度不明，无法确定应当适用的格式；请指定年度",
    "The report year is unknown, so the form that applies is too; please state the year",
)


def unusable(table: Table) -> Words | None:
    """Return why nothing can be said of a table as a whole, None when it has cells to look at."""
    pattern = _UNUSABLE.get(table.quality)
    if pattern is None:
        return _scattered(table)
    name = TABLE_WORDS[table.name]
    return _with_reason(
        Words(pattern.zh.format(zh=name.zh), pattern.en.format(en=name.en)), table.reason
    )


def _scattered(table: Table) -> Words | None:
    """Return why a table of which not one cell was read says nothing, None when some were."""
    if any(cell.raw is not None for cell in table.cells.values()):
        return None
    name = TABLE_WORDS[table.name]
    words = Words(
        f"{name.zh}在所得文本中没有一格可读", f"not one cell of {name.en} is readable in our copy"
    )
    return _with_reason(words, table.reason)


def displaced(table: Table) -> Words:
    """Return why a difference in a shifted table proves nothing."""
    name = TABLE_WORDS[table.name]
    words = Words(
        f"{name.zh}在所得文本中列位有错动，差异可能来自文本转换，不作判定，请对照原件",
        f"The columns of {name.en} are displaced in the text that we have; the difference may come "
        "from the conversion and is not judged; see the original",
    )
    return _with_reason(words, table.reason)


def lost(report: AnnualReport, keys: Sequence[str]) -> Words:
    """Return which cells hold no figure, and why, as far as the reader could tell."""
    tables = tuple(dict.fromkeys(table_of(key) for key in keys))
    table = report.tables.get(tables[0])
    names = _names(keys)
    where = TABLE_WORDS[tables[0]]
    why = _nature(report, keys)
    words = Words(
        f"{where.zh}缺少可用的数字：{names.zh}（{why.zh}）",
        f"{where.en} gives no usable figure for {names.en} ({why.en})",
    )
    return _with_reason(words, None if table is None else table.reason)


def _names(keys: Sequence[str]) -> Words:
    labels = [CELL_LABELS.get(key, Words(key, key)) for key in keys[:_NAMED_CELLS]]
    zh = "；".join(label.zh for label in labels)
    en = "; ".join(label.en for label in labels)
    if len(keys) > _NAMED_CELLS:
        return Words(f"{zh}等 {len(keys)} 格", f"{en} and {len(keys) - _NAMED_CELLS} more")
    return Words(zh, en)


def _nature(report: AnnualReport, keys: Sequence[str]) -> Words:
    raws = [report.cell(key).raw for key in keys]
    if all(raw is None for raw in raws):
        return Words("所得文本中没有这些格", "not in the text that we have")
    if any(raw is None for raw in raws):
        return Words(
            "部分格不在所得文本中，其余未填数字",
            "some are not in the text, the rest hold no number",
        )
    return Words(
        "原文为空白、“/”或文字，不按 0 计", "left blank, “/” or words in the source; not taken as 0"
    )


def _with_reason(words: Words, reason: Words | None) -> Words:
    if reason is None:
        return Words(f"{words.zh}。", f"{words.en}.")
    zh, en = reason.zh.rstrip("。"), reason.en.rstrip(".")
    return Words(f"{words.zh}。{zh}。", f"{words.en}. {en}.")
