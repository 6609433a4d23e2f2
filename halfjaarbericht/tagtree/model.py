"""A tagged PDF as frozen data. Names are those of ISO 32000-1, 14.6 to 14.9; lengths are points, from bottom left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: Box, slack: float) -> bool:
        """Whether the other box lies within this one, `slack` points outside it allowed."""
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.bottom >= self.bottom - slack
            and other.top <= self.top + slack
        )

    def meets(self, other: Box) -> bool:
        """Whether the two boxes have a part in common."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def joined(self, other: Box | None) -> Box:
        """The smallest box around both."""
        if other is None:
            return self
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked-content sequence with an MCID: the smallest piece of real content (14.7.4.2).

    `drawn` is the text as its glyphs say, `actual` the replacement text if there is one (14.9.4); `box` is around
    everything that it paints.
    """

    page: int
    mcid: int
    drawn: str
    actual: str | None = None
    lang: str | None = None
    alt: str | None = None
    expansion: str | None = None
    box: Box | None = None

    @property
    def text(self) -> str:
        return self.drawn if self.actual is None else self.actual


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a `page` of this file (from 1, 0 for none) with the height on it, or an `address`."""

    page: int = 0
    top: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation on a page (12.5); in our documents always a link."""

    number: int
    page: int
    subtype: str
    box: Box
    contents: str | None
    target: Target
    struct_parent: int | None


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element (14.7.2). `role` is the standard type after the role map, `number` its object number."""

    number: int
    role: str
    own_role: str
    page: int
    kids: tuple[Kid, ...]
    id: str | None = None
    title: str | None = None
    lang: str | None = None
    alt: str | None = None
    actual: str | None = None
    expansion: str | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)

    @property
    def children(self) -> Iterator[Element]:
        """The elements right below this one."""
        return (kid for kid in self.kids if isinstance(kid, Element))

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def marks(self) -> Iterator[Mark]:
        """All pieces of content in it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, Element):
                yield from kid.marks()

    def links(self) -> Iterator[Annotation]:
        """All annotations in it."""
        for kid in self.kids:
            if isinstance(kid, Annotation):
                yield kid
            elif isinstance(kid, Element):
                yield from kid.links()

    def words(self) -> str:
        """Its text with single spaces: replacement texts in place of what they replace (14.9.4)."""
        return " ".join(_text(self).split())


def _text(element: Element) -> str:
    if element.actual is not None:
        return element.actual
    kids = (kid for kid in element.kids if not isinstance(kid, Annotation))
    return "".join(kid.text if isinstance(kid, Mark) else _text(kid) for kid in kids)


Kid = Element | Mark | Annotation


@dataclass(frozen=True, slots=True)
class Loose:
    """Content without an MCID: an artifact (14.8.2.2), or content that nobody tagged (`kind` is "")."""

    kind: str
    text: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its marks by MCID, the rest of what it paints, and its annotations."""

    number: int
    box: Box
    struct_parents: int | None
    marks: Mapping[int, Mark]
    loose: tuple[Loose, ...]
    annotations: tuple[Annotation, ...]
    doubled: tuple[int, ...] = ()
    """MCIDs that stand on the page more than once."""
    nested: tuple[int, ...] = ()
    """MCIDs in which an artifact lies, or which lie in an artifact or in another MCID."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Content that an element claims and that is not on the page."""

    element: int
    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole tagged document.

    `ids` is the IDTree: identifier → object number of its element. `owners` is the ParentTree: key of a page →
    object number of the element of each MCID (0 for none); key of an annotation → one object number.
    """

    title: str
    lang: str
    tagged: bool
    shows_title: bool
    roots: tuple[Element, ...]
    pages: tuple[Page, ...]
    ids: Mapping[str, int]
    owners: Mapping[int, tuple[int, ...]]
    missing: tuple[Missing, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)
    """What the XMP says of standards: pdfaid:part, pdfaid:conformance, pdfuaid:part."""

    def walk(self) -> Iterator[Element]:
        """All elements in reading order."""
        for root in self.roots:
            yield from root.walk()

    def parents(self) -> dict[int, Element]:
        """Object number of an element → the element above it."""
        return {child.number: element for element in self.walk() for child in element.children}
