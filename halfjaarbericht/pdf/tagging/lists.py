"""Lists: items with their label and body, also those of a description list (ISO 32000-1, 14.8.4.3.3)."""

from __future__ import annotations

from typing import Any

from halfjaarbericht.pdf.tagging import boxes
from halfjaarbericht.pdf.tagging.roles import numbering
from halfjaarbericht.pdf.tagging.structure import Element

ROLES = {"li": "LI", "dt": "Lbl", "dd": "LBody"}


def part(role: str, parent: Element) -> Element:
    """The element that holds the content of an <li>, <dt> or <dd> whose list is `parent`."""
    if role == "LI":
        return parent.add("LI").add("LBody")
    last = parent.kids[-1] if parent.kids else None
    item = last if isinstance(last, Element) and last.role == "LI" else None
    bodies = [kid for kid in item.kids if isinstance(kid, Element) and kid.role == "LBody"] if item else []
    if role == "Lbl":
        # A term after a description begins a new item.
        return (parent.add("LI") if item is None or bodies else item).add("Lbl")
    if bodies:
        return bodies[0].add("Div")
    return (item or parent.add("LI")).add("LBody")


def label(body: Element, box: Any, parts: dict[tuple[Any, str], Element]) -> Element:
    """The label of an item with this body (or entry of a table of contents); it says how its list is numbered."""
    item = body if body.role == "TOCI" else body.up()
    if item.role not in ("LI", "TOCI"):
        return body
    key = item, "Lbl"
    if key not in parts:
        parts[key] = item.add("Lbl", at=0)
        if item.role == "LI":
            item.up().set("List", ListNumbering=numbering(boxes.list_style(box), box.text))
    return parts[key]
