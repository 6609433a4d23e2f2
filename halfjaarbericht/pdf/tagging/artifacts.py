"""What is drawn but is no part of the text: artifacts (ISO 32000-1, 14.8.2.2), with their type."""

from __future__ import annotations

from typing import Any

from halfjaarbericht.pdf.tagging import boxes
from halfjaarbericht.pdf.tagging.dom import is_decorative, is_hidden

LAYOUT = b"/Artifact <</Type /Layout>> BDC"
PAGINATION = b"/Artifact <</Type /Pagination>> BDC"
HEADER = b"/Artifact <</Type /Pagination /Subtype /Header>> BDC"
FOOTER = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
WATERMARK = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"

_MARGINS = {"top": HEADER, "bottom": FOOTER}


class Artifacts:
    """Tells artifacts from content, box by box in the order of the pages."""

    def __init__(self) -> None:
        self._repeated: set[Any] = set()

    def opening(self, box: Any) -> bytes:
        """The operator that opens an artifact when `box` and all in it are one, else b''."""
        if isinstance(box, boxes.Margin):
            return _MARGINS.get(boxes.margin_side(box), PAGINATION)
        if boxes.is_repeatable(box) and self._again(box.element):
            return PAGINATION
        if boxes.is_leader(box) or (box.element is not None and self._is_decoration(box)):
            return LAYOUT
        return b""

    def _again(self, element: Any) -> bool:
        """Whether the head or foot of a table was there before."""
        seen = element in self._repeated
        self._repeated.add(element)
        return seen

    def _is_decoration(self, box: Any) -> bool:
        if is_hidden(box.element):
            return True
        if isinstance(box, boxes.Picture):
            # A picture of a pseudo-element (a bullet, generated content) has no place for a text alternative.
            return bool(boxes.pseudo(box)) or is_decorative(box.element)
        return False
