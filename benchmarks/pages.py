"""One report as a municipal site publishes it: site frame, Word export, three tables, 40–60 KB."""

from __future__ import annotations

from html import escape

from reports.cells import SECTION_HEADINGS
from tests.rendering import NARRATIVE, TITLE, C, Figures, Sheet, sheets

_CELL = 'style="border:solid windowtext 1.0pt;padding:0cm 5.4pt" width="{width}"'
_SPAN = 'style="font-size:10.5pt;font-family:宋体"'
_SIGNS = "青禾水磨石桥柳河南山"
_STORY = (
    "本机关认真贯彻落实《中华人民共和国政府信息公开条例》，围绕群众关切做好主动公开工作，"
    "全年更新各栏目信息，规范依申请公开办理流程，加强平台建设与信息管理，强化监督保障。"
)


def site_page(figures: Figures, number: int = 0) -> bytes:
    """Return the page as UTF-8 bytes; each ``number`` has an agency and a text of its own."""
    drawn = sheets(figures)
    title = TITLE.replace("水磨镇", f"{_SIGNS[number % 10]}{_SIGNS[number // 10 % 10]}镇")
    shown = "发布日期：2026-01-20 09:30　来源：办公室"
    parts = [f"<h1>{title}</h1>", f'<div class="info">{shown}</div>']
    for section, heading in enumerate(SECTION_HEADINGS, start=1):
        parts.append(_paragraph(f"{'一二三四五六'[section - 1]}、{heading}"))
        story = _story(section, number)
        parts += [_paragraph(text) for text in (NARRATIVE.get(section), *story) if text]
        if section in drawn:
            parts.append(_table(drawn[section]))
    frame = _frame("\n".join(parts), title)
    return frame.encode()


def _story(section: int, number: int) -> list[str]:
    count = 5 if section == 1 else 2 if section == 5 else 0
    return [
        f"（{'一二三四五'[n]}）{_STORY}全年更新信息{300 + 7 * number + n}条。" for n in range(count)
    ]


def _paragraph(text: str) -> str:
    return (
        f'<p class="MsoNormal" style="text-indent:32.0pt"><span {_SPAN}>{escape(text)}</span></p>'
    )


def _table(sheet: Sheet) -> str:
    rows = ("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in sheet)
    return (
        '<table class="MsoNormalTable" border="0" cellspacing="0">' + "\n".join(rows) + "</table>"
    )


def _cell(cell: C) -> str:
    spans = (f' colspan="{cell.across}"' if cell.across > 1 else "") + (
        f' rowspan="{cell.down}"' if cell.down > 1 else ""
    )
    text = f'<p class="MsoNormal"><span {_SPAN}>{escape(cell.text)}</span></p>'
    return f"<td{spans} {_CELL.format(width=40 * cell.across)}>{text}</td>"


def _frame(article: str, title: str) -> str:
    menu = "".join(f'<li><a href="/c{n}/index.html">栏目{n}</a></li>' for n in range(24))
    side = "".join(
        f'<li><a href="/zfxxgknb/{year}.html" title="{year}年政府信息公开工作年度报告">{year}年年报</a></li>'
        for year in range(2016, 2025)
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报_门户网站</title>'
        '<meta name="ArticleTitle" content="'
        + TITLE
        + '"><meta name="PubDate" content="2026-01-20 09:30">'
        "<style>"
        + ".a{color:#333}" * 60
        + "</style><script>"
        + "var a=1;" * 150
        + "</script></head><body>"
        f'<div class="top"><ul>{menu}</ul></div><div class="pos">首页 &gt; 政务公开 &gt; 年报</div>'
        f'<div class="side"><ul>{side}</ul></div><div class="content" id="zoom">{article}</div>'
        '<div class="share">分享到：微信 微博</div>'
        '<div class="foot">版权所有 主办单位 网站标识码</div></body></html>'
    )
