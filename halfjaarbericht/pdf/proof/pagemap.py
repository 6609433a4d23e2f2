"""Where the pages of a whole layout began: what is needed to begin again at one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from weasyprint.formatting_structure import boxes

from halfjaarbericht.pdf.noten import Plan
from halfjaarbericht.pdf.proof.limits import can_be_parted
from halfjaarbericht.pdf.proof.model import Level, Lookup, PageMap, PageShape, PageStart, Position, SkipStack
from halfjaarbericht.pdf.proof.scan import Node, ScanError, scan
from halfjaarbericht.pdf.tree import Tree

Numbering = Callable[[Any], int]
"""The number of an HTML element in the document that was laid out as a whole; negative for one that was not there."""


def elements_of(root: Node, parsed: Any) -> list[Any] | None:
    """The elements of a document in order, or None when the parser made another tree of the HTML than it shows."""
    elements = [element for element in parsed.iter() if isinstance(element.tag, str)]
    same = [node.tag for node in root.walk()] == [element.tag.rpartition("}")[2].lower() for element in elements]
    return elements if same else None


def map_pages(html: str, tree: Tree, pages: Sequence[Any], plan: Plan) -> PageMap | None:
    """The map of a document that has just been laid out; None when it cannot be laid out in parts. A layout that was
    mended (`plan`) is not: the next one begins without."""
    try:
        root = scan(html)
    except ScanError:
        return None
    elements = elements_of(root, tree.source.etree_element)
    if elements is None or plan.reserve or plan.not_before or not can_be_parted(html, root, tree, pages):
        return None
    numbers = {id(element): number for number, element in enumerate(elements)}

    def number(element: Any) -> int:
        return numbers.get(id(element), -1)

    running = tuple(
        (name, page, number(box.element))
        for name, found in tree.context.running_elements.items()
        for page, its in found.items()
        for box in its
    )
    shapes = tuple(_shape(page, number) for page in pages)
    lookups = [(look.element, look.side) for shape in shapes for look in shape.lookups]
    if len(set(lookups)) < len(lookups):  # one that is broken over lines is told in pieces
        return None
    starts = tuple(_start(tree, index, number) for index in range(len(pages)))
    homes = {number(note.element): page for page, notes in tree.context.homes.items() for note in notes}
    return PageMap(starts, shapes, running, homes, frozenset(_targets(pages)))


def _targets(pages: Sequence[Any]) -> Iterator[str]:
    """The names that elements which tell of other pages lead to; all names when one does not say where it leads."""
    for page in pages:
        for box in looking_up(page):
            names = [unquote(value[1:]) for value in box.element.attrib.values() if value.startswith("#")]
            yield from names or (name for each in pages for name in each.anchors)


def _start(tree: Tree, index: int, number: Numbering) -> PageStart:
    resume, next_page, right, state, _ = tree.context.page_maker[index]
    at = position(tree.root, resume, number)
    groups = tuple((name, count, position(tree.root, begun, number)) for name, count, begun in state[3])
    return PageStart(at, dict(next_page), right, (*state[:3], []), groups, tree.context.carried(index))


def _shape(page: Any, number: Numbering) -> PageShape:
    anchors = {name: tuple(place) for name, place in page.anchors.items()}
    lookups = tuple(
        Lookup(number(box.element), str(box.element_tag).partition("::")[2], _text(box)) for box in looking_up(page)
    )
    bookmarks = tuple(tuple(mark) for mark in page.bookmarks)
    return PageShape(page.width, page.height, dict(page.bleed), anchors, bookmarks, lookups, look_of(page))


def _text(box: Any) -> str:
    return "".join(each.text for each in box.descendants() if isinstance(each, boxes.TextBox))


def looking_up(page: Any) -> Iterator[Any]:
    """The boxes on a page that tell of other pages."""
    return (box for box in page._page_box.descendants(placeholders=True) if box.missing_link)


def look_of(page: Any) -> str:
    """A fingerprint of a page: of each text, picture and frame what and where it is."""
    found = hashlib.blake2b(digest_size=16)
    for box in page._page_box.descendants(placeholders=True):
        if isinstance(box, boxes.TextBox):
            found.update(f"{box.text}|{box.position_x:.2f}|{box.position_y:.2f}|{box.width:.2f}".encode())
        elif isinstance(box, boxes.ReplacedBox | boxes.TableCellBox):
            found.update(f"{box.position_x:.2f}|{box.position_y:.2f}|{box.width:.2f}|{box.height:.2f}".encode())
    return found.hexdigest()


# --- positions --------------------------------------------------------------------------------------------------


def position(root: Any, resume: SkipStack, number: Numbering) -> Position:
    """The engine's place to go on, in terms of elements."""
    levels: list[Level] = []
    box = root
    while resume is not None and len(resume) == 1:
        ((index, rest),) = resume.items()
        if index >= len(box.children) or not _is_block(box.children[index]):
            break
        levels.append(_levels(box, number)[index])
        box, resume = box.children[index], rest
    return Position(tuple(levels), resume)


def resume_at(root: Any, at: Position, number: Numbering) -> SkipStack:
    """The reverse of `position`. Raises LookupError when the boxes are not there."""
    path = []
    box = root
    for level in at.levels:
        levels = _levels(box, number)
        if level not in levels:
            raise LookupError(level)
        path.append(levels.index(level))
        box = box.children[path[-1]]
    resume = at.tail
    for index in reversed(path):
        resume = {index: resume}
    return resume


def _is_block(box: Any) -> bool:
    return not isinstance(box, boxes.LineBox | boxes.InlineLevelBox)


def _levels(box: Any, number: Numbering) -> list[Level]:
    """The children of a box, each by its element, its kind, and which one of those it is."""
    seen: dict[tuple[int, str], int] = {}
    found = []
    for child in box.children:
        kind = number(child.element), f"{type(child).__name__} {child.element_tag}"
        seen[kind] = seen.get(kind, 0) + 1
        found.append((*kind, seen[kind]))
    return found
