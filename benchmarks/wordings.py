"""Faultless narratives in varied words: every number said is the table's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from reports.cells import DISPUTE_BLOCKS, REQUEST_ROWS_2021, dispute_key, request_key

Figures = Mapping[str, int]

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = (
    ("refused.", "不予公开"),
    ("unavailable.", "无法提供"),
    ("unprocessed.", "不予处理"),
    ("other.", "其他处理"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """The figures that a narrative tells of."""

    year: int
    new: int
    carried_in: int
    handled: int
    carried_out: int
    granted: int
    partly: int
    groups: Mapping[str, int]
    review: int
    litigation: int
    made: int
    repealed: int
    in_force: int
    corrected: int


def told(figures: Figures, year: int) -> Told:
    """Return the figures of the tables that texts speak of."""

    def total(row: str) -> int:
        return figures[request_key(row, "total")]

    rows = [row.key for row in REQUEST_ROWS_2021]
    review, direct, after = (figures[dispute_key(b.key, "total")] for b in DISPUTE_BLOCKS)
    return Told(
        year,
        total("new"),
        total("carried_in"),
        total("handled_total"),
        total("carried_out"),
        total("granted"),
        total("partly_granted"),
        {word: sum(total(r) for r in rows if r.startswith(start)) for start, word in _GROUPS},
        review,
        direct + after,
        figures["normative_documents.made"],
        figures["normative_documents.repealed"],
        figures["normative_documents.in_force"],
        sum(figures[dispute_key(b.key, "corrected")] for b in DISPUTE_BLOCKS),
    )


def spelled(number: int) -> str:
    """Return a number below ten thousand in Chinese numerals."""
    if number == 0:
        return "零"
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words.removeprefix("一") if words.startswith("一十") else words


def thousands(number: int) -> str:
    """Return a number with separators."""
    return f"{number:,}"


def full_width(number: int) -> str:
    """Return a number in full-width digits."""
    return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def _written(random: Random, number: int) -> str:
    ways: list[Callable[[int], str]] = [str, str, str, thousands, full_width]
    if number < 10_000:
        ways.append(spelled)
    return random.choice(ways)(number)


def _received(random: Random, t: Told) -> str:
    if t.new == 0 and t.carried_in == 0:
        return random.choice(
            (
                "本年度未收到政府信息公开申请。",
                "全年没有收到公民、法人或者其他组织提出的政府信息公开申请，也没有上年结转的申请。",
                "收到政府信息公开申请0件。",
                f"{t.year}年，本机关未接到依申请公开政府信息的申请。",
                "本年度无依申请公开事项。",
                "截至12月31日，本单位未收到政府信息公开申请。",
                "依申请公开情况：全年收到申请0件。",
            )
        )
    n, c = _written(random, t.new), _written(random, t.carried_in)
    both = _written(random, t.new + t.carried_in)
    return random.choice(
        (
            f"本年度新收政府信息公开申请{n}件，上年结转{c}件。",
            f"{t.year}年，共收到政府信息公开申请{n}件，{t.year - 1}年结转{c}件，合计{both}件。",
            f"全年受理政府信息公开申请{both}件（含上年结转{c}件）。",
            f"本机关全年共收到公民、法人和其他组织提出的政府信息公开申请{n}件。",
            f"共收到自然人、法人提出的政府信息公开申请{n}件，上年度结转{c}件，共{both}件。",
            f"（二）依申请公开。全年收到申请{n}件，上年结转{c}件。",
            f"收到政府信息公开申请{n}件；行政许可申请上年结转12件，已办结。",
            f"新收依申请公开政府信息申请{n}宗，加上上一年度结转{c}件，共需办理{both}件。",
        )
    )


def _handled(random: Random, t: Told) -> str:
    if t.handled == 0:
        return ""
    h, o = _written(random, t.handled), _written(random, t.carried_out)
    said = [f"答复{h}件，结转下年度继续办理{o}件。", f"已办结{h}件，{o}件结转下年度。"]
    said.append(f"截至年底共作出答复{h}件。")
    return random.choice(said)


def _split(random: Random, t: Told) -> str:
    if t.handled == 0:
        return ""
    groups = "、".join(f"{word}{number}件" for word, number in t.groups.items())
    share = f"{100 * t.granted / t.handled:.1f}"
    return random.choice(
        (
            f"办理结果中，予以公开{t.granted}件、部分公开{t.partly}件、{groups}。",
            f"其中，予以公开和部分公开共{t.granted + t.partly}件。",
            f"予以公开{t.granted}件，占答复总数的{share}%。",
            "",
        )
    )


def _disputes(random: Random, t: Told) -> str:
    if t.review == 0 and t.litigation == 0:
        return random.choice(
            (
                "本年度未发生因政府信息公开引起的行政复议和行政诉讼。",
                "没有因政府信息公开被申请行政复议、被提起行政诉讼的情况。",
                "政府信息公开行政复议0件，行政诉讼0件。",
                "不存在因政府信息公开引起的行政复议、行政诉讼。",
                "政府信息公开行政复议、行政诉讼均为0件；全局其他行政应诉案件3件。",
            )
        )
    return random.choice(
        (
            f"因政府信息公开被申请行政复议{t.review}件，被提起行政诉讼{t.litigation}件。",
            f"办理政府信息公开行政复议案件{t.review}件、行政诉讼案件{t.litigation}件。",
            "局属单位未发生行政复议、行政诉讼。主动公开方面，未发生行政复议、行政诉讼。",
            "",
        )
    )


def _proactive(random: Random, t: Told) -> str:
    parts = [random.randrange(1, 400) for _ in range(3)]
    listed = f"概况信息{parts[0]}条、政务动态{parts[1]}条、公开目录{parts[2]}条"
    return random.choice(
        (
            f"通过政府网站主动公开信息{sum(parts)}条，其中{listed}。",
            f"通过政府网站公开各类信息{sum(parts) + 7}条，主要包括{listed}等。",
            "全年主动公开信息300余条，发布政策解读若干篇。",
            f"制发行政规范性文件{t.made}件，废止{t.repealed}件，现行有效{t.in_force}件。",
            f"公开信息{sum(parts)}条（其中概况类{parts[0]}条，动态类{parts[1]}条，目录类{parts[2]}条），发布会9场（解读政策18次）。",
            f"公开信息{sum(parts)}条，分别为概况类{parts[0]}条、动态类{parts[1]}条、目录类{parts[2]}条。",
            f"政务微信公众号发布信息{parts[0]}条，政务微博发布信息{parts[1]}条。",
        )
    )


_COMPARED = (
    "较{before}年的{other}件有所增加。",
    "{before}年度报告中指出的问题已全部整改。",
    "认真落实《{before}年政务公开工作要点》。",
    "同比增长{other}%。",
    "",
)
_MANAGED = (
    "完善政府信息公开审查制度，做好政府信息的动态管理。平台建设方面，优化政府网站专栏。",
    "加强政府信息管理，建立发布台账；持续推进公开平台建设。",
    "规范政府信息管理流程。依托门户网站和政务新媒体两个平台发布信息。",
)
_SUPERVISED = (
    "监督保障方面，全年开展业务培训{k}次，未发生责任追究情形。",
    "强化监督保障，纳入年度绩效考核，社会评议结果良好，未发生因公开工作被追究责任的情况。",
    "做好监督保障工作，组织工作考核{k}次，主动接受社会评议，无责任追究情况。",
)
_FIFTH = (
    "存在的问题：一是政策解读形式不够丰富，图解、视频等方式运用较少；二是部分栏目信息更新不够及时。改进措施：加强业务培训，"
    "{next}年将继续拓宽公开渠道，完善解读机制。",
    "当前主要存在公开内容不够精细、主动回应不够的不足。下一步，将完善工作机制，细化公开目录，提高政府信息公开的质量和时效，"
    "加强与公众的互动交流。",
    "问题主要是部分栏目信息更新较慢，基层人员业务不够熟练。改进情况：已制定栏目责任清单，明确更新时限，"
    "{next}年计划开展专题培训{k}次，并按季度检查落实情况。",
    "一、存在的主要问题。公开渠道的宣传不够，群众知晓度不高。二、改进措施。一是加大宣传力度；二是优化网站检索功能；"
    "三是健全考核机制，把信息公开纳入年度目标管理。",
)
_SIXTH = (
    "本机关{year}年未收取政府信息公开信息处理费。",
    "依据《政府信息公开信息处理费管理办法》，本年度没有产生信息处理费。",
    "{year}年度发出收费通知0件，收取信息处理费0元。无其他需要报告的事项。",
    "按照国务院办公厅有关规定，{year}年我单位未收取信息处理费。其他需要报告的事项：无。",
)
_PERIOD = (
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "统计期限为{year}年1月1日—{year}年12月31日。",
    "本报告中所列数据统计时限为{year}年1月1日至12月31日。",
)
_HEADS = (
    "{name}方面，",
    "（{n}）{name}。",
    "{n}、{name}情况：",
    "{name}：",
    "认真做好{name}工作。",
)
_NUMERALS = "一二三四五六"


@dataclass(slots=True)
class Narrative:
    """The paragraphs of a narrative by what they speak of; a fault is put into one of them."""

    period: str
    proactive: str
    requests: str
    compared: str
    managed: str
    supervised: str
    disputes: str
    fifth: str
    sixth: str

    def sections(self, random: Random) -> dict[int, str]:
        """Return the text of each section that has one, its paragraphs headed in one of many ways."""
        head = random.choice(_HEADS)
        named = (
            ("主动公开", self.proactive + self.compared),
            ("依申请公开", self.requests),
            ("政府信息管理", self.managed),
            ("监督保障", self.supervised + self.disputes),
        )
        first = [
            head.format(name=name, n=_NUMERALS[number]) + text
            for number, (name, text) in enumerate(named)
        ]
        return {1: "\n".join([self.period, *first]), 5: self.fifth, 6: self.sixth}


def narrative(random: Random, figures: Figures, year: int) -> Narrative:
    """Return a narrative that contradicts nothing."""
    t = told(figures, year)
    words = {
        "year": year,
        "before": year - 1,
        "next": year + 1,
        "other": random.randrange(2, 90),
        "k": random.randrange(1, 9),
    }

    def one(of: tuple[str, ...]) -> str:
        return random.choice(of).format(**words)

    return Narrative(
        period=one(_PERIOD),
        proactive=_proactive(random, t),
        requests=_received(random, t) + _handled(random, t) + _split(random, t),
        compared=one(_COMPARED),
        managed=one(_MANAGED),
        supervised=one(_SUPERVISED),
        disputes=_disputes(random, t) + _corrected(t),
        fifth=one(_FIFTH),
        sixth=one(_SIXTH),
    )


def _corrected(t: Told) -> str:
    if not t.corrected:
        return ""
    return f"行政复议、行政诉讼中结果纠正{t.corrected}件，已逐案分析原因并规范答复程序。"
