"""Saves the pages of a column with what is read from them, as the reviewed examples of families lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from crawler.families.model import Ask, ListPage, ListReading, ReportLink
from monitor.errors import Refusal
from monitor.probing.recognised import family_of, read_as
from monitor.trial import Trial
from reports.words import Words

_ENDINGS = {b"{": "json", b"[": "json"}


def save_pages(trial: Trial, family: str, key: str, folder: Path) -> tuple[Path, ...]:
    """Write each page as it came, and beside it what its family reads; returns the files written.

    The files are named by the family, then by the column. Raises Refusal when nothing came, or when a
    file of that name is there: no file is overwritten.
    """
    if not trial.pages:
        raise Refusal(
            Words(
                f"没有得到任何页面，未写文件：{trial.said.zh}",
                f"no page came, nothing is written: {trial.said.en}",
            )
        )
    if family == "auto":
        family = family_of(trial.pages[0].page)
    files = dict(_files(trial, family, f"{family}-{key.replace('/', '-')}"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            with (folder / file).open("xb") as out:
                out.write(content)
    except OSError as error:
        raise Refusal(
            Words(
                f"无法写入 {folder}：{error.strerror}；不会覆盖已有文件，请换一个文件夹。",
                f"{folder} cannot be written: {error.strerror}; no file is overwritten, choose another.",
            )
        ) from None
    return tuple(folder / file for file in files)


def expectation(page: ListPage, family: str) -> dict[str, Any]:
    """Return what the family reads from a page, as a person reviews it."""
    reading = read_as(family, page)
    told = {part.name: _told(getattr(reading, part.name)) for part in fields(ListReading)}
    return {"url": f"{page.url}#{page.fragment}".rstrip("#"), **told}


def _told(value: Any) -> Any:
    match value:
        case ReportLink():
            return [value.title, value.url, value.listed_on and value.listed_on.isoformat()]
        case Ask():
            return value.key
        case Words():
            return value.en
        case tuple():
            return [_told(part) for part in value]
        case frozenset():
            return len(value)
    return value


def _files(trial: Trial, family: str, name: str) -> Iterator[tuple[str, bytes]]:
    for number, seen in enumerate(trial.pages, 1):
        stem = name if number == 1 else f"{name}-{number}"
        body = seen.page.body
        read = json.dumps(expectation(seen.page, family), ensure_ascii=False, indent=1) + "\n"
        yield f"{stem}.{_ending(body)}", body
        yield f"{stem}.expected.json", read.encode()


def _ending(body: bytes) -> str:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    if start[:5] == b"<?xml" or start[:4] == b"<rss":
        return "xml"
    return _ENDINGS.get(start[:1], "html")
