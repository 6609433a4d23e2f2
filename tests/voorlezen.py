"""The text of a document in reading order, twice: from the tag tree of its PDF, and from the print HTML."""

from __future__ import annotations

from typing import Any

from tests.htmlhulp import XHTML, classes
from tests.tagboom import Tag

_INLINE_TAGS = {"Span", "Link", "Reference", "Quote", "Code"}
_INLINE_HTML = {"a", "span", "em", "strong", "sup", "sub", "abbr", "data", "time", "code", "q", "cite", "i", "b"}
_RUNNING = {"vervolgkolom", "vervolgregel"}


def words(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def read_tags(tag: Tag) -> str:
    """The text below `tag`, without notes, pictures, contents lists and the markers of lists; blocks are parted."""
    if tag.role in ("Note", "Figure", "TOC") or (tag.role == "Lbl" and _is_marker(tag)):
        return " "
    text = "".join(kid if isinstance(kid, str) else read_tags(kid) for kid in tag.kids if isinstance(kid, str | Tag))
    return text if tag.role in _INLINE_TAGS else f" {text} "


def _is_marker(tag: Tag) -> bool:
    assert tag.parent is not None and tag.parent.parent is not None
    return "ListNumbering" in tag.parent.parent.attributes


def read_html(element: Any) -> str:
    """The text of an HTML element, without what `read_tags` leaves out; where a note is called, its number."""
    name = element.tag.removeprefix(XHTML)
    if name in ("head", "script", "style") or _RUNNING & set(classes(element)):
        return " "
    if element.get("aria-hidden") == "true":
        return ""
    if "noot" in classes(element):
        return f" {element.get('data-nr')}"
    if name == "br":
        return " "
    if "nootverwijzing" in classes(element):
        return f" {''.join(element.itertext())}"
    if name == "ol" and element.find(f".//{XHTML}a[@class='regel']") is not None:
        return " "
    text = element.text or ""
    for child in element:
        text += read_html(child) + (child.tail or "")
    return text if name in _INLINE_HTML else f" {text} "
