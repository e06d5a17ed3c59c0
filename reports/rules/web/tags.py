"""W rules on what a page says of itself in its tags: title, date, column, site, index number. Pure."""

from __future__ import annotations

import re
from datetime import date

from reports.agencies import AgencyKind
from reports.cells import Label
from reports.dates import date_of
from reports.deadlines import Deadlines, last_day_of
from reports.findings import Severity
from reports.rules.engine import Breach, Default, rule
from reports.rules.explanations import quoted
from reports.rules.gaps import NO_REGION
from reports.rules.presentation.pictures import page_of
from reports.rules.subject import NotTold, Subject
from reports.surroundings import Page
from reports.text import one_line, squeeze
from reports.words import Words

_GUIDE = Words(
    "国办发〔2017〕47号《政府网站发展指引》附件（网页标签规范）",
    "国办发〔2017〕47号 on government sites, annex (tags of pages)",
)
_TAGS = frozenset(
    {"sitename", "sitedomain", "siteidcode", "columnname", "columntype", "articletitle", "pubdate"}
)
"""Tags of the guide by which a page shows that its template follows it."""


def _tag(page: Page, name: str) -> str:
    return one_line(page.metas.get(name, ""))


@rule(
    code="W01",
    severity=Severity.NOTICE,
    basis=_GUIDE,
    statement=Words(
        "网页的 ArticleTitle 标签与正文标题一致。",
        "The page's tag ArticleTitle is the title of the text.",
    ),
    clears=Words("补上或改正 ArticleTitle 标签。", "The tag ArticleTitle is added or corrected."),
    innocent=Words(
        "旧模板没有这类标签，或标题只差空格、标点、栏目名称的，不算。",
        "Old templates without such tags do not count, nor blanks, punctuation or names of columns.",
    ),
    default=Default.NOTICE,
)
def title_tag(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the tag with the other titles of the page and with that of the report."""
    page = page_of(subject)
    tag, title = _tag(page, "articletitle"), subject.report.title or ""
    if not tag:
        return _without_title_tag(title) if _TAGS & page.metas.keys() else None
    known = [bare for text in (*page.titles, title) if (bare := _bare(text)) and text != tag]
    if not known or any(_one_in_the_other(_bare(tag), text) for text in known):
        return None
    return Breach(
        cells=(),
        expected=quoted(title) or None,
        actual=quoted(tag),
        message=Words(
            f"网页 ArticleTitle 标签为“{quoted(tag)}”，与正文标题“{quoted(title)}”不同。请改正标签。",
            f"The tag ArticleTitle says “{quoted(tag)}”, the text is titled “{quoted(title)}”. Please "
            "correct the tag.",
        ),
    )


_PUNCTUATION = re.compile(r"[^\w]")


def _bare(title: str) -> str:
    return _PUNCTUATION.sub("", squeeze(title[:300]))


def _one_in_the_other(one: str, other: str) -> bool:
    return one in other or other in one


def _without_title_tag(title: str) -> Breach:
    return Breach(
        cells=(),
        expected=quoted(title) or None,
        actual=None,
        message=Words(
            "网页有其他规范标签，但没有 ArticleTitle 标签，不便于检索。请在模板中补上。",
            "The page has other tags of the guide but no ArticleTitle, by which it is found. Please add "
            "it to the template.",
        ),
    )


@rule(
    code="W02",
    severity=Severity.WARNING,
    basis=_GUIDE,
    statement=Words(
        "网页的 PubDate 标签与页面显示的日期一致。",
        "The page's tag PubDate is the date that the page shows.",
    ),
    clears=Words("改正标签或页面上的日期。", "The tag or the date on the page is corrected."),
    innocent=Words(
        "页面显示的是成文日期、更新日期时会与公布日期不同；除非两者分处期限前后，只作提示。",
        "A page may show when the text was signed or updated; a notice only, unless the deadline lies "
        "between the two.",
    ),
    limits={"days": "1"},
)
def date_tag(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the tag with the date printed on the page."""
    page = page_of(subject)
    tagged, printed = date_of(_tag(page, "pubdate")), page.printed_on
    if tagged is None or printed is None:
        return None
    days = abs((tagged - printed).days)
    if days < int(subject.limits["days"]):
        return None
    across = _deadline_between(subject, tagged, printed)
    return Breach(
        cells=(),
        expected=printed.isoformat(),
        actual=tagged.isoformat(),
        message=Words(
            f"网页 PubDate 标签为 {tagged}，页面显示为 {printed}，相差 {days} 天"
            f"{'，且分处期限前后' if across else ''}。请核对并统一。",
            f"The tag PubDate says {tagged}, the page shows {printed}: {days} day(s) apart"
            f"{', with the deadline between them' if across else ''}. Please make them agree.",
        ),
        severity=None if across else Severity.NOTICE,
    )


def _deadline_between(subject: Subject, one: date, other: date) -> bool:
    """Say whether the statutory last day parts two dates; False where the day is not known."""
    identity, year = subject.case.identity, subject.year
    if identity is None or year is None:
        return False
    last_day = last_day_of(identity.kind, year, Deadlines())
    return (one > last_day) is not (other > last_day)


_COLUMN = re.compile(
    r"年报|年度报|工作报告|公开|报告|通知公告|公告公示|20\d\d|[局委办厅院处所站中心镇乡街道政府会]$"
)


@rule(
    code="W03",
    severity=Severity.NOTICE,
    basis=Words(
        "国办公开办函〔2019〕61号（法定主动公开内容栏目：政府信息公开年报）；国办发〔2017〕47号",
        "国办公开办函〔2019〕61号 (column 政府信息公开年报); 国办发〔2017〕47号",
    ),
    statement=Words(
        "网页标注的栏目是政府信息公开年报栏目。",
        "The column that the page names is that of the annual disclosure reports.",
    ),
    clears=Words(
        "把报告放入政府信息公开年报栏目，或改正栏目标签。",
        "The report is put into the column of annual reports, or the tag is corrected.",
    ),
    innocent=Words(
        "以年度、单位名称命名的栏目，以及政务公开、信息公开类栏目，不算。",
        "Columns named after a year or a unit, and any column of disclosure, do not count.",
    ),
    default=Default.NOTICE,
)
def column_tag(subject: Subject, _scope: Label) -> Breach | None:
    """Look for words of a disclosure column in the tags of the page's column."""
    page = page_of(subject)
    names = [name for key in ("columnname", "columntype") if (name := _tag(page, key))]
    if not names or any(_COLUMN.search(squeeze(name)) for name in names):
        return None
    shown = quoted(names[0])
    return Breach(
        cells=(),
        expected="政府信息公开年报",
        actual=shown,
        message=Words(
            f"网页标注的栏目为“{shown}”，不像政府信息公开年报栏目。请核对报告所在的栏目。",
            f"The page names “{shown}” as its column, which is none of annual reports. Please check where "
            "the report stands.",
        ),
    )


_CODE = re.compile(r"\d{10}")
_OF_A_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]")
_REGION = re.compile(r"(\d{6})\d{0,6}")


