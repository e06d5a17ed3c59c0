"""Takes down a request and its answer as the archive keeps them."""

from __future__ import annotations

from http import HTTPStatus

from scrapy.http import Headers, Request, Response

from crawler.families.model import Ask
from db.warc import Exchange
from db.warc import Headers as Lines


def exchange_of(ask: Ask, response: Response) -> Exchange:
    """Return the exchange that brought the response, its body unpacked; ``ask`` names what was wanted."""
    request: Request | None = response.request
    return Exchange(
        key=ask.key,
        url=response.url,
        status=response.status,
        headers=_lines(response.headers),
        body=response.body,
        method="GET" if request is None else request.method,
        request_headers=() if request is None else _lines(request.headers),
        sent=b"" if request is None else request.body,
        reason=_REASONS.get(response.status, ""),
    )


_REASONS = {status.value: status.phrase for status in HTTPStatus}


def _lines(headers: Headers) -> Lines:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    )
