"""A browser that runs the scripts of one page, and whose every request is ours.

The browser itself reaches no network. What its page asks for is asked by the crawl, through the same
gates, delay and limits as everything else; a page gets one document, its scripts, and their data.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from crawler.browser_at_hand import browser_path
from crawler.failures import FAILURES
from crawler.families.html import address
from crawler.guard import place_of
from crawler.hosts import slot_of
from crawler.middlewares import plan_of
from crawler.plan import SitePlan
from crawler.verdict import MOST_REDIRECTS

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Dialog, Page, Route
    from playwright.async_api import Request as BrowserRequest

CLOSING_SECONDS = 5.0
MOST_REQUESTS = 40

_ASKED_FOR = frozenset({"document", "script", "xhr", "fetch"})
# Whatever were to pass by our route ends at a proxy that is not there, loopback included.
_NO_NETWORK = (
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--js-flags=--max-old-space-size=256",
)


class Left(Exception):
    """The page's script reloads the page, or goes to another one."""


class PageTooLarge(Exception):
    """The written page exceeds the size limit."""


@dataclass(slots=True)
class Counted:
    """What a rendering asked for: requests, bytes of bodies, and requests that brought no data."""

    requests: int = 0
    bytes: int = 0
    failed: int = 0


def _is_lacking(sent: BrowserRequest, response: Response | None) -> bool:
    """Say whether a request for scripts or data came back without them."""
    kinds = _ASKED_FOR - {"document"}
    return sent.resource_type in kinds and (response is None or response.status >= 400)


async def _close(popup: Page) -> None:
    from playwright.async_api import Error

    with suppress(Error):
        await popup.close()


async def _dismiss(dialog: Dialog) -> None:
    from playwright.async_api import Error

    with suppress(Error):
        await dialog.dismiss()


class Rendering:
    """One page in one browser that lives no longer than it."""

    def __init__(self, url: str, site: SitePlan, crawler: Crawler, counted: Counted) -> None:
        self._url = url
        self._home = place_of(site.base_url)
        self._crawler = crawler
        self._counted = counted
        self._begun = 0
        self._has_document = False
        self._leaving = asyncio.Event()
        self._page: Page | None = None

    async def text(self) -> str:
        """Open the page, wait until its scripts ask for nothing more, and return what stands there."""
        from playwright.async_api import async_playwright

        async with async_playwright() as player:
            browser = await player.chromium.launch(
                executable_path=browser_path(),
                args=list(_NO_NETWORK),
                # Chromium's own walls stand unless we are root, whom it refuses to wall in.
                chromium_sandbox=os.geteuid() != 0,
            )
            try:
                return await self._written(browser)
            finally:
                with suppress(TimeoutError):
                    await asyncio.wait_for(browser.close(), CLOSING_SECONDS)

    async def _written(self, browser: Browser) -> str:
        settings = plan_of(self._crawler).settings
        context = await browser.new_context(
            user_agent=settings.user_agent,
            locale="zh-CN",
            service_workers="block",
            accept_downloads=False,
        )
        page = await self._guarded_page(context)
        await self._until_loaded(page)
        length = await page.evaluate("document.documentElement.outerHTML.length")
        if length > settings.max_bytes:
            raise PageTooLarge
        return await page.content()

    async def _until_loaded(self, page: Page) -> None:
        """Wait until the page asks for nothing more; raises Left when it does not stay."""
        loading = asyncio.ensure_future(self._load(page))
        leaving = asyncio.ensure_future(self._leaving.wait())
        await asyncio.wait({loading, leaving}, return_when=asyncio.FIRST_COMPLETED)
        has_left = leaving.done()
        leaving.cancel()
        if has_left:
            loading.cancel()
            raise Left
        await loading

    async def _load(self, page: Page) -> None:
        await page.goto(self._url, wait_until="domcontentloaded", timeout=0)
        await page.wait_for_load_state("networkidle", timeout=0)

    async def _guarded_page(self, context: BrowserContext) -> Page:
        await context.route("**/*", self._answer)
        await context.route_web_socket("**/*", lambda socket: socket.close())
        self._page = page = await context.new_page()
        context.on("page", _close)
        page.on("dialog", _dismiss)
        return page

    async def _answer(self, route: Route) -> None:
        """Answer one request of the page by asking for it ourselves, or refuse it."""
        from playwright.async_api import Error

        request = route.request
        response = None
        if self._may_ask(request):
            body = request.post_data_buffer if request.method == "POST" else None
            kind = request.headers.get("content-type") if body else None
            response = await self._ask(request.url, request.method, body, kind)
        self._counted.failed += self._is_ours(request.url) and _is_lacking(request, response)
        with suppress(Error):  # the page may have been closed meanwhile
            if response is None:
                await route.abort("blockedbyclient")
                return
            media_type = (response.headers.get("content-type") or b"").decode("latin-1")
            headers = {"content-type": media_type} if media_type else {}
            await route.fulfill(status=response.status, headers=headers, body=response.body)

    def _may_ask(self, request: BrowserRequest) -> bool:
        """Say whether a request may go out: one document, its scripts and data, within a number."""
        self._begun += 1
        if request.resource_type not in _ASKED_FOR or self._begun > MOST_REQUESTS:
            return False
        if not request.is_navigation_request():
            return True
        if not self._is_main(request):
            return False
        if self._has_document:
            self._leaving.set()
            return False
        self._has_document = True
        return True

    def _is_main(self, request: BrowserRequest) -> bool:
        """Say whether it is our page that goes somewhere, and no frame or popup of it."""
        from playwright.async_api import Error

        try:
            return self._page is not None and request.frame == self._page.main_frame
        except Error:  # a page so young that it has no frame yet
            return False

    async def _ask(
        self, url: str | None, method: str, body: bytes | None, kind: str | None
    ) -> Response | None:
        """Ask through the gates, following redirects within the site; None for any refusal."""
        if method not in {"GET", "POST"}:
            return None
        for _ in range(MOST_REDIRECTS):
            if url is None or not self._is_ours(url):
                return None
            response = await self._download(url, method, body, kind)
            if response is None or not 300 <= response.status < 400:
                return response
            location = (response.headers.get("location") or b"").decode("latin-1")
            url, method, body = address(url, location), "GET", None
        return None

    def _is_ours(self, url: str) -> bool:
        place = place_of(url)
        return place is not None and self._home is not None and place.is_same_site(self._home)

    async def _download(
        self, url: str, method: str, body: bytes | None, kind: str | None
    ) -> Response | None:
        request = Request(
            url,
            method=method,
            body=body,
            headers={"Content-Type": kind} if kind and body else None,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={"handle_httpstatus_all": True, "download_slot": slot_of(url)},
        )
        engine = self._crawler.engine
        assert engine is not None
        self._counted.requests += 1
        try:
            response = await engine.download_async(request)
        except FAILURES:
            return None
        self._counted.bytes += len(response.body)
        return response
