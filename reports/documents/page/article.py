"""Which blocks of a page are the article: what the section headings and tables have around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from reports.documents.model import Paragraph
from reports.documents.page.flow import Holder, Piece
from reports.forms.headings import read_heading
from reports.text import squeeze

_TABLE_WORDS = ("第二十条第", "申请人情况", "结果维持", "信息内容")
_TAIL = re.compile(
    r"^(?:上一[篇条页]|下一[篇条页]|[【\[]?(?:我要)?(?:打印|关闭|收藏|纠错)|[【\[]字[体号]|分享(?:到|至|$|[::])|"
    r"(?:微信)?扫一扫|用?手机扫|扫码|版权所有|主办(?:单位)?[::]|主办单位|承办|网站标识码|网站声明|技术支持|"
    r"政府网站标识码|相关(?:链接|阅读|信息|文档|文章|附件)|(?:责任)?编辑[::]|责任编辑|\[?字体|附件(?:下载)?[::\d]|"
    r"返回顶部|(?:浏览|点击|访问|阅读)(?:次数|量|数)|您是第|网站地图|关于我们|联系我们|Copyright|©|"
    r".{0,12}ICP备|.{0,6}公网安备)",
    re.I,
)
_LONGEST_TAIL = 80
_FEWEST_CONTENTS = 4


@dataclass(frozen=True, slots=True)
class Article:
    """The blocks of the article, those before and after it, and the element that holds it.

    ``marks`` counts the section headings and statutory tables that showed where it is.
    """

    holder: etree._Element
    before: tuple[Piece, ...]
    inside: tuple[Piece, ...]
    after: tuple[Piece, ...]
    marks: int


def find_article(
    found: Sequence[Piece], top: Holder, within: etree._Element | None = None
) -> Article:
    """Return the smallest part of the page with all section headings and statutory tables in it.

    With fewer than two such marks the whole page is the article. ``within`` is the element that the
    site's settings name; one without any text is passed over.
    """
    marks = _marks(found)
    holder = _named(found, within) or (_common(found, marks) if len(marks) > 1 else top)
    last_mark = max((n for n in marks if holder.first <= n < holder.last), default=holder.last)
    end = _end_of(found, last_mark + 1, holder.last)
    return Article(
        holder.element,
        tuple(found[: holder.first]),
        tuple(found[holder.first : end]),
        tuple(found[end:]),
        len(marks),
    )


def _named(found: Sequence[Piece], within: etree._Element | None) -> Holder | None:
    """Return the holder of the element that the site's settings name."""
    for piece in found if within is not None else ():
        holder: Holder | None = piece.holder
        while holder is not None:
            if holder.element is within:
                return holder
            holder = holder.above
    return None


def _marks(found: Sequence[Piece]) -> list[int]:
    """Return where the marks are, without a table of contents: headings in a row that come again."""
    numbers: dict[int, int | None] = {}
    for position, piece in enumerate(found):
        if isinstance(piece.block, Paragraph):
            heading = read_heading(piece.block.text)
            if heading is not None and heading.number is not None:
                numbers[position] = heading.number
        elif _is_statutory(piece):
            numbers[position] = None
    contents = _contents(numbers)
    return [n for n in numbers if n not in contents]


def _contents(numbers: dict[int, int | None]) -> set[int]:
    run: list[int] = []
    for position, number in numbers.items():
        if number is None or (run and position != run[-1] + 1):
            break
        run.append(position)
    later = {number for position, number in numbers.items() if position > (run or [-1])[-1]}
    is_list = len(run) >= _FEWEST_CONTENTS and {numbers[n] for n in run} <= later
    return set(run) if is_list else set()


def _is_statutory(piece: Piece) -> bool:
    if isinstance(piece.block, Paragraph):
        return False
    head = squeeze("".join(cell.text[:40] for row in piece.block.rows[:3] for cell in row[:12]))
    return any(word in head for word in _TABLE_WORDS)


def _common(found: Sequence[Piece], marks: Sequence[int]) -> Holder:
    """Return the deepest element that holds every mark."""
    common = found[marks[0]].holder
    for mark in marks[1:]:
        other = found[mark].holder
        while other is not common:
            if other.above is not None and other.depth >= common.depth:
                other = other.above
            elif common.above is not None:
                common = common.above
    return common


def _end_of(found: Sequence[Piece], start: int, end: int) -> int:
    """Return where the furniture after the text begins, looking only behind the last mark."""
    for number in range(start, end):
        block = found[number].block
        if not isinstance(block, Paragraph) or len(block.text) >= _LONGEST_TAIL:
            continue
        if _TAIL.match(squeeze(block.text)):
            return number
    return end
