"""The tag tree as plain data: elements with a role, and what hangs under them. Knows neither HTML nor the engine.

Names are those of ISO 32000-1: structure elements in 14.7.2, marked content in 14.7.4.2, annotations (object
references) in 14.7.4.3, attributes in 14.8.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias


class Words(str):
    """Of an attribute: a text, where a plain string is a name."""

    __slots__ = ()


Value: TypeAlias = "int | str | tuple[float, ...] | tuple[str, ...]"
"""Of an attribute: a whole number, a name, Words, a rectangle in points, or identifiers of other elements."""


@dataclass(eq=False, slots=True)
class Mark:
    """A piece of content on a page (index from 0): `number` is its MCID there, `text` what is drawn.

    `spaced` says that a space belongs after it; `reading` is the text as it should be read where that differs from what
    is drawn in more than that. `stream` is the content stream that it was drawn in, None as long as it was not drawn.
    """

    page: int
    number: int
    text: str = ""
    reading: str | None = None
    spaced: bool = False
    stream: Any = None

    @property
    def read(self) -> str:
        """The text as it is read, without the space after it."""
        return self.text if self.reading is None else self.reading

    def end_with_space(self) -> None:
        """Part what is read from what comes next."""
        self.spaced = not self.read[-1:].isspace()


@dataclass(eq=False, slots=True)
class Clickable:
    """The area of a link on a page: the engine hangs the annotation on the box that is the area."""

    page: int
    box: Any


class Element:
    """A structure element. `attributes` are by owner ("Table", "List", "Layout") and then by name."""

    __slots__ = ("alt", "attributes", "expansion", "id", "kids", "lang", "parent", "role", "title")

    def __init__(self, role: str, parent: Element | None = None):
        self.role = role
        self.parent = parent
        self.kids: list[Element | Mark | Clickable] = []
        self.attributes: dict[str, dict[str, Value]] = {}
        self.id = self.lang = self.alt = self.expansion = self.title = ""

    def add(self, role: str, at: int | None = None) -> Element:
        """A new element with `role` under this one, at the end or at a place among its kids."""
        made = Element(role, self)
        self.kids.insert(len(self.kids) if at is None else at, made)
        return made

    def set(self, owner: str, **values: Value) -> None:
        """Set attributes of one owner."""
        self.attributes.setdefault(owner, {}).update(values)

    def up(self) -> Element:
        """The element above this one; the root of the tree has none above it and is never asked."""
        assert self.parent is not None
        return self.parent

    def last_text(self, without: str = "") -> Mark | None:
        """The last piece of text in it, None when it has none; elements with the role `without` do not count."""
        for kid in reversed(self.kids):
            if isinstance(kid, Element):
                found = kid.last_text(without) if kid.role != without else None
            else:
                found = kid if isinstance(kid, Mark) and kid.text.strip() else None
            if found is not None:
                return found
        return None

    def elements(self) -> Iterator[Element]:
        """This element and all elements below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    def __repr__(self) -> str:
        return f"<{self.role} {len(self.kids)}>"
