"""The sample site as an ASGI application: ``uvicorn --factory web.sample.site:create_site``."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from web.sample.resources import Resource, resources

__all__ = ["Resource", "create_site", "resources"]

_NOT_FOUND = (
    '<html><head><meta charset="utf-8"><title>404</title></head>'
    "<body><h1>404</h1><p>没有这个页面。</p></body></html>"
)


def create_site() -> Starlette:
    """Build the site; all its resources are made once, here."""
    served = resources()

    async def serve(request: Request) -> Response:
        resource = served.get(request.url.path)
        if resource is None:
            return HTMLResponse(_NOT_FOUND, status_code=404)
        return _response(request, resource)

    return Starlette(routes=[Route("/{path:path}", serve, methods=["GET", "HEAD"])])


def _response(request: Request, resource: Resource) -> Response:
    headers = {"ETag": resource.etag, "Last-Modified": _http_date(resource.last_modified)}
    if _unchanged(request, resource):
        return Response(status_code=304, headers=headers)
    # The header is set by hand: Starlette would add a charset that the old site does not name.
    return Response(resource.body, headers={**headers, "Content-Type": resource.media_type})


def _unchanged(request: Request, resource: Resource) -> bool:
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or resource.etag in known
    since = _instant(request.headers.get("if-modified-since"))
    return since is not None and resource.last_modified <= since


def _instant(text: str | None) -> datetime | None:
    """Return the instant of an HTTP date; None when there is none or it cannot be read."""
    if text is None:
        return None
    try:
        instant = parsedate_to_datetime(text)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)


def _http_date(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)
