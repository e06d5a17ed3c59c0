"""What the narrative states, with the sentence that states it; in doubt nothing. Pure.

A reader of this package may overlook a claim; it must not invent one. So the words between the parts of a
claim come from closed lists, and sentences on one channel, one group, another time or a quotation say
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOT = r"(?:未曾|尚未|从未|均未|并未|没有|未|无)"


class Role(StrEnum):
    """What a stated number counts."""

    RECEIVED = "received"
    CARRIED_IN = "carried_in"
    CARRIED_OUT = "carried_out"
    HANDLED = "handled"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    UNPROCESSED = "unprocessed"
    OTHER = "other"
    MERGED_RESULTS = "merged_results"
    REVIEW = "review"
    LITIGATION = "litigation"
    UPHELD = "upheld"
    CORRECTED = "corrected"
    FEE = "fee"
    NORMATIVE_MADE = "normative_documents.made"
    NORMATIVE_REPEALED = "normative_documents.repealed"
    NORMATIVE_IN_FORCE = "normative_documents.in_force"
    REGULATIONS_MADE = "regulations.made"
    REGULATIONS_REPEALED = "regulations.repealed"
    REGULATIONS_IN_FORCE = "regulations.in_force"
    PUBLISHED = "published"


class Scope(StrEnum):
    """Whose number it is: the body's own, its whole region's, that of one channel, or of some part."""

    OWN = "own"
    REGION = "region"
    CHANNEL = "channel"
    PART = "part"


class Time(StrEnum):
    """Of which time it is."""

    THIS_YEAR = "this_year"
    COMPARISON = "comparison"
    PLAN = "plan"
    CARRY_OVER = "carry_over"
    OTHER_YEAR = "other_year"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the text states, in pieces or in yuan, and the sentence that states it.

    ``exact`` is False for “300余”, “约”, “近”. ``parts`` names the groups that the text counts together
    (予以公开及部分公开). ``start`` and ``end`` delimit the number in the plain text of the sentence.
    """

    role: Role
    number: Decimal
    quote: str
    exact: bool = True
    unit: str = ""
    scope: Scope = Scope.OWN
    time: Time = Time.THIS_YEAR
    channel: str | None = None
    parts: tuple[Role, ...] = ()
    verb: str = ""
    section: int = 0
    start: int = 0
    end: int = 0

    @property
    def counts(self) -> bool:
        """Say whether the number is an exact one of this year and not of a part: fit to be compared."""
        return (
            self.exact and self.time is Time.THIS_YEAR and self.scope in {Scope.OWN, Scope.REGION}
        )
