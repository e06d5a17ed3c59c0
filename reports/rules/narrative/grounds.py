"""What the rules on the narrative share: their basis, and mildness towards governments. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.agencies import AgencyKind
from reports.claims.claim import Claim, Scope
from reports.claims.sentences import plain
from reports.findings import Severity
from reports.rules.engine import Reach
from reports.rules.subject import Subject
from reports.words import Words

AGREEMENT = Words(
    "报告内容应当前后一致（《政府信息公开条例》第五十条；国办公开办函〔2021〕30号对数据准确的要求）",
    "A report does not contradict itself (Regulation on Disclosure, art. 50; 国办公开办函〔2021〕30号 "
    "on accurate figures)",
)
SINCE_2019 = Reach(first_year=2019)


def mild_for_regions(subject: Subject) -> Severity | None:
    """Return warning for a government: its text may speak of itself, its tables of the whole region."""
    return Severity.WARNING if speaks_for_a_region(subject) else None


def speaks_for_a_region(subject: Subject) -> bool:
    """Say whether the report is that of a government, which may speak of itself or of its whole region."""
    identity, agency = subject.case.identity, subject.report.agency or ""
    if identity is not None:
        return identity.kind is AgencyKind.GOVERNMENT
    return _REGION.search(agency) is not None


def comparable(subject: Subject, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims that may be held against the tables.

    Numbers of a whole region are the tables' own only in a government's report.
    """
    regional = speaks_for_a_region(subject)
    return tuple(
        claim for claim in claims if claim.counts and (regional or claim.scope is Scope.OWN)
    )


_ALL_OF_IT = re.compile(r"[全我][省市州盟区县旗]|合计|共计|总计|全系统|(?:各|部门|镇街|乡镇|街道)")


def names_the_region_too(subject: Subject, claim: Claim, figures: Sequence[object]) -> bool:
    """Say whether a government's sentence counts its own and, beside it, what the table shows."""
    if not speaks_for_a_region(subject):
        return False
    words = plain(claim.quote)
    if not _ALL_OF_IT.search(words):
        return False
    numbers = [int(n) for n in re.findall(r"(?<![\d.])\d{1,9}(?![\d.%年月日])", words)]
    return any(figure in numbers for figure in figures) or sum(numbers) in figures


_REGION = re.compile(r"(?<![乡镇])人民政府$|(?:[省市县区旗盟]|自治州)$")
"""Names of governments as titles give them, with the word for government or without it."""


def contradiction(stated: Sequence[Claim], *figures: object) -> Claim | None:
    """Return the one number that the text states when no figure equals it; texts that waver say nothing."""
    if len({claim.number for claim in stated}) != 1 or stated[0].number in figures:
        return None
    return stated[0]
