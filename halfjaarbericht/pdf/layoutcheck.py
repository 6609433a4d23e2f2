"""Checks on laid-out pages: notes, text in the way of notes, and what sticks out of the text area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from halfjaarbericht.pdf.jobs import PlacedNote
from halfjaarbericht.pdf.pagebox import (
    MM_PER_PX,
    NoteSight,
    drawn_text,
    is_note,
    note_area,
    out_of_flow,
    page_bottom,
    page_root,
    sight_notes,
    text_bottom,
)
from halfjaarbericht.problems import Problem

# A quarter of a millimetre: less cannot be seen, and rounding in tables comes to a few hundredths.
SLACK = 0.25 / MM_PER_PX
# Characters that line breaking adds or drops.
_IGNORED = dict.fromkeys(map(ord, "\u00ad\u2010\u200b\u2060"))


@dataclass(frozen=True)
class NoteFault:
    """A note that is not whole on the page of its call. `page` is the first page where something is wrong."""

    element: Any
    placed: PlacedNote
    kind: str  # verloren | verplaatst | vooruit | dubbel | tekst

    @property
    def page(self) -> int:
        return min(page for page in (self.placed.call_page, self.placed.note_page, 10**6) if page)


def check_notes(root: Any, pages: Sequence[Any]) -> tuple[tuple[PlacedNote, ...], tuple[NoteFault, ...]]:
    """All notes of the document with their pages, and those not whole, once, on the page of their call."""
    sights = sight_notes(pages)
    placed, faults = [], []
    for element in root.iter():
        if not is_note(element):
            continue
        sight = sights.get(id(element), NoteSight())
        note = PlacedNote(
            element.get("data-nr") or element.get("id") or "?",
            min(sight.calls, default=0),
            min((page for page, _ in sight.bodies), default=0),
        )
        placed.append(note)
        kind = _fault_kind(element, sight, note)
        if kind:
            faults.append(NoteFault(element, note, kind))
    return tuple(placed), tuple(faults)


def _fault_kind(element: Any, sight: NoteSight, note: PlacedNote) -> str:
    if not note.call_page or not note.note_page:
        return "verloren"
    if len(sight.bodies) > 1:
        return "dubbel"
    if note.note_page != note.call_page:
        return "verplaatst" if note.note_page > note.call_page else "vooruit"
    if _letters(sight.bodies[0][1]) != _letters("".join(element.itertext())):
        return "tekst"
    return ""


def _letters(text: str) -> str:
    return "".join(text.translate(_IGNORED).casefold().split())


def note_problem(fault: NoteFault, label: str) -> Problem:
    """What a person is told about a note that could not be mended."""
    note = fault.placed
    number = f"noot {note.number}"
    if fault.kind == "verloren":
        return _problem(
            label,
            "E609",
            f"{number} staat niet in de PDF",
            "noten mogen niet in een los geplaatst blok staan",
        )
    if fault.kind in ("dubbel", "tekst"):
        how = "staat meer dan eens in de PDF" if fault.kind == "dubbel" else "staat niet volledig in de PDF"
        return _problem(label, "E611", f"{number} {how} (bladzijde {note.note_page})")
    message = f"{number} staat op bladzijde {note.note_page}, de verwijzing op bladzijde {note.call_page}"
    return _problem(label, "E610", message, "kort de noot in, of verdeel de noten over meer zinnen")


def collisions(pages: Sequence[Any]) -> Iterator[tuple[int, float, bool]]:
    """(page, height of its notes, mendable) where text runs into the notes or off the page, or notes off the
    top.

    Mendable means: with that height kept free from the start, the text can break earlier.
    """
    for number, page in enumerate(pages, start=1):
        area = note_area(page)
        bottom = page_bottom(page)
        top = area.position_y if area is not None else bottom
        if top < page._page_box.content_box_y() - SLACK:
            yield number, 0.0, False
        elif text_bottom(page) > top + SLACK:
            yield number, bottom - top, area is not None


def collision_problem(page: int, label: str, notes: bool = True) -> Problem:
    """What a person is told about text and notes that do not fit together on a page, or text that does not fit on
    a page without notes."""
    if not notes:
        hint = "maak een figuur minder hoog ('breedte'), of verdeel een lange tabelrij"
        return _problem(label, "E608", f"wat op bladzijde {page} staat, is hoger dan de bladzijde", hint)
    return _problem(
        label,
        "E608",
        f"op bladzijde {page} passen de tekst en de noten niet onder elkaar",
        "kort de noten in",
    )


def sticking_out(pages: Sequence[Any], label: str) -> Iterator[Problem]:
    """Problems for what sticks out of the text area sideways: once for each element, at its first page."""
    seen: set[str] = set()
    for number, page in enumerate(pages, start=1):
        for box, name, excess, in_table in _wide_boxes(page):
            if name in seen:
                continue
            seen.add(name)
            what = "tekst" if isinstance(box, boxes.TextBox) else "inhoud"
            message = f"{what} steekt {excess * MM_PER_PX:.0f} mm uit op bladzijde {number}: {name}"
            yield _problem(label, "E607", message.replace(" 0 mm", " een halve mm"), _narrower(box, in_table))


def _narrower(box: Any, in_table: bool) -> str:
    """What can be done about a box that is too wide."""
    if in_table:
        return "maak de tabel smaller, verdeel haar, of kort lange woorden in"
    if isinstance(box, boxes.ReplacedBox):
        return "maak de afbeelding smaller"
    return "kort lange woorden in; geef een lang webadres een tekst: [tekst](https://…)"


def _wide_boxes(page: Any) -> Iterator[tuple[Any, str, float, bool]]:
    box = page._page_box
    left = box.content_box_x()
    limits = (left, left + box.width)
    for top in (page_root(page), note_area(page)):
        if top is not None:
            yield from _wider_than(top, limits, "")


def _wider_than(
    box: Any, limits: tuple[float, float], name: str, in_table: bool = False
) -> Iterator[tuple[Any, str, float, bool]]:
    """(box, name, excess, whether it is a table or in one)."""
    in_table = in_table or isinstance(box, boxes.TableBox) or bool(getattr(box, "is_table_wrapper", False))
    name = _name(box) or name
    if isinstance(box, boxes.TableCellBox):
        limits = (max(limits[0], box.border_box_x()), min(limits[1], box.border_box_x() + box.border_width()))
    excess = _excess(box, limits)
    if excess > SLACK:
        yield box, name or f"“{drawn_text(box).strip()[:40]}”", excess, in_table
        return
    for child in box.children:
        if not out_of_flow(child):
            yield from _wider_than(child, limits, name, in_table)


def _excess(box: Any, limits: tuple[float, float]) -> float:
    if isinstance(box, boxes.TextBox):
        if not box.text.strip():
            return 0.0
        start, width = box.position_x, box.width
    elif isinstance(box, boxes.BlockLevelBox | boxes.AtomicInlineLevelBox):
        start, width = box.border_box_x(), box.border_width()
    else:
        return 0.0
    return float(max(limits[0] - start, start + width - limits[1]))


def _name(box: Any) -> str:
    if box.element is None or "::" in str(box.element_tag):
        return ""
    element = box.element
    identifier = element.get("id")
    caption = element.find("caption") if element.tag == "table" else None
    title = " ".join(_own_text(caption).split()) if caption is not None else ""
    if identifier and title:
        return f"'{identifier}' ({title[:60]})"
    return f"'{identifier}'" if identifier else title[:60]


def _own_text(element: Any) -> str:
    """The text of an element without its notes."""
    inside = (("" if is_note(child) else _own_text(child)) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inside)


def _problem(label: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(path=label, line=0, column=0, code=code, message=message, hint=hint)
