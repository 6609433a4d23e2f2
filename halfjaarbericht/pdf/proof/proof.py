"""The way in: a proof of a document of which the last whole PDF is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from weasyprint.text.fonts import FontConfiguration

from halfjaarbericht.pdf.document import rendering
from halfjaarbericht.pdf.jobs import PdfJob, ProofJob, ProofResult, no_progress
from halfjaarbericht.pdf.noten import Plan
from halfjaarbericht.pdf.pagebox import first_pages
from halfjaarbericht.pdf.proof.match import Matching, match
from halfjaarbericht.pdf.proof.model import Lookup, PageMap, PageShape
from halfjaarbericht.pdf.proof.pagemap import elements_of, look_of
from halfjaarbericht.pdf.proof.pages import PageMaker
from halfjaarbericht.pdf.proof.route import Route
from halfjaarbericht.pdf.proof.scan import Node, ScanError, scan
from halfjaarbericht.pdf.proof.splice import splice
from halfjaarbericht.pdf.proof.window import MARK, Range, window, with_tables
from halfjaarbericht.pdf.regeleinde import mended_line_ends
from halfjaarbericht.pdf.tagging.notes import link_notes
from halfjaarbericht.pdf.tree import make_tree, parse

NEW = -2
"""The number of an element that was not there."""


def render_proof(order: ProofJob) -> ProofResult | None:
    """Lay out what changed since the earlier version; None when that cannot be done, or nothing came of it. Lesser
    problems are not looked for: those are told of the whole PDF that follows. Raises ContentError when no PDF can be
    made."""
    try:
        with rendering(order.label, no_progress):
            return _Proof(order).result()
    except (ScanError, LookupError):
        return None


class _Proof:
    def __init__(self, order: ProofJob):
        self.order = order
        self.pages: PageMap = order.pages
        self.html = order.job.html
        self.old, self.new = scan(order.html), scan(self.html)
        self.matching = self._match()
        self.same = {self.matching.old_number[number] for number in self.matching.whole}
        changed = with_tables(self.old, [(change.first, change.behind) for change in self.matching.changes])
        self.route = Route(self.pages, changed, self.same, set(self.matching.old_number.values()))

    def result(self) -> ProofResult | None:
        """Raises ScanError or LookupError when the document has not the shape that was expected."""
        with mended_line_ends():
            maker = self._maker()
            maker.make()
        fresh = {number: page for number, page in maker.fresh.items() if number <= self.route.total}
        if not fresh:
            return None
        link_notes(list(fresh.values()))
        pages = [fresh.get(number, _Blank(shape)) for number, shape in enumerate(self.pages.shapes, 1)]
        pdf = maker.tree.document(pages).write_pdf()
        anchors = first_pages(page.anchors for page in pages)
        looks = [shape.look for shape in self.pages.shapes]
        for number, page in fresh.items():
            looks[number - 1] = look_of(page)
        spliced = splice(self.order.pdf, pdf, fresh)
        return ProofResult(spliced, tuple(sorted(fresh)), maker.complete, anchors, tuple(looks))

    def _match(self) -> Matching:
        """What changed in the body. Raises LookupError when the head did, but for what a page does not show."""
        if [node.tag for root in (self.old, self.new) for node in root.children] != ["head", "body"] * 2:
            raise LookupError("no head and body")
        (old_head, old_body), (new_head, new_body) = self.old.children, self.new.children
        links = [_shown(html, head) for html, head in ((self.order.html, old_head), (self.html, new_head))]
        tags = [html[root.start : root.inside] for html, root in ((self.order.html, self.old), (self.html, self.new))]
        if links[0] != links[1] or tags[0] != tags[1]:
            raise LookupError("another design")
        found = match(self.order.html, old_body, self.html, new_body)
        found.old_number[self.new.number] = self.old.number
        return found

    def _maker(self) -> PageMaker:
        new = {number: n for n, number in self.matching.old_number.items()}
        told = {new[look.element]: look for shape in self.pages.shapes for look in shape.lookups if look.element in new}
        cut = window(self.html, self.new, self._ranges(new), told)
        job: PdfJob = self.order.job
        tree = make_tree(parse(job, cut.html), FontConfiguration(), Plan(), _as_told(told))
        elements = elements_of(scan(cut.html), tree.source.etree_element)
        if elements is None:
            raise LookupError("another tree")
        old = self.matching.old_number
        numbers = {id(element): old.get(n, NEW) for element, n in zip(elements, cut.numbers, strict=True)}
        return PageMaker(tree, self.route, lambda element: numbers.get(id(element), -1))

    def _ranges(self, new: Mapping[int, int]) -> list[Range]:
        """What is needed of the new document: what the stretches need, and what is shown in the margins."""
        nodes = {node.number: node for node in self.new.walk()}
        ranges: list[Range] = []
        for stretch in self.route.stretches:
            first, behind = self.route.elements(stretch)
            ranges.append((_at_or_before(new, first), _at_or_behind(new, behind, self.new.behind)))
        ranges = with_tables(self.new, ranges)
        for _, _, element in self.pages.running:
            if element not in self.same:
                raise LookupError("other margins")
            node = nodes[new[element]]
            ranges.append((node.number, node.behind))
        return ranges


def _at_or_before(new: Mapping[int, int], old: int) -> int:
    """The new number of the last element that was there at or before the one that was number `old`."""
    while old not in new and old > 0:
        old -= 1
    return new.get(old, 0)


def _at_or_behind(new: Mapping[int, int], old: int, end: int) -> int:
    """The new number of the first element that was there at or after the one that was number `old`."""
    last = max(new, default=0)
    while old not in new and old < last:
        old += 1
    return new.get(old, end)


def _as_told(told: Mapping[int, Lookup]) -> str:
    """A style sheet that says of other pages what was said: they are not there to look it up."""
    return "".join(
        f'[{MARK}="{number}"]::{look.side} {{ content: "{_quoted(look.text)}" !important }}'
        for number, look in told.items()
    )


def _quoted(text: str) -> str:
    return "".join(f"\\{ord(letter):x} " if letter in '"\\\n' else letter for letter in text)


def _shown(html: str, head: Node) -> list[str]:
    """What in a <head> decides how pages look."""
    return [html[child.start : child.end] for child in head.children if child.tag not in ("title", "meta")]


class _Blank:
    """A page that is not laid out: nothing is drawn on it, but its places are known."""

    def __init__(self, shape: PageShape):
        self.width, self.height, self.bleed = shape.width, shape.height, shape.bleed
        self.anchors = shape.anchors
        self.links: Sequence[Any] = ()
        self.bookmarks = shape.bookmarks
        self.forms: Mapping[None, Sequence[Any]] = {None: ()}

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Nothing."""
