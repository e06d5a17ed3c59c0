"""Documents that stand beside the annual reports and are none: what their titles give them away by. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.words import Words


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One kind of document: the words that give it away, and what it is called."""

    signs: re.Pattern[str]
    kind: Words


def _kind(signs: str, zh: str, en: str) -> Neighbour:
    return Neighbour(re.compile(signs), Words(zh, en))


# Wherever they stand in the title's own part. The first that fits names the kind.
_EVERYWHERE = (
    _kind(
        r"网站.{0,4}(?:工作)?年?度?报[表告]", "政府网站工作年度报表", "the yearly form on web sites"
    ),
    _kind(r"统计表|报表|样表|调查表", "统计表或报表", "a statistical form"),
    _kind(r"制度|办法$|规定$|规范$", "制度文件", "a rule of procedure"),
    _kind(r"通知|印发|征求意见", "通知或印发文件", "a notice or covering letter"),
    _kind(r"格式|模板|填报说明|编制说明", "格式或填报说明", "a form or its notes"),
    _kind(r"一图|图解|读懂|解读", "图解或解读", "an explanation or picture of it"),
    _kind(r"公开指南", "公开指南", "a disclosure guide"),
    _kind(r"公开目录", "公开目录", "a disclosure catalogue"),
    _kind(
        r"部署会|培训会|培训班|推进会|工作会|专题会|召开|开展.{0,12}培训",
        "会议或培训报道",
        "news of a meeting or training",
    ),
    _kind(r"上半年|下半年|季度", "半年或季度材料", "a half-yearly or quarterly paper"),
    _kind(
        r"测评(?:结果|报告|情况)|评估报告|考核结果|通报$",
        "测评、考核或通报",
        "an evaluation or its results",
    ),
)
# In a title without our topic; with it, these words are parts of names (综合行政执法局).
_WITHOUT_TOPIC = (
    _kind(r"法治政府|依法行政", "法治政府建设年度报告", "the report on law-based government"),
    _kind(
        r"行政执法|执法(?:数据|统计|情况|公示)", "行政执法年度数据", "yearly enforcement figures"
    ),
    _kind(r"预算|决算|绩效", "预算、决算或绩效材料", "a budget, account or performance paper"),
    _kind(r"信息处理费", "信息处理费文件", "a paper on the handling fee"),
    _kind(
        r"(?:政务|信息)公开(?:工作)?(?:要点|方案|计划|安排|任务)",
        "公开工作的要点或方案",
        "a plan of disclosure work",
    ),
    _kind(r"政务公开.{0,6}总结", "政务公开工作总结", "a summary of open-government work"),
    _kind(r"工作总结|工作要点", "工作总结或要点", "a summary or plan of work"),
    _kind(r"政府工作报告", "政府工作报告", "the government's work report"),
    _kind(r"指南", "指南", "a guide"),
    _kind(r"目录", "目录", "a catalogue"),
    _kind(r"培训|会议|部署", "会议或培训报道", "news of a meeting or training"),
)
# Publicity of something else: the unit would end in one of these.
_OTHER_SUBJECTS = (
    *("预算", "决算", "环境", "党务", "村务", "校务", "厂务", "院务", "事务", "财务", "处罚"),
    *("执法", "信用", "采购", "招标", "安全生产", "食品安全", "法治政府"),
)
_OTHER_PUBLICITY = Words("其他事项的公开报告", "a report on the disclosure of something else")
_SUMMARY = Words("政务公开工作总结", "a summary of open-government work")


def neighbour_in(text: str) -> tuple[str, Words] | None:
    """Return the words by which a title without our topic is another document, and which; None if none."""
    return _first((*_EVERYWHERE, *_WITHOUT_TOPIC), text)


def neighbour_beside(rest: str, unit: str, topic: str) -> tuple[str, Words] | None:
    """Return the same of a title that has our topic; ``rest`` is what it says beside the topic."""
    found = _first(_EVERYWHERE, rest)
    if found is not None:
        return found
    if topic.endswith("总结") and "信息" not in topic:
        return topic, _SUMMARY
    if topic.startswith("政府信息"):
        return None
    subject = next((word for word in _OTHER_SUBJECTS if unit.endswith(word)), None)
    return None if subject is None else (subject, _OTHER_PUBLICITY)


def _first(kinds: tuple[Neighbour, ...], text: str) -> tuple[str, Words] | None:
    found = ((kind.signs.search(text), kind.kind) for kind in kinds)
    return next(((match.group(), kind) for match, kind in found if match), None)
