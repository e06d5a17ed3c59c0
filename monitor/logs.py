"""Sends the log to standard error: one line per unit of work, key=value."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_QUIET = ("apprise", "uvicorn.access", "uvicorn.error", "asyncio", "alembic", "sqlalchemy", "httpx")


def log_to_stderr(*, debug: bool = False) -> None:
    """Configure logging once per process; foreign libraries speak only from warnings upwards."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A job that still works when its next turn comes is the rule here; real trouble is logged by us.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)


@contextmanager
def silenced(name: str) -> Iterator[None]:
    """Keep a part of the program from logging where its outcome is the answer itself."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
