"""HTML to a document: titles, printed date, attachments, and the blocks of the article. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from lxml import etree, html

from reports.documents.article import Article, find_article
from reports.documents.dates import date_of, shown_date
from reports.documents.flow import Piece, pieces
from reports.documents.model import Attachment, Document, Paragraph
from reports.documents.unreadable import damaged, empty, too_large
from reports.text import one_line
from reports.titles import TitleReading, read_title
from reports.words import Words

_MAX_TAGS = 300_000
_MAX_TITLE = 300
_MAX_ATTACHMENTS = 50
_MAX_HREF = 2_000
_FILE = re.compile(r"\.(?:docx?|pdf|wps|ofd|rtf|xlsx?|zip)$", re.I)
_DATE_METAS = ("pubdate", "publishdate", "publishtime", "article:published_time")
_HEAD_BLOCKS = 6
_LINES_ABOVE = 12
# Pages put together from parts close themselves more than once; all after the first end would be lost.
_END = re.compile(r"</(?:html|body)\s*>", re.I)
_ICON = re.compile(r"\s*[0-9]{1,2}(?:px)?\s*")


def read_html(text: str, charset: str) -> Document:
    """Read a page. Raises Unreadable when it is empty, broken or beyond the limits."""
    root = _parsed(text)
    article = find_article(pieces(root), root)
    titles = _titles(root, article)
    images = sum(1 for image in article.holder.iter("img") if not _is_icon(image))
    if not (article.inside or titles or images):
        raise empty()
    return Document(
        "text/html",
        charset,
        titles,
        tuple(piece.block for piece in article.inside),
        published_on=_published_on(root, article),
        attachments=tuple(_attachments(root)),
        images=images,
    )


def _parsed(text: str) -> etree._Element:
    if text.count("<") > _MAX_TAGS:
        raise too_large(Words(f"超过 {_MAX_TAGS} 个标签", f"more than {_MAX_TAGS} tags"))
    # Old Word exports leave hundreds of elements open: 256 levels, the default, is too few.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(
            _END.sub("", text).encode("utf-8", "replace"), parser=parser
        )
    except (etree.LxmlError, ValueError) as error:
        raise empty() from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise damaged(Words("标签嵌套过深", "tags are nested too deeply"))
    return root


def _titles(root: etree._Element, article: Article) -> tuple[str, ...]:
    found = [_meta(root, ("articletitle",))]
    found += [_inner(element) for element in root.iter("h1", "h2")]
    found += [_inner(element) for element in root.iter("title")]
    found += _line_above(article)
    # A "title" that long is an article in a heading tag.
    return tuple(dict.fromkeys(text for text in found if 0 < len(text) <= _MAX_TITLE))[:12]


def _line_above(article: Article) -> list[str]:
    """Return the nearest line above the article that reads as a title: not every page tags its own."""
    above = [piece.block.text for piece in article.before if isinstance(piece.block, Paragraph)]
    lines = (text for text in reversed(above[-_LINES_ABOVE:]) if len(text) <= _MAX_TITLE)
    return [text for text in lines if _names_a_report(read_title(text))][:1]


def _names_a_report(reading: TitleReading) -> bool:
    """Say whether the line is a title of its own; names of columns have neither unit nor year."""
    return reading.refusal is None and bool(reading.unit) and reading.year is not None


def _inner(element: etree._Element) -> str:
    return one_line(" ".join(str(text) for text in element.itertext()))


def _meta(root: etree._Element, names: Sequence[str]) -> str:
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or ""
        if name.strip().lower() in names:
            return one_line(element.get("content") or "")
    return ""


def _published_on(root: etree._Element, article: Article) -> date | None:
    stated = date_of(_meta(root, _DATE_METAS))
    if stated is not None:
        return stated
    places = (*article.before, *article.after, *article.inside[:_HEAD_BLOCKS])
    return shown_date(" ".join(text for piece in places for text in _short_texts(piece)))


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


def _attachments(root: etree._Element) -> Iterator[Attachment]:
    seen: set[str] = set()
    for element in root.iter("a"):
        href = (element.get("href") or "").strip()
        path = href.split("#")[0].split("?")[0]
        text = _inner(element)[:_MAX_TITLE]
        named = _FILE.search(path) or (href and _FILE.search(text))
        if not named or href in seen or len(href) > _MAX_HREF or _is_script(href):
            continue
        seen.add(href)
        yield Attachment(href, text)
        if len(seen) == _MAX_ATTACHMENTS:
            return


def _is_script(href: str) -> bool:
    return href.lower().startswith(("javascript:", "data:", "vbscript:", "mailto:", "#"))


def _is_icon(image: etree._Element) -> bool:
    return any(_ICON.fullmatch(image.get(side) or "") for side in ("width", "height"))
