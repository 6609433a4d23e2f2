"""HTML as a tree of stretches of its text. Only for HTML that closes every element, as our templates write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class ScanError(ValueError):
    """An element is not closed where it should be."""


@dataclass(slots=True, eq=False)
class Node:
    """An element. Its text is `html[start:end]`, what is in it `html[inside:close]`. `number` counts the elements of
    the document in order, from 0; `behind` is the number of the first element after this one and all that is in it."""

    tag: str
    number: int
    start: int
    inside: int
    close: int = 0
    end: int = 0
    behind: int = 0
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all in it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


def scan(html: str) -> Node:
    """The root of a document. Raises ScanError when its elements are not well nested."""
    scanner = _Scanner(html)
    scanner.feed(html)
    scanner.close()
    if scanner.root is None or scanner.open:
        raise ScanError("the document is not complete")
    return scanner.root


class _Scanner(HTMLParser):
    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.html = html
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.lines = [0]
        for line in html.split("\n"):  # as the parser counts them
            self.lines.append(self.lines[-1] + len(line) + 1)

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def _element(self, tag: str) -> Node:
        start = self._at()
        node = Node(tag, self.count, start, start + len(self.get_starttag_text() or ""))
        self.count += 1
        if self.open:
            self.open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        else:
            raise ScanError(f"<{tag}> stands after the end")
        return node

    def _closed(self, node: Node, close: int, end: int) -> None:
        node.close, node.end, node.behind = close, end, self.count

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._element(tag)
        if tag in _VOID:
            self._closed(node, node.inside, node.inside)
        else:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._element(tag)
        self._closed(node, node.inside, node.inside)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            raise ScanError(f"</{tag}> closes nothing")
        close = self._at()
        self._closed(self.open.pop(), close, self.html.index(">", close) + 1)
