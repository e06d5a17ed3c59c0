"""The last step of every download, the robots rules included: the body is inflated."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler.failures import BodyBroken, BodyTooLarge
from crawler.unpacking import PackingBroken, UnpackedTooLarge, unpack


class Inflater:
    """Takes the place of Scrapy's own step, which takes a body that was cut short for a whole one."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Inflater:
        """Build it with the size limit of the crawl."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the answer with its body inflated, or raise BodyBroken or BodyTooLarge."""
        encodings = b",".join(response.headers.getlist("content-encoding")).decode("latin-1")
        body = unpacked(response.body, encodings, self._most_bytes)
        return response.replace(body=body) if body is not response.body else response


def unpacked(body: bytes, encodings: str, most_bytes: int) -> bytes:
    """Return a body inflated; raises BodyBroken or BodyTooLarge, which name the end of the fetch."""
    try:
        return unpack(body, encodings, most_bytes)
    except PackingBroken as error:
        raise BodyBroken(str(error)) from error
    except UnpackedTooLarge as error:
        raise BodyTooLarge(str(error)) from error
