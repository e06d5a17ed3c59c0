"""What the pages of the farm say: reports with their titles, last year's, and the neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from random import Random

from tests.farm.life import YEAR, Manner
from web.sample.pages import Article, Link, Look, article_page
from web.sample.plain import plain_report
from web.sample.render import WrittenReport, headed, report_docx, report_html

TITLES = (
    "{unit}{year}年政府信息公开工作年度报告",
    "{year}年{unit}政府信息公开工作年度报告",
    "{unit}政府信息公开工作{year}年度报告",
    "{unit}{year}年度政府信息公开工作年度报告",
    "{unit}{year}年度政府信息公开工作报告",
    "{unit}{year}年政府信息公开年报",
    "{unit} {year} 年政府信息公开工作 年度报告",
    "关于{unit}{year}年政府信息公开工作的年度报告",
    "{unit}{spelled}年政府信息公开工作年度报告",
    "{unit}{wide}年政府信息公开工作年度报告",
    "{unit}{year}年信息公开工作年度报告",
)
"""Titles as published; the first is the usual one."""

_SPELLED = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SIGNS = "青禾水磨石桥柳河南山东关安平永和丰乐长宁清远文昌新城太康"
_OTHER_YEAR = YEAR - 2


def title_of(unit: str, year: int, variant: int = 0) -> str:
    """Return the title of a unit's report in one of the usual wordings."""
    digits = str(year)
    spelled, wide = digits.translate(_SPELLED), digits.translate(_WIDE)
    return TITLES[variant].format(unit=unit, year=year, spelled=spelled, wide=wide)


@lru_cache(maxsize=20_000)
def written(name: str, year: int, content: int) -> WrittenReport:
    """Return one text of a report: 0 the first, odd ones change figures, even ones a sentence."""
    random = Random(f"{name}{year}")
    figures: Mapping[str, int] = {
        "requests.new.natural_person": (count := random.randrange(1, 40)),
        "requests.granted.natural_person": count,
        "penalties.decisions": random.randrange(300) + (content if content % 2 else 0),
    }
    report = plain_report(name, year, figures)
    # Longer than what all have in common: what is no copy must not look like one.
    story = "".join("".join(random.choices(_SIGNS, k=40)) + "。" for _ in range(15))
    first = replace(
        report.sections[0], paragraphs=(*report.sections[0].paragraphs, f"（六）{story}")
    )
    sections = (first, *report.sections[1:])
    if content and content % 2 == 0:
        note = f"第{content}次核对后补充：公开查阅点增至{content}处。"
        sections = (*sections[:5], headed(6, *sections[5].paragraphs, note))
    return replace(report, sections=sections)


def report_page(
    look: Look, title: str, name: str, day: date | None, content: int, dress: int
) -> str:
    """Return the page of a report; ``dress`` changes only what stands around it."""
    body = _html(name, YEAR, content)
    return article_page(look, Article(title, body, day, views=100 + 17 * dress))


@lru_cache(maxsize=20_000)
def _html(name: str, year: int, content: int) -> str:
    return report_html(written(name, year, content))


def page_of(
    look: Look, manner: Manner, title: str, name: str, day: date | None, path: str
) -> str | None:
    """Return the page of a report that is no page itself; None for one that is."""
    match manner:
        case Manner.ATTACHMENT:
            said, files = "<p>年度报告全文见附件。</p>", (Link(f"{title}.docx", f"{path}.docx"),)
            return article_page(look, Article(title, said, day, (), files))
        case Manner.SCAN:
            scan = '<p><img src="/1.png"><img src="/2.png"></p>'
            return article_page(look, Article(title, scan, day))
        case Manner.WRONG_REPORT:
            return article_page(look, Article(title, _html(name, _OTHER_YEAR, 0), day))
        case Manner.PAGE:
            return None


def old_report_page(look: Look, title: str, name: str, year: int, day: date) -> str:
    """Return the page of a report of an earlier year."""
    return article_page(look, Article(title, _html(name, year, 0), day))


def file_of(name: str, content: int) -> bytes:
    """Return the report as a Word file."""
    return report_docx(written(name, YEAR, content))


def neighbour_page(look: Look, title: str, day: date) -> str:
    """Return the page of an entry that is no annual report."""
    body = f"<p>{title}的正文，与本年度报告无关，仅说明有关工作安排。</p>" * 12
    return article_page(look, Article(title, body, day))
