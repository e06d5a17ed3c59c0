"""Columns that only a script writes: what came of running it, as any other fetched page."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from scrapy.crawler import Crawler

from crawler.browser import Counted, Left, PageTooLarge, Rendering
from crawler.browser_at_hand import why_no_browser
from crawler.fetched import Fetched
from crawler.plan import SitePlan
from crawler.verdict import Answer, judge
from reports.visits import WORDS, Outcome
from reports.words import Words

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 60.0

_one_at_a_time = asyncio.Semaphore(1)


def wants_rendering(page: Fetched) -> bool:
    """Say whether a fetched page may be one that a script writes: a page, or one that shows nothing."""
    is_bare = page.outcome in {Outcome.BLOCKED, Outcome.EMPTY} and page.http_status == 200
    return is_bare or (page.is_good and "<" in page.text)


async def rendered(page: Fetched, site: SitePlan, crawler: Crawler, counted: Counted) -> Fetched:
    """Return the page as its scripts have written it, or its end with what stood in the way."""
    missing = why_no_browser()
    if missing is not None:
        return _ended(page, Outcome.INCOMPLETE, missing)
    try:
        async with _one_at_a_time, asyncio.timeout(LONGEST_SECONDS):
            text = await Rendering(page.url, site, crawler, counted).text()
    except TimeoutError:
        # Not the host's slowness: it did answer.
        said = Words("脚本未在时限内写完", "its scripts took too long")
        return _ended(page, Outcome.INCOMPLETE, said)
    except Left:
        # As challenges do, which reload the page once they have had their answer.
        said = Words("脚本重新载入或离开了页面", "its script reloads the page, or leaves it")
        return _ended(page, Outcome.INCOMPLETE if page.is_good else Outcome.BLOCKED, said)
    except PageTooLarge:
        return _ended(
            page, Outcome.TOO_LARGE, Words("脚本写出的页面", "the page that scripts wrote")
        )
    except Exception as error:  # noqa: BLE001 - whatever a browser raises, the visit has a named end
        logger.warning("event=render_failed url=%s error=%s", page.url, type(error).__name__)
        said = Words("浏览器未能打开页面", "the browser could not open the page")
        return _ended(page, Outcome.INCOMPLETE, said)
    return _judged(page, text, counted.failed)


def _judged(page: Fetched, text: str, failed: int) -> Fetched:
    """Judge the written page as any other: a challenge stays one, and is not answered."""
    body = text.encode("utf-8", "replace")
    judgement = judge(Answer(page.url, 200, body, "utf-8"))
    if judgement.outcome is not Outcome.OK:
        outcome = judgement.outcome or Outcome.BLOCKED
        return _ended(page, outcome, Words("脚本运行之后", "after its scripts ran"))
    lacking = Words(
        f"页面脚本有 {failed} 次读取未成功，列表可能不全",
        f"{failed} request(s) of the page's scripts failed: its list may not be whole",
    )
    return replace(
        page,
        key=f"{page.key}#rendered",
        outcome=Outcome.OK,
        http_status=200,
        body=body,
        text=judgement.text,
        charset="utf-8",
        media_type="text/html",
        sha256=None,
        headers=(),
        gap=lacking if failed else None,
    )


def _ended(page: Fetched, outcome: Outcome, more: Words) -> Fetched:
    name = WORDS[outcome]
    said = Words(f"{name.zh}（{more.zh}）", f"{name.en} ({more.en})")
    return Fetched(page.url, f"{page.key}#rendered", outcome, said, page.http_status)
