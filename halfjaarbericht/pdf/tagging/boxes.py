"""The engine's boxes as the tag tree sees them: the only module of it that knows their classes.

WeasyPrint 70: a box has `element` (of the HTML) and `element_tag` (with a pseudo-element: 'li::marker'). What is placed
apart stands in the tree as a placeholder. Lengths are CSS px from the top left of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

POINTS_PER_PX = 0.75

Text = boxes.TextBox
Picture = boxes.ReplacedBox
Line = boxes.LineBox
Cell = boxes.TableCellBox
Margin = boxes.MarginBox


def real(box: Any) -> Any:
    """The box itself where the tree has a placeholder for it."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def inside(box: Any) -> Iterator[Any]:
    """All text and pictures of a box, whatever they are for."""
    box = real(box)
    if isinstance(box, Text | Picture):
        yield box
    for child in box.children:
        yield from inside(child)


def pseudo(box: Any) -> str:
    """The pseudo-element that a box was made for ('marker', 'footnote-call', 'after'), '' for an element itself."""
    return str(box.element_tag or "").partition("::")[2]


def is_repeatable(box: Any) -> bool:
    """Whether a box is the head or foot of a table, which stands again on each page of the table."""
    return isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)


def is_block(box: Any) -> bool:
    """Whether a box is a block by itself, whatever its element usually is."""
    return isinstance(box, boxes.BlockLevelBox)


def is_leader(box: Any) -> bool:
    """Whether a box is a row of dots that leads the eye."""
    return bool(box.is_leader)


def page_background(page_box: Any) -> tuple[bool, int]:
    """What is drawn behind all of a page: whether a colour, and how many pictures."""
    background = page_box.background
    if background is None or not background.layers:
        return False, 0
    shown = [layer for layer in background.layers if layer.image is not None and 0 not in layer.size]
    return background.color.alpha > 0, len(shown)


def margin_side(box: Any) -> str:
    """Where a margin box stands: 'top', 'bottom', 'left' or 'right'."""
    return str(box.at_keyword).removeprefix("@").partition("-")[0]


def hyphen(box: Any) -> str:
    """What the engine adds where it hyphenates the text of this box."""
    return str(box.style["hyphenate_character"])


def can_end_with_space(box: Any) -> bool:
    """Whether a space at the end of a text moves nothing: it then is on the right, where the text ends."""
    return bool(box.style["direction"] == "ltr")


@contextmanager
def ending_with_space(box: Any) -> Iterator[None]:
    """While it is drawn, a text ends with a space; what is drawn is the text of the layout."""
    layout = box.pango_layout
    kept, layout.text = layout.text, f"{box.text} "
    try:
        yield
    finally:
        layout.text = kept


def is_visible(box: Any) -> bool:
    """Whether the text of a box is drawn at all."""
    return bool(box.style["visibility"] == "visible")


def is_underlined(box: Any) -> bool:
    """Whether a line is drawn with the text, also where the text is a space."""
    return bool(box.style["text_decoration_line"] != "none")


def list_style(box: Any) -> object:
    """The `list-style-type` that holds for a box."""
    return box.style["list_style_type"]


def area(box: Any) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of a box by its letters; the height of its line may well be nothing (`sup`)."""
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def picture_rectangle(box: Any, page_height: float) -> tuple[float, float, float, float]:
    """The place of a picture as PDF wants it: left, bottom, right and top in points from the bottom left."""
    left, top = box.content_box_x(), box.content_box_y()
    edges = (left, page_height - top - box.height, left + box.width, page_height - top)
    x1, y1, x2, y2 = (round(edge * POINTS_PER_PX, 3) for edge in edges)
    return x1, y1, x2, y2
