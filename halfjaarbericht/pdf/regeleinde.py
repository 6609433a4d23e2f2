"""Mends two faults of the engine at the ends of lines. Guard tests show the stock faults, and fail when the engine has
mended them itself. Measured on version 70.0.

1. *A text whose last space does not fit is broken after its first word.* In `one two three <em>four</em>` the text
   before the element ends in a space. When everything fits on the line but for that space, Pango says that the text
   fits (a space at the end of a line hangs), the engine measures it with its space, finds it too wide, and then looks
   for a break from the start of the text instead of from its end: `one` stays alone on its line.
2. *A note call may start a line.* Between two elements the engine asks Pango with two letters only, and of `.2` Pango
   says that it may be broken: the call after a full stop or a comma comes loose from its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from weasyprint.layout import inline
from weasyprint.text.line_break import can_break_text, split_first_line

# Values of `white-space` with which a space at the end of a line is dropped and lines may break.
_COLLAPSING = ("normal", "pre-line")


# What ends a sentence or a part of it; after a dash or a hyphen a number may well start a line.
_CLOSING = ".,;:?!…"


@contextmanager
def mended_line_ends() -> Iterator[None]:
    """While this is entered, lines break without the two faults."""
    with (
        patch.object(inline, "split_first_line", _split_first_line),
        patch.object(inline, "can_break_text", _can_break_text),
    ):
        yield


def _can_break_text(text: str, lang: str) -> bool:
    """The engine's function: whether a line may break between two letters that stand in two elements."""
    if len(text) == 2 and text[0] in _CLOSING and text[1].isdigit():
        return False
    return bool(can_break_text(text, lang))


def _split_first_line(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float, **more: Any
) -> tuple[Any, ...]:
    """The engine's function, with the same arguments and answer: (layout, length, resume index, width, height,
    baseline), lengths in CSS px, indexes in bytes."""
    found: tuple[Any, ...] = split_first_line(text, style, context, max_width, justification_spacing, **more)
    layout, _, resume, _, _, _ = found
    bare = text.rstrip(" ")
    if resume is None or bare == text or max_width is None or style["white_space"] not in _COLLAPSING:
        return found
    if " " in layout.text.strip() or " " not in bare:
        return found  # more than a word on the line: broken at its end, as it should be
    fitting = split_first_line(bare, style, context, max_width, justification_spacing, **more)
    if fitting[2] is not None:
        return found  # too wide without its space as well
    whole = split_first_line(text, style, context, None, justification_spacing, **more)
    return (*whole[:3], fitting[3], *whole[4:])
