"""Where text goes: how wide it is, and whether it may be coloured."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TextIO

_NARROWEST = 30


class Paint(StrEnum):
    """How a piece of text is to look; the numbers are those of ECMA-48."""

    BOLD = "1"
    RED = "31"
    YELLOW = "33"
    CYAN = "36"
    REVERSED = "7"


@dataclass(frozen=True, slots=True)
class Terminal:
    """What lines are written for; ``columns`` is None where nothing limits them: a file, a pipe."""

    columns: int | None = None
    coloured: bool = False

    def painted(self, text: str, *paints: Paint) -> str:
        """Return the text as it is to look; as it is where there is no colour."""
        if not self.coloured or not text:
            return text
        return f"\x1b[{';'.join(paints)}m{text}\x1b[0m"


def standard_output() -> Terminal:
    """Return what our output goes to; the environment may ask for no colour (NO_COLOR)."""
    if not sys.stdout.isatty():
        return Terminal()
    columns = max(_NARROWEST, shutil.get_terminal_size().columns)
    return Terminal(columns, not os.environ.get("NO_COLOR") and is_terminal(sys.stdout))


def is_terminal(stream: TextIO) -> bool:
    """Say whether a stream goes to a terminal that knows more than to print: to colour, to erase."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"
