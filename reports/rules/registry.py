"""The catalogue of rules, the one call that applies it, and its text for people. Pure."""

from __future__ import annotations

from types import ModuleType

from reports.case import Case
from reports.findings import Assessment, Severity
from reports.model import AnnualReport
from reports.rules import (
    dispute_table,
    history,
    identity,
    narrative,
    request_cells,
    request_table,
    structure,
    timeliness,
)
from reports.rules.engine import Rule, run
from reports.rules.subject import NO_REPORT, Subject
from reports.words import Words

RULES_VERSION = "1"
"""Raised whenever a rule is added, retired or judges differently, so that old findings can be told apart."""

_THEMES: tuple[tuple[tuple[ModuleType, ...], Words], ...] = (
    ((timeliness,), Words("按期公布", "Timeliness")),
    ((structure,), Words("结构与表格", "Structure and tables")),
    (
        (request_table, request_cells),
        Words("第三表：申请的收到和处理", "Table 3: requests received and handled"),
    ),
    ((dispute_table,), Words("第四表：行政复议、行政诉讼", "Table 4: review and litigation")),
    ((history,), Words("与上一年度对照", "Against the year before")),
    ((narrative,), Words("正文与表格对照", "Text against tables")),
    ((identity,), Words("单位与年度", "Agency and year")),
)


def _declared_in(modules: tuple[ModuleType, ...]) -> tuple[Rule, ...]:
    values = (value for module in modules for value in vars(module).values())
    return tuple(value for value in values if isinstance(value, Rule))


RULES: tuple[Rule, ...] = tuple(rule for modules, _ in _THEMES for rule in _declared_in(modules))
"""Every rule, theme by theme, in the order in which the catalogue shows them."""

_ON_OBLIGATIONS = tuple(rule for rule in RULES if not rule.reach.needs_report)

_SEVERITY_WORDS = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("提醒", "warning"),
    Severity.NOTICE: Words("提示", "notice"),
}


def assess(report: AnnualReport | None, case: Case) -> Assessment:
    """Return what the rules say of a report; without a report only the timeliness rules speak."""
    if report is None:
        return run(_ON_OBLIGATIONS, Subject(NO_REPORT, case))
    return run(RULES, Subject(report, case))


def rule_named(code: str) -> Rule | None:
    """Return the rule with this code, in either case of letters; None when there is none."""
    return next((rule for rule in RULES if rule.code == code.strip().upper()), None)


def catalogue_markdown() -> str:
    """Return the catalogue as Markdown, Chinese and English, for docs/rules.md."""
    parts = [_HEAD.format(version=RULES_VERSION, count=len(RULES))]
    for modules, words in _THEMES:
        parts.append(f"## {words.both()}\n")
        parts += [_entry(rule) for rule in _declared_in(modules)]
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
    )
