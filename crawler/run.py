"""The crawling process: ``python -m crawler.run FD`` reads a plan from an open file and crawls it."""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import time
from dataclasses import replace
from typing import NoReturn

from crawler.crawled import Crawled
from crawler.lane.books import Ends
from crawler.lane.lanes import Lanes
from crawler.lane.side import LaneBroken
from crawler.lane.sweep import Swept
from crawler.lifeline import live_as_long_as
from crawler.plan_file import PlanFile, PlanUnreadable
from db.driver import DatabaseBroken

logger = logging.getLogger("crawler.run")

STDIN = 0
EXIT_BROKEN = 1
EXIT_USAGE = 2
GARBAGE_AFTER = (50_000, 20, 100)


def main() -> int:
    """Crawl the plan, print the summary, and return the exit code."""
    _configure_logging()
    try:
        plan = PlanFile(int(sys.argv[1]))
    except (PlanUnreadable, ValueError, IndexError, OSError) as unreadable:
        logger.error("event=plan_unreadable detail=%s", unreadable)
        return EXIT_USAGE
    # What a sweep holds lives as long as its hosts: to look through it for garbage again and again is waste.
    gc.set_threshold(*GARBAGE_AFTER)
    began = time.monotonic()
    try:
        lanes = Lanes(plan)
        # The parent keeps our input open for as long as it wants the crawl. A thread bears no fork.
        live_as_long_as(STDIN)
        swept, stopped = lanes.sweep()
        if swept.ends.settled:
            logger.info(
                "event=swept columns=%d requests=%d", swept.ends.columns, swept.ends.requests
            )
        crawled = Crawled() if stopped else _crawl(plan, swept)
    except Exception as error:  # noqa: BLE001 - said in full unless it is the database or the archive
        return _broken(error)
    if crawled.broken is not None:
        return _broken(crawled.broken)
    sys.stdout.write(_summary(swept.ends, crawled, time.monotonic() - began) + "\n")
    return 0


def _broken(error: BaseException) -> int:
    """Say once and plainly when database or archive are not to be written; our own errors in full."""
    # Loaded only here: the sweep does without.
    from sqlalchemy.exc import SQLAlchemyError

    if isinstance(error, DatabaseBroken | LaneBroken | SQLAlchemyError | OSError):
        logger.error("event=crawl_broken detail=%s", json.dumps(str(error), ensure_ascii=False))
    else:
        logger.error("event=crawl_broken", exc_info=error)
    return EXIT_BROKEN


def _crawl(plan: PlanFile, swept: Swept) -> Crawled:
    """Visit the columns that the sweep did not settle; Scrapy is loaded only for these."""
    left = (swept.ends.left_of(number, plan.site(number)) for number in plan.numbers)
    sites = tuple(site for site in left if site is not None)
    if not sites:
        return Crawled()
    from crawler.crawl import crawl

    return crawl(replace(plan.head, sites=sites), swept)


def _summary(ends: Ends, crawled: Crawled, seconds: float) -> str:
    return json.dumps(
        {
            "requests": ends.requests + crawled.requests,
            "not_modified": ends.not_modified + crawled.not_modified,
            "bytes": ends.bytes + crawled.bytes,
            "seconds": round(seconds, 3),
        }
    )


def _configure_logging() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    handler.addFilter(_speaks)
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    logging.captureWarnings(capture=True)


def _speaks(record: logging.LogRecord) -> bool:
    """Drop the chatter of the libraries: it says nothing that the visit lines do not say."""
    return record.levelno >= logging.ERROR or record.name.startswith("crawler")


def _leave(code: int) -> NoReturn:
    """End at once: all is committed, and taking the interpreter down is a fifth of a short crawl."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    _leave(main())
