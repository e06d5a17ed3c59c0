"""Which blocks of a page are the article: what the section headings and tables have around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from reports.documents.flow import Piece
from reports.documents.model import Paragraph
from reports.forms.headings import read_heading
from reports.text import squeeze

_TABLE_WORDS = ("第二十条第", "申请人情况", "结果维持", "信息内容")
_TAIL = re.compile(
    r"^(?:上一[篇条]|下一[篇条]|【?打印|【?关闭|分享到?[::]?|版权所有|主办单位|主办[::]|承办|网站标识码|"
    r"扫一扫|相关(?:链接|阅读|信息|文档)|责任编辑|\[?字体|附件(?:下载)?[::\d]|返回顶部|浏览次数|网站地图|"
    r"联系我们|.{0,12}ICP备|.{0,6}公网安备)"
)
_LONGEST_TAIL = 80


@dataclass(frozen=True, slots=True)
class Article:
    """The blocks of the article, those before and after it, and the element that holds it."""

    holder: etree._Element
    before: tuple[Piece, ...]
    inside: tuple[Piece, ...]
    after: tuple[Piece, ...]


def find_article(found: Sequence[Piece], root: etree._Element) -> Article:
    """Return the smallest part of the page with all section headings and statutory tables in it.

    With fewer than two such marks the whole page is the article.
    """
    marks = [piece for piece in found if _is_mark(piece)]
    holder = _common(marks) if len(marks) > 1 else root
    within = set(holder.iter())
    # The subtree is one run in reading order.
    numbers = [n for n, piece in enumerate(found) if piece.holder in within]
    first, last = (numbers[0], numbers[-1] + 1) if numbers else (0, 0)
    end = first + _end_of(found[first:last])
    return Article(holder, tuple(found[:first]), tuple(found[first:end]), tuple(found[end:]))


def _is_mark(piece: Piece) -> bool:
    if isinstance(piece.block, Paragraph):
        heading = read_heading(piece.block.text)
        return heading is not None and heading.number is not None
    head = "".join(squeeze(cell.text[:40]) for row in piece.block.rows[:3] for cell in row[:12])
    return any(word in head for word in _TABLE_WORDS)


def _common(marks: Sequence[Piece]) -> etree._Element:
    """Return the deepest element that holds every mark."""
    path = _path(marks[0].holder)
    for mark in marks[1:]:
        other = _path(mark.holder)
        depth = 0
        while depth < min(len(path), len(other)) and path[depth] is other[depth]:
            depth += 1
        path = path[:depth]
    return path[-1]


def _path(element: etree._Element) -> list[etree._Element]:
    return [*reversed(list(element.iterancestors())), element]


def _end_of(inside: Sequence[Piece]) -> int:
    """Return where the furniture after the text begins, looking only behind the last mark."""
    last = max((n for n, piece in enumerate(inside) if _is_mark(piece)), default=len(inside))
    for number in range(last + 1, len(inside)):
        block = inside[number].block
        if not isinstance(block, Paragraph):
            continue
        text = squeeze(block.text[:_LONGEST_TAIL])
        if len(block.text) < _LONGEST_TAIL and _TAIL.match(text):
            return number
    return len(inside)
