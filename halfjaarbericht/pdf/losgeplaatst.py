"""Checks on text that is placed apart from the running text: the head of the letter, the column, the page number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from weasyprint.formatting_structure import boxes

from halfjaarbericht.pdf.pagebox import MM_PER_PX, drawn_text, flow, out_of_flow, page_root
from halfjaarbericht.problems import Problem

# The box of a line of text is higher than its letters: what overlaps by less does not touch.
LINE_SLACK = 0.25
_NAMES = {
    "ministerie": "de naam van het ministerie",
    "retouradres": "het retouradres",
    "geadresseerde": "de geadresseerde",
    "colofon": "de kolom rechts",
    "vervolgkolom": "de kolom rechts",
    "vervolgregel": "de regel bovenaan",
}

Area = tuple[float, float, float, float]
"""Left, top, right and bottom of some text in CSS px."""


@dataclass(frozen=True)
class Group:
    """Text placed together: what a person calls it, its pieces, and the area around all of them."""

    name: str
    pieces: tuple[Area, ...]
    around: Area


def apart_problems(pages: Sequence[Any], label: str) -> Iterator[Problem]:
    """Problems for what is placed apart and runs off the sheet or into other text: once for each, at its first page."""
    seen: set[str] = set()
    for number, page in enumerate(pages, start=1):
        for code, message, hint in _faults(page):
            if message not in seen:
                seen.add(message)
                yield Problem(label, 0, 0, code, f"{message} (bladzijde {number})", hint=hint)


def _faults(page: Any) -> Iterator[tuple[str, str, str]]:
    groups = [group for group in map(_group, _apart(page)) if group is not None]
    width, height = page._page_box.margin_width(), page._page_box.margin_height()
    for group in groups:
        excess = max(-group.around[0], -group.around[1], group.around[2] - width, group.around[3] - height)
        if excess > LINE_SLACK:
            message = f"{group.name} steekt {max(round(excess * MM_PER_PX), 1)} mm buiten het blad"
            yield "E607", message, "kort die tekst in of verdeel haar over regels"
    hint = "kort die tekst in"
    for one, other in combinations(groups, 2):
        if _meet(one, other):
            yield "E608", f"{one.name} en {other.name} staan over elkaar", hint
    running = Group("", tuple(_areas(flow(page_root(page)))), (0.0, 0.0, width, height))
    for group in groups:
        if _meet(group, running):
            yield "E608", f"{group.name} staat over de gewone tekst", hint


def _apart(page: Any) -> Iterator[Any]:
    """The outermost boxes that are placed apart, list markers left out, and those in the margins."""
    yield from (box for box in page._page_box.children if isinstance(box, boxes.MarginBox))
    yield from _outermost(page_root(page))


def _outermost(box: Any) -> Iterator[Any]:
    for child in box.children:
        if child.is_outside_marker:
            continue
        if out_of_flow(child):
            yield child
        elif isinstance(child, boxes.ParentBox):
            yield from _outermost(child)


def _group(box: Any) -> Group | None:
    pieces = tuple(_areas(box.descendants()))
    if not pieces:
        return None
    lefts, tops, rights, bottoms = zip(*pieces, strict=True)
    return Group(_name(box), pieces, (min(lefts), min(tops), max(rights), max(bottoms)))


def _areas(found: Iterator[Any]) -> Iterator[Area]:
    for box in found:
        if isinstance(box, boxes.TextBox) and box.text.strip():
            spare = LINE_SLACK * box.height
            left, top = box.position_x, box.position_y
            yield left, top + spare, left + box.width, top + box.height - spare


def _meet(one: Group, other: Group) -> bool:
    near = [piece for piece in other.pieces if _overlap(piece, one.around)]
    return any(_overlap(piece, mine) for piece in near for mine in one.pieces)


def _overlap(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _name(box: Any) -> str:
    for each in (box, *box.descendants()):
        classes = (each.element.get("class") or "").split() if each.element is not None else []
        known = next((_NAMES[name] for name in classes if name in _NAMES), "")
        if known:
            return known
    text = " ".join(drawn_text(box).split())[:40]
    return f"“{text}”" if text else "het paginanummer"
