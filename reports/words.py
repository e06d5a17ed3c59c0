"""A sentence that a person reads, always in Chinese and in English. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """The same sentence twice: Chinese first, English second."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the sentence in one language."""
        return self.zh if language == "zh" else self.en

    def both(self) -> str:
        """Return one line that holds both languages, Chinese first."""
        return f"{self.zh} / {self.en}"
