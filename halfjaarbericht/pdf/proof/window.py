"""The part of a document that some of its pages need, as a document of its own.

Elements outside it stay, but empty: rules such as `h2 + p` and `:first-child`, and the counting of items, go by them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from halfjaarbericht.pdf.proof.scan import Node

Range = tuple[int, int]
MARK = "data-proef"
"""The attribute that tells the number of an element in the whole document."""


@dataclass(frozen=True, slots=True)
class Window:
    """HTML with the number that each of its elements has in the whole document, in order."""

    html: str
    numbers: tuple[int, ...]


def window(html: str, root: Node, ranges: Sequence[Range], marked: Collection[int] = ()) -> Window:
    """Keep the elements of which the number lies in one of `ranges` (the end not included), what they are in, and the
    <head>. The elements `marked` get their number as attribute MARK."""
    cutter = _Cutter(html, ranges, marked)
    return Window("".join((html[: root.start], *cutter.cut(root), html[root.end :])), tuple(cutter.numbers))


def with_tables(root: Node, ranges: Sequence[Range]) -> list[Range]:
    """The ranges, each with the whole of the tables that it has a part of: all rows decide how wide the columns are."""
    tables = list(_tables(root))
    return [
        (
            min((number for number, end in tables if number <= first < end), default=first),
            max((end for number, end in tables if number < behind < end), default=behind),
        )
        for first, behind in ranges
    ]


def _tables(node: Node) -> Iterator[Range]:
    """The outermost tables."""
    if node.tag == "table":
        yield node.number, node.behind
    else:
        for child in node.children:
            yield from _tables(child)


class _Cutter:
    def __init__(self, html: str, ranges: Sequence[Range], marked: Collection[int]):
        self.html = html
        self.ranges = ranges
        self.marked = marked
        self.numbers: list[int] = []

    def cut(self, node: Node) -> Iterator[str]:
        """The text of an element, without what is not needed."""
        if node.tag == "head" or (self._inside(node) and not self._has_marked(node)):
            self.numbers += range(node.number, node.behind)
            yield self.html[node.start : node.end]
            return
        self.numbers.append(node.number)
        yield self._tag(node)
        if any(first < node.behind and behind > node.number for first, behind in self.ranges):
            at = node.inside
            for child in node.children:
                yield self.html[at : child.start]
                yield from self.cut(child)
                at = child.end
            yield self.html[at : node.close]
        yield self.html[node.close : node.end]

    def _inside(self, node: Node) -> bool:
        return any(first <= node.number and node.behind <= behind for first, behind in self.ranges)

    def _has_marked(self, node: Node) -> bool:
        return any(node.number <= number < node.behind for number in self.marked)

    def _tag(self, node: Node) -> str:
        text = self.html[node.start : node.inside]
        if node.number not in self.marked:
            return text
        end = len(text) - (2 if text.endswith("/>") else 1)
        return f'{text[:end]} {MARK}="{node.number}"{text[end:]}'
