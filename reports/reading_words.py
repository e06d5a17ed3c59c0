"""What is to be known of how a report was read: what it is, what came of it, what it lacks and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from reports.cells import CELL_LABELS
from reports.model import AnnualReport, Quality
from reports.naming import QUALITIES, READ_BY_OCR, TABLES
from reports.words import Words

_UNEXPLAINED = Words("副本中没有这一格", "our copy has no such cell")
_MOST_REASONS, _CELLS_NAMED = 12, 3


def headline(report: AnnualReport) -> Words:
    """Return title, agency and year; what was not read says so."""
    title = (
        Words(report.title, report.title) if report.title else Words("未读到标题", "no title read")
    )
    agency = report.agency and Words(report.agency, report.agency)
    agency = agency or Words("未读到单位", "no agency read")
    zh, en = (
        (f"{report.year} 年度", f"{report.year}") if report.year else ("未读到年度", "no year read")
    )
    return Words(f"{title.zh}（{agency.zh}，{zh}）", f"{title.en} ({agency.en}, {en})")


def figures_read(report: AnnualReport) -> Iterator[Words]:
    """Yield how many figures of each table were read: that nothing is wrong shall not mean nothing read."""
    counts = []
    for name, table in report.tables.items():
        read = sum(cell.value is not None for cell in table.cells.values())
        label, share = TABLES[name], f"{read}/{len(table.cells)}"
        counts.append(Words(f"{label.zh} {share}", f"{label.en} {share}"))
    if any(table.cells for table in report.tables.values()):
        zh, en = "，".join(c.zh for c in counts), ", ".join(c.en for c in counts)
        yield Words(f"读出数字：{zh}", f"figures read: {en}")


def reading_lines(report: AnnualReport) -> Iterator[Words]:
    """Yield what a person must know of the reading before its results."""
    if report.by_ocr:
        yield READ_BY_OCR
    yield from report.remarks
    for name, table in report.tables.items():
        if table.quality is not Quality.COMPLETE:
            label, quality = TABLES[name], QUALITIES[table.quality]
            yield table.reason or Words(f"{label.zh}：{quality.zh}", f"{label.en}: {quality.en}")


def nulls_of(report: AnnualReport) -> Iterator[tuple[str, Words]]:
    """Yield every cell without a value, and why it has none."""
    for table in report.tables.values():
        for key, cell in table.cells.items():
            if cell.value is None:
                yield key, cell.why or table.reason or _UNEXPLAINED


def notes_of(report: AnnualReport) -> Iterator[tuple[str, str]]:
    """Yield every cell whose number the publisher wrote a note to, and the note."""
    for table in report.tables.values():
        for key, cell in table.cells.items():
            if cell.note is not None:
                yield key, cell.note


def nulls(report: AnnualReport, most: int = _MOST_REASONS) -> Iterator[Words]:
    """Yield one sentence per reason: how many cells it left without a value, and the first of them."""
    cells: dict[Words, list[str]] = {}
    for key, why in nulls_of(report):
        cells.setdefault(why, []).append(key)
    reasons = sorted(cells.items(), key=lambda item: -len(item[1]))
    for why, keys in reasons[:most]:
        named = [CELL_LABELS[key] for key in keys[:_CELLS_NAMED] if key in CELL_LABELS]
        zh, en = "、".join(label.zh for label in named), ", ".join(label.en for label in named)
        zh, en = (f"{zh} 等", f"{en} and more") if len(keys) > len(named) else (zh, en)
        yield Words(
            f"{len(keys)} 格没有数值（{zh}）：{why.zh}",
            f"{len(keys)} without a value ({en}): {why.en}",
        )
    left = sum(len(keys) for _, keys in reasons[most:])
    if left:
        yield Words(
            f"另有 {left} 格没有数值，原因各异；逐格列在 --format json 的 nulls 中。",
            f"{left} more without a value, each for its own reason; --format json lists them in nulls.",
        )
