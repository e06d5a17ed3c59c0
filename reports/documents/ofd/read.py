"""OFD to a document: text objects and paths of its pages and their templates, in millimetres. Pure."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from reports.documents.archive import member, member_names, parsed
from reports.documents.ink import Glyph, Rule, Sheet
from reports.documents.model import Document
from reports.documents.ofd.objects import Canvas, TooMuch, children, numbers_of
from reports.documents.paged.document import document_of
from reports.documents.unreadable import damaged, too_large
from reports.words import Words

MAX_PAGES = 300
_MAX_GLYPHS = 200_000
_POINTS = 72 / 25.4
_A4 = (210.0, 297.0)
_LARGEST = 5_000.0


def read(body: bytes) -> Document:
    """Read an OFD. Raises Unreadable for pictures, broken and oversized ones."""
    names = {_plain(name): name for name in member_names(body)}
    package = _Package(body, names)
    entry = package.root("OFD.xml")
    paths = [element.text or "" for element in entry.iter("{*}DocRoot")]
    sheets: list[Sheet] = []
    for path in paths:
        sheets += _document(package, _plain(path), len(sheets))
    if not sheets:
        raise damaged(Words("OFD 缺少页面", "the OFD lacks its pages"))
    title = next((element.text or "" for element in entry.iter("{*}Title")), "")
    return document_of("application/ofd", sheets, title)


@dataclass(slots=True)
class _Package:
    """The archive by the plain names of its members; a part is parsed once."""

    body: bytes
    names: dict[str, str]
    known: dict[str, etree._Element] = field(default_factory=dict)
    glyphs: int = _MAX_GLYPHS

    def root(self, path: str) -> etree._Element:
        """Return the root of a part. Raises Unreadable when it is lost or broken."""
        if path not in self.known:
            if path not in self.names:
                raise damaged(Words("OFD 缺少部件", "the OFD lacks one of its parts"))
            self.known[path] = parsed(member(self.body, self.names[path]))
        return self.known[path]


def _plain(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/").lstrip("/"))


def _beside(path: str, other: str) -> str:
    """Return the path of a part that another one names; one from the root begins with a slash."""
    if other.startswith("/"):
        return _plain(other)
    return _plain(posixpath.join(posixpath.dirname(path), other.replace("\\", "/")))


def _document(package: _Package, path: str, before: int) -> Iterator[Sheet]:
    root = package.root(path)
    common = next(root.iter("{*}CommonData"), None)
    size = _size_of(common) or _A4
    templates = {
        element.get("ID", ""): _beside(path, element.get("BaseLoc", ""))
        for element in root.iter("{*}TemplatePage")
    }
    pages = [element for element in root.iter("{*}Page") if element.get("BaseLoc")]
    if before + len(pages) > MAX_PAGES:
        raise too_large(Words(f"超过 {MAX_PAGES} 页", f"over {MAX_PAGES} pages"))
    for number, element in enumerate(pages, start=before + 1):
        part = _beside(path, element.get("BaseLoc", ""))
        yield _sheet(package, part, templates, number, size)


def _sheet(
    package: _Package,
    path: str,
    templates: dict[str, str],
    number: int,
    size: tuple[float, float],
) -> Sheet:
    root = package.root(path)
    width, height = _size_of(root) or size
    used = [element.get("TemplateID", "") for element in root.iter("{*}Template")]
    grounds = [package.root(templates[name]) for name in used[:8] if name in templates]
    canvas = Canvas(package.glyphs)
    try:
        for layer in _layers((*grounds, root)):
            canvas.draw(layer)
    except TooMuch as error:
        raise too_large(
            Words("文字或图形过多", "more characters or drawings than a report has")
        ) from error
    package.glyphs -= len(canvas.glyphs)
    return Sheet(
        number,
        width * _POINTS,
        height * _POINTS,
        tuple(Glyph(g.text, *_scaled(g.left, g.top, g.right, g.bottom)) for g in canvas.glyphs),
        tuple(Rule(*_scaled(r.left, r.top, r.right, r.bottom)) for r in canvas.rules),
        canvas.images,
    )


def _scaled(*sides: float) -> Iterator[float]:
    return (side * _POINTS for side in sides)


def _layers(roots: Sequence[etree._Element]) -> Iterator[etree._Element]:
    for root in roots:
        for content in children(root, "Content"):
            yield from children(content, "Layer")


def _size_of(root: etree._Element | None) -> tuple[float, float] | None:
    """Return width and height in millimetres that a page or the document states."""
    if root is None:
        return None
    box = next((numbers_of(el.text or "") for el in root.iter("{*}PhysicalBox")), ())
    if len(box) != 4 or not all(0 < side < _LARGEST for side in box[2:]):
        return None
    return box[2], box[3]
