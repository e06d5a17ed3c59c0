"""Saves the pages of a column with what is read from them, as the reviewed examples of families lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.families import FAMILIES
from crawler.families.model import ListReading
from monitor.errors import Refusal
from monitor.trial import SeenPage, Trial
from reports.words import Words

_ENDINGS = {b"{": "json", b"[": "json"}


def save_pages(trial: Trial, family: str, name: str, folder: Path) -> tuple[Path, ...]:
    """Write each page as it came, and beside it what its family reads; returns the files written.

    Raises Refusal when nothing came, or when a file of that name is there: no file is overwritten.
    """
    if not trial.pages:
        raise Refusal(
            Words(
                f"没有得到任何页面，未写文件：{trial.said.zh}",
                f"no page came, nothing is written: {trial.said.en}",
            )
        )
    files = dict(_files(trial, family, name))
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


def expectation(seen: SeenPage, family: str) -> dict[str, Any]:
    """Return what the family reads from a page, as a person reviews it."""
    reading: ListReading = FAMILIES[family](seen.page)
    return {
        "family": family,
        "url": seen.page.url,
        "charset": seen.charset,
        "recognised": reading.recognised,
        "is_report": reading.is_report,
        "complete": reading.complete,
        "records": reading.records,
        "stated_total": reading.stated_total,
        "stated_pages": reading.stated_pages,
        "next_pages": [ask.key for ask in reading.next_pages],
        "links": [
            [link.title, link.url, link.listed_on.isoformat() if link.listed_on else None]
            for link in reading.links
        ],
    }


def _files(trial: Trial, family: str, name: str) -> Iterator[tuple[str, bytes]]:
    for number, seen in enumerate(trial.pages, 1):
        stem = name if number == 1 else f"{name}-{number}"
        body = seen.page.body
        read = json.dumps(expectation(seen, family), ensure_ascii=False, indent=2) + "\n"
        yield f"{stem}.{_ending(body)}", body
        yield f"{stem}.expected.json", read.encode()


def _ending(body: bytes) -> str:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    if start[:5] == b"<?xml" or start[:4] == b"<rss":
        return "xml"
    return _ENDINGS.get(start[:1], "html")
