"""Runs one crawl as a child process, so that a hung or hungry crawl never harms the service."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from crawler.plan import CrawlPlan
from crawler.plan_file import write_plan
from reports.words import Words

logger = logging.getLogger("crawler")

STOP_SECONDS = 6.0
POLL_SECONDS = 0.2
TAIL_LINES = 20


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What one crawl cost: HTTP requests sent, unchanged answers, body bytes received, duration."""

    requests: int
    not_modified: int
    bytes: int
    seconds: float


class CrawlFailed(Exception):
    """The crawling process ended without a summary; ``words`` say how, with the end of its log."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.both())
        self.words = words


def run_crawl(
    plan: CrawlPlan,
    *,
    keep_open_fds: tuple[int, ...] = (),
    should_stop: Callable[[], bool] = lambda: False,
) -> CrawlSummary:
    """Run one crawl in a child process and wait for its summary.

    ``keep_open_fds`` are handed down (a lock that must outlive us while the child writes). The
    child ends at once when this process dies. ``should_stop`` is asked several times a second, and
    a stop still yields the summary of what was done. A child that writes no line of its log for
    ``stall_seconds`` is hung: it is ended. Raises CrawlFailed.
    """
    child = _start(plan, keep_open_fds)
    answer: list[str] = []
    tail: deque[str] = deque(maxlen=TAIL_LINES)
    watch = Watch(plan.settings.stall_seconds)
    forward = watch.heard_before(_forward_to(tail))
    readers = (_reader(child.stdout, answer.append), _reader(child.stderr, forward))
    try:
        _wait(child, lambda: should_stop() or watch.is_over())
    finally:
        _end(child, readers)
    if watch.has_ended and not should_stop():
        raise _stalled(watch.seconds, tail)
    if child.returncode == -signal.SIGTERM and should_stop():
        # Stopped before it had begun: nothing was asked of anyone.
        return CrawlSummary(requests=0, not_modified=0, bytes=0, seconds=0.0)
    return _summary(child.returncode, answer, tail)


@contextmanager
def _written(plan: CrawlPlan) -> Iterator[IO[bytes]]:
    with ExitStack() as stack:
        try:
            file = stack.enter_context(tempfile.TemporaryFile())
            write_plan(plan, file)
        except OSError as error:
            raise _unwritten(error) from None
        yield file


def _unwritten(error: OSError) -> CrawlFailed:
    folder = tempfile.gettempdir()
    return CrawlFailed(
        Words(
            f"采集计划无法写入临时文件夹 {folder}（{error.strerror}），本轮没有访问网站；请检查磁盘空间。",
            f"The crawl plan cannot be written to {folder} ({error.strerror}); no site was visited. Check "
            "the disk.",
        )
    )


class Watch:
    """Hears every line of a child, and says when it has been silent for too long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.has_ended = False
        self._heard = time.monotonic()

    def heard_before(self, take: Callable[[str], None]) -> Callable[[str], None]:
        """Return a taker of lines that notes when each came."""

        def hear(line: str) -> None:
            self._heard = time.monotonic()
            take(line)

        return hear

    def is_over(self) -> bool:
        """Say whether the child has been silent for too long; once so, it stays so."""
        self.has_ended = self.has_ended or time.monotonic() - self._heard > self.seconds
        return self.has_ended


def _stalled(seconds: float, tail: deque[str]) -> CrawlFailed:
    end = "\n".join(tail)
    return CrawlFailed(
        Words(
            f"采集进程 {seconds:.0f} 秒没有动静，已将其结束；已访问的栏目有效，其余将在下一轮重试。"
            f"日志末尾：\n{end}",
            f"the crawl was silent for {seconds:.0f} s and has been ended; columns visited before count, "
            f"the next pass tries the others again. End of its log:\n{end}",
        )
    )


def _reader(stream: IO[str] | None, take: Callable[[str], None]) -> threading.Thread:
    def read() -> None:
        for line in stream or ():
            take(line.rstrip("\n"))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def _forward_to(tail: deque[str]) -> Callable[[str], None]:
    def forward(line: str) -> None:
        tail.append(line)
        level, _, message = line.partition(" ")
        known = logging.getLevelNamesMapping().get(level)
        logger.log(known or logging.INFO, "%s", message if known else line)

    return forward


def _start(plan: CrawlPlan, keep_open_fds: tuple[int, ...]) -> subprocess.Popen[str]:
    """Start the child on a plan in a file without a name; the end of its input tells that we are gone."""
    with _written(plan) as file:
        return subprocess.Popen(
            [sys.executable, "-m", "crawler.run", str(file.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(file.fileno(), *keep_open_fds),
            encoding="utf-8",
            errors="backslashreplace",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )


def _wait(child: subprocess.Popen[str], should_stop: Callable[[], bool]) -> None:
    while not should_stop():
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=POLL_SECONDS)
            return
    child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=STOP_SECONDS)


def _end(child: subprocess.Popen[str], readers: tuple[threading.Thread, ...]) -> None:
    if child.poll() is None:
        child.kill()
    child.wait()
    for reader in readers:
        reader.join(timeout=1.0)
    for stream in (child.stdin, child.stdout, child.stderr):
        with suppress(BrokenPipeError):
            if stream is not None:
                stream.close()


def _summary(code: int, answer: list[str], tail: deque[str]) -> CrawlSummary:
    try:
        if code == 0:
            return CrawlSummary(**json.loads(answer[-1]))
    except (IndexError, ValueError, TypeError):
        logger.warning("event=summary_unreadable lines=%d", len(answer))
    end = "\n".join(tail)
    raise CrawlFailed(
        Words(
            f"采集进程异常结束（退出码 {code}），本轮未完成；将在下一轮重试。日志末尾：\n{end}",
            f"the crawl ended abnormally (exit code {code}) and is incomplete; the next pass tries "
            f"again. End of its log:\n{end}",
        )
    )
