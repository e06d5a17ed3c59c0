"""How much of a table our copy holds, with the figures that say so. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.model import Cell, Quality, Table, TableName
from reports.reading.collect import GONE
from reports.reading.extent import listed_cells
from reports.words import Words

_TITLES = {
    TableName.PROACTIVE: Words("主动公开情况表", "the proactive disclosure table"),
    TableName.REQUESTS: Words("申请办理情况表", "the requests table"),
    TableName.DISPUTES: Words("复议诉讼情况表", "the disputes table"),
}


def table_of(name: TableName, cells: Mapping[str, Cell], homeless: int) -> Table:
    """Judge a table that was found: lost cells make it truncated, figures without a column shifted."""
    concerned = tuple(key for key, cell in cells.items() if cell.raw is None)
    if not concerned and not homeless:
        return Table(name, Quality.COMPLETE, cells)
    unclear = tuple(key for key in concerned if cells[key].why not in GONE)
    gone = tuple(key for key in concerned if cells[key].why in GONE)
    shifted = (homeless and 2 * homeless >= len(gone)) or 2 * len(unclear) >= len(cells)
    quality = Quality.SHIFTED if shifted else Quality.TRUNCATED
    reason = _reason(_TITLES[name], cells, gone, unclear, homeless)
    return Table(name, quality, cells, reason, concerned)


def _reason(
    title: Words,
    cells: Mapping[str, Cell],
    gone: Sequence[str],
    unclear: Sequence[str],
    homeless: int,
) -> Words:
    """Return a sentence that names the rows and columns concerned, with figures."""
    parts = []
    if gone:
        named = listed_cells(gone, cells)
        parts.append(Words(f"缺失 {len(gone)} 格：{named.zh}", f"{len(gone)} missing: {named.en}"))
    if unclear:
        named = listed_cells(unclear, cells)
        zh = f"{len(unclear)} 格不能确定归属：{named.zh}"
        parts.append(Words(zh, f"{len(unclear)} cannot be attributed: {named.en}"))
    if homeless:
        zh = f"另有 {homeless} 个数无法确定所属列"
        parts.append(Words(zh, f"{homeless} figure(s) could not be given to a column"))
    held = len(cells) - len(gone) - len(unclear)
    return Words(
        f"{title.zh}应有 {len(cells)} 格，我们的副本读出 {held} 格；"
        + "；".join(part.zh for part in parts)
        + "。未读出的部分不作判断，请对照原件。",
        f"{title.en[0].upper()}{title.en[1:]} has {len(cells)} cells, {held} were read from our copy; "
        + "; ".join(part.en for part in parts)
        + ". What was not read is not judged; compare with the original.",
    )


def scattered_table(name: TableName, cells: Mapping[str, Cell]) -> Table:
    """Judge a table whose labels are there but no longer in rows: our copy lost it, not the agency."""
    title = _TITLES[name]
    return _without_figures(
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
    return _without_figures(
        name,
        Quality.TRUNCATED,
        cells,
        Words(
            f"页面正文没有{title.zh}，但提供了 {files} 个附件，表格可能在附件中；请查看附件。",
            f"The page itself lacks {title.en} but offers {files} file(s), which may hold it; look at them.",
        ),
    )


def recognised_table(table: Table) -> Table:
    """Return a table that was recognised in a picture: its figures are shown, and judged by nobody."""
    held = sum(cell.value is not None for cell in table.cells.values())
    if not held:
        return table
    title, total = _TITLES[table.name], len(table.cells)
    return replace(
        table,
        quality=Quality.IMAGE,
        reason=Words(
            f"{title.zh}由图片文字识别得到，{total} 格中认出 {held} 个数；可能认错，不作判断，请对照原件。",
            f"{title.en[0].upper()}{title.en[1:]} was recognised in a picture: {held} of {total} figures; "
            "they may be misread and are not judged. Compare with the original.",
        ),
    )


def missing_table(name: TableName, cells: Mapping[str, Cell], images: int) -> Table:
    """Judge a table that was not found: a picture when the article has pictures, else absent."""
    title = _TITLES[name]
    if images:
        return _without_figures(
            name,
            Quality.IMAGE,
            cells,
            Words(
                f"未找到{title.zh}，正文有 {images} 张图片，表格可能是图片；请查看原件。",
                f"Did not find {title.en}; the article has {images} picture(s), which may hold it. "
                "Look at the original.",
            ),
        )
    return _without_figures(
        name,
        Quality.ABSENT,
        cells,
        Words(
            f"未找到{title.zh}；请核对原件是否含有该表或以附件提供。",
            f"Did not find {title.en}; check whether the original has it or attaches it.",
        ),
    )


_CELL_REASONS = {
    Quality.IMAGE: Words(
        "该表可能是图片，数字未能读出", "the table may be a picture, whose figures are unread"
    ),
    Quality.ABSENT: Words("副本中没有这张表", "our copy has no such table"),
    Quality.TRUNCATED: Words(
        "副本正文中没有可还原的这张表", "the text of our copy has no table that could be restored"
    ),
}


def _without_figures(
    name: TableName, quality: Quality, cells: Mapping[str, Cell], reason: Words
) -> Table:
    """Return a table of which nothing was read: every cell says why."""
    why = _CELL_REASONS[quality]
    told = {key: cell._replace(raw=None, value=None, why=why) for key, cell in cells.items()}
    return Table(name, quality, told, reason, tuple(told))
