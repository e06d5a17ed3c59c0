"""A ZIP that holds documents: the one of them that is the report. Pure."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from reports.documents.archive import member, member_names
from reports.documents.formats import format_of
from reports.documents.model import Document, Paragraph, Unreadable
from reports.documents.read import read_document
from reports.documents.unreadable import empty, too_large
from reports.text import squeeze
from reports.titles import read_title
from reports.words import Words

_MAX_DOCUMENTS = 20
_MAX_TOTAL = 67_108_864
_TABLE_WORDS = ("第二十条第", "申请人情况", "结果维持")
_NO_REPORTS = (".exe", ".dll", ".css", ".js", ".db", ".ini", ".lnk", ".mp4", ".ttf")
_FIRST_LINES = 6


@dataclass(frozen=True, slots=True)
class _Held:
    """A document in the archive, with the name of its file."""

    name: str
    document: Document

    def has_tables(self) -> bool:
        cells = (cell.text for grid in self.document.grids for row in grid.rows for cell in row)
        plain = {squeeze(text[:60]) for text in cells if text}
        return any(word in text for text in plain for word in _TABLE_WORDS)

    def is_titled(self) -> bool:
        lines = [b.text for b in self.document.blocks[:_FIRST_LINES] if isinstance(b, Paragraph)]
        stem = _base(self.name).rpartition(".")[0]
        readings = (read_title(text) for text in (*self.document.titles, *lines, stem))
        return any(reading.refusal is None and reading.years for reading in readings)

    def figures(self) -> tuple[str, ...]:
        """Return the numbers of its tables, to tell copies of one report from different ones."""
        return tuple(
            squeeze(cell.text)
            for grid in self.document.grids
            for r, row in enumerate(grid.rows)
            for c, cell in enumerate(row)
            if cell.is_origin(r, c) and cell.text[:1].isdigit()
        )


def read(body: bytes) -> Document:
    """Read the report in an archive. Raises Unreadable when none, or more than one, is in it."""
    refusals: list[Unreadable] = []
    held = list(_documents(body, refusals, nested=False))
    if not held and not refusals:
        raise empty()
    if not held:
        _refuse(refusals)
    return _chosen(held, len(held) + len(refusals)).document


def _refuse(refusals: Sequence[Unreadable]) -> None:
    """Raise what explains why nothing was read: the only refusal, or the first one of size."""
    vast = [refusal for refusal in refusals if refusal.code == "too_large"]
    if vast or len(refusals) == 1:
        raise (vast or refusals)[0]


def _chosen(held: Sequence[_Held], files: int) -> _Held:
    """Return the one with statutory tables; among several the titled one; copies count once."""
    candidates = [one for one in held if one.has_tables()] or held
    if len(candidates) > 1:
        candidates = [one for one in candidates if one.is_titled()] or candidates
    if not candidates or len({one.figures() for one in candidates}) > 1:
        raise _unclear(files, len(candidates))
    if len(candidates) > 1 and not candidates[0].figures():
        raise _unclear(files, len(candidates))
    return candidates[0]


def _documents(body: bytes, refusals: list[Unreadable], *, nested: bool) -> Iterator[_Held]:
    total = 0
    for count, (name, shown) in enumerate(_files(body)):
        if count >= _MAX_DOCUMENTS:
            raise too_large(
                Words(
                    f"压缩包超过 {_MAX_DOCUMENTS} 个文件",
                    f"over {_MAX_DOCUMENTS} files in the archive",
                )
            )
        content = member(body, name)
        total += len(content)
        if total > _MAX_TOTAL:
            raise too_large(
                Words(f"解压后超过 {_MAX_TOTAL} 字节", f"over {_MAX_TOTAL} bytes unpacked")
            )
        try:
            if not _is_archive(content):
                yield _Held(shown, read_document(content))
            elif nested:
                raise too_large(Words("压缩包套了两层以上", "archives more than two deep"))
            else:
                yield from _documents(content, refusals, nested=True)
        except Unreadable as refusal:
            refusals.append(refusal)


def _is_archive(content: bytes) -> bool:
    known = format_of(content)
    return known is not None and known.module == __name__


def _files(body: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name of each file that may be a report, as stored and as meant."""
    member_names(body)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        infos = archive.infolist()
    for info in infos:
        shown = _meant(info)
        base = _base(shown)
        is_hidden = base.startswith((".", "~$")) or "__MACOSX/" in shown
        if info.is_dir() or is_hidden or not info.file_size:
            continue
        if not base.lower().endswith(_NO_REPORTS):
            yield info.filename, shown


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _meant(info: zipfile.ZipInfo) -> str:
    """Return the name as its writer meant it: without the UTF-8 flag it is GBK in most archives."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _unclear(files: int, candidates: int) -> Unreadable:
    return Unreadable(
        "several",
        Words(
            f"压缩包内有 {files} 个文件，其中 {candidates} 个可能是年度报告，无法确定是哪一个；"
            "请解压后逐个检查，或只提交年度报告本身。",
            f"The archive holds {files} file(s), of which {candidates} may be the annual report, and "
            "nothing tells which; unpack it and check them one by one, or submit the report alone.",
        ),
    )
