"""Pictures that tell something: their text alternative and their place (ISO 32000-1, 14.8.4.5 and 14.8.5.4)."""

from __future__ import annotations

from typing import Any

from halfjaarbericht.pdf.tagging import boxes
from halfjaarbericht.pdf.tagging.dom import alternative
from halfjaarbericht.pdf.tagging.roles import GROUPING
from halfjaarbericht.pdf.tagging.structure import Element


def describe(figure: Element, box: Any, page_height: float) -> bool:
    """Say what a picture shows and where it stands on its page of `page_height` px; False when nothing says what."""
    figure.alt = alternative(box.element)
    stands_alone = boxes.is_block(box) or figure.up().role in GROUPING
    placement = "Block" if stands_alone else "Inline"
    figure.set("Layout", Placement=placement, BBox=boxes.picture_rectangle(box, page_height))
    return bool(figure.alt)
