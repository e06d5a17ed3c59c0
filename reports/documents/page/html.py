"""HTML to a document: titles, printed date, attachments, and the blocks of the article. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape

from lxml import etree

from reports.dates import date_of, shown_date
from reports.documents.model import Document, Paragraph
from reports.documents.page.article import Article, find_article
from reports.documents.page.cleaning import chosen_element, clean, open_fields
from reports.documents.page.flow import Piece, blocks_of, pieces
from reports.documents.page.links import attachments_of, framed
from reports.documents.unreadable import damaged, empty, too_large
from reports.text import one_line
from reports.titles import TitleReading, read_title
from reports.words import Words

_MAX_TAGS = 300_000
_MAX_TITLE = 300
_TITLE_META = ("articletitle",)
_DATE_METAS = ("pubdate", "publishdate", "publishtime", "article:published_time")
_KEPT_METAS = frozenset(
    {
        *("sitename", "sitedomain", "siteidcode", "columnname", "columntype"),
        *("articletitle", "pubdate", "contentsource", "source", "author"),
    }
)
_LONGEST_META = 300
_HEAD_BLOCKS = 6
_LINES_ABOVE = 12
# Pages put together from parts close themselves more than once; all after the first end would be lost.
_END = re.compile(r"</(?:html|HTML|Html|body|BODY|Body)\s*>")
_ICON = re.compile(r"\s*[0-9]{1,2}(?:px)?\s*")
# A report whose every tag was escaped shows its tags as text.
_ESCAPED_TAGS = re.compile(r"&(?:amp;)?lt;/(?:p|td|div|span)&(?:amp;)?gt;", re.I)
_FEWEST_MARKS = 2


def read_html(text: str, charset: str, *, within: str | None = None) -> Document:
    """Read a page. Raises Unreadable when it is empty, broken or beyond the limits.

    ``within`` is a site's own word on where the article stands: ``#id``, ``.class`` or a tag with one of
    them. One that fits nothing is passed over.
    """
    page = _Page(text, within)
    if page.article.marks < _FEWEST_MARKS and _ESCAPED_TAGS.search(text):
        opened = _Page(unescape(unescape(text)), within)
        page = opened if opened.article.marks > page.article.marks else page
    return page.document(charset)


class _Page:
    """A page taken apart: its tree without what is not shown, and the article in it."""

    def __init__(self, text: str, within: str | None) -> None:
        self.root = _parsed(text)
        self.attachments = tuple(attachments_of(self.root))
        self.frames = tuple(framed(self.root))
        self.metas = _metas(self.root)
        element = chosen_element(self.root, within)
        if element is not None:
            # An inline tag would be taken out with the others.
            element.tag = "div"
        clean(self.root, text)
        found, top = pieces(self.root)
        self.article = find_article(found, top, element)

    def document(self, charset: str) -> Document:
        """Return the document. Raises Unreadable when the page shows nothing."""
        titles = self._titles()
        images = sum(1 for image in self.article.holder.iter("img") if not _is_icon(image))
        found = self.attachments or (() if self.article.marks >= _FEWEST_MARKS else self.frames)
        if not (self.article.inside or titles or images or found):
            raise empty()
        printed_on = self._printed_on()
        return Document(
            "text/html",
            charset,
            titles,
            tuple(blocks_of(self.article.inside)),
            published_on=date_of(self._meta(_DATE_METAS)) or printed_on,
            attachments=found,
            images=images,
            metas=self._kept_metas(),
            printed_on=printed_on,
        )

    def _titles(self) -> tuple[str, ...]:
        found = [self._meta(_TITLE_META)]
        found += [_inner(element) for element in self.root.iter("h1", "h2")]
        found += [_inner(element) for element in self.root.iter("title")]
        found += _line_above(self.article)
        # A "title" that long is an article in a heading tag.
        return tuple(dict.fromkeys(text for text in found if 0 < len(text) <= _MAX_TITLE))[:12]

    def _meta(self, names: Sequence[str]) -> str:
        return next((content for name, content in self.metas if name in names), "")

    def _kept_metas(self) -> dict[str, str]:
        """Return the known tags of the page; of a tag that comes twice, the first that says anything."""
        kept: dict[str, str] = {}
        for name, content in self.metas:
            if content and name in _KEPT_METAS:
                kept.setdefault(name, content[:_LONGEST_META])
        return kept

    def _printed_on(self) -> date | None:
        article = self.article
        places = (*article.before, *article.after, *article.inside[:_HEAD_BLOCKS])
        return shown_date(" ".join(text for piece in places for text in _short_texts(piece)))


def _parsed(text: str) -> etree._Element:
    if text.count("<") + text.count("&lt;") > _MAX_TAGS:
        raise too_large(Words(f"超过 {_MAX_TAGS} 个标签", f"more than {_MAX_TAGS} tags"))
    # Old Word exports leave hundreds of elements open: 256 levels, the default, is too few.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = etree.fromstring(_END.sub("", text).encode("utf-8", "replace"), parser)
        if root is None:
            raise empty()
        if any("depth" in entry.message for entry in parser.error_log):
            raise damaged(Words("标签嵌套过深", "tags are nested too deeply"))
        open_fields(root, parser)
    except (etree.LxmlError, ValueError) as error:
        raise empty() from error
    return root


def _metas(root: etree._Element) -> list[tuple[str, str]]:
    return [
        (
            (element.get("name") or element.get("property") or "").strip().lower(),
            one_line(element.get("content") or ""),
        )
        for element in root.iter("meta")
    ]


def _line_above(article: Article) -> list[str]:
    """Return the nearest line above the article that reads as a title: not every page tags its own."""
    above = [piece.block.text for piece in article.before if isinstance(piece.block, Paragraph)]
    lines = (text for text in reversed(above[-_LINES_ABOVE:]) if len(text) <= _MAX_TITLE)
    nearest = next((t for t in lines if "报" in t and _names_a_report(read_title(t))), None)
    return [nearest] if nearest else []


def _names_a_report(reading: TitleReading) -> bool:
    """Say whether the line is a title of its own; names of columns have neither unit nor year."""
    return reading.refusal is None and bool(reading.unit) and reading.year is not None


def _inner(element: etree._Element) -> str:
    return one_line(" ".join(map(str, element.itertext())))


def _short_texts(piece: Piece) -> Iterator[str]:
    if isinstance(piece.block, Paragraph):
        texts = [piece.block.text]
    else:
        texts = [
            cell.text
            for r, row in enumerate(piece.block.rows)
            for c, cell in enumerate(row)
            if cell.is_origin(r, c)
        ]
    yield from (text for text in texts if len(text) < 300)


def _is_icon(image: etree._Element) -> bool:
    return any(_ICON.fullmatch(image.get(side) or "") for side in ("width", "height"))
