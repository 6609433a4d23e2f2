"""What is other in a document than before, by element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from halfjaarbericht.pdf.proof.scan import Node


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Elements `first` to `behind` of the old document (not included) are gone or other. When both are the same,
    something came in front of element `first`."""

    first: int
    behind: int


@dataclass(slots=True)
class Matching:
    """The old number of each element that is still there, by its new number; the new numbers of those in which nothing
    changed at all; and what changed, in old order."""

    old_number: dict[int, int] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)


def match(old_html: str, old: Node, new_html: str, new: Node) -> Matching:
    """Compare two documents. An element of which the tag or a text of its own changed counts as other with all in it.

    `old` and `new` are the elements of `old_html` and `new_html` to begin with; they are taken for the same element.
    """
    matcher = _Matcher(old_html, new_html)
    matcher.pair(old, new)
    matcher.found.changes.sort()
    return matcher.found


class _Matcher:
    def __init__(self, old_html: str, new_html: str):
        self.old, self.new = old_html, new_html
        self.found = Matching()

    def pair(self, old: Node, new: Node) -> None:
        numbers = self.found.old_number
        if self.old[old.start : old.end] == self.new[new.start : new.end]:
            shift = old.number - new.number
            numbers.update((number, number + shift) for number in range(new.number, new.behind))
            self.found.whole.update(range(new.number, new.behind))
        elif self._same_but_for_children(old, new):
            numbers[new.number] = old.number
            self._align(old, new)
        else:
            self._other([old], old.number)

    def _same_but_for_children(self, old: Node, new: Node) -> bool:
        if self.old[old.start : old.inside] != self.new[new.start : new.inside]:
            return False
        before, now = _between(self.old, old), _between(self.new, new)
        # Where children came or went, the white space around them did too.
        return before == now or (len(before) != len(now) and not "".join((*before, *now)).strip())

    def _align(self, old: Node, new: Node) -> None:
        """Pair the children of two elements that are the same but for their children."""
        a = [self.old[child.start : child.end] for child in old.children]
        b = [self.new[child.start : child.end] for child in new.children]
        for _, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            before, now = old.children[i1:i2], new.children[j1:j2]
            if len(before) == len(now):
                for one, other in zip(before, now, strict=True):
                    self.pair(one, other)
            else:
                at = old.children[i1].number if i1 < len(old.children) else old.behind
                self._other(before, at)

    def _other(self, gone: Sequence[Node], at: int) -> None:
        self.found.changes.append(Change(gone[0].number, gone[-1].behind) if gone else Change(at, at))


def _between(html: str, node: Node) -> list[str]:
    """The stretches of text between the children of an element, before the first and behind the last."""
    ends = [node.inside, *(child.end for child in node.children)]
    starts = [*(child.start for child in node.children), node.close]
    return [html[a:b] for a, b in zip(ends, starts, strict=True)]