@rule(
    code="W04",
    severity=Severity.WARNING,
    basis=Words(
        "国办发〔2017〕47号《政府网站发展指引》（网站标识码前六位为行政区划代码）",
        "国办发〔2017〕47号 on government sites (a site's code begins with its division code)",
    ),
    statement=Words(
        "网站标识码所属行政区划与单位所在行政区划一致。",
        "The site's identification code belongs to the division of the unit.",
    ),
    clears=Words(
        "核对网站是否为该单位的官方发布网站；登记的区划代码有误的，请更正。",
        "The site is checked to be the unit's own; a wrong division code in the register is corrected.",
    ),
    innocent=Words(
        "上级的集约化平台、部委和垂直管理系统的网站，以及开头不是省级代码的标识码，不算。",
        "Platforms of a higher division, sites of ministries and vertical systems, and codes that begin "
        "with no province do not count.",
    ),
)
def site_code(subject: Subject, _scope: Label) -> Breach | None:
    """Hold the first six digits of the site's code against the unit's division code."""
    code = _CODE.fullmatch(_tag(page_of(subject), "siteidcode"))
    identity = subject.case.identity
    if code is None or (identity is not None and identity.kind is AgencyKind.VERTICAL):
        return None
    region = _REGION.fullmatch((subject.case.region or "").strip())
    if region is None:
        raise NotTold(NO_REGION)
    site = code[0][:6]
    if not _OF_A_PROVINCE.match(site) or _is_within(region[1], site):
        return None
    return Breach(
        cells=(),
        expected=region[1],
        actual=site,
        message=Words(
            f"网站标识码 {code[0]} 属于区划 {site}，而单位登记的区划为 {region[1]}。"
            "请核对该网站是否为本单位的官方发布网站。",
            f"The site's code {code[0]} is of division {site}, the unit is registered in {region[1]}. "
            "Please check that this is the site on which the unit publishes.",
        ),
    )


def _is_within(region: str, site: str) -> bool:
    """Say whether a division is the site's own or below it: 3604 of 360400 holds 360423."""
    level = site
    while level.endswith("00"):
        level = level[:-2]
    return region.startswith(level)


_INDEX = re.compile(
    r"索\s?引\s?号\s?[:：]?\s{0,4}[0-9A-Za-z]{4,24}[/／-](?:[0-9A-Za-z]{1,12}[/／-])?(20\d\d)[-—](\d{3,8})(?!\d)"
)
_HEAD = 4_000


@rule(
    code="W06",
    severity=Severity.NOTICE,
    basis=_GUIDE,
    statement=Words(
        "索引号中的年份与公布年份一致。",
        "The year in the index number is that of publication.",
    ),
    clears=Words("核对并更正索引号。", "The index number is checked and corrected."),
    innocent=Words(
        "上年 12 月建稿、次年 1 月公布的，索引号可以是上年。",
        "A page made in December and published in January may bear the year before.",
    ),
    default=Default.NOTICE,
)
def index_number(subject: Subject, _scope: Label) -> Breach | None:
    """Compare the year of the index number with that of the page's date."""
    found = _INDEX.search(subject.report.opening[:_HEAD])
    if found is None:
        return None
    published = page_of(subject).published_on or subject.report.published_on
    if published is None or int(found[1]) in _index_years(published):
        return None
    return Breach(
        cells=(),
        expected=str(published.year),
        actual=found[1],
        message=Words(
            f"索引号为 {found[1]} 年第 {found[2]} 号，而页面日期为 {published}。请核对索引号。",
            f"The index number is of {found[1]} (no. {found[2]}), the page is dated {published}. Please "
            "check the index number.",
        ),
    )


def _index_years(published: date) -> frozenset[int]:
    before = published.year - 1 if published.month == 1 else published.year
    return frozenset({published.year, before})
