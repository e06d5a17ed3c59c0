"""A scripted disclosure site on loopback: publish, revise, withdraw, move, and break things.

with SeasonSite() as site:
    url = site.publish("甲县乙局", 2025, date(2026, 1, 20))
    site.revise(url, figures={"requests.new.natural_person": 3})
    site.fail(Fault.SLOW, url)
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import TracebackType
from urllib.parse import urlsplit

from tests.season_faults import Fault, fault_answer, status_answer
from tests.season_pages import (
    COLUMN,
    Gone,
    Publication,
    SitePages,
    not_modified,
    without_validators,
)
from tests.season_server import Answer, Ask, Hit, LocalServer

__all__ = ["Fault", "Gone", "Hit", "SeasonSite"]

_EPOCH = date(2026, 1, 1)


class SeasonSite:
    """One site with one column; every address that it gives out is absolute."""

    def __init__(self, name: str = "示例县人民政府", *, page_size: int = 50) -> None:
        self.validators = True
        self.robots = "User-agent: *\nAllow: /\n"
        self._pages = SitePages(name, page_size)
        self._published: dict[str, Publication] = {}
        self._moved: dict[str, str] = {}
        self._faults: dict[str | None, Fault | int] = {}
        self._stop = threading.Event()
        self._server = LocalServer(self._answer)

    def __enter__(self) -> SeasonSite:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the server, slow answers included."""
        self._stop.set()
        self._server.close()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def column_url(self) -> str:
        return f"{self.base_url}{COLUMN}"

    # What the agencies do

    def publish(
        self,
        agency: str,
        year: int,
        shown_on: date | None,
        *,
        figures: Mapping[str, int | str] | None = None,
        path: str | None = None,
        as_docx: bool = False,
        listed_as: str | None = None,
    ) -> str:
        """Publish a report and list it; ``figures`` are balanced as by balanced_figures."""
        path = path or self._path(shown_on)
        shown = Publication(agency, year, shown_on, figures or {}, as_docx, listed_as=listed_as)
        self._published[path] = shown
        return f"{self.base_url}{path}"

    def revise(
        self, url: str, *, figures: Mapping[str, int | str] | None = None, note: str | None = None
    ) -> None:
        """Change the report itself: its figures, or a sentence of section 6."""
        old = self._published[_path_of(url)]
        self._change(
            url,
            figures=old.figures if figures is None else figures,
            note=old.note if note is None else note,
        )

    def cosmetic_change(self, url: str) -> None:
        """Change the page around the report (the visit counter), not the report."""
        self._change(url, views=self._published[_path_of(url)].views + 17)

    def withdraw(self, url: str, how: Gone = Gone.NOT_FOUND) -> None:
        """Take the page away and drop it from the list."""
        self._change(url, gone=how, listed=False)

    def restore(self, url: str) -> None:
        """Bring a withdrawn or unlisted page back as it was."""
        self._change(url, gone=None, listed=True)

    def unlist(self, url: str) -> None:
        """Drop the report from the list only; the page stays."""
        self._change(url, listed=False)

    def move(self, url: str, new_path: str, *, redirect: bool = False) -> str:
        """Move the report to a new address; the old one answers 404, or 301 with ``redirect``."""
        old_path = _path_of(url)
        self._published[new_path] = self._published.pop(old_path)
        if redirect:
            self._moved[old_path] = new_path
        return f"{self.base_url}{new_path}"

    # What the site does

    def fail(self, fault: Fault, url: str | None = None) -> None:
        """Break one address, or the whole host."""
        self._faults[_key(url)] = fault

    def fail_with_status(self, status: int, url: str | None = None) -> None:
        """Answer one address, or the whole host, with this status."""
        self._faults[_key(url)] = status

    def heal(self, url: str | None = None) -> None:
        """End the fault of one address, or of the host."""
        self._faults.pop(_key(url), None)

    def disallow(self, prefix: str = "/") -> None:
        """Forbid a part of the site to robots."""
        self.robots = f"User-agent: *\nDisallow: {prefix}\n"

    def stop_listening(self) -> None:
        """Refuse connections until ``listen_again``."""
        self._server.stop_listening()

    def listen_again(self) -> None:
        """Take connections again, on the same port."""
        self._server.listen_again()

    # What was asked

    @property
    def hits(self) -> tuple[Hit, ...]:
        return tuple(self._server.hits)

    def hits_of(self, url: str) -> tuple[Hit, ...]:
        """Return the requests of one address, oldest first."""
        return tuple(hit for hit in self.hits if hit.path == _path_of(url))

    def forget_hits(self) -> None:
        """Begin a new count."""
        self._server.hits.clear()

    def streamed_bytes(self, url: str) -> int:
        """Return how much of an endless answer left the server."""
        return self._server.streamed[_path_of(url)]

    # Answers

    def _path(self, shown_on: date | None) -> str:
        day = shown_on or _EPOCH
        number = len(self._published) + 1
        return f"{COLUMN}{day:%Y%m}/t{day:%Y%m%d}_{number}.html"

    def _change(self, url: str, **changes: object) -> None:
        path = _path_of(url)
        old = self._published[path]
        self._published[path] = replace(old, **changes, changes=old.changes + 1)  # type: ignore[arg-type]

    def _answer(self, ask: Ask) -> Answer:
        usual = self._usual(ask.path)
        fault = self._faults.get(ask.path, self._faults.get(None))
        if isinstance(fault, Fault):
            return fault_answer(fault, ask.path, usual, self._stop)
        if fault is not None:
            return status_answer(fault)
        if not self.validators:
            return without_validators(usual)
        return not_modified(ask, usual) or usual

    def _usual(self, path: str) -> Answer:
        if path == "/robots.txt":
            return Answer(200, self.robots.encode(), {"Content-Type": "text/plain"})
        if path in self._moved:
            return Answer(301, headers={"Location": self._moved[path]})
        return self._pages.answer(path, self._published)


def _path_of(url: str) -> str:
    return urlsplit(url).path


def _key(url: str | None) -> str | None:
    return None if url is None else _path_of(url)
