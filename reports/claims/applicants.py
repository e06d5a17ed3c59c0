"""How the text divides the requests received by kind of applicant; in doubt not at all. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from reports.claims.sentences import Sentence, mentions, of_this_year, sentences_of
from reports.model import AnnualReport

_KINDS = (
    ("natural_person", "自然人|公民个人"),
    ("enterprise", "商业企业|商业性企业"),
    ("research", "科研机构"),
    ("nonprofit", "社会公益组织|公益组织"),
    ("legal_service", "法律服务机构"),
)
_PART = "|".join(f"(?P<{key}>{words})" for key, words in _KINDS)
_COUNTED = re.compile(
    rf"(?:{_PART})(?:提出|提交)?(?:的)?(?:政府信息公开)?(?:申请)?(?:数量)?(?:共|为|有|:)?"
    r"(?P<n>\d{1,7})(?:件次|件|起|宗|份)(?=$|[,、;()。和及]|占)"
)
_ABOUT_REQUESTS = re.compile(r"申请")
_ANOTHER_MEASURE = re.compile(
    r"办结|答复|结转|予以公开|部分公开|不予|无法提供|复议|诉讼|信访|同比|网络|信函|当面|季度|半年|各"
)
_LEAST_KINDS = 3
_MOST_LISTS = 20


@dataclass(frozen=True, slots=True)
class Division:
    """The counts of one sentence by kind of applicant, each by its column, and the sentence."""

    counts: dict[str, Decimal]
    quote: str


def divisions_of(report: AnnualReport, year: int | None) -> tuple[Division, ...]:
    """Return the divisions of section one that name at least three kinds, each once."""
    found = (_division(s) for s in sentences_of(report, (1,)) if _speaks_of_all(s, year))
    return tuple(islice((division for division in found if division is not None), _MOST_LISTS))


def _speaks_of_all(sentence: Sentence, year: int | None) -> bool:
    text = sentence.text
    if "自然人" not in text and "企业" not in text:
        return False
    headed = _ABOUT_REQUESTS.search(text + sentence.topic) is not None
    return headed and of_this_year(text, year) and not _ANOTHER_MEASURE.search(text)


def _division(sentence: Sentence) -> Division | None:
    counts: dict[str, Decimal] = {}
    for found in mentions(_COUNTED, sentence.text):
        key = found.lastgroup if found.lastgroup != "n" else None
        key = key or next(k for k, _ in _KINDS if found[k])
        if key in counts:
            return None
        counts[key] = Decimal(found["n"])
    return Division(counts, sentence.quote) if len(counts) >= _LEAST_KINDS else None
