"""Lays out some pages of a document, each from where it began when all of it was laid out.

The engine lays out page by page, and what it needs to begin one is little: where it is in the tree of boxes, the
counters, the side, and what shows in the margins. The engine's own functions make the pages; the guards are in
`tests/test_pdf_engine_guards.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.document import Page
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_margin_boxes, remake_page

from halfjaarbericht.pdf.layoutcheck import check_notes, collisions
from halfjaarbericht.pdf.pagebox import first_pages
from halfjaarbericht.pdf.proof.model import PageMap, PageStart, Position, SkipStack
from halfjaarbericht.pdf.proof.pagemap import Numbering, looking_up, position, resume_at
from halfjaarbericht.pdf.proof.route import MOST, Route, Stretch
from halfjaarbericht.pdf.tree import Tree


class PageMaker:
    """Lays out pages in a tree that holds part of a document. `number` gives the elements of the tree their number in
    the document that was laid out as a whole."""

    def __init__(self, tree: Tree, route: Route, number: Numbering):
        self.tree = tree
        self.context = tree.context
        self.route = route
        self.number = number
        self.fresh: dict[int, Page] = {}
        self.complete = True
        self.context.rendered_notes = []
        self._take_running(route.pages)
        self._take_notes(route.pages)

    def make(self) -> None:
        """Lay out stretch after stretch, until one does not end where it ended before: what comes then has moved.
        `complete` tells afterwards whether all other pages are still right. Raises LookupError when the boxes to begin
        with are not there."""
        whole = all(self._stretch(stretch) for stretch in self.route.stretches)
        self.complete = whole and self._fits() and not self._targets_moved()
        if not self.complete:
            self._drop_what_tells_of_other_pages()

    def _fits(self) -> bool:
        """Whether nothing is on the pages that the whole would be laid out again for, and nothing new that tells of
        other pages."""
        pages = list(self.fresh.values())
        _, faults = check_notes(self.tree.source.etree_element, pages)
        astray = any(fault.placed.call_page and fault.placed.note_page for fault in faults)
        telling = any(next(looking_up(page), None) is not None for page in pages)
        return not astray and not telling and next(collisions(pages), None) is None

    def _targets_moved(self) -> bool:
        """Whether a place of which another page tells the page is on another page now."""
        shapes, targets = self.route.pages.shapes, self.route.pages.targets
        before = first_pages(targets & shape.anchors.keys() for shape in shapes)
        now = first_pages(targets & self.fresh.get(n, shape).anchors.keys() for n, shape in enumerate(shapes, 1))
        return before != now

    def _drop_what_tells_of_other_pages(self) -> None:
        shapes = self.route.pages.shapes
        telling = {page for page, shape in enumerate(shapes, 1) if shape.lookups}
        telling |= {page for page, made in self.fresh.items() if next(looking_up(made), None) is not None}
        self.fresh = {page: made for page, made in self.fresh.items() if page not in telling}

    def _stretch(self, stretch: Stretch) -> bool:
        """Lay out until all is as it was; whether it came to that."""
        start = self.route.pages.starts[stretch.first - 1]
        state = (*start.state[:3], [[name, n, self._resume(at)] for name, n, at in start.groups])
        self._put(stretch.first, (self._resume(start.at), dict(start.next_page), start.right, state, _untouched()))
        for page in range(stretch.first, stretch.behind + 1):
            if len(self.fresh) >= MOST:
                return False
            resume = self._page(page)
            if self.route.ends_early(stretch, self._position(resume)):
                del self.fresh[page]
                return False
            if resume is None:
                return page == self.route.total
            if page >= stretch.needed and self._converged(page):
                return True
        return False

    def _page(self, page: int) -> Any:
        box, resume = remake_page(page - 1, self.context, self.tree.root, self.tree.source)
        if box.fixed_boxes or self.context.broken_out_of_flow:
            raise LookupError("boxes that go on elsewhere")
        self.fresh[page] = Page(self._with_margins(box, page))
        return resume

    def _converged(self, page: int) -> bool:
        resume, next_page, right, state, _ = self.context.page_maker[page]
        groups = tuple((name, count, self._position(begun)) for name, count, begun in state[3])
        now = PageStart(self._position(resume), next_page, right, (), groups, self.context.carried(page))
        return self.route.converged(page + 1, now)

    def _position(self, resume: SkipStack) -> Position:
        return position(self.tree.root, resume, self.number)

    def _resume(self, at: Position) -> SkipStack:
        return resume_at(self.tree.root, at, self.number)

    def _put(self, page: int, entry: tuple[Any, ...]) -> None:
        self.context.page_maker = [*[(None, None, None, None, _untouched())] * (page - 1), entry]

    def _with_margins(self, box: Any, page: int) -> Any:
        """A page box as the engine completes it, with as many pages in all as there were."""
        self.context.current_page = page
        state = self.context.page_maker[page][3]
        state[1]["pages"] = [self.route.total]
        flow, *areas = box.children
        filled = [area for area in areas if area.children]
        box.children = (flow, *filled, *make_margin_boxes(self.context, box, state))
        layout_backgrounds(box, self.context.get_image_from_uri)
        return box

    def _take_running(self, pages: PageMap) -> None:
        """Tell the engine what earlier pages put into the margins; what is new there changes every page."""
        wanted = {element: (name, page) for name, page, element in pages.running}
        for box in _running(self.tree.root):
            name, page = wanted.pop(self.number(box.element))
            self.context.running_elements[name][page].append(box)
        if wanted:
            raise LookupError("gone from the margins")

    def _take_notes(self, pages: PageMap) -> None:
        """Tell which notes stand on earlier pages: a header row that is repeated calls them again."""
        homes: dict[int, list[Any]] = {}
        for note in self.context.footnotes:
            page = pages.notes.get(self.number(note.element))
            if page is not None:
                homes.setdefault(page, []).append(note)
        self.context.take_homes(homes)


def _untouched() -> dict[str, Any]:
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


def _running(box: Any) -> Iterator[Any]:
    for child in box.children:
        if child.is_running():
            yield child
        elif hasattr(child, "children"):
            yield from _running(child)
