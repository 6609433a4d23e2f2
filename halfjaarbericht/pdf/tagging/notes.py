"""Notes: links between call and note, and the place of a note in the tag tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from halfjaarbericht.pdf.pagebox import note_area, page_root
from halfjaarbericht.pdf.tagging import boxes
from halfjaarbericht.pdf.tagging.roles import INLINE, NOTE_PLACES
from halfjaarbericht.pdf.tagging.structure import Element

CALL, MARKER = "footnote-call", "footnote-marker"


def link_notes(pages: Sequence[Any]) -> None:
    """Add the links that the engine does not make: from the (first) call of each note to the note, and back.

    To be done once, before the pages of several documents are joined, since it gives names to places.
    """
    calls: dict[Any, tuple[Any, Any]] = {}
    for page, box in _boxes(pages, CALL, page_root):
        calls.setdefault(box.element, (page, box))
    linked = set()
    for page, box in _boxes(pages, MARKER, note_area):
        element = box.element
        if element in calls and element not in linked:
            linked.add(element)
            name = element.get("id") or f"noot-{len(linked)}"
            page.anchors.setdefault(name, boxes.area(box))
            call_page, call = calls[element]
            call_page.anchors[f"{name}-aanroep"] = boxes.area(call)
            call_page.links.append(("internal", name, boxes.area(call), call))
            page.links.append(("internal", f"{name}-aanroep", boxes.area(box), box))


def _boxes(pages: Sequence[Any], kind: str, part: Any) -> Iterator[tuple[Any, Any]]:
    for page in pages:
        top = part(page)
        if top is not None:
            yield from ((page, box) for box in _outermost(top, kind))


def _outermost(box: Any, kind: str) -> Iterator[Any]:
    box = boxes.real(box)
    if boxes.pseudo(box) == kind:
        yield box
        return
    for child in box.children:
        yield from _outermost(child, kind)


def number_of(element: Any) -> str:
    """The number of a note as it is printed."""
    return str(element.get("data-nr") or "")


def place(note: Element, call: Element, belonging: Mapping[Element, Element]) -> None:
    """Put a note in the tree right after the block with its call, and after the notes that already follow there.

    A note in a cell comes after the whole table, one in a heading or caption after that. `belonging` gives the last
    element of what a table ends with, where that is more than the table. Nothing comes between words that announce
    something ("… drie maatregelen:") and the list, table or figure that they announce.
    """
    kid, parent = call, call.up()
    while parent.role not in NOTE_PLACES:
        kid, parent = parent, parent.up()
    kids = parent.kids
    at = kids.index(belonging.get(kid, kid)) + 1
    if kid.role in INLINE:  # text without a paragraph of its own, as in an item of a list
        while at < len(kids) and _runs_on(kids[at]):
            at += 1
    announced = kids[at] if at < len(kids) else None
    if _is_announced(announced) and _announces(parent, at):
        at = kids.index(belonging.get(announced, announced)) + 1
    while at < len(kids) and _is_note(kids[at]):
        at += 1
    note.parent = parent
    kids.insert(at, note)


def _runs_on(kid: object) -> bool:
    return not isinstance(kid, Element) or kid.role in INLINE


def _is_note(kid: object) -> bool:
    return isinstance(kid, Element) and kid.role == "Note"


def _is_announced(kid: object) -> TypeGuard[Element]:
    if not isinstance(kid, Element):
        return False
    holds_figure = any(isinstance(each, Element) and each.role == "Figure" for each in kid.kids)
    return kid.role in ("L", "Table") or (kid.role == "Sect" and holds_figure)


def _announces(parent: Element, end: int) -> bool:
    """Whether the words before place `end`, without the numbers of notes, end in a colon."""
    before = Element(parent.role)
    before.kids = parent.kids[:end]
    last = before.last_text(without="Reference")
    return last is not None and last.read.rstrip().endswith(":")
