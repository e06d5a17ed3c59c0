"""D01, D03, D07: the words and files of other units. Which unit wrote first is never judged. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from reports.agencies import Identity
from reports.cells import Label
from reports.claims.sentences import sentences_of
from reports.deadlines import CHINA
from reports.findings import Severity
from reports.names import names_same_agency
from reports.narrative import COMPARED
from reports.rules.engine import Breach, Default, rule
from reports.rules.explanations import quoted
from reports.rules.identity.places import foreign_places
from reports.rules.subject import NotTold, Subject
from reports.surroundings import Likeness, Source
from reports.text import squeeze
from reports.words import Words

_BASIS = Words(
    "国办公开办函〔2021〕30号：不得内容雷同、敷衍塞责、照搬照抄",
    "国办公开办函〔2021〕30号: no identical, perfunctory or copied reports",
)
NOT_COMPARED = Words(
    "没有与其他单位的报告作过比对。", "Nobody compared the report with those of other units."
)
_MOST_NAMED = 3
_LATEST = datetime.max.replace(tzinfo=UTC)
_SHORTEST_NAME = 4
# Sentences in which another unit is rightly named.
_TOGETHER = re.compile(
    r"联合|会同|协同|配合|合作|合署|挂牌|转[发载办送交]|移[送交]|来源|学习|交流|借鉴|划[归入转]|并入|更名|指导|培训|"
    r"组织|印发|通知|部署|要求|报送|征求|与|和|及|、|由"
)
_JOINT = re.compile(r"合署|一个机构两块牌子|一套人马|联合(?:编制|发布)|加挂")


@rule(
    code="D01",
    severity=Severity.WARNING,
    basis=_BASIS,
    statement=Words(
        "正文不与其他单位同年度报告雷同。",
        "The text is not that of another unit's report of the same year.",
    ),
    clears=Words(
        "两家单位中照用文字的一方按本单位实际情况重写。",
        "The unit that used the other's words rewrites them for itself.",
    ),
    innocent=Words(
        "同一地区五分之一以上单位共用的模板语句先行剔除，合署办公、别名单位、篇幅太短的不比较；比例只说明相同，"
        "不说明谁先写、谁照抄。",
        "Sentences that a fifth of the region's units share are a template and left out, joint offices, "
        "aliases and short texts are not compared; a share says what is alike, not who copied.",
    ),
    limits={"share": "0.70"},
    default=Default.NOTICE,
)
def text_of_another_unit(subject: Subject, _scope: Label) -> Breach | None:
    """Name the unit whose report of the year holds most of this text."""
    likeness = _closest(subject)
    if likeness is None:
        return None
    rate, limit = f"{int(likeness.share * 100)}%", f"{int(subject.limits['share'] * 100)}%"
    other, place, days = likeness.identity.name, _place(likeness.source), _days(subject, likeness)
    quote = quoted(likeness.passage)
    return Breach(
        cells=(),
        expected=f"<{limit}",
        # In steps of ten: the share moves a little whenever another report of the region comes.
        actual=f">={int(likeness.share * 10) * 10}% {other}",
        message=Words(
            f"剔除本地共用语句后，第一、五部分有 {rate} 的文字也见于{other}同年度的报告{place.zh}，"
            f"例如“{quote}”。{days.zh}仅凭文字不能判断谁先写，请两家单位核对。",
            f"Common sentences of the region left out, {rate} of sections one and five also stand in the "
            f"report of {other} for the same year{place.en}, for example “{quote}”. {days.en}The texts alone "
            "do not tell which came first; please check both.",
        ),
    )


@rule(
    code="D03",
    severity=Severity.ERROR,
    basis=_BASIS,
    statement=Words(
        "与其他单位相同的文字中不出现他人的名称。",
        "Words shared with another unit's report do not name that unit, or its place, as one's own.",
    ),
    clears=Words(
        "改写照用的文字，改正单位名称和地名。", "The passage is rewritten with one's own name."
    ),
    innocent=Words(
        "写明联合、会同、转发、学习、移交等关系而提到其他单位的句子不算。",
        "Sentences that name another unit as partner, sender, teacher or successor do not count.",
    ),
    limits={"share": "0.70"},
    default=Default.NOTICE,
)
def another_name_left_in(subject: Subject, _scope: Label) -> Breach | None:
    """Look for the other unit's name, or its place, in a text that both share."""
    likeness = _closest(subject)
    if likeness is None:
        return None
    named = next(_names_left(subject, likeness), None)
    if named is None:
        return None
    name, quote = named
    other, place = likeness.identity.name, _place(likeness.source)
    return Breach(
        cells=(),
        expected=None if subject.case.identity is None else subject.case.identity.name,
        actual=name,
        message=Words(
            f"正文与{other}的报告大部分相同{place.zh}，且出现“{name}”：“{quoted(quote)}”。请核对是否照搬，"
            "并改正名称。",
            f"Most of the text also stands in the report of {other}{place.en}, and it names “{name}”: "
            f"“{quoted(quote)}”. Please check whether it was copied, and correct the name.",
        ),
    )


