"""The parts of a page that changed. Most saves change one section, perhaps with the notes or the contents list, and a
browser takes longer to read a whole annex again and to compare it than the server to make it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LONGEST = 60_000
"""Characters. When parts are longer together they are not told: the page is fetched, as after any other change."""
_TAG = re.compile(r"<(?P<opens>section|nav)\b|</(?P<closes>section|nav)\s*>")


@dataclass(frozen=True, slots=True)
class Changes:
    """Section and nav elements that took the place of others; outside them the page stayed the same, to the character.
    `basis` is the key of the page before, `total` how many such elements that had; `parts` are the new elements, each
    with the index of the old one among those, in the order of their start."""

    basis: str
    total: int
    parts: tuple[tuple[int, str], ...]

    def as_json(self) -> dict[str, Any]:
        """What the page in the browser is told."""
        parts = [{"nummer": index, "html": html} for index, html in self.parts]
        return {"basis": self.basis, "aantal": self.total, "delen": parts}


def changes(old: str, new: str, basis: str) -> Changes | None:
    """The smallest elements that hold all that differs between two pages; None when something differs outside them, or
    they are too long. `basis` is the key of the old page."""
    before, after = _elements(old), _elements(new)
    if before is None or after is None:
        return None
    parts = tuple(_differing(before, after))
    if any(element is before for element, _ in parts) or sum(len(html) for _, html in parts) > LONGEST:
        return None
    return Changes(basis, before.size() - 1, tuple((element.index, html) for element, html in parts))


@dataclass(slots=True)
class _Element:
    """An element in a text, with those inside it. `index` is its number in the order of start, -1 for the page."""

    text: str
    name: str
    index: int
    start: int
    end: int = -1
    inside: list[_Element] = field(default_factory=list)

    def own(self) -> list[str]:
        """The pieces of text before, between and after the elements inside."""
        ends = [self.start, *(element.end for element in self.inside)]
        starts = [*(element.start for element in self.inside), self.end]
        return [self.text[a:b] for a, b in zip(ends, starts, strict=True)]

    def names(self) -> list[str]:
        """What the elements inside are called."""
        return [element.name for element in self.inside]

    def size(self) -> int:
        """How many elements these are."""
        return 1 + sum(element.size() for element in self.inside)


def _elements(html: str) -> _Element | None:
    """A page as a tree of its sections and navs; None when one is not closed where it should be."""
    page = _Element(html, "", -1, 0, len(html))
    opened = [page]
    count = 0
    for tag in _TAG.finditer(html):
        if tag["opens"]:
            element = _Element(html, tag["opens"], count, tag.start())
            count += 1
            opened[-1].inside.append(element)
            opened.append(element)
        elif opened[-1].name == tag["closes"]:
            opened.pop().end = tag.end()
        else:
            return None
    return page if len(opened) == 1 else None


def _differing(old: _Element, new: _Element) -> Iterator[tuple[_Element, str]]:
    """The smallest elements of the old page that differ, each with what stands in its place in the new one."""
    text = new.text[new.start : new.end]
    if old.text[old.start : old.end] == text:
        return
    if old.names() == new.names() and old.own() == new.own():
        for one, other in zip(old.inside, new.inside, strict=True):
            yield from _differing(one, other)
    else:
        yield old, text
