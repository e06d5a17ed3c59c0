"""S rules on what sections one and five, and the reports of governments, have to say. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from reports.agencies import AgencyKind
from reports.cells import Label
from reports.findings import Severity
from reports.forms.headings import read_heading
from reports.model import AnnualReport, Quality, Section, TableName
from reports.rules.engine import Breach, Default, Reach, rule
from reports.rules.subject import NotStated, Subject
from reports.rules.texts import solid
from reports.words import Words

_FORM = Words(
    "国办公开办函〔2021〕30号格式第一部分", "Section one of the form, 国办公开办函〔2021〕30号"
)
_ARTICLE_50 = Words(
    "《政府信息公开条例》第五十条第（四）项", "Regulation on Disclosure, art. 50(4)"
)
_SINCE_2019 = 2019
_A_NARRATIVE = 200
_TOPICS = (
    (
        Label("proactive", Words("主动公开", "proactive disclosure")),
        re.compile(
            r"主动公开|主动发布|发布[^。,、;:]{0,12}信息|(?<!申请)公开[^。,、;:申]{0,10}信息|"
            r"(?:公开|发布)[^。申]{0,10}\d[^。申]{0,4}[条件篇]"
        ),
    ),
    (
        Label("requests", Words("依申请公开", "disclosure on request")),
        re.compile(r"依申请|依法申请|公开(?:的)?申请|申请公开|受理申请|[到理]申请"),
    ),
    (
        Label("management", Words("政府信息管理", "information management")),
        re.compile(
            r"信息管理|信息资源管理|保密审[查核]|三审三?校?|文件.{0,8}(?:清理|归档)|动态(?:更新|调整|管理)|"
            r"信息.{0,6}(?:审核|审查|清理|归档)|属性(?:认定|源头)"
        ),
    ),
    (
        Label("platforms", Words("政府信息公开平台建设", "platforms")),
        re.compile(r"平台|网站|专栏|专区|公众号|新媒体|微信|微博|公开栏|公示栏|载体|公报|门户"),
    ),
    (
        Label("supervision", Words("监督保障", "supervision")),
        re.compile(
            r"监督|监管|考核|培训|评议|评估|督[查导办]|检查|问责|追究|组织领导|专人|机构和?人员|保障(?:措施|机制)"
        ),
    ),
)
_PATTERNS = {label.key: pattern for label, pattern in _TOPICS}
_NOTHING = Label("all", Words("全部五个方面", "all five topics"))


def _topics(report: AnnualReport) -> tuple[Label, ...]:
    """Return the five topics; one scope for all where section one holds no text at all."""
    first = report.section(1)
    if first is None:
        return ()
    return tuple(label for label, _ in _TOPICS) if first.text.strip() else (_NOTHING,)


@rule(
    code="S10",
    severity=Severity.WARNING,
    basis=_FORM,
    statement=Words(
        "第一部分写到主动公开、依申请公开、政府信息管理、公开平台建设、监督保障五个方面。",
        "Section one speaks of proactive disclosure, requests, information management, platforms and "
        "supervision.",
    ),
    clears=Words(
        "在第一部分补写缺少的方面；没有开展的工作也应说明。",
        "The absent topic is added to section one, also when nothing was done.",
    ),
    innocent=Words(
        "不要求小标题，用其他说法写到同样内容即可；第二至四部分另有成段文字、各章自行编号的报告不作判定。",
        "No sub-headings are required, other words for the same will do; a report with chapters of "
        "its own, or narrative in sections two to four, is not judged.",
    ),
    reach=Reach(scopes=_topics, first_year=_SINCE_2019),
)
def five_topics(subject: Subject, scope: Label) -> Breach | None:
    """Look for one topic of section one, by any of the words in use for it."""
    first = subject.report.section(1)
    if first is None or _is_free(subject.report):
        return None
    pattern = _PATTERNS.get(scope.key)
    if pattern is None:
        _refuse_pictures(subject)
    elif pattern.search(solid(first.text)):
        return None
    name = scope.words
    return Breach(
        cells=(),
        expected=name.zh,
        actual=None,
        message=Words(
            f"第一部分未见关于“{name.zh}”的内容。请补写；没有开展的也请说明。",
            f"Section one says nothing of {name.en}. Please add it, also when nothing was done.",
        ),
    )


def _is_free(report: AnnualReport) -> bool:
    """Say whether the narrative is spread over the sections of the tables, or chapters numbered anew."""
    return any(_is_out_of_form(section) for section in report.sections)


def _is_out_of_form(section: Section) -> bool:
    heading = read_heading(section.heading)
    if heading is not None and heading.numeral not in {None, section.number}:
        return True
    return section.number in {2, 3, 4} and len(section.text) > _A_NARRATIVE


def _refuse_pictures(subject: Subject) -> None:
    """Refuse to call a section empty whose text may be in pictures. Raises NotStated."""
    if any(subject.table(name).quality is Quality.IMAGE for name in TableName):
        raise NotStated(why=_MAYBE_PICTURED)


_MAYBE_PICTURED = Words(
    "所得文本中该部分没有文字，可能在图片中，请对照原件。",
    "Our copy has no text in this section; it may stand in pictures; see the original.",
)


@rule(
    code="S11",
    severity=Severity.NOTICE,
    basis=Words(
        "国办公开办函〔2021〕30号格式说明：第一部分原则上 1000 字左右",
        "国办公开办函〔2021〕30号: section one has about 1,000 characters in principle",
    ),
    statement=Words("第一部分篇幅在 1000 字左右。", "Section one has about 1,000 characters."),
    clears=Words("精简第一部分。", "Section one is shortened."),
    innocent=Words(
        "政府的报告涵盖全地区，常常较长，不作提示。",
        "Reports of governments cover a whole region and are often longer; they are not noted.",
    ),
    reach=Reach(first_year=2021),
    limits={"longest": "1200"},
    default=Default.NOTICE,
)
def length_of_section_one(subject: Subject, _scope: Label) -> Breach | None:
    """Count the characters of section one without blanks."""
    first, longest = subject.report.section(1), subject.limits["longest"]
    if first is None or _is_of_a_government(subject):
        return None
    count = len("".join(first.text.split()))
    if Decimal(count) <= longest:
        return None
    return Breach(
        cells=(),
        expected=str(longest),
        actual=str(count),
        message=Words(
            f"第一部分共 {count} 字，格式要求 1000 字左右（超过 {longest} 字时提示）。可酌情精简。",
            f"Section one has {count} characters, where the form has about 1,000 in mind (noted above "
            f"{longest}). It may be shortened.",
        ),
    )


def _is_of_a_government(subject: Subject) -> bool:
    identity = subject.case.identity
    if identity is not None:
        return identity.kind is AgencyKind.GOVERNMENT
    return bool(_GOVERNMENT.search(subject.report.agency or ""))


_GOVERNMENT = re.compile(r"[省市县区州旗盟](?:人民)?政府$")


_EMPTY = re.compile(r"(?:\(?[一二三四五六1-6][)、.]?)?(?:本年度)?(?:无|没有|暂无|略|/|-|—)?[。.]?")
_PROBLEM = re.compile(
    r"问题|不足|短板|薄弱|差距|欠缺|缺乏|滞后|困难|有待|待(?:加强|提[高升]|完善|改进)|[仍尚还亟]需|不[够高强深多]|"
    r"不(?:到位|及时|完善|全面|平衡|均衡|规范|充分|健全|完整|丰富)|单一|偏少|较[少低弱]|难以|弱项|瓶颈"
)
_IMPROVEMENT = re.compile(
    r"打算|准备|着手|计划|措施|举措|解决|明年|来年|下(?:一年|阶段|半年)|力争|争取|继续|改[正完为好]|"
    r"改进|整改|下一?步|今后|加强|加大|进一步|提[升高]|完善|强化|优化|健全|深化|拓展|推进|规范|落实|将"
)


@rule(
    code="S12",
    severity=Severity.WARNING,
    basis=_ARTICLE_50,
    statement=Words(
        "第五部分既写存在的主要问题，也写改进情况。",
        "Section five tells both the main problems and what is done about them.",
    ),
    clears=Words("补写存在的主要问题和改进措施。", "The problems, or the improvements, are added."),
    innocent=Words(
        "用“不足”“短板”“有待”“下一步”等说法写到即可，不要求小标题。",
        "Other words for problems and improvements will do; no sub-headings are required.",
    ),
    reach=Reach(first_year=_SINCE_2019),
    limits={"shortest": "50"},
)
def problems_and_improvements(subject: Subject, _scope: Label) -> Breach | None:
    """Look for text, enough of it, and for both halves of what the section is for."""
    section = subject.report.section(5)
    if section is None:
        return None
    text = solid(section.text)
    if not text:
        _refuse_pictures(subject)
    fault = _fault_of(text, subject.limits["shortest"])
    if fault is None:
        return None
    return Breach(
        cells=(),
        expected="存在的主要问题、改进情况",
        actual=text[:80] or None,
        message=Words(
            f"第五部分{fault.zh}。请写明本年度存在的主要问题和改进情况。",
            f"Section five {fault.en}. Please state the main problems of the year and what is done about "
            "them.",
        ),
    )


def _fault_of(text: str, shortest: Decimal) -> Words | None:
    if _EMPTY.fullmatch(text):
        shown = "没有正文" if not text else f"只写了“{text}”"
        return Words(shown, "has no text" if not text else f"says only “{text}”")
    if Decimal(len(text)) < shortest:
        return Words(f"只有 {len(text)} 字：“{text}”", f"has only {len(text)} characters: “{text}”")
    if not _PROBLEM.search(text):
        return Words("未见存在的问题", "names no problem")
    if not _IMPROVEMENT.search(text):
        return Words("未见改进情况", "names no improvement")
    return None
