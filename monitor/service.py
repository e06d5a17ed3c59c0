"""The service: scheduler and status page in one process, every crawl in a child process."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import uvicorn
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI

from db.session import reading
from monitor import clock
from monitor.errors import Refusal
from monitor.house import House
from monitor.ingest import ingest
from monitor.locks import pass_lock
from monitor.passes import Stop, run_pass, tell
from monitor.planning import due_columns
from monitor.sweep import sweep
from reports.words import Words
from web.app import create_app
from web.settings import WebSettings

logger = logging.getLogger(__name__)

VISITS_EVERY_SECONDS = 15
SWEEP_EVERY_SECONDS = 60
STALE_AFTER = timedelta(hours=36)
STOP_SECONDS = 7.0


class Service:
    """Runs visits and sweeps until asked to stop; holds no state that is not in the database."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._stopping = threading.Event()
        self._busy = threading.Lock()

    def visit(self) -> None:
        """Run one pass over what is due now; does nothing while another job works."""
        with self._busy:
            if self._stopping.is_set():
                return
            if not self._due(clock.now()):
                return
            with pass_lock(self.house.settings.data_dir, _log_waiting) as lock:
                # Asked again: another pass may have visited them while this one waited.
                now = clock.now()
                run_pass(self.house, self._due(now), now, lock, Stop(self._stopping.is_set))

    def _due(self, now: datetime) -> tuple[str, ...]:
        with reading(self.house.engine) as session:
            return due_columns(session, self.house.settings, now)

    def sweep(self) -> None:
        """Let time pass: standings that change by the clock, reminders, held messages."""
        with self._busy:
            if self._stopping.is_set():
                return
            with pass_lock(self.house.settings.data_dir, _log_waiting):
                now = clock.now()
                # What a pass that was stopped brought home and had no time to read.
                ingest(self.house.reader, self.house.season, now)
                sweep(self.house.engine, self.house.season, now)
                tell(self.house, now)

    def stop(self) -> None:
        """Ask the work under way to end; what is unfinished is taken up at the next start."""
        self._stopping.set()

    def wait_idle(self, seconds: float) -> bool:
        """Wait until no job works any more; return whether that came true in time."""
        if self._busy.acquire(timeout=seconds):
            self._busy.release()
            return True
        return False


def serve(house: House, *, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; ends within ten seconds and loses nothing that was seen.

    Calls ``ready`` with the address of the status page once it answers. Raises Refusal when the
    address is taken.
    """
    service = Service(house)
    listener = _listen(house)
    address = f"http://{house.settings.web.host}:{listener.getsockname()[1]}"
    app = create_app(
        house.engine,
        web_settings(house),
        clock.now,
        lifespan=_lifespan(service, lambda: ready(address)),
    )
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
    # The server raises the signal once more when it is done; the end is ours to make.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: service.stop())
    uvicorn.Server(config).run(sockets=[listener])
    if not service.wait_idle(STOP_SECONDS):
        # A message that a slow server has not answered is marked as begun: it is told again.
        logger.warning("event=stopped_while_busy")
        logging.shutdown()
        os._exit(0)
    logger.info("event=stopped")


def web_settings(house: House) -> WebSettings:
    """Return what the pages are told of the deployment."""
    return WebSettings(
        public_url=house.public_url,
        language=house.settings.language,
        stale_after=STALE_AFTER,
        deadlines=house.season.deadlines,
        profile=house.season.profile,
        archive_dir=house.archive.root,
    )


def _listen(house: House) -> socket.socket:
    web = house.settings.web
    try:
        family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
        return socket.create_server((web.host, web.port), family=family)
    except OSError as error:
        raise Refusal(
            Words(
                f"状态页无法使用地址 {web.host}:{web.port}（{error.strerror}）；请停止占用它的程序，"
                "或用 --port 换一个端口。",
                f"The status page cannot use {web.host}:{web.port} ({error.strerror}); stop what "
                "holds it or choose another port with --port.",
            )
        ) from None


def _lifespan(service: Service, ready: Callable[[], None]) -> Any:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        scheduler = _scheduler(service)
        scheduler.start()
        ready()
        try:
            yield
        finally:
            service.stop()
            scheduler.shutdown(wait=False)

    return lifespan


def _scheduler(service: Service) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(
        timezone=service.house.settings.zone,
        executors={"default": ThreadPoolExecutor(2)},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    scheduler.add_listener(_log_trouble, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    first = clock.now()
    scheduler.add_job(
        service.visit, "interval", seconds=VISITS_EVERY_SECONDS, id="visit", next_run_time=first
    )
    # The first sweep comes after the first visit began: what nobody has looked at yet is no news.
    scheduler.add_job(service.sweep, "interval", seconds=SWEEP_EVERY_SECONDS, id="sweep")
    return scheduler


def _log_trouble(event: JobExecutionEvent) -> None:
    if event.exception is not None:
        logger.error("event=job_failed job=%s", event.job_id, exc_info=event.exception)
    else:
        logger.warning("event=job_missed job=%s", event.job_id)


def _log_waiting() -> None:
    logger.info("event=waiting_for_pass reason=another process runs a pass")
