"""DOCX to blocks: lxml on the zip, with limits on members, bytes and depth. Pure."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from reports.documents.model import Block, Document, Grid, GridCell, Paragraph
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.documents.unreadable import damaged, empty, too_large, unsupported
from reports.text import one_line
from reports.words import Words

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAIN = "word/document.xml"
_MAX_MEMBERS = 2_000
_MAX_XML = 33_554_432
_MAX_ELEMENTS = 600_000
_MAX_SPAN = 1_000
_DIGITS = re.compile(r"[0-9]{1,6}")
# What a zip holds tells what it is; the name of the file does not.
_OTHERS = (
    ("OFD.xml", "OFD"),
    ("xl/workbook.xml", "XLSX"),
    ("ppt/presentation.xml", "PPTX"),
    ("content.xml", "ODT/ODS"),
)
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "fldData", "delText", "pPr", "rPr", "tblPr"})


def read_zip(body: bytes) -> Document:
    """Read a DOCX. Raises Unreadable for any other archive, a broken or an oversized one."""
    root = _parsed(_main_part(body))
    content = root.find(f"{_W}body")
    if content is None:
        raise damaged(Words("DOCX 没有正文", "the DOCX has no body"))
    blocks = tuple(_flow(content))
    if not blocks:
        raise empty()
    pictures = sum(1 for el in root.iter("{*}blip", "{*}imagedata"))
    return Document(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        None,
        _titles(content),
        blocks,
        images=pictures,
    )


def _main_part(body: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _checked_part(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
        KeyError,
        IndexError,
    ) as error:
        # zipfile lets all of these out for broken, encrypted or exotic archives.
        raise damaged(
            Words("压缩包不完整或已加密", "the archive is incomplete or encrypted")
        ) from error


def _checked_part(archive: zipfile.ZipFile) -> bytes:
    names = archive.namelist()
    if len(names) > _MAX_MEMBERS:
        raise too_large(
            Words(f"压缩包超过 {_MAX_MEMBERS} 个文件", f"an archive of over {_MAX_MEMBERS} members")
        )
    if _MAIN not in names:
        known = set(names)
        raise unsupported(next((kind for name, kind in _OTHERS if name in known), "ZIP archive"))
    with archive.open(_MAIN) as member:
        # The declared size may lie: read at most one byte beyond the limit.
        part = member.read(_MAX_XML + 1)
    if len(part) > _MAX_XML:
        raise too_large(Words(f"解压后超过 {_MAX_XML} 字节", f"over {_MAX_XML} bytes unpacked"))
    return part


def _parsed(part: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if part.count(b"<") > 2 * _MAX_ELEMENTS:
        raise too_large(Words(f"超过 {_MAX_ELEMENTS} 个元素", f"over {_MAX_ELEMENTS} elements"))
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise damaged(Words("DOCX 含有不允许的实体声明", "the DOCX declares entities"))
    if _STRICT[1:-1].encode() in part:
        part = part.replace(_STRICT[1:-1].encode(), _W[1:-1].encode())
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(Words("DOCX 正文不是有效的 XML", "the DOCX body is not valid XML")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        # An encoding other than UTF-8 hides the declaration from the search above.
        raise damaged(Words("DOCX 含有不允许的实体声明", "the DOCX declares entities"))
    return root


def _flow(container: etree._Element) -> Iterator[Block]:
    """Yield the blocks below an element; tables that hold tables or prose are walked through."""
    for child in container:
        if child.tag == f"{_W}p":
            lines = map(one_line, _text(child).split("\n"))
            yield from (Paragraph(line) for line in lines if line)
        elif child.tag == f"{_W}tbl":
            yield from _flow(child) if _is_layout(child) else _grid(child)
        elif child.tag in _THROUGH:
            yield from _flow(child)


_THROUGH = frozenset(
    f"{_W}{name}"
    for name in ("tr", "tc", "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)


def _is_layout(table: etree._Element) -> bool:
    if next(table.iterdescendants(f"{_W}tbl"), None) is not None:
        return True
    return all(len(row.findall(f"{_W}tc")) <= 1 for row in table.iterfind(f"{_W}tr"))


def _text(element: etree._Element) -> str:
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start",))
    for _, node in walk:
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name in _SKIPPED or name == "txbxContent":
            walk.skip_subtree()
        elif name == "t":
            pieces.append(node.text or "")
        elif name in {"br", "cr"}:
            pieces.append("\n")
        elif name == "tab":
            pieces.append(" ")
        elif name == "p" and node is not element and pieces:
            pieces.append("\n")
    return "".join(pieces)


def _grid(table: etree._Element) -> Iterator[Block]:
    rows: list[tuple[GridCell, ...]] = []
    slots = 0
    for element in table.iter(f"{_W}tr"):
        row = _row(element, len(rows), rows[-1] if rows else ())
        slots += len(row)
        if slots > MAX_SLOTS:
            raise grid_too_large()
        rows.append(row)
    if any(cell.text for row in rows for cell in row):
        yield Grid(tuple(rows))


def _row(element: etree._Element, number: int, above: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    line = [GridCell("", number, column) for column in range(_before(element))]
    for cell in element.iter(f"{_W}tc"):
        properties = cell.find(f"{_W}tcPr")
        merge = None if properties is None else properties.find(f"{_W}vMerge")
        continues = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        column = len(line)
        origin = GridCell(one_line(_text(cell)), number, column)
        if continues and column < len(above):
            origin = above[column]
        span = 1 if properties is None else _number(properties.find(f"{_W}gridSpan"), 1)
        line.extend([origin] * span)
        if len(line) > MAX_SLOTS:
            raise grid_too_large()
    return tuple(line)


def _before(row: etree._Element) -> int:
    return _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)


def _number(element: etree._Element | None, default: int) -> int:
    raw = "" if element is None else element.get(f"{_W}val", "")
    return max(default, min(int(raw), _MAX_SPAN)) if _DIGITS.fullmatch(raw) else default


def _titles(content: etree._Element) -> tuple[str, ...]:
    """Return the paragraphs in a Title style; most reports have none and begin with plain text."""
    found: list[str] = []
    for style in content.iterfind(f"{_W}p/{_W}pPr/{_W}pStyle"):
        paragraph = style.getparent()
        owner = None if paragraph is None else paragraph.getparent()
        if owner is not None and style.get(f"{_W}val", "").lower() in {"title", "标题"}:
            found.append(one_line(_text(owner)))
    return tuple(text for text in found[:5] if text)
