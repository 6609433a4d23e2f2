"""Reading the laid-out pages: the few shapes of the engine's box tree that the checks look at.

All lengths are CSS px (96 per inch) from the top left of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

MM_PER_PX = 25.4 / 96
NOTE_CLASS = "noot"


def is_note(element: Any) -> bool:
    """Whether an HTML element is the text of a note (`<span class="noot" data-nr="3">`)."""
    return isinstance(element.tag, str) and NOTE_CLASS in (element.get("class") or "").split()


def page_root(page: Any) -> Any:
    """The box of <html> on this page."""
    return page._page_box.children[0]


def note_area(page: Any) -> Any | None:
    """The box that holds the notes of this page, None without notes."""
    return next((box for box in page._page_box.children if isinstance(box, boxes.FootnoteAreaBox)), None)


def first_pages(names: Iterable[Iterable[str]]) -> dict[str, int]:
    """The page (from 1) on which each name first stands, given the names on each page."""
    found: dict[str, int] = {}
    for number, here in enumerate(names, 1):
        for name in here:
            found.setdefault(name, number)
    return found


def out_of_flow(box: Any) -> bool:
    """Whether a box is placed apart from the running text (the column beside it, a list marker)."""
    return box.style["position"] in ("absolute", "fixed") or bool(box.is_outside_marker)


def flow(box: Any) -> Iterator[Any]:
    """`box` and its descendants, without what is placed apart from the running text."""
    yield box
    for child in box.children:
        if not out_of_flow(child):
            yield from flow(child)


def drawn_text(box: Any) -> str:
    """The text of `box` as drawn, without generated content such as the note's number."""
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    return "".join(drawn_text(child) for child in box.children if "::" not in str(child.element_tag))


@dataclass
class NoteSight:
    """What the pages show of one note: pages with a call, and (page, drawn text) of each body."""

    calls: list[int] = field(default_factory=list)
    bodies: list[tuple[int, str]] = field(default_factory=list)


def sight_notes(pages: Sequence[Any]) -> dict[int, NoteSight]:
    """Every note on the pages by the id() of its HTML element."""
    found: dict[int, NoteSight] = {}
    for number, page in enumerate(pages, start=1):
        for box in page_root(page).descendants():
            if box.footnote is not None:
                found.setdefault(id(box.element), NoteSight()).calls.append(number)
        area = note_area(page)
        for body in area.children if area is not None else ():
            if body.element is not None:
                found.setdefault(id(body.element), NoteSight()).bodies.append((number, drawn_text(body)))
    return found


def text_bottom(page: Any) -> float:
    """Where the lowest line or picture of the running text ends."""
    kinds = (boxes.LineBox, boxes.ReplacedBox)
    ends = [box.position_y + box.margin_height() for box in flow(page_root(page)) if isinstance(box, kinds)]
    return max(ends, default=0.0)


def page_bottom(page: Any) -> float:
    """The lower edge of the page's text area."""
    box = page._page_box
    return float(box.content_box_y() + box.height)
