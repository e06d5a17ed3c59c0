"""I rules on places: names of elsewhere in the text, and levels that a town or street is not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reports.agencies import AgencyKind
from reports.cells import Label
from reports.claims.sentences import sentences_of
from reports.findings import Severity
from reports.model import AnnualReport
from reports.rules.engine import Breach, Default, rule
from reports.rules.gaps import NO_IDENTITY, NO_PLACES
from reports.rules.subject import NotTold, Subject
from reports.surroundings import Places
from reports.words import Words

_BASIS = Words(
    "国办公开办函〔2021〕30号：不得照搬照抄、内容雷同、敷衍塞责",
    "国办公开办函〔2021〕30号: no copied, identical or perfunctory reports",
)
_LONGEST_QUOTE = 80
_MOST_NAMED = 3
_NOTHING = r"(?!)"
_SHORTEST_NAME = 3
_LEVELS = "省市县区州旗盟镇乡"
# Words that are names of places somewhere, and ordinary words everywhere.
_ORDINARY = frozenset(
    {
        *("城区", "郊区", "矿区", "新区", "市区", "新城区", "老城区"),
        *("主城区", "中心区", "开发区", "高新区", "经开区", "工业区", "示范区"),
        *("试验区", "市辖区", "城关镇", "城厢区", "城中区", "市中区", "和平区"),
        *("新建区", "新市区", "新华区", "东城区", "西城区", "南城区", "北城区"),
        *("河口区", "江口镇", "自治县"),
    }
)
# Where a name may begin: 响应城市建设 does not name 应城市.
_BEFORE = re.compile(
    r"(?:^|[^\w]|[省市州盟县区]|[在到由从向对与和及同为是系至据按经把将被的]|通过|登录|依托|根据|按照|围绕|"
    r"结合|作为|来自|位于|学习|落实|访问|关于|利用)$"
)
_AFTER = re.compile(
    r"^(?:人民政府|政府(?:信息|门户|网)|政务服务|门户网站|[区县市]?委[、和区县市]|各级|行政机关|信息公开|政务公开|统计局|"
    r"\w{2,6}局)"
)
# Elsewhere is legitimately named: quoted, visited, next door, helped, or as an address or a company's name.
_LEGITIMATE = re.compile(
    r"来源|转发|转载|对口|帮扶|支援|援助|协作|结对|学习|考察|交流|借鉴|经验|参观|调研|赴|毗邻|相邻|邻近|接壤|"
    r"流域|跨[省市县区域]|沿线|联合|联动|共建|签[订署]|公司|集团|企业|法院|检察|一案|诉|案件|申请人|先进|兄弟|招商|"
    r"地址|邮编|电话|传真|原籍|户籍|划归|划入|并入|移交|更名|撤[县市区]|搬迁|移民|飞地|人民出版社"
)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A place of elsewhere that the text names as if it were its own, and the sentence."""

    place: str
    quote: str


@rule(
    code="I05",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "正文不出现与本地无关的其他地方的名称。",
        "The text names no other place as if it were its own.",
    ),
    clears=Words("改正或删去其他地方的名称。", "The name of the other place is corrected."),
    innocent=Words(
        "写明来源、转发、对口帮扶、学习考察、相邻地区、企业和案件的句子不算；“响应城市建设”之类的巧合不算。",
        "Sentences that quote, visit, help or border on another place, or name companies and lawsuits, do "
        "not count; nor do chance spellings such as 响应城市.",
    ),
    default=Default.NOTICE,
)
def foreign_place(subject: Subject, _scope: Label) -> Breach | None:
    """Look for names of places outside the unit's own chain of divisions."""
    places = subject.case.places
    if places is None:
        raise NotTold(NO_PLACES)
    found = {foreign.place: foreign for foreign in foreign_places(subject.report, places)}
    if not found:
        return None
    names = "、".join(list(found)[:_MOST_NAMED])
    quote = next(iter(found.values())).quote[:_LONGEST_QUOTE]
    return Breach(
        cells=(),
        expected="、".join(places.own) or None,
        actual=names,
        message=Words(
            f"正文出现外地名称“{names}”：“{quote}”。请核对是否照搬了其他单位的文本。",
            f"The text names another place, {names}: “{quote}”. Please check whether a sentence was copied "
            "from another unit.",
        ),
    )


