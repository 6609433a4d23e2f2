"""One walk over the laid-out pages: which mark each text and picture gets, and where it hangs in the tag tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from halfjaarbericht.pdf.pagebox import page_root
from halfjaarbericht.pdf.tagging import boxes, figures, links
from halfjaarbericht.pdf.tagging.artifacts import LAYOUT, Artifacts
from halfjaarbericht.pdf.tagging.dom import Source
from halfjaarbericht.pdf.tagging.notes import CALL
from halfjaarbericht.pdf.tagging.roles import GROUPING, INLINE
from halfjaarbericht.pdf.tagging.structure import Clickable, Element, Mark
from halfjaarbericht.pdf.tagging.text import Reader
from halfjaarbericht.pdf.tagging.tree import Tree


@dataclass
class PagePlan:
    """How one page is drawn: for each box its mark, with the role to mark it by, or what opens the artifact that it is.

    `links` are the boxes whose link stays, with the words of each; links of others are part of those, or of artifacts.
    """

    marks: dict[Any, tuple[str, Mark] | bytes] = field(default_factory=dict)
    links: dict[Any, str] = field(default_factory=dict)


@dataclass
class Plan:
    """The tag tree below `top`, its identifiers, how to draw each page, and pictures that say nothing of themselves."""

    top: Element
    ids: dict[str, Element]
    pages: list[PagePlan]
    silent: list[Any]


def make_plan(pages: Sequence[Any], titles: Mapping[int, str] | None = None) -> Plan:
    """Plan the tags of pages, of one HTML document or of several joined.

    `titles` are for the documents of a bundle, by the number (from 0) of their first page; each becomes a Part.
    """
    top = Element("Document")
    ids: dict[str, Element] = {}
    plan = Plan(top, ids, [], [])
    walk: _Walk | None = None
    for number, page in enumerate(pages):
        root = page_root(page).element
        if walk is None or walk.tree.source.root is not root:
            if walk is not None:
                walk.tree.finish()
            walk = _Walk(_tree(root, top, ids, number, titles), plan)
        walk.page(page, number)
    if walk is not None:
        walk.tree.finish()
    return plan


def _tree(root: Any, top: Element, ids: dict[str, Element], number: int, titles: Mapping[int, str] | None) -> Tree:
    if titles is None:
        return Tree(Source(root), top, ids)
    part = top.add("Part")
    part.title = titles[number]
    part.lang = root.get("lang") or ""
    return Tree(Source(root, f"{len(top.kids)}."), part, ids)


class _Walk:
    """Walking the pages of one document."""

    def __init__(self, tree: Tree, plan: Plan):
        self.tree = tree
        self.plan = plan
        self.artifacts = Artifacts()
        self.reader = Reader()
        self.last: tuple[Mark, Any, Element] | None = None
        self.open_link: Any = None

    def page(self, page: Any, number: int) -> None:
        self.number = number
        self.height = page.height
        self.drawn = PagePlan()
        self.plan.pages.append(self.drawn)
        self.clickable = {box for _, _, _, box in page.links}
        self.count = 0
        self.visit(page._page_box, None)

    def visit(self, box: Any, block: Any) -> None:
        """Plan a box and all in it; `block` is the HTML element whose lines it stands in."""
        box = boxes.real(box)
        opening = self.artifacts.opening(box)
        if opening:
            self.drawn.marks.update((each, opening) for each in boxes.inside(box))
        elif isinstance(box, boxes.Text):
            self._text(box, block)
        elif isinstance(box, boxes.Picture):
            self._picture(box)
        elif isinstance(box, boxes.Line):
            self._line(box)
        else:
            around = self.open_link
            self._element(box)
            for child in box.children:
                self.visit(child, block)
            self.open_link = around

    def _element(self, box: Any) -> None:
        element = box.element
        if element is None:
            return
        if isinstance(box, boxes.Cell):
            self.tree.node(element)
        elif element.tag == "span" and boxes.is_block(box) and not boxes.pseudo(box):
            self.tree.block(element)
        if box in self.clickable and links.is_link(box):
            self._link(box)

    def _line(self, line: Any) -> None:
        outer = self.reader.begin()
        for child in line.children:
            self.visit(child, line.element)
        self.reader.end(outer, None if boxes.pseudo(line) else line.element)

    def _text(self, box: Any, block: Any) -> None:
        if not box.text.strip():
            self.reader.blank()
            if boxes.is_underlined(box):
                self.drawn.marks[box] = LAYOUT
            return
        if not boxes.is_visible(box):
            return
        target = self.tree.target(box)
        before = _around(target).last_text() if self._is_call(box, target) else None
        mark = self._mark(box, target, box.text)
        if before is not None:
            _part(before, mark)
        if self._is_page_number(box):
            mark.reading = f"bladzijde {box.text.strip()}"
        self._part_blocks(mark, block, target)
        self.reader.text(box, mark, block)

    def _picture(self, box: Any) -> None:
        target = self.tree.node(box.element)
        if figures.describe(target, box, self.height):
            self._mark(box, target, "")
        else:
            self.plan.silent.append(box.element)
            self.drawn.marks[box] = LAYOUT

    def _mark(self, box: Any, target: Element, text: str) -> Mark:
        mark = Mark(self.number, self.count, text)
        if text and not boxes.can_end_with_space(box):
            mark.reading = text
        self.count += 1
        target.kids.append(mark)
        self.drawn.marks[box] = target.role, mark
        return mark

    def _part_blocks(self, mark: Mark, block: Any, target: Element) -> None:
        """Words of two blocks in one structure element (the parts of an entry of the contents) do not run together."""
        around = _around(target)
        if self.last is not None:
            before, its_block, its_around = self.last
            if its_around is around and its_block is not block and not mark.text[:1].isspace():
                before.end_with_space()
        self.last = mark, block, around

    def _is_call(self, box: Any, target: Element) -> bool:
        """Whether a text begins the call of a note, the first call or a later one."""
        if boxes.pseudo(box) == CALL:
            return True
        is_reference = target.role == "Link" and target.up().role == "Reference"
        return is_reference and not self.tree.source.in_contents(box.element) and target.last_text() is None

    def _is_page_number(self, box: Any) -> bool:
        """Whether a text is what an entry of the contents ends in. Its title may end in a number as well."""
        is_generated = boxes.pseudo(box) == "after" and self.tree.source.in_contents(box.element)
        return is_generated and bool(box.text.strip().isdigit())

    def _link(self, box: Any) -> None:
        if box.element is self.open_link:
            return  # an anonymous box in the link
        self.open_link = box.element
        self.drawn.links[box] = links.contents(box, self.tree.source)
        self.tree.target(box).kids.append(Clickable(self.number, box))


def _around(element: Element) -> Element:
    """The block that an element within a line is part of; a block is its own."""
    while element.role in INLINE and element.parent is not None and element.parent.role not in GROUPING:
        element = element.parent
    return element


def _part(before: Mark, call: Mark) -> None:
    """The number of a note does not run together with the word or figure that it stands at: 2.148 is not 2.1489.

    It says so twice: some programs find words by the spaces that are drawn, others by the room between letters. The
    latter only see a space that is in a text to read instead (ISO 32000-1, 14.9.4, ActualText).
    """
    before.end_with_space()
    call.reading = f" {call.read}"
