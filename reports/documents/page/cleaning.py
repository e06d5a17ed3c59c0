"""What a page holds but does not show as text goes; texts hidden in form fields come out. Pure."""

from __future__ import annotations

import re

from lxml import etree

from reports.documents.page.selector import selector_of

_DROPPED = [
    "aside",
    "button",
    "embed",
    "footer",
    "iframe",
    "input",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
]
_INLINE = [
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
    "nobr",
    "o:p",
    "o:lock",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "st1:chmetcnv",
    "st1:chsdate",
    "st1:personname",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "v:shape",
    "w:wrap",
    "wbr",
]
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_TRACES_OF_HIDING = ("display", "visibility", "hidden", "DISPLAY", "VISIBILITY", "HIDDEN")
_MAY_BE_HIDDEN = etree.XPath(
    "//*[@hidden or contains(@style, 'none') or contains(@style, 'hidden')"
    " or contains(@style, 'NONE') or contains(@style, 'HIDDEN')]"
)
_FIELDS = 3
_TAGGED = re.compile(r"<(?:p|table|div|br|td)\b", re.I)
_SHORTEST_FIELD = 200


def open_fields(root: etree._Element, parser: etree.HTMLParser) -> None:
    """Put reports that stand in a form field (``textarea``, ``xmp``) into the page as what they are."""
    fields = [field for field in root.iter("textarea", "xmp")][:_FIELDS]
    for field in fields:
        text = "".join(map(str, field.itertext()))
        if len(text) < _SHORTEST_FIELD or "公开" not in text:
            continue
        field.tag = "pre"
        if not _TAGGED.search(text):
            continue
        inner = etree.fromstring(text.encode("utf-8", "replace"), parser)
        if inner is not None:
            field.tag, field.text = "div", None
            field.extend(list(inner))


def clean(root: etree._Element, text: str) -> None:
    """Take out what is not shown, and the inline tags: a word written in five spans is one word.

    ``text`` is the source; without a trace of hiding in it no element is asked for its style.
    """
    if any(trace in text for trace in _TRACES_OF_HIDING):
        _take_out_hidden(root)
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    etree.strip_tags(root, *_INLINE)


def _take_out_hidden(root: etree._Element) -> None:
    """Take out elements hidden by attribute or own style; a class may mean anything."""
    found = _MAY_BE_HIDDEN(root)
    for element in found if isinstance(found, list) else ():
        if not isinstance(element, etree._Element):
            continue
        is_hidden = element.get("hidden") is not None or _HIDING.search(element.get("style") or "")
        if is_hidden and element.tag not in {"html", "body"}:
            # Goes with all of its kind, and the text behind it stays.
            element.tag = "template"


def chosen_element(root: etree._Element, selector: str | None) -> etree._Element | None:
    """Return the first element that the selector means, None when there is neither."""
    wanted = selector_of(selector or "")
    if wanted is None:
        return None
    elements = root.iter(wanted.tag or "*")
    fitting = (e for e in elements if wanted.fits(e.get("id") or "", e.get("class") or ""))
    return next(fitting, None)
