"""What was left unfilled: numbers missing before their unit, template residue, vague quantities. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.claims.sentences import Sentence, plain, sentences_of
from reports.model import AnnualReport

_END = r"(?=$|[,、;)(。]|其中)"
_MISSING = re.compile(
    rf"(?:共计|共有|累计|总计|合计|(?<![公一])共)(?:主动)?(?:公开|发布|办结|答复|受理|收到|制定|回复)?(?:了)?(?:条|件|篇|起|宗|次){_END}|"
    rf"(?:公开|发布|更新|推送)(?:了)?(?:各类|政府|政务|工作|动态)*(?:信息|文件)(?:共计|共|累计|总计)?(?:条|篇|件){_END}|"
    rf"(?:共|累计)(?:收到|接到|受理)(?:了)?(?:政府|政务)?信息公开申请(?:件|起|宗|份){_END}|"
    rf"(?:收到|接到)(?:了)?(?:政府|政务)?信息公开申请(?:共计|共|累计|总计|数量为|为)(?:件|起|宗|份){_END}|"
    rf"(?:^|[,、])现行有效(?:的)?(?:行政)?规范性文件(?:共|共计|为)?(?:件|份|个)?(?=$|[,)])"
)
_ANY_NUMBER = re.compile(r"\d(?![年月日号\d])")
_MANY = re.compile(r"[余多几数近约]$")

_MASK = r"(?:×{1,4}|[XＸxｘ]{2,4}|\*{3,6}|＊{2,6}|[○〇◯]{2,4}|□{2,4}|_{2,12}|＿{2,12})"
_RESIDUE = re.compile(
    rf"(?<![0-9A-Za-z×*_一二三四五六七八九○〇]){_MASK}(?=(?:省|市|县|区|镇|乡|街道|局|委员会|办公室|办事处|单位|机关|部门|政府|年|月|日|"
    r"件|条|起|次|篇|宗|份|万元|元|个)(?![A-Za-z]))|"
    r"(?<!\d)(?:20[×XＸx*＊]{2}|202[×XＸx*＊]|2[×XＸ*]{3}|2×|20__+)年(?:度)?|"
    r"(?<![0-9A-Za-zＡ-Ｚ×])[XＸ×](?=年|月[XＸ×\d]{0,2}日|件(?![A-Za-z])|条(?![A-Za-z]))|"
    r"[\[［【〔](?:单位|单位名称|本单位|机关名称|部门|年份|年度|数字|数量|名称|此处|填写)[^\]］】〕]{0,12}[\]］】〕]|"
    r"此处(?:填写|插入|填入|填报|补充|请)|请在此|(?:数据|数字|内容|此处)待(?:补充?|填写?|定)|(?:待|请)(?:填写|补充)(?:数据|数字|内容|完整)|"
    r"[(（](?:注|说明|备注)?[:：]?[^()（）]{0,20}(?:[宋黑楷]体|仿宋|小[一二三四五]号?字?|[一二三四五]号字|加粗|"
    r"首行缩进|请填写(?:单位|数据|数字|内容|年度)|请根据|填写时(?!间)|填报时(?![间限])|删除本|删去|实际情况填|按实际填)"
    r"[^()（）]{0,20}[)）]"
)
_SUSPECT = re.compile(
    r"[×*＊XＸｘ○〇◯□_＿\[［【]|xx|此处|请在此|[待请]填|[待请]补|请根据|[宋黑楷]体|仿宋|号字|小[一二三四五]|加粗|缩进|删|"
    r"填[写报]时|情况填|实际填"
)
_MASKED_ON_PURPOSE = re.compile(
    r"申请人|某|网民|投诉|留言|诉求|来信|反映|案例|案件|原告|先生|女士|信访人|来电|身份证|手机|电话|号码"
)

_VAGUE = re.compile(
    r"\d{1,9}(?:\.\d+)?[百千万]?(?:余|多)[万]?(?:条|件|篇|次|起|份|期|人次)|"
    r"若干(?:条|件|篇|次|份|项)|(?:发布|公开)[^,;]{0,8}一批"
)


def missing_numbers(report: AnnualReport) -> Iterator[str]:
    """Yield the sentences in which a counter word stands without its number.

    A sentence without any other number says nothing: there the conversion may have lost them all.
    """
    for sentence in sentences_of(report):
        if _lacks_a_number(sentence):
            yield sentence.quote


def _lacks_a_number(sentence: Sentence) -> bool:
    if not _ANY_NUMBER.search(sentence.text):
        return False
    found = _MISSING.search(sentence.text)
    if found is None:
        return False
    return not _MANY.search(sentence.text[: found.start()])


def residues(report: AnnualReport) -> Iterator[tuple[str, str]]:
    """Yield what was left of a template, with the sentence around it; the title counts as one."""
    suspect = [section.number for section in report.sections if _SUSPECT.search(section.text)]
    quotes = (sentence.quote for sentence in sentences_of(report, suspect))
    for text in ("".join((report.title or "").split()), *quotes):
        found = _RESIDUE.search(text) if _SUSPECT.search(text) else None
        if found is not None and not _MASKED_ON_PURPOSE.search(text):
            yield found[0], text


def vague_quantities(report: AnnualReport) -> Iterator[tuple[str, str]]:
    """Yield the vague quantities of section one, with the sentence around them."""
    for sentence in sentences_of(report, (1,)):
        for found in _VAGUE.finditer(plain(sentence.quote)):
            yield found[0], sentence.quote
