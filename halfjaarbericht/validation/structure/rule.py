"""What a rule is, and words that rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from halfjaarbericht.tagtree.model import Element, Tree

HEAD = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where a rule is broken: a page (0 for the whole document) and a Dutch sentence without full stop."""

    page: int
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its name, as it stands in what `validate` prints."""

    name: str
    faults: Callable[[Tree], Iterator[Fault]]


def head(text: str) -> str:
    """The beginning of a text between quotes, to find it by."""
    words = " ".join(text.split())
    return f"“{words if len(words) <= HEAD else words[:HEAD] + '…'}”"


def page_of(element: Element) -> int:
    """The page on which an element begins."""
    return next((mark.page for mark in element.marks()), element.page)
