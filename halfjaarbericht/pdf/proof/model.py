"""A whole layout in short: plain data that travels between processes, and is known without the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Level = tuple[int, str, int]
"""A box among the children of another: the number of its element, its kind, and which one of those it is."""
SkipStack = Mapping[int, Any] | None
"""The engine's way to say where to go on: the how-manieth child, and where in that."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place between two pages: the boxes that lead to it from the outside in, and the place within the last one when
    that is a piece of running text. The beginning of the document has no boxes."""

    levels: tuple[Level, ...] = ()
    tail: SkipStack = None

    @property
    def element(self) -> int:
        """The number of the innermost element that begins or goes on here."""
        return self.levels[-1][0] if self.levels else 0


@dataclass(frozen=True, slots=True)
class PageStart:
    """How a page began. `next_page`, `right` and `state` are the engine's own (its `page_maker`), `groups` the page
    groups of that state: name, index, and where the group began. `notes_carried` says that notes of the page before
    come first."""

    at: Position
    next_page: Mapping[str, Any]
    right: bool
    state: tuple[Any, ...]
    groups: tuple[tuple[str, int, Position], ...]
    notes_carried: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    """A text that tells of other pages, such as a page number in the contents list: the number of its element, before
    or after which it stands ('before' or 'after'), and what it was."""

    element: int
    side: str
    text: str


@dataclass(frozen=True, slots=True)
class PageShape:
    """What a page gives to the others: its size and bleed in CSS px, the places in it that have a name, its part of the
    outline, and what it tells of other pages. `look` stands for all that is on it and where."""

    width: float
    height: float
    bleed: Mapping[str, float]
    anchors: Mapping[str, tuple[float, ...]]
    bookmarks: tuple[tuple[Any, ...], ...]
    lookups: tuple[Lookup, ...]
    look: str


@dataclass(frozen=True, slots=True)
class PageMap:
    """A whole layout in short. `running` are the elements that are shown in the margins: name, page, element. `notes`
    tells on which page each note stands. `targets` are the names of the places of which the page is told elsewhere.
    Elements are told by their number."""

    starts: tuple[PageStart, ...]
    shapes: tuple[PageShape, ...]
    running: tuple[tuple[str, int, int], ...]
    notes: Mapping[int, int]
    targets: frozenset[str]
