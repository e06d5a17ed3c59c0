"""Writes down what a crawl sent and what came back, for a person who looks at one visit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Who reads a trace needs no Scrapy: it takes a quarter of a second to load.
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

TRACE_FILE = "NIANSHAO_TRACE_FILE"
LONGEST_KEPT = 64_000
_LONGEST_HEADER = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it was sent. ``status`` is None when no answer came; ``failure`` then says why.

    ``form`` is the body of a POST. ``bytes`` counts the answer's body once unpacked. ``milliseconds``
    runs from sending to the whole answer, None when it is not known. ``robots`` is the text of the
    answer when it was robots.txt that was asked for, None else.
    """

    url: str
    form: str | None = None
    status: int | None = None
    bytes: int = 0
    milliseconds: int | None = None
    media_type: str = ""
    location: str = ""
    failure: str = ""
    robots: str | None = None


class Trace:
    """Stands beside the network: every request that leaves, second tries and redirects included."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Trace:
        """Build the trace into the file that the plan names."""
        return cls(Path(str(crawler.settings[TRACE_FILE])))

    async def process_response(self, request: Request, response: Response) -> Response:
        """Write the line of an answer, and hand the answer on."""
        text = response.body[:LONGEST_KEPT].decode("utf-8", "replace")
        self._write(
            Asked(
                url=request.url,
                form=_form(request),
                status=response.status,
                bytes=len(response.body),
                milliseconds=_milliseconds(request),
                media_type=_header(response, "content-type"),
                location=_header(response, "location"),
                robots=text if request.meta.get("is_robots") else None,
            )
        )
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Write the line of a request that brought no answer."""
        robots = "" if request.meta.get("is_robots") else None
        name = type(exception).__name__
        self._write(Asked(request.url, _form(request), failure=name, robots=robots))

    def _write(self, asked: Asked) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(asked)) + "\n")


def read_trace(path: Path) -> tuple[Asked, ...]:
    """Return what a trace file holds, in the order sent; nothing when no request was sent."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Asked(**json.loads(line)) for line in lines)


def _form(request: Request) -> str | None:
    return request.body.decode("utf-8", "replace") if request.method == "POST" else None


def _milliseconds(request: Request) -> int | None:
    seconds = request.meta.get("download_latency")
    return None if seconds is None else round(seconds * 1000)


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("utf-8", "replace")[:_LONGEST_HEADER]
