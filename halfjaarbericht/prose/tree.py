"""The tree of prose as an author wrote it: roles and note calls are still names, nothing is looked up yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class At:
    """A place in the prose: line and column from 0, and the width of what stands there."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class PText:
    text: str


@dataclass(frozen=True, slots=True)
class PSpan:
    """em, strong, sub or sup."""

    kind: str
    children: tuple[PInline, ...]


@dataclass(frozen=True, slots=True)
class PLink:
    href: str
    children: tuple[PInline, ...]
    at: At


@dataclass(frozen=True, slots=True)
class PRole:
    """{name}`argument | option option`."""

    name: str
    argument: str
    options: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class PNote:
    """[^key]."""

    key: str
    at: At


@dataclass(frozen=True, slots=True)
class PBreak:
    pass


PInline = PText | PSpan | PLink | PRole | PNote | PBreak
PInlines = tuple[PInline, ...]


@dataclass(frozen=True, slots=True)
class PParagraph:
    content: PInlines
    line: int


@dataclass(frozen=True, slots=True)
class PList:
    """kind: bullet, decimal or alpha."""

    kind: str
    start: int
    tight: bool
    items: tuple[tuple[PBlock, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class PQuote:
    blocks: tuple[PBlock, ...]
    line: int


@dataclass(frozen=True, slots=True)
class PHeading:
    content: PInlines
    line: int


@dataclass(frozen=True, slots=True)
class PPlacement:
    """A paragraph that holds only {tabel}`id` or {figuur}`id`: put it here."""

    name: str
    id: str
    at: At


PBlock = PParagraph | PList | PQuote | PHeading | PPlacement
PBlocks = tuple[PBlock, ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """A mistake in the prose, at a place in it."""

    code: str
    at: At
    message: str
    hint: str = ""


def plain_text(inlines: Sequence[PInline]) -> str:
    """The words alone, without notes; roles that need the data are left out."""
    parts = []
    for node in inlines:
        if isinstance(node, PText):
            parts.append(node.text)
        elif isinstance(node, PSpan | PLink):
            parts.append(plain_text(node.children))
        elif isinstance(node, PBreak):
            parts.append(" ")
    return "".join(parts)
