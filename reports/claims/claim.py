"""What the narrative states, with the sentence that states it; in doubt nothing. Pure.

A reader of this package may overlook a claim; it must not invent one. So the words between the parts of a
claim come from closed lists, and sentences on one channel, one group, another time or a quotation say
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

NOT = r"(?:未曾|尚未|从未|均未|并未|没有|未|无)"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the text states, in pieces or in yuan, and the sentence that states it."""

    number: Decimal
    quote: str
