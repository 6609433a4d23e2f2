"""What a link says of itself: the words for someone who cannot see it (ISO 14289-1, 7.18.5; ISO 32000-1, 12.5.2)."""

from __future__ import annotations

from typing import Any

from halfjaarbericht.pdf.tagging import boxes
from halfjaarbericht.pdf.tagging.dom import Source, words
from halfjaarbericht.pdf.tagging.notes import CALL, MARKER, number_of


def is_link(box: Any) -> bool:
    """Whether a box is the area of a link by itself, not one of the boxes in it that inherit the address."""
    if boxes.pseudo(box):
        return boxes.pseudo(box) in (CALL, MARKER)
    return box.element is not None and box.element.tag == "a"


def contents(box: Any, source: Source) -> str:
    """What the link of a box says: where it leads for a note, else its own text."""
    kind, element = boxes.pseudo(box), box.element
    if kind == MARKER:
        return f"Terug naar de tekst bij voetnoot {number_of(element)}".rstrip()
    note = element if kind == CALL else source.note_behind(element)
    if note is not None:
        return f"Voetnoot {number_of(note)}".rstrip()
    return str(element.get("aria-label") or words(element) or element.get("title") or element.get("href"))
