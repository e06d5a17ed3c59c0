"""What a report says of itself around its text: its number, date, signature and contact. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reports.dates import written_date
from reports.documents.model import Document, Grid, Paragraph
from reports.reading.sections import Outline
from reports.text import one_line, squeeze

_FIRST_LINES = 12
_LAST_LINES = 15
_LONGEST_LINE = 60
_LONGEST_QUOTE = 200
# Brackets get lost with their spans: 〔202130号.
_NUMBER = r"[\u4e00-\u9fff]{1,14}[〔\[(【]?20\d\d[〕\])】]?第?\d{1,4}号"
_NUMBER_LINE = re.compile(rf"[(\[]?({_NUMBER})[)\]]?")
_NUMBER_LABELLED = re.compile(rf"(?:发文字号|发文文号|文件编号|文号)[:\]】|]*({_NUMBER})")
_DATE_LINE = re.compile(
    r"(?P<unit>[\u4e00-\u9fff()、·]{0,40}?)(?:成文日期:|日期:)?[(]?"
    r"(?:20\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?|二[^年]{3}年[^月]{1,3}月[^日]{1,3}日)[)]?"
)
_UNIT = re.compile(
    r"[\u4e00-\u9fff()、·]{2,40}(?:政府|局|委|委员会|办|办公室|办事处|厅|院|会|中心|[支大总]队|站|所|处|部|"
    r"园区|街道|镇|乡|馆|社|公司|学校|分局|管委会)(?:\(.{1,12}\))?"
)
_SEAL = re.compile(r"^\(?(?:盖章|公章|印章)\)?:?|\(?(?:盖章|公章|印章)\)?$")
_CONTACT = re.compile(
    r"(?:联系(?:电话|地址|方式|人)|咨询电话|办公(?:电话|地址)|通[信讯]地址|地址|电话|邮政编码|邮编|传真|"
    r"电子邮[箱件]|邮箱|E-?mail)[:为是]?[^。;]{2,}",
    re.I,
)
_WAYS = ("联系", "电话", "地址", "邮", "传真", "mail", "MAIL")
_REACHES = re.compile(r"\d{6,}|\d{3,4}-\d{7,8}|@|地址[:为是]")


@dataclass(frozen=True, slots=True)
class Header:
    """The facts around the text, each None when the document does not say it.

    ``dated_on`` is the date under the text (or in brackets below the title), never the date of
    publication; two different dates are none. ``contact`` quotes what the report says.
    """

    document_number: str | None = None
    dated_on: date | None = None
    signed_by: str | None = None
    contact: str | None = None


def header_of(document: Document, parts: Outline) -> Header:
    """Read the facts that stand before the first section and after the last one."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    first = texts[: min(_FIRST_LINES, len(parts.before))]
    last = texts[max(len(first), len(texts) - _LAST_LINES) :]
    signature = _signature(last)
    dated, signed = signature if signature else (_bracketed_date(first), None)
    return Header(_document_number(first, document), dated, signed, _contact([*first, *last]))


def _document_number(first: Sequence[str], document: Document) -> str | None:
    """Return the number when a line is nothing else, or when a label says that it is one."""
    lines = [squeeze(text[:_LONGEST_QUOTE]) for text in first if "号" in text]
    whole = (_NUMBER_LINE.fullmatch(line) for line in lines)
    labelled = (_NUMBER_LABELLED.search(line) for line in (*lines, *_table_lines(document)))
    numbers = [found.group(1) for found in (*whole, *labelled) if found]
    return numbers[0] if len(set(numbers)) == 1 else None


def _table_lines(document: Document) -> Iterator[str]:
    """Yield the rows of the tables above the article as lines: publishers print the number there."""
    grids = (block for block in document.blocks[:_FIRST_LINES] if isinstance(block, Grid))
    for row in (row for grid in grids for row in grid.rows[:_FIRST_LINES]):
        texts = dict.fromkeys(cell.text[:_LONGEST_LINE] for cell in row[:_FIRST_LINES])
        line = "|".join(texts)
        if "号" in line:
            yield squeeze(line)


def _signature(last: Sequence[str]) -> tuple[date, str | None] | None:
    """Return the date under the text and the unit beside or above it."""
    found: dict[date, str | None] = {}
    for number, text in enumerate(last):
        if len(text) > _LONGEST_QUOTE:
            continue
        line = squeeze(text[:_LONGEST_QUOTE])
        whole = _DATE_LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        day = written_date(line) if whole else None
        if whole and day:
            unit = _unit(whole["unit"]) or _unit_above(last[:number])
            found[day] = found.get(day) or unit
    return next(iter(found.items())) if len(found) == 1 else None


def _unit_above(lines: Sequence[str]) -> str | None:
    return next((unit for text in reversed(lines[-2:]) if (unit := _unit(text))), None)


def _unit(text: str) -> str | None:
    plain = _SEAL.sub("", squeeze(text[:_LONGEST_LINE]))
    return plain if _UNIT.fullmatch(plain) else None


def _bracketed_date(first: Iterable[str]) -> date | None:
    lines = (squeeze(text[:_LONGEST_LINE]) for text in first)
    days = {written_date(line) for line in lines if line[:1] == "(" and _DATE_LINE.fullmatch(line)}
    return days.pop() if len(days) == 1 else None


def _contact(lines: Iterable[str]) -> str | None:
    """Quote the lines, or the sentence of a longer one, that tell how to reach the agency."""
    quotes: list[str] = []
    for text in dict.fromkeys(lines):
        if not any(word in text for word in _WAYS):
            continue
        for sentence in re.split(r"[。；;]", text[: 10 * _LONGEST_QUOTE]):
            said = _CONTACT.search(sentence)
            if said and _REACHES.search(squeeze(sentence)):
                quotes.append(one_line(sentence))
    return "；".join(quotes)[:_LONGEST_QUOTE] or None
