"""How much of a table our copy holds, with the figures that say so. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reports.model import Cell, Quality, Table, TableName
from reports.reading.collect import LOST
from reports.words import Words

_TITLES = {
    TableName.PROACTIVE: Words("主动公开情况表", "the proactive disclosure table"),
    TableName.REQUESTS: Words("申请办理情况表", "the requests table"),
    TableName.DISPUTES: Words("复议诉讼情况表", "the disputes table"),
}


def table_of(name: TableName, cells: Mapping[str, Cell], homeless: int) -> Table:
    """Judge a table that was found: lost cells make it truncated, figures without a column shifted."""
    lost = [key for key, cell in cells.items() if cell.raw is None]
    if not lost and not homeless:
        return Table(name, Quality.COMPLETE, cells)
    unclear = [key for key in lost if _is_unclear(cells[key])]
    title, held = _TITLES[name], len(cells) - len(lost)
    if 2 * homeless >= len(lost) - len(unclear) and homeless:
        return Table(name, Quality.SHIFTED, cells, _shifted(title, homeless, len(lost)))
    return Table(name, Quality.TRUNCATED, cells, _truncated(title, held, len(cells), len(unclear)))


def _is_unclear(cell: Cell) -> bool:
    return cell.why is not None and cell.why != LOST


def scattered_table(name: TableName, cells: Mapping[str, Cell]) -> Table:
    """Judge a table whose labels are there but no longer in rows: our copy lost it, not the agency."""
    title = _TITLES[name]
    return Table(
        name,
        Quality.TRUNCATED,
        cells,
        Words(
            f"文中有{title.zh}的标签，但行列在文本转换中散开，无法还原各格；请对照原件。",
            f"The labels of {title.en} are in the text, but its rows and columns were lost in the "
            "conversion; look at the original.",
        ),
    )


def attached_table(name: TableName, cells: Mapping[str, Cell], files: int) -> Table:
    """Judge a table that a page with files to download lacks: it may stand in one of them."""
    title = _TITLES[name]
    return Table(
        name,
        Quality.TRUNCATED,
        cells,
        Words(
            f"页面正文没有{title.zh}，但提供了 {files} 个附件，表格可能在附件中；请查看附件。",
            f"The page itself lacks {title.en} but offers {files} file(s), which may hold it; look at them.",
        ),
    )


def missing_table(name: TableName, cells: Mapping[str, Cell], images: int) -> Table:
    """Judge a table that was not found: a picture when the article has pictures, else absent."""
    title = _TITLES[name]
    if images:
        return Table(
            name,
            Quality.IMAGE,
            cells,
            Words(
                f"未找到{title.zh}，正文有 {images} 张图片，表格可能是图片；请查看原件。",
                f"Did not find {title.en}; the article has {images} picture(s), which may hold it. "
                "Look at the original.",
            ),
        )
    return Table(
        name,
        Quality.ABSENT,
        cells,
        Words(
            f"未找到{title.zh}；请核对原件是否含有该表或以附件提供。",
            f"Did not find {title.en}; check whether the original has it or attaches it.",
        ),
    )


def _shifted(title: Words, homeless: int, lost: int) -> Words:
    return Words(
        f"{title.zh}有 {homeless} 个数无法确定所属列，{lost} 格未能读取；请对照原件核对列的位置。",
        f"{homeless} figure(s) of {title.en} could not be given to a column, {lost} cell(s) are "
        "unread; compare the columns with the original.",
    )


def _truncated(title: Words, held: int, total: int, unclear: int) -> Words:
    zh = f"，其中 {unclear} 格不能确定归属" if unclear else ""
    en = f" ({unclear} of the missing cannot be attributed)" if unclear else ""
    return Words(
        f"{title.zh}应有 {total} 格，我们的副本只有 {held} 格{zh}；缺失部分不作判断，请对照原件。",
        f"{title.en[0].upper()}{title.en[1:]} has {total} cells, our copy holds {held}{en}; what is "
        "missing is not judged. Compare with the original.",
    )
