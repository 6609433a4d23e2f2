"""Running text as it is heard: links, note calls, abbreviations and languages announced between brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from halfjaarbericht.language.talen import language_name
from halfjaarbericht.tagtree.model import Annotation, Element, Kid, Mark, Target

# What stands within a line (ISO 32000-1, 14.8.4.4); everything else begins a line of its own.
INLINE = frozenset(
    "Span Quote Code Link Reference BibEntry Annot Em Strong Sub Lbl Ruby RB RT RP Warichu WT WP Form NonStruct".split()
)
_BEFORE = re.compile(r"(?<=[^\s\[(“‘])\[")
_CALL = re.compile(r"(\[voetnoot \d+\])")
_AFTER = re.compile(r"\](?=[^\s\].,;:!?)”’])")


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks inline content; `lang` is the language around it. A `terse` voice says of a link only its text: that is
    how a header is repeated for every cell."""

    lang: str
    terse: bool = False

    def line(self, kids: Iterable[Kid]) -> str:
        """The kids of an element as one line with single spaces."""
        pieces = _CALL.split("".join(self._parts(kids, self.lang)))
        # What is announced stands apart; but whether the number of a note does is up to the file.
        pieces[::2] = (_AFTER.sub("] ", _BEFORE.sub(" [", piece)) for piece in pieces[::2])
        return " ".join("".join(pieces).split())

    def _parts(self, kids: Iterable[Kid], lang: str) -> Iterator[str]:
        for kid in kids:
            if isinstance(kid, Mark):
                yield self._switched(_replaced(kid), kid.lang or lang, lang)
            elif isinstance(kid, Element):
                yield self._element(kid, lang)

    def _element(self, element: Element, lang: str) -> str:
        own = element.lang or lang
        return self._switched(self._said(element, own), own, lang)

    def _said(self, element: Element, lang: str) -> str:
        if element.actual is not None:
            return element.actual
        if element.role == "Link":
            return self._link(element, lang)
        if element.alt is not None:
            return _graphic(element)
        text = "".join(self._parts(element.kids, lang))
        if element.expansion is not None:
            return f"{element.expansion} [afkorting: {text.strip()}]"
        if is_note_call(element):
            return _call(element)
        if element.role == "Figure":
            return _graphic(element)
        return text

    def _link(self, element: Element, lang: str) -> str:
        text = element.alt or "".join(self._parts(element.kids, lang))
        annotation = next((kid for kid in element.kids if isinstance(kid, Annotation)), None)
        if self.terse:
            return text
        text = text.strip() or (annotation.contents if annotation else None) or "zonder tekst"
        if annotation is None:
            return f"[koppeling die nergens heen gaat: {text}]"
        return f"[koppeling: {text} → {where(annotation.target)}]"

    def _switched(self, text: str, own: str, around: str) -> str:
        if own.lower() == around.lower() or not text.strip():
            return text
        return f"[{language_name(own)}] {text.strip()} [{language_name(around)}]"


def is_note_call(element: Element) -> bool:
    """Whether a Reference is the call of a note: a link whose text is a number (ISO 32000-1, 14.8.4.4.1)."""
    if element.role != "Reference" or not any(child.role == "Link" for child in element.children):
        return False
    return element.words().isdigit()


def _call(element: Element) -> str:
    """The call of a note, with the spaces that the file has around its number."""
    number = "".join(mark.text for mark in element.marks())
    before, after = (" " if edge.isspace() else "" for edge in (number[:1], number[-1:]))
    return f"{before}[voetnoot {number.strip()}]{after}"


def where(target: Target) -> str:
    """Where a link leads, in words."""
    if target.page:
        return f"bladzijde {target.page}"
    return target.address or "onbekend doel"


def _replaced(mark: Mark) -> str:
    if mark.actual is None and mark.alt is not None:
        return mark.alt
    return mark.expansion if mark.expansion is not None and mark.actual is None else mark.text


def _graphic(element: Element) -> str:
    words = " ".join((element.alt or "").split())
    return f"[figuur: {words}]" if words else "[figuur zonder beschrijving]"
