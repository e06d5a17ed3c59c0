"""How reading can fail without a word from the reader: time, memory, crash; and when no worker starts."""

from __future__ import annotations

from enum import StrEnum

from reports.words import Words
from sandbox.limits import Limits


class Fault(StrEnum):
    """What ended a worker."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


class WorkerLost(Exception):
    """The worker ended, or was ended, before it had answered."""

    def __init__(self, fault: Fault) -> None:
        """Keep what ended it."""
        super().__init__(fault.value)
        self.fault = fault


class SandboxUnavailable(Exception):
    """No worker can be started at all; ``words`` say what to do. It says nothing about any document."""

    def __init__(self, words: Words) -> None:
        """Keep the sentence."""
        super().__init__(words.both())
        self.words = words


def reason_of(fault: Fault, limits: Limits) -> Words:
    """Return what a person reads of a document that ended its worker."""
    match fault:
        case Fault.TIME:
            zh, en = f"{limits.seconds:g} 秒内未能读完", f"it took more than {limits.seconds:g} s"
        case Fault.MEMORY:
            size = limits.memory >> 20
            zh, en = f"读取所需内存超过 {size} MB", f"it needs more than {size} MB of memory"
        case Fault.CRASH:
            zh, en = "读取它的进程异常结束", "the process that read it ended abnormally"
    return Words(
        f"未能读取该文件（{zh}），读取已中止；请人工查看原件，并向发布单位索取网页或 DOCX 版本。",
        f"The document could not be read ({en}); the reading was stopped. "
        "Look at the original by hand, and ask the publisher for a web page or a DOCX.",
    )


def no_worker(detail: str) -> SandboxUnavailable:
    """Return the failure to start a worker."""
    return SandboxUnavailable(
        Words(
            f"无法启动读取文件的进程（{detail}），文件未读取；请检查内存、进程数上限和安装是否完整，下一轮会重试。",
            f"The process that reads documents cannot be started ({detail}), so nothing was read; check "
            "memory, the limit of processes and the installation. The next pass tries again.",
        )
    )
