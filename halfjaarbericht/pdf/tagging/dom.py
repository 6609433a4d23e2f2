"""What the tag tree asks of the HTML: what is around an element, its language, and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from halfjaarbericht.pdf.pagebox import is_note

TABLE_BLOCK_CLASS = "tabelblok"
_SPACES = re.compile("[ \t\n\r\f]+")
_SILENT = ("script", "style", "template", "head", "title")


class Source:
    """One HTML document. `prefix` keeps identifiers apart when several documents are in one file."""

    def __init__(self, root: Any, prefix: str = ""):
        self.root = root
        self.prefix = prefix
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self._in_contents = {e for nav in root.iter("nav") if _is_contents(nav) for e in nav.iter()}
        self._by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
        self._languages: dict[Any, str] = {}

    def note_behind(self, element: Any) -> Any:
        """The note that an <a> leads to, None when it leads elsewhere."""
        target = self._by_id.get((element.get("href") or "").removeprefix("#"))
        return target if target is not None and is_note(target) else None

    def in_contents(self, element: Any) -> bool:
        """Whether an element is part of a table of contents."""
        return element in self._in_contents

    def language(self, element: Any) -> str:
        """The language of an element, '' when no element around it has one."""
        if element not in self._languages:
            own, parent = element.get("lang"), self.parents.get(element)
            around = self.language(parent) if parent is not None else ""
            self._languages[element] = own if own is not None else around
        return self._languages[element]

    def new_language(self, element: Any) -> str:
        """The language of an element when it is another one than that around it, else ''."""
        if not element.get("lang") or element is self.root:
            return ""
        own = self.language(element)
        return own if own != self.language(self.parents[element]) else ""

    def title(self) -> str:
        """The title of the document."""
        return words(next(self.root.iter("title"), None))


def _is_contents(nav: Any) -> bool:
    return "doc-toc" in (nav.get("role") or "").split()


def is_table_block(element: Any) -> bool:
    """Whether an element holds a table and what belongs to it (`<div class="tabelblok">`)."""
    return TABLE_BLOCK_CLASS in (element.get("class") or "").split()


def is_hidden(element: Any) -> bool:
    """Whether an element says that it is nothing to be read."""
    return bool(element.get("aria-hidden") == "true")


def is_decorative(element: Any) -> bool:
    """Whether a picture says that it tells nothing: an empty alternative text, or that role."""
    return element.get("alt") == "" or element.get("role") in ("presentation", "none")


def alternative(element: Any) -> str:
    """The text alternative of a picture: `alt`, or for SVG its title and description; '' when it has none."""
    texts = [element.get("alt") or element.get("aria-label") or ""]
    if not texts[0]:
        space = "{http://www.w3.org/2000/svg}"
        texts = [words(element.find(f"{space}{name}")) for name in ("title", "desc")]
    return " ".join(" ".join(text.split()) for text in texts if text)


def words(element: Any) -> str:
    """The text of an element and all in it but notes, with single spaces; pictures give their alternative."""
    return " ".join(plain_text(element).split()) if element is not None else ""


def plain_text(element: Any) -> str:
    """The text of an element as lines are made of it: white space collapsed, line breaks as a space, no notes."""
    return _SPACES.sub(" ", "".join(_texts(element))).lstrip(" ")


def _texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield " "
        elif child.tag == "img":
            yield child.get("alt") or ""
        elif isinstance(child.tag, str) and child.tag not in _SILENT and not is_note(child):
            yield from _texts(child)
        yield child.tail or ""
