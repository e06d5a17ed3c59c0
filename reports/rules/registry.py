"""The catalogue of rules, the one call that applies it, and its text for people. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from reports import rules
from reports.case import Case
from reports.findings import Assessment, Severity
from reports.model import AnnualReport
from reports.profile import DEFAULT, Profile
from reports.rules.engine import Default, Rule, run
from reports.rules.subject import NO_REPORT, Subject
from reports.words import Words

RULES_VERSION = "2"
"""Raised whenever a rule is added, retired or judges differently, so that old findings can be told apart."""

THEMES: Mapping[str, Words] = {
    "T": Words("按期公布", "Timeliness"),
    "S": Words("结构与表格", "Structure and tables"),
    "A": Words("第二表：主动公开", "Table 2: proactive disclosure"),
    "B": Words("第三表：申请的收到和处理", "Table 3: requests received and handled"),
    "C": Words("第四表：行政复议、行政诉讼", "Table 4: review and litigation"),
    "X": Words("表间与文件间对照", "Table against table, document against document"),
    "Y": Words("与上一年度对照", "Against the year before"),
    "N": Words("正文与表格对照", "Text against tables"),
    "I": Words("单位与年度", "Agency and year"),
    "D": Words("雷同与照搬", "Copied text"),
    "P": Words("公开方式", "Presentation and access"),
    "W": Words("网页信息", "What the page says of itself"),
}
"""First letter of a rule's code → its theme, in the order of the catalogue."""


def _declared() -> Iterator[Rule]:
    for room in iter_modules(rules.__path__, f"{rules.__name__}."):
        if room.ispkg:
            for module in iter_modules(import_module(room.name).__path__, f"{room.name}."):
                found = vars(import_module(module.name)).values()
                yield from (value for value in found if isinstance(value, Rule))


def _catalogued() -> tuple[Rule, ...]:
    themes = list(THEMES)
    found = {rule.code: rule for rule in _declared()}
    return tuple(sorted(found.values(), key=lambda rule: (themes.index(rule.code[0]), rule.code)))


RULES: tuple[Rule, ...] = _catalogued()
"""Every rule, theme by theme, in the order in which the catalogue shows them."""

_ON_OBLIGATIONS = tuple(rule for rule in RULES if not rule.reach.needs_report)

_CODES_ON_OBLIGATIONS = frozenset(rule.code for rule in _ON_OBLIGATIONS)

_SEVERITY_WORDS = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("提醒", "warning"),
    Severity.NOTICE: Words("提示", "notice"),
}


def assess(report: AnnualReport | None, case: Case, profile: Profile = DEFAULT) -> Assessment:
    """Return what the rules say of a report; without one only the rules on the obligation speak."""
    if report is None:
        return run(_ON_OBLIGATIONS, Subject(NO_REPORT, case), profile)
    return run(RULES, Subject(report, case), profile)


def on_documents(assessment: Assessment) -> Assessment:
    """Return what is said of the document itself, without what is judged of the obligation."""
    return Assessment(
        tuple(found for found in assessment.findings if found.code not in _CODES_ON_OBLIGATIONS),
        tuple(gap for gap in assessment.not_assessable if gap.code not in _CODES_ON_OBLIGATIONS),
    )


def rule_named(code: str) -> Rule | None:
    """Return the rule with this code, in either case of letters; None when there is none."""
    return next((rule for rule in RULES if rule.code == code.strip().upper()), None)


def catalogue_markdown() -> str:
    """Return the catalogue as Markdown, Chinese and English, for docs/rules.md."""
    parts = [_HEAD.format(version=RULES_VERSION, count=len(RULES))]
    for letter, words in THEMES.items():
        parts.append(f"## {letter} · {words.both()}\n")
        parts += [_entry(rule) for rule in RULES if rule.code[0] == letter]
    return "\n".join(parts)


_HEAD = """# 规则目录 / Rule catalogue

版本 {version}，共 {count} 条。本文件由规则声明生成，请勿手工修改。
Version {version}, {count} rules. Generated from the rules' own declarations; do not edit by hand.

每条规则有三种结果：符合、不符合、无法判定。缺失的数字从不按 0 计，也从不算作错误。
A rule holds, is broken, or cannot be assessed. A lost figure is never taken as 0 and never an error.
"""


def _entry(rule: Rule) -> str:
    severity = _SEVERITY_WORDS[rule.severity]
    return (
        f"### {rule.code} · {severity.both()}\n\n"
        f"{rule.statement.zh}\n{rule.statement.en}\n\n"
        f"- 依据 / Basis: {rule.basis.both()}\n"
        f"- 不算问题 / Not a breach: {rule.innocent.both()}\n"
        f"- 怎样消除 / What clears it: {rule.clears.both()}\n"
        f"{_begins(rule)}"
    )


def _begins(rule: Rule) -> str:
    lines = [f"- 起始状态 / Begins as: {_DEFAULT_WORDS[rule.default].both()}\n"]
    if rule.limits:
        limits = ", ".join(f"`{name}` = {number}" for name, number in rule.limits.items())
        lines.append(f"- 可调阈值 / Limits: {limits}\n")
    return "".join(lines if rule.default is not Default.DECLARED or rule.limits else ())


_DEFAULT_WORDS = {
    Default.DECLARED: Words("按所列级别", "as listed"),
    Default.NOTICE: Words("仅提示（阈值为建议值）", "a notice only: its threshold is a proposal"),
    Default.OFF: Words("关闭，可在规则配置中启用", "off; a profile may switch it on"),
}