def foreign_places(report: AnnualReport, places: Places) -> Iterator[Foreign]:
    """Yield the places of elsewhere that the narrative names as its own, sentence by sentence."""
    gazetteer = _gazetteer(places)
    for sentence in sentences_of(report):
        if gazetteer.ends.search(sentence.text) is None or _LEGITIMATE.search(sentence.text):
            continue
        for place in _named(sentence.text, gazetteer):
            yield Foreign(place, sentence.quote)


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """Names of elsewhere, the signs that they end in, their lengths, and the unit's own names."""

    names: frozenset[str]
    ends: re.Pattern[str]
    lengths: tuple[int, ...]
    own: tuple[str, ...]


@lru_cache(maxsize=8)
def _gazetteer(places: Places) -> _Gazetteer:
    stems = {_stem(name) for name in places.own}
    names = frozenset(
        name
        for name in places.others
        if len(name) >= _SHORTEST_NAME and name not in _ORDINARY and _stem(name) not in stems
    )
    signs = "".join(sorted({name[-1] for name in names}))
    ends = re.compile(f"[{re.escape(signs)}]" if signs else _NOTHING)
    lengths = tuple(sorted({len(name) for name in names}, reverse=True))
    return _Gazetteer(names, ends, lengths, tuple(places.own))


def _stem(name: str) -> str:
    """Return the name without its level: 洪泽县 became 洪泽区 and is the same place."""
    return name.rstrip(_LEVELS) or name


def _named(text: str, gazetteer: _Gazetteer) -> Iterator[str]:
    for end in gazetteer.ends.finditer(text):
        for length in gazetteer.lengths:
            start = end.end() - length
            if start < 0 or text[start : end.end()] not in gazetteer.names:
                continue
            if _stands_alone(text, start, end.end()) and not _is_own(text, start, gazetteer.own):
                yield text[start : end.end()]
            break


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 3) : start], text[end : end + 8]
    if _BEFORE.search(before):
        return True
    return _AFTER.match(after) is not None and before[-1:] not in "响对反适相供"


def _is_own(text: str, start: int, own: tuple[str, ...]) -> bool:
    """Say whether the name stands inside one of the unit's own."""
    for name in own:
        at = text.find(name, max(0, start - len(name) + 1), start + len(name))
        if 0 <= at <= start:
            return True
    return False


_OWN_WORK = re.compile(
    r"(?P<level>[全我](?:省|市|县|区|州|旗))(?:各级(?:行政)?机关|各级政府|各级各部门|共(?:收到|受理|公开|发布)|累计(?:公开|发布)|"
    r"(?:政府信息|政务|信息)公开工作(?!要点|会议|部署|考核|培训|推进|方案|安排|要求|领导|测评|排名|评估|先进)|主动公开|新?收到|受理|办理)"
)
# What comes from above is quoted, not claimed.
_FROM_ABOVE = re.compile(
    r"根据|按照|依据|遵照|落实|贯彻|要求|部署|通知|会议|考核|测评|评估|排名|名列|位居|位列|第[一二三四五六七八九十\d]+名|"
    r"统一|文件|方案|意见|精神|指导|安排|培训|上级|先进|表彰|通报|对标"
)
_LEVELS_OF = {AgencyKind.TOWNSHIP: "乡镇", AgencyKind.STREET: "街道"}


@rule(
    code="I06",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "乡镇、街道的报告不把全省、全市、全县（区）的工作写成自己的工作。",
        "A town or street does not report the work of a whole province, city, county or district as its "
        "own.",
    ),
    clears=Words(
        "把“全省”“我市”等改为本级的名称。", "The level word is changed to that of the unit."
    ),
    innocent=Words(
        "引用上级部署、会议、考核排名的句子不算。",
        "Sentences that quote what comes from above, meetings and rankings do not count.",
    ),
)
def impossible_level(subject: Subject, _scope: Label) -> Breach | None:
    """Look in reports of towns and streets for work claimed on a higher level."""
    identity = subject.case.identity
    if identity is None:
        raise NotTold(NO_IDENTITY)
    kind = _LEVELS_OF.get(identity.kind)
    if kind is None:
        return None
    for sentence in sentences_of(subject.report):
        found = _OWN_WORK.search(sentence.text)
        if found and not _FROM_ABOVE.search(sentence.text):
            return _claimed(found["level"], sentence.quote[:_LONGEST_QUOTE], kind)
    return None


def _claimed(level: str, quote: str, kind: str) -> Breach:
    return Breach(
        cells=(),
        expected=f"本{kind}",
        actual=level,
        message=Words(
            f"{kind}的报告中写“{level}”：“{quote}”。请核对是否照搬了上级或其他单位的文本。",
            f"The report of a town or street says “{level}”: “{quote}”. Please check whether a sentence "
            "was copied from a higher or another unit.",
        ),
    )
