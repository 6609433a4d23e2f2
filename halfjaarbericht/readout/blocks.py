"""The tag tree from top to bottom as lines: headings, paragraphs, lists, notes, figures, the table of contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from halfjaarbericht.language.talen import language_name
from halfjaarbericht.readout.inline import INLINE, Voice, where
from halfjaarbericht.tagtree.model import Element, Kid

HEADER = 60
HEADING = re.compile(r"H([1-6]?)")


@dataclass(frozen=True, slots=True)
class Line:
    """One announcement; `depth` is how many lists, tables and notes it lies in."""

    depth: int
    text: str


class Reader:
    """Reads elements aloud. `table` tells a table; it comes from outside because a cell holds blocks again."""

    def __init__(self, voice: Voice, table: Callable[[Reader, Element, int], Iterator[Line]]):
        self.voice = voice
        self._table = table

    def within(self, element: Element) -> Reader:
        """The reader for what is in an element: speaks its language."""
        lang = element.lang
        if not lang or lang.lower() == self.voice.lang.lower():
            return self
        return Reader(replace(self.voice, lang=lang), self._table)

    def in_short(self, element: Element) -> str:
        """The head of what an element says, on one line: a header as it is repeated for its cells."""
        terse = Reader(replace(self.voice, terse=True), self._table)
        text = " ".join(line.text for line in terse.blocks(element.kids, 0))
        return text if len(text) <= HEADER else text[:HEADER].rstrip() + "…"

    def blocks(self, kids: Iterable[Kid], depth: int) -> Iterator[Line]:
        """The lines of what an element holds; inline content between blocks is a line of its own."""
        running: list[Kid] = []
        for kid in kids:
            if isinstance(kid, Element) and kid.role not in INLINE:
                yield from self._running(running, depth)
                running = []
                yield from self.block(kid, depth)
            else:
                running.append(kid)
        yield from self._running(running, depth)

    def block(self, element: Element, depth: int) -> Iterator[Line]:
        """The lines of one block element, with a switch of language announced around them."""
        reader = self.within(element)
        if reader is not self:
            yield Line(depth, f"[{language_name(reader.voice.lang)}]")
        yield from reader._told(element, depth)
        if reader is not self:
            yield Line(depth, f"[{language_name(self.voice.lang)}]")

    def _told(self, element: Element, depth: int) -> Iterator[Line]:
        heading = HEADING.fullmatch(element.role)
        if heading:
            yield self._heading(element, heading[1], depth)
        elif element.role == "Table":
            yield from self._table(self, element, depth)
        elif element.role in _TOLD:
            yield from _TOLD[element.role](self, element, depth)
        else:
            yield from self.blocks(element.kids, depth)

    def _running(self, kids: Sequence[Kid], depth: int) -> Iterator[Line]:
        text = self.voice.line(kids)
        if text:
            yield Line(depth, text)

    def _part(self, element: Element, depth: int) -> Iterator[Line]:
        if element.title:
            yield Line(depth, f"deel: {element.title}")
        yield from self.blocks(element.kids, depth)

    def _heading(self, element: Element, level: str, depth: int) -> Line:
        text = self.voice.line(element.kids) or "zonder tekst"
        return Line(depth, f"kop niveau {level or 'onbekend'}: {text} ({pages_of(element)})")

    def _paragraph(self, element: Element, depth: int) -> Iterator[Line]:
        found = list(self.blocks(element.kids, depth))
        yield from found or [Line(depth, "lege alinea")]

    def _figure(self, element: Element, depth: int) -> Iterator[Line]:
        words = " ".join((element.alt or element.actual or "").split())
        yield Line(depth, f"figuur: {words}" if words else "figuur zonder beschrijving")
        # A text alternative stands for the drawing, not for a caption or a note in it (14.9.3).
        yield from (line for child in element.children if child.role == "Caption" for line in self.block(child, depth))

    def _caption(self, element: Element, depth: int) -> Iterator[Line]:
        yield from under("bijschrift:", list(self.blocks(element.kids, depth)), depth)

    def _quote(self, element: Element, depth: int) -> Iterator[Line]:
        yield Line(depth, "citaat")
        yield from self.blocks(element.kids, depth + 1)

    def _list(self, element: Element, depth: int) -> Iterator[Line]:
        items = [child for child in element.children if child.role == "LI"]
        yield from (line for child in element.children if child.role == "Caption" for line in self.block(child, depth))
        yield Line(depth, f"lijst met {counted(len(items), 'onderdeel', 'onderdelen')}")
        for child in element.children:
            if child.role != "Caption":
                yield from self.block(child, depth + 1)

    def _item(self, element: Element, depth: int) -> Iterator[Line]:
        label = self.voice.line(kid for child in element.children if child.role == "Lbl" for kid in child.kids)
        rest = [kid for kid in element.kids if not (isinstance(kid, Element) and kid.role == "Lbl")]
        yield from under(label, list(self.blocks(rest, depth)), depth)

    def _note(self, element: Element, depth: int) -> Iterator[Line]:
        label = next((child for child in element.children if child.role == "Lbl"), None)
        rest = [kid for kid in element.kids if kid is not label]
        back = next(label.links(), None) if label else None
        number = label.words().rstrip(".") if label else "zonder nummer"
        way = f"terug → {where(back.target)}" if back else "zonder weg terug"
        yield from under(f"voetnoot {number} [{way}]:", list(self.blocks(rest, depth)), depth)

    def _contents(self, element: Element, depth: int) -> Iterator[Line]:
        entries = sum(1 for part in element.walk() if part.role == "TOCI")
        yield Line(depth, f"inhoudsopgave met {counted(entries, 'regel', 'regels')}")
        yield from self._entries(element, depth + 1)

    def _entries(self, element: Element, depth: int) -> Iterator[Line]:
        for child in element.children:
            if child.role == "TOCI":
                own = [kid for kid in child.kids if not is_contents(kid)]
                yield from self.blocks(own, depth)
                for inner in child.children:
                    if is_contents(inner):
                        yield from self._entries(inner, depth + 1)
            elif is_contents(child):
                yield from self._entries(child, depth + 1)
            else:
                yield from self.block(child, depth)


_TOLD: dict[str, Callable[[Reader, Element, int], Iterator[Line]]] = {
    "Part": Reader._part,
    "P": Reader._paragraph,
    "Figure": Reader._figure,
    "Formula": Reader._figure,
    "Caption": Reader._caption,
    "BlockQuote": Reader._quote,
    "L": Reader._list,
    "LI": Reader._item,
    "Note": Reader._note,
    "TOC": Reader._contents,
}


def is_contents(kid: Kid) -> bool:
    """Whether this is a table of contents, perhaps one within another."""
    return isinstance(kid, Element) and kid.role == "TOC"


def under(label: str, lines: Sequence[Line], depth: int) -> Iterator[Line]:
    """A label before the first line of what it belongs to; on a line of its own when that begins deeper."""
    if lines and lines[0].depth == depth:
        yield Line(depth, f"{label} {lines[0].text}".strip())
        yield from (Line(line.depth + 1, line.text) for line in lines[1:])
    else:
        yield Line(depth, label or "leeg")
        yield from (Line(line.depth + 1, line.text) for line in lines)


def counted(number: int, one: str, more: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else more}"


def pages_of(element: Element) -> str:
    """The pages that an element stands on."""
    pages = sorted({mark.page for mark in element.marks()} or {element.page})
    return f"bladzijde {pages[0]}" if len(pages) == 1 else f"bladzijde {pages[0]} t/m {pages[-1]}"
