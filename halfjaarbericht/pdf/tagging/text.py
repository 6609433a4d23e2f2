"""What is read where lines end: the space that line breaking took comes back, the hyphen that it added goes.

The space is drawn again: it leaves no ink, and every program that reads or searches the file finds it. A hyphen can
only be explained away, with a text to read instead (ISO 32000-1, 14.9.4, ActualText).

A line that is drawn does not tell why it ended there: at a space, at a hyphen of the text ("justitie-"), at a hyphen
that was added, or in the middle of an address. The text of the HTML does, so each line is looked up there.
"""

from __future__ import annotations

from typing import Any

from halfjaarbericht.pdf.tagging import boxes
from halfjaarbericht.pdf.tagging.dom import plain_text
from halfjaarbericht.pdf.tagging.notes import CALL
from halfjaarbericht.pdf.tagging.structure import Mark

SOFT_HYPHEN = "\u00ad"


class Flow:
    """The text of one block of the HTML, and how far it has been met on the pages, whatever style made capitals."""

    def __init__(self, element: Any):
        self._text = plain_text(element).lower()
        self._at = 0

    def pass_over(self, piece: str) -> bool:
        """Go to the end of `piece`, from here on; False when it is not there."""
        found = self._text.find(piece.lower(), self._at)
        if found >= 0:
            self._at = found + len(piece)
        return found >= 0

    def space_follows(self) -> bool:
        """Whether the text has a space here, and more after it."""
        return self._text[self._at : self._at + 1] == " " and self._at + 1 < len(self._text)


class Reader:
    """Goes through the lines of a document in order, and says how the marks of each are read."""

    def __init__(self) -> None:
        self._flows: dict[Any, Flow] = {}
        self._line: list[Mark] = []
        self._known = True
        self._parting: Mark | None = None

    def begin(self) -> tuple[list[Mark], bool]:
        """Start a line; gives what `end` needs to go back to the line that this one stands in (an inline block)."""
        outer = self._line, self._known
        self._line, self._known = [], True
        return outer

    def text(self, box: Any, mark: Mark, block: Any) -> None:
        """The next text of the line, which belongs to the HTML element `block`."""
        self._part(box, mark)
        self._line.append(mark)
        if not boxes.pseudo(box):
            self._known = self._meet(mark, box, self._flow(block))
        if SOFT_HYPHEN in mark.read:
            mark.reading = mark.read.replace(SOFT_HYPHEN, "")

    def blank(self) -> None:
        """Text of nothing but white space: the engine draws nothing for it."""
        if self._line:
            self._line[-1].end_with_space()

    def end(self, outer: tuple[list[Mark], bool], block: Any) -> None:
        """The line is complete."""
        if self._line and block is not None and self._ends_with_space(block):
            self._parting = self._line[-1]
        self._line, self._known = outer

    def _part(self, box: Any, mark: Mark) -> None:
        """Here the space after the line before is due; the number of a note that begins a line comes before it."""
        if self._parting is None:
            return
        if boxes.pseudo(box) == CALL:
            self._parting = mark
            return
        if not mark.text[:1].isspace():
            self._parting.end_with_space()
        self._parting = None

    def _flow(self, block: Any) -> Flow:
        if block not in self._flows:
            self._flows[block] = Flow(block)
        return self._flows[block]

    def _meet(self, mark: Mark, box: Any, flow: Flow) -> bool:
        """Look the text up in its block, without the hyphen if it was added; False when it is not there as drawn."""
        if flow.pass_over(mark.text):
            return True
        hyphen = boxes.hyphen(box)
        if hyphen and mark.text.endswith(hyphen) and flow.pass_over(mark.text.removesuffix(hyphen)):
            mark.reading = mark.text.removesuffix(hyphen)
            return True
        return False

    def _ends_with_space(self, block: Any) -> bool:
        if self._known:
            return self._flow(block).space_follows()
        # Changed on its way to the page: words are parted unless the text itself says otherwise.
        return not self._line[-1].read.endswith(("-", "\u2010", "/"))