@rule(
    code="D07",
    severity=Severity.ERROR,
    basis=_BASIS,
    statement=Words(
        "两家单位不发布同一个文件。", "No two units publish the very same file as their reports."
    ),
    clears=Words(
        "换上本单位自己的报告文件，或在登记中写明合署办公（别名）。",
        "The unit's own file is put in place, or the register names the joint office as an alias.",
    ),
    innocent=Words(
        "合署办公、一个机构两块牌子、互为别名的单位共用一个文件是允许的。",
        "Joint offices, one body with two names, and aliases may share one file.",
    ),
    default=Default.NOTICE,
)
def file_of_another_unit(subject: Subject, _scope: Label) -> Breach | None:
    """Name the units that published the same bytes."""
    if subject.case.twins is None:
        raise NotTold(NOT_COMPARED)
    others = [twin.name for twin in subject.case.twins if not _one_office(subject, twin)]
    if not others:
        return None
    names = "、".join(others[:_MOST_NAMED])
    more = len(others) - _MOST_NAMED
    zh, en = (f"等 {len(others)} 家", f" and {more} more") if more > 0 else ("", "")
    return Breach(
        cells=(),
        expected=None,
        actual=names,
        message=Words(
            f"本单位的报告文件与{names}{zh}发布的文件逐字节相同。请核对是否传错文件；合署办公的，请在登记中写明。",
            f"The file of this report is byte for byte that of {names}{en}. Please check whether the wrong "
            "file was uploaded; a joint office should be named in the register.",
        ),
    )


def _closest(subject: Subject) -> Likeness | None:
    """Return the most alike report of another office, None when none reaches the limit."""
    likenesses = subject.case.likenesses
    if likenesses is None:
        raise NotTold(NOT_COMPARED)
    twins = {twin.key for twin in subject.case.twins or ()}
    alike = [
        likeness
        for likeness in likenesses
        if likeness.share >= subject.limits["share"]
        and likeness.identity.key not in twins
        and not _one_office(subject, likeness.identity)
    ]
    return min(alike, key=_by_share, default=None)


def _by_share(likeness: Likeness) -> tuple[int, datetime, str]:
    """Order by share in steps of ten, then by first sight: a later one as close names nobody anew."""
    seen = likeness.source.seen_at or _LATEST
    return -int(likeness.share * 10), seen, likeness.identity.key


def _one_office(subject: Subject, other: Identity) -> bool:
    """Say whether both are one office: aliases of each other, or named together by the report itself."""
    own, report = subject.case.identity, subject.report
    if own is not None and (own.key == other.key or _are_aliases(own, other)):
        return True
    titles = squeeze(f"{report.title or ''}{report.agency or ''}"[:400])
    if own is not None and squeeze(own.name) in titles and squeeze(other.name) in titles:
        return True
    names = _long_names(other)
    opening = squeeze(report.opening[:2000])
    if _JOINT.search(opening) and any(name in opening for name in names):
        return True
    return any(
        _JOINT.search(sentence.quote) and any(name in sentence.quote for name in names)
        for sentence in sentences_of(report, (1, 6))
    )


def _are_aliases(one: Identity, other: Identity) -> bool:
    pairs = [(one, other), (other, one)]
    return any(names_same_agency(first.name, second) for first, second in pairs)


def _names_left(subject: Subject, likeness: Likeness) -> Iterator[tuple[str, str]]:
    """Yield names that are not the unit's own, each with its sentence."""
    names = [name for name in _long_names(likeness.identity) if not _is_own(subject, name)]
    for sentence in sentences_of(subject.report, COMPARED):
        named = next((name for name in names if name in sentence.quote), None)
        if named and not _TOGETHER.search(sentence.quote.replace(named, "")):
            yield named, sentence.quote
    if subject.case.places is not None:
        passage = squeeze(likeness.passage)
        for foreign in foreign_places(subject.report, subject.case.places):
            if foreign.place in passage:
                yield foreign.place, foreign.quote


def _long_names(identity: Identity) -> list[str]:
    names = (squeeze(name) for name in (identity.name, *identity.aliases))
    return [name for name in names if len(name) >= _SHORTEST_NAME]


def _is_own(subject: Subject, name: str) -> bool:
    own, titled = subject.case.identity, squeeze(subject.report.agency or "")
    spelled = [titled] if own is None else [titled, *map(squeeze, (own.name, *own.aliases))]
    return any(name in known for known in spelled)


def _place(source: Source) -> Words:
    if source.url is None:
        return Words("", "")
    return Words(f"（{source.url}）", f" ({source.url})")


def _days(subject: Subject, likeness: Likeness) -> Words:
    """Return when each of the two was seen first, as far as that is known."""
    ours, theirs = _own_day(subject), _day(likeness.source.seen_at)
    other = likeness.identity.name
    if ours is None or theirs is None:
        known = theirs
        if known is None:
            return Words("", "")
        return Words(f"首次看到对方报告：{known}。", f"That of {other} was first seen on {known}. ")
    return Words(
        f"首次看到的日期：本单位 {ours}，{other} {theirs}。",
        f"First seen: this one on {ours}, that of {other} on {theirs}. ",
    )


def _own_day(subject: Subject) -> date | None:
    case = subject.case
    if case.page is not None and case.page.source.seen_at is not None:
        return _day(case.page.source.seen_at)
    return _day(case.timeliness.first_seen_at) if case.timeliness else None


def _day(instant: datetime | None) -> date | None:
    return None if instant is None else instant.astimezone(CHINA).date()
