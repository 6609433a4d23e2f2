"""Notes at the page foot: none lost, each on the page of its first call.

Stock WeasyPrint 70 has two faults here. This module mends both where they arise, in a subclass of the
engine's layout state; `tests/test_pdf_engine_guards.py` guards every piece of engine behaviour that this
leans on.

1. *Notes move away from their call.* The engine carries a note to the next page when it does not fit, unless
   footnote-policy says otherwise; and, whatever the policy, it carries notes that are already on the page
   when the second line of a paragraph does not fit any more (to save the paragraph from breaking after one
   line). Here a note that does not fit always takes its line along, and a placed note stays.
2. *Notes get lost or doubled when a page is laid out again* (as happens for page numbers in the table of
   contents): the engine keeps one list of waiting notes and one of carried notes for the whole document, so
   a page that is made again starts with the lists as some other page left them. Here each page starts with
   what the pages before it left: a pure function of those pages, so making a page twice gives the same page.

A header row that is repeated over pages, and blocks that are tried and taken back, also go through the
second rule: a note that stands on an earlier page is never put back among the waiting ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.layout import LayoutContext


@dataclass(frozen=True)
class Plan:
    """What a next layout must do differently; it only changes where pages break.

    `reserve`: page number → height in CSS px that the text leaves free at the foot from the start.
    `not_before`: note element id → first page on which the note may stand.
    """

    reserve: Mapping[int, float] = field(default_factory=dict)
    not_before: Mapping[int, int] = field(default_factory=dict)


class NoteKeepingContext(LayoutContext):  # type: ignore[misc]
    """The engine's layout state with the rules of this module. Made by `adopt`, never directly."""

    plan: Plan
    footnotes: list[Any]
    reported_footnotes: list[Any]
    _all: tuple[Any, ...] | None
    _placed: list[Any]
    _home: dict[int, list[Any]]
    _carried: dict[int, list[Any]]
    _area_open: bool
    _floor: float
    broken_apart: bool

    @classmethod
    def adopt(cls, context: LayoutContext, plan: Plan) -> NoteKeepingContext:
        """Give a freshly made layout state our rules; nothing has been laid out with it yet."""
        del context.__dict__["current_page_footnotes"]
        context.__class__ = cls
        context.plan = plan
        context._all = None
        context._placed, context._home, context._carried = [], {}, {}
        context._area_open = False
        context.broken_apart = False
        context._floor = float("inf")
        adopted: NoteKeepingContext = context
        return adopted

    @property
    def current_page_footnotes(self) -> list[Any]:
        """Empty for everyone but the note area itself: what is not seen cannot be carried away (rule 1)."""
        return self._placed if self._area_open else []

    @current_page_footnotes.setter
    def current_page_footnotes(self, _empty: list[Any]) -> None:
        # The engine empties this list exactly once per page, at the start of the page.
        self._start_page(self.current_page)

    def _start_page(self, page: int) -> None:
        if self._all is None:
            self._all = tuple(self.footnotes)
        # What floats or is placed apart goes on on this page.
        self.broken_apart = self.broken_apart or bool(self.broken_out_of_flow)
        carried = list(self._carried.get(page - 1, ()))
        gone = {id(note) for number, notes in self._home.items() if number < page for note in notes}
        gone.update(id(note) for note in carried)
        self.footnotes = [note for note in self._all if id(note) not in gone and self._may_stand(note, page)]
        self.reported_footnotes = carried
        self._placed = self._home[page] = []
        self._carried[page] = []
        self._floor = self.page_bottom - self.plan.reserve.get(page, 0.0)

    @property
    def homes(self) -> Mapping[int, Sequence[Any]]:
        """The notes on each page that was laid out."""
        return self._home

    def take_homes(self, homes: Mapping[int, Sequence[Any]]) -> None:
        """Let notes be on pages that are not laid out here."""
        self._home = {page: list(notes) for page, notes in homes.items()}

    def carried(self, page: int) -> bool:
        """Whether notes of this page go on to the next."""
        return bool(self._carried.get(page))

    def _may_stand(self, note: Any, page: int) -> bool:
        return page >= self.plan.not_before.get(id(note.element), 0)

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """As the engine's, but text keeps out of what the plan reserves at the foot."""
        return bool(self.overflows(min(self.page_bottom, self._floor) - bottom_space, position_y))

    def layout_footnote(self, footnote: Any) -> bool:
        """Put a note on this page; True when it makes the note area too high."""
        footnote.style["footnote_policy"] = "line"
        self.footnotes.remove(footnote)
        self._placed.append(footnote)
        return self._update_footnote_area()

    def unlayout_footnote(self, footnote: Any) -> None:
        """Take a note off this page again. A note of an earlier page stays where it is (rule 2)."""
        for notes in (self._placed, self.reported_footnotes):
            if footnote in notes:
                notes.remove(footnote)
                self.footnotes.append(footnote)
                if footnote in self._carried[self.current_page]:
                    self._carried[self.current_page].remove(footnote)
                self._update_footnote_area()
                return

    def report_footnote(self, footnote: Any) -> None:
        """Carry a note to the next page: only left for one that is too high for any page with its call."""
        self._placed.remove(footnote)
        self.reported_footnotes.append(footnote)
        self._carried[self.current_page].append(footnote)
        self._update_footnote_area()

    def _update_footnote_area(self) -> bool:
        self._area_open = True
        try:
            return bool(super()._update_footnote_area())
        finally:
            self._area_open = False
