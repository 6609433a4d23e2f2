"""Which pages of the last whole layout a change touches, and where to begin and to stop."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from halfjaarbericht.pdf.proof.model import PageMap, PageStart, Position
from halfjaarbericht.pdf.proof.window import Range

BEFORE = 1
"""So many pages before a change are laid out as well: what comes after a page decides where it ends."""
AFTER = 3
"""So many pages after a change at most, when the text goes on moving."""
LOOK_AHEAD = 1
"""So many pages more are in the document, for what is kept together with what follows."""
MOST = 10
"""So many pages at most are laid out in all."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages to lay out: from page `first`; `behind` is the last one that may be tried, `needed` the last one that must
    be laid out because something changed on it. Pages count from 1."""

    first: int
    needed: int
    behind: int


class Route:
    """The way through the pages of `pages` for what changed in ranges of elements (the end not included; an empty one
    is where something came). `same` are the old numbers of the elements in which nothing changed, `there` those of the
    elements that are still there."""

    def __init__(self, pages: PageMap, changes: Sequence[Range], same: Collection[int], there: Collection[int]):
        self.pages = pages
        self.same = same
        self.there = there
        self.firsts = [start.at.element for start in pages.starts]
        touched = [(self._page(first), self._last_page(first, behind)) for first, behind in changes]
        self.stretches = self._joined(touched)

    @property
    def total(self) -> int:
        """How many pages there were."""
        return len(self.pages.starts)

    def converged(self, page: int, now: PageStart) -> bool:
        """Whether a page that begins in the way of `now` begins as it did before."""
        if page > self.total or now.notes_carried:
            return False
        old = self.pages.starts[page - 1]
        same = (now.at, now.next_page, now.right, now.groups) == (old.at, old.next_page, old.right, old.groups)
        return same and self.usable(page)

    def usable(self, page: int) -> bool:
        """Whether the boxes where a page began are still there, as far as the beginning depends on them."""
        start = self.pages.starts[page - 1]
        places = [start.at, *(group[2] for group in start.groups)]
        known = all(level[0] in self.there for place in places for level in place.levels)
        return known and not start.notes_carried and (start.at.tail is None or start.at.element in self.same)

    def _page(self, element: int) -> int:
        """The page on which an element begins."""
        page = bisect_right(self.firsts, element)
        while page > 1 and self.firsts[page - 1] == element and self.pages.starts[page - 1].at.tail is not None:
            page -= 1
        return max(page, 1)

    def _last_page(self, first: int, behind: int) -> int:
        return max(bisect_right(self.firsts, max(first, behind - 1)), 1)

    def _joined(self, touched: Sequence[tuple[int, int]]) -> list[Stretch]:
        found: list[Stretch] = []
        for first, last in sorted(touched):
            begin = max(first - BEFORE, 1)
            while begin > 1 and not self.usable(begin):
                begin -= 1
            end = min(last + AFTER, self.total)
            if found and begin <= found[-1].behind:
                joined = found.pop()
                begin, last, end = joined.first, max(joined.needed, last), max(joined.behind, end)
            found.append(Stretch(begin, last, end))
        return found

    def ends_early(self, stretch: Stretch, now: Position) -> bool:
        """Whether a page of a stretch that ends here took from what is in the document to look ahead only, so that
        nobody knows whether more belongs on it."""
        behind = stretch.behind + LOOK_AHEAD
        return behind < self.total and (not now.levels or now.element >= self.firsts[behind - 1])

    def elements(self, stretch: Stretch) -> tuple[int, int]:
        """The old numbers of the elements that a stretch needs: the first, and the one behind the last."""
        behind = stretch.behind + LOOK_AHEAD + 1
        end = self.firsts[behind - 1] + 1 if behind <= self.total else 10**9
        return self.firsts[stretch.first - 1], end
