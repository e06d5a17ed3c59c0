"""The words of RTF that matter here: what is skipped, what is a sign, what ends cells and rows. Pure."""

from __future__ import annotations

from collections.abc import Callable

from reports.documents.office.rtf_story import RowShape, Story

SKIPPED = frozenset(
    {
        "aftnsep",
        "aftnsepc",
        "colortbl",
        "filetbl",
        "fldinst",
        "footer",
        "footerf",
        "footerl",
        "footerr",
        "footnote",
        "ftnsep",
        "ftnsepc",
        "header",
        "headerf",
        "headerl",
        "headerr",
        "info",
        "listtext",
        "nonesttables",
        "nonshppict",
        "object",
        "pict",
        "pntext",
        "pntxta",
        "pntxtb",
        "private",
        "revtbl",
        "rxe",
        "shprslt",
        "stylesheet",
        "tc",
        "txe",
        "upr",
        "xe",
    }
)
HEARD_WITH_STAR = frozenset({"nesttableprops", "shpinst", "shppict", "do"})
BOXES = frozenset({"shptxt", "dptxbxtext"})
SIGNS = {
    "tab": "\t",
    "line": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5"}
PAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5", 54936: "gb18030", 65001: "utf-8"}


def _end_line(story: Story, _: RowShape, __: int | None) -> None:
    story.end_line()


def _leave_table(story: Story, _: RowShape, __: int | None) -> None:
    story.depth = 0


def _enter_table(story: Story, _: RowShape, __: int | None) -> None:
    story.depth = max(story.depth, 1)


def _set_depth(story: Story, _: RowShape, number: int | None) -> None:
    story.depth = max(number or 0, 0)


def _left(_: Story, shape: RowShape, number: int | None) -> None:
    shape.left = number or 0


def _edge(_: Story, shape: RowShape, number: int | None) -> None:
    shape.add_edge(number or 0)


def _down(_: Story, shape: RowShape, __: int | None) -> None:
    shape.next_down = True


def _right(_: Story, shape: RowShape, __: int | None) -> None:
    shape.next_right = True


ACTIONS: dict[str, Callable[[Story, RowShape, int | None], None]] = {
    "par": _end_line,
    "sect": _end_line,
    "pard": _leave_table,
    "intbl": _enter_table,
    "itap": _set_depth,
    "trowd": lambda story, shape, number: None,
    "trleft": _left,
    "cellx": _edge,
    "clvmrg": _down,
    "clmrg": _right,
    "cell": lambda story, shape, number: story.end_cell(1),
    "nestcell": lambda story, shape, number: story.end_cell(max(story.depth, 2)),
    "row": lambda story, shape, number: story.end_row(1, story.shape),
    "nestrow": lambda story, shape, number: story.end_row(max(story.depth, 2), shape),
}
