"""Whether a browser can be used here. Without what it takes to use one."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from reports.words import Words

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def why_no_browser() -> Words | None:
    """Return why columns cannot be rendered here, and what to do; None when they can."""
    if find_spec("playwright") is None:
        return Words(
            "未安装浏览器组件；请安装 nianshao[browser]",
            "the browser extra is not installed; install nianshao[browser]",
        )
    if browser_path() is None:
        return Words(
            "本机没有 Chromium；请用系统的软件包管理器安装",
            "there is no Chromium here; install it with the system's package manager",
        )
    return None


def browser_path() -> str | None:
    """Return the system's Chromium, None when there is none."""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)
