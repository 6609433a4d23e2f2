"""What a web page has that its PDF must have too: headings, notes, tables, figures and parts in another language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HEADING = re.compile(r"h([1-6])")
# Parts that a web page has for itself: its own navigation, the notes at its end, data of charts, panels and buttons.
_OWN_ROLES = frozenset({"doc-endnotes", "doc-backlink"})
_OWN_TAGS = frozenset({"nav", "details", "svg", "script", "style", "button"})
_OWN_CLASSES = frozenset({"herkomstpaneel", "alleen-scherm", "skiplink"})


@dataclass(slots=True)
class Skeleton:
    """What is compared. Texts are without spaces: a line end is a space in one form and not in the other."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    """(level, text) below the title."""
    notes: int = 0
    tables: list[tuple[str, int]] = field(default_factory=list)
    """Title and number of cells, a table in a cell after the table that it is in."""
    figures: int = 0
    foreign: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(language, text) of parts in another language than the document."""


def letters(text: str) -> str:
    """A text without spaces and soft hyphens."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def read_page(file: Path) -> Skeleton:
    """The skeleton of a web page as the program makes them. Raises OSError."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.found


@dataclass(slots=True)
class _Open:
    """An element that has begun: its tag, whether it is the page's own, its text so far, and what it became."""

    tag: str
    own: bool
    lang: str
    switched: bool = False
    text: list[str] = field(default_factory=list)
    cells: int = 0
    caption: str = ""
    place: int = -1


class _Reader(HTMLParser):
    """Gathers the skeleton of `main` while the page goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Skeleton()
        self._open: list[_Open] = []
        self._lang = ""
        self._in_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self._lang = given.get("lang", "")
        elif tag == "main":
            self._in_main = True
        if not self._in_main:
            return
        if tag == "li" and given.get("id", "").startswith("noot_"):
            self.found.notes += 1
        if tag not in _VOID:
            self._begin(tag, given)

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        outer = self._open[-1] if self._open else _Open("", False, self._lang)
        lang = given.get("lang", outer.lang)
        here = _Open(tag, outer.own or _is_own(tag, given), lang, lang != outer.lang)
        self._open.append(here)
        if here.own:
            return
        if tag == "table":
            here.place = len(self.found.tables)
            self.found.tables.append(("", 0))
        elif tag in ("td", "th"):
            table = next((part for part in reversed(self._open[:-1]) if part.tag == "table"), None)
            if table:
                table.cells += 1
        elif tag == "figure":
            self.found.figures += 1

    def handle_data(self, data: str) -> None:
        for part in self._open:
            # Text of the page's own within a part that counts is no part of it.
            if part.own or not self._open[-1].own:
                part.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._in_main = False
        while self._open and tag in (part.tag for part in self._open):
            done = self._open.pop()
            self._end(done)
            if done.tag == tag:
                break

    def _end(self, done: _Open) -> None:
        if done.own:
            return
        text = letters("".join(done.text))
        heading = _HEADING.fullmatch(done.tag)
        if heading and heading[1] != "1":
            self.found.headings.append((int(heading[1]), text))
        elif done.tag == "table":
            self.found.tables[done.place] = (done.caption, done.cells)
        elif done.tag == "caption":
            table = next((part for part in reversed(self._open) if part.tag == "table"), None)
            if table:
                table.caption = text
        if done.switched and text:
            self.found.foreign[done.lang.lower(), text] += 1


def _is_own(tag: str, given: dict[str, str]) -> bool:
    classes = set(given.get("class", "").split())
    return tag in _OWN_TAGS or given.get("role") in _OWN_ROLES or bool(classes & _OWN_CLASSES)
