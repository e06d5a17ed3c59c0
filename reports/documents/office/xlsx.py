"""XLSX and ET in its form to blocks: lxml on the zip, every sheet that is shown. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from reports.documents.archive import member, member_names, parsed
from reports.documents.model import Document, Unreadable
from reports.documents.office.workbook import SheetCells, sheet_blocks, shown_number
from reports.documents.spans import MAX_SLOTS, grid_too_large
from reports.documents.unreadable import damaged, empty
from reports.words import Words

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_S = f"{{{_SPACE}}}"
_LINK = re.compile(r"\{http://(?:schemas\.openxmlformats|purl\.oclc)\.org/.*\}id")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MAX_SHEETS = 50
_FORMATS = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yy-m-d"}
_TRUTHS = {"0": "FALSE", "1": "TRUE"}


def read(body: bytes) -> Document:
    """Read an XLSX. Raises Unreadable for a broken or an oversized one."""
    names = frozenset(member_names(body))
    strings = _strings(body) if "xl/sharedStrings.xml" in names else ()
    formats = _number_formats(body) if "xl/styles.xml" in names else ()
    targets = [target for target in _sheet_parts(body, names) if target in names]
    if not targets:
        raise damaged(Words("工作簿没有可见的工作表", "the workbook has no sheet that is shown"))
    sheets = (_sheet(_part(body, target), strings, formats) for target in targets[:_MAX_SHEETS])
    blocks = sheet_blocks(sheets)
    pictures = sum(name.startswith("xl/media/") for name in names)
    if not (blocks or pictures):
        raise empty()
    return Document(_MEDIA_TYPE, None, (), blocks, images=pictures)


def _part(body: bytes, name: str) -> etree._Element:
    return parsed(member(body, name).replace(_STRICT, _SPACE.encode()))


def _sheet_parts(body: bytes, names: frozenset[str]) -> Iterator[str]:
    """Yield the names of the parts of the sheets that are shown, in the order of their tabs."""
    links = "xl/_rels/workbook.xml.rels"
    if links not in names:
        raise damaged(Words("工作簿缺少工作表目录", "the workbook lacks the list of its sheets"))
    targets = {link.get("Id"): link.get("Target", "") for link in _part(body, links)}
    for sheet in _part(body, "xl/workbook.xml").iterfind(f"{_S}sheets/{_S}sheet"):
        link = next(
            (str(value) for name, value in sheet.items() if _LINK.fullmatch(str(name))), None
        )
        target = targets.get(link, "")
        if target and sheet.get("state", "visible") == "visible":
            yield target[1:] if target.startswith("/") else f"xl/{target}"


def _strings(body: bytes) -> Sequence[str]:
    root = _part(body, "xl/sharedStrings.xml")
    return [_rich_text(item) for item in root.iterfind(f"{_S}si")]


def _rich_text(item: etree._Element) -> str:
    """Return the text of all runs, without the readings printed above characters."""
    runs = [*item.iterfind(f"{_S}t"), *item.iterfind(f"{_S}r/{_S}t")]
    return "".join(run.text or "" for run in runs)


def _number_formats(body: bytes) -> Sequence[str]:
    """Return the format of each cell style."""
    root = _part(body, "xl/styles.xml")
    own = {
        form.get("numFmtId", ""): form.get("formatCode", "")
        for form in root.iterfind(f"{_S}numFmts/{_S}numFmt")
    }
    ids = (style.get("numFmtId", "0") for style in root.iterfind(f"{_S}cellXfs/{_S}xf"))
    return [
        own.get(i) or (_FORMATS.get(int(i), "") if re.fullmatch("[0-9]{1,4}", i) else "")
        for i in ids
    ]


def _sheet(root: etree._Element, strings: Sequence[str], formats: Sequence[str]) -> SheetCells:
    sheet = SheetCells()
    for column in root.iterfind(f"{_S}cols/{_S}col"):
        if _is_on(column.get("hidden")):
            first, last = _count(column.get("min")), _count(column.get("max"))
            sheet.hidden_columns.update(range(first - 1, min(last, 16_384)))
    at = -1
    for row in root.iterfind(f"{_S}sheetData/{_S}row"):
        at = _count(row.get("r"), at + 2) - 1
        if _is_on(row.get("hidden")):
            sheet.hidden_rows.add(at)
        for column_at, cell in _placed(row):
            if (at, column_at) in sheet.texts:
                raise _misplaced()
            sheet.texts[at, column_at] = _text(cell, strings, formats)
        if len(sheet.texts) > MAX_SLOTS:
            raise grid_too_large()
    sheet.merged = list(_merged(root))
    return sheet


def _placed(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells of a row with their columns; without an address they follow one another.

    Raises Unreadable where an address names another row, or one that another cell of the row has.
    """
    column, taken = -1, set[int]()
    for cell in row.iterfind(f"{_S}c"):
        place = _PLACE.fullmatch(cell.get("r", ""))
        column = _column(place.group(1)) if place else column + 1
        is_elsewhere = place is not None and row.get("r", place.group(2)) != place.group(2)
        if is_elsewhere or column in taken:
            raise _misplaced()
        taken.add(column)
        yield column, cell


def _misplaced() -> Unreadable:
    return damaged(
        Words(
            "单元格的地址重复或与所在的行不符",
            "the address of a cell is not its own, or not its row's",
        )
    )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _text(cell: etree._Element, strings: Sequence[str], formats: Sequence[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        return "" if inline is None else _rich_text(inline)
    raw = (
        (cell.findtext(f"{_S}v") or "").strip() if kind != "str" else cell.findtext(f"{_S}v") or ""
    )
    if kind == "s":
        at = _count(raw, len(strings))
        if at >= len(strings):
            raise damaged(
                Words("单元格指向不存在的文字", "a cell points to text that is not there")
            )
        return strings[at]
    if kind == "b":
        return _TRUTHS.get(raw, raw)
    if kind != "n" or not raw:
        return raw
    style = _count(cell.get("s"), 0)
    return shown_number(raw, formats[style] if style < len(formats) else "")


def _merged(root: etree._Element) -> Iterator[tuple[int, int, int, int]]:
    for merged in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        places = [_PLACE.fullmatch(end) for end in merged.get("ref", "").split(":")]
        if len(places) == 2 and places[0] and places[1]:
            (left, top), (right, bottom) = places[0].groups(), places[1].groups()
            yield int(top) - 1, int(bottom), _column(left), _column(right) + 1


def _is_on(raw: str | None) -> bool:
    return raw in {"1", "true"}


def _count(raw: str | None, default: int = 0) -> int:
    return int(raw) if raw and re.fullmatch("[0-9]{1,7}", raw) else default
