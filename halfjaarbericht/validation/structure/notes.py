"""Every note can be reached from its call and back again (ISO 14289-1, 7.9; Tagged PDF Best Practice Guide, 4.2.7).

A reader only has links to places on a page, so that is what is looked at: what lies where a link leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from halfjaarbericht.tagtree.model import Element, Target, Tree
from halfjaarbericht.validation.structure.rule import Fault, Rule, head, page_of

# A link leads to the top of a line or a little above it; the lines of notes are some ten points apart.
NEAR = 16.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A call or a note: its number as printed, and the top of its first letters."""

    element: Element
    number: str
    page: int
    top: float

    def distance(self, target: Target) -> float:
        """How far a target is from here, in points; infinite on another page."""
        if target.page != self.page:
            return float("inf")
        return 0.0 if target.top is None else abs(target.top - self.top)


def note_calls(tree: Tree) -> list[Spot]:
    """The calls of notes: references with a number, those of a table of contents left out."""
    listed = {id(part) for toc in tree.walk() if toc.role == "TOC" for part in toc.walk()}
    calls = (element for element in tree.walk() if is_note_call(element) and id(element) not in listed)
    return [spot for call in calls for spot in _spot(call, call.words())]


def is_note_call(element: Element) -> bool:
    """Whether a reference has only a number for its text, as the call of a note has."""
    return element.role == "Reference" and element.words().isdigit()


def notes(tree: Tree) -> list[Spot]:
    """The notes, under the number of their label."""
    found = (element for element in tree.walk() if element.role == "Note")
    return [spot for note in found for spot in _spot(note, label(note))]


def label(note: Element) -> str:
    """The number of a note as its label prints it; "" without one."""
    found = next((child for child in note.children if child.role == "Lbl"), None)
    return found.words().strip(".()[] ") if found else ""


def _spot(element: Element, number: str) -> Iterator[Spot]:
    for mark in element.marks():
        if mark.box is not None and mark.text.strip():
            yield Spot(element, number, mark.page, mark.box.top)
            return


def calls_lead_to_notes(tree: Tree) -> Iterator[Fault]:
    """The link of a call leads to the note with its number."""
    there = notes(tree)
    for call in note_calls(tree):
        links = list(call.element.links())
        if not links:
            yield Fault(call.page, f"de verwijzing naar noot {call.number} is geen koppeling")
        elif not _reached(links[0].target, call.number, there):
            yield Fault(call.page, f"de verwijzing naar noot {call.number} leidt niet naar die noot")


def notes_lead_back(tree: Tree) -> Iterator[Fault]:
    """A note has a link to one of its calls."""
    calls = note_calls(tree)
    for note in notes(tree):
        links = list(note.element.links())
        if not any(_near(link.target, note.number, calls) for link in links):
            yield Fault(note.page, f"van noot {note.number or '?'} leidt geen koppeling terug naar haar verwijzing")


def notes_are_called(tree: Tree) -> Iterator[Fault]:
    """There is a call that leads to each note."""
    there = notes(tree)
    reached = {
        id(nearest.element)
        for call in note_calls(tree)
        for link in call.element.links()
        if (nearest := _nearest(link.target, there)) is not None
    }
    for note in there:
        if id(note.element) not in reached:
            yield Fault(note.page, f"naar noot {note.number or '?'} leidt geen verwijzing")


def notes_have_a_label(tree: Tree) -> Iterator[Fault]:
    """A note begins with its number, and has text and an identifier."""
    for element in tree.walk():
        if element.role != "Note":
            continue
        text = element.words()
        if not label(element):
            yield Fault(page_of(element), f"de noot {head(text)} heeft geen nummer")
        elif text.strip(".") == label(element):
            yield Fault(page_of(element), f"noot {label(element)} heeft geen tekst")
        if not element.id:
            yield Fault(page_of(element), f"de noot {head(text)} heeft geen naam (ID)")


def _reached(target: Target, number: str, spots: list[Spot]) -> bool:
    found = _nearest(target, spots)
    return found is not None and found.number == number


def _nearest(target: Target, spots: list[Spot]) -> Spot | None:
    best = min(spots, key=lambda spot: spot.distance(target), default=None)
    return best if best is not None and best.distance(target) <= NEAR else None


def _near(target: Target, number: str, spots: list[Spot]) -> bool:
    """Whether one of the spots with this number is where a link leads; several calls may stand on one line."""
    return any(spot.number == number and spot.distance(target) <= NEAR for spot in spots)


RULES = (
    Rule("verwijzing leidt naar noot", calls_lead_to_notes),
    Rule("noot leidt terug", notes_lead_back),
    Rule("noot wordt aangeroepen", notes_are_called),
    Rule("noot heeft nummer, naam en tekst", notes_have_a_label),
)
