"""How a look at a disclosure column can end. Pure."""

from __future__ import annotations

from enum import StrEnum

from reports.words import Words


class Outcome(StrEnum):
    """Named end of one visit to a column, or of one fetch of a report."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    SERVER_ERROR = "server_error"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"
    ROBOTS = "robots"
    REFUSED_ADDRESS = "refused_address"
    COLUMN_LOST = "column_lost"
    NOT_FOUND = "not_found"
    SOFT_404 = "soft_404"
    REDIRECT_LOOP = "redirect_loop"
    REDIRECTED_HOME = "redirected_home"
    OFFSITE = "offsite"
    WRONG_SITE = "wrong_site"
    TOO_LARGE = "too_large"
    GARBAGE = "garbage"
    GARBLED = "garbled"
    EMPTY = "empty"
    SHRUNKEN = "shrunken"
    INCOMPLETE = "incomplete"
    BROKEN_OFF = "broken_off"
    NEWEST_ONLY = "newest_only"


GOOD = frozenset({Outcome.OK, Outcome.NOT_MODIFIED})
"""Outcomes that let us say what a column holds, and so what it does not hold."""

READ = GOOD | {Outcome.NEWEST_ONLY}
"""Outcomes in which nothing is wrong with the column, be it that it shows no more than its newest entries."""

GONE = frozenset({Outcome.NOT_FOUND, Outcome.SOFT_404, Outcome.REDIRECTED_HOME})
"""Outcomes of a report's own address that say the report is no longer there."""

DOWN = frozenset({Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.SERVER_ERROR})
"""Outcomes that speak of the host, not of the column."""

REFUSED = frozenset({Outcome.BLOCKED, Outcome.RATE_LIMITED})
"""Outcomes in which the host answers, but does not admit us now; nothing is ever done to get around it."""

LOST = frozenset(
    {
        Outcome.COLUMN_LOST,
        Outcome.NOT_FOUND,
        Outcome.SOFT_404,
        Outcome.REDIRECTED_HOME,
        Outcome.EMPTY,
    }
)
"""Outcomes of a column page that say the column is not where it was."""

WORDS: dict[Outcome, Words] = {
    Outcome.OK: Words("正常读取", "read well"),
    Outcome.NOT_MODIFIED: Words("内容未变", "unchanged"),
    Outcome.UNREACHABLE: Words("网站无法连接", "the site cannot be reached"),
    Outcome.TIMEOUT: Words("网站响应超时", "the site did not answer in time"),
    Outcome.SERVER_ERROR: Words("网站返回服务器错误", "the site answered with a server error"),
    Outcome.BLOCKED: Words(
        "网站拒绝自动访问或要求验证", "the site refuses or challenges the reader"
    ),
    Outcome.RATE_LIMITED: Words("网站要求稍后再访问", "the site asks us to come back later"),
    Outcome.ROBOTS: Words("网站的 robots 规则不允许读取", "the site's robots rules forbid reading"),
    Outcome.REFUSED_ADDRESS: Words(
        "地址属于内网或未经许可，未访问", "the address is private or not permitted; not visited"
    ),
    Outcome.COLUMN_LOST: Words("栏目不在原地址", "the column is no longer at its address"),
    Outcome.NOT_FOUND: Words("页面不存在", "the page does not exist"),
    Outcome.SOFT_404: Words("页面显示内容不存在或已删除", "the page says its content is gone"),
    Outcome.REDIRECT_LOOP: Words("网站循环跳转", "the site redirects in a loop"),
    Outcome.REDIRECTED_HOME: Words("页面被跳转到首页", "the page redirects to the home page"),
    Outcome.OFFSITE: Words("页面被跳转到其他网站", "the page redirects to another site"),
    Outcome.WRONG_SITE: Words(
        "网站标识码与已知的不一致，未采信",
        "the site's identification code is not the known one; not relied on",
    ),
    Outcome.TOO_LARGE: Words("内容超过大小上限，已中止", "the answer exceeds the size limit; cut"),
    Outcome.GARBAGE: Words("返回的内容无法识别", "the answer is not recognisable"),
    Outcome.GARBLED: Words("文字为乱码，无法还原", "the text is garbled beyond repair"),
    Outcome.EMPTY: Words("返回内容为空", "the answer is empty"),
    Outcome.SHRUNKEN: Words("列表明显偏短", "the list is much too short"),
    Outcome.INCOMPLETE: Words("栏目只读取到一部分", "the column was read only in part"),
    Outcome.BROKEN_OFF: Words(
        "内容没有结尾，可能没有发完", "it has no end, so the rest of it may be missing"
    ),
    Outcome.NEWEST_ONLY: Words(
        "来源只列出最新的条目，没有列出的不能证明没有",
        "the source lists its newest entries only: what it does not list may still be there",
    ),
}
