"""Annotations and where they lead (ISO 32000-1, 12.3.2, 12.5, 12.6.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from halfjaarbericht.tagtree.model import Annotation, Target
from halfjaarbericht.tagtree.objects import box_of, list_of, name_of, number_of, text_of, tree_pairs

Objgen = tuple[int, int]


class Targets:
    """Finds out where links lead: knows the pages and the named destinations."""

    def __init__(self, pdf: pikepdf.Pdf, pages: Mapping[Objgen, int]):
        self._pages = pages
        names = pdf.Root.get("/Names", pikepdf.Dictionary())
        self._named = {str(name): value for name, value in tree_pairs(names.get("/Dests"), "/Names")}
        old = pdf.Root.get("/Dests")
        if isinstance(old, pikepdf.Dictionary):
            self._named.update((name[1:], value) for name, value in old.items())

    def of(self, annotation: Any) -> Target:
        """Where a link leads; nowhere when that cannot be found."""
        if "/Dest" in annotation:
            return self._inside(annotation.Dest)
        action = annotation.get("/A")
        if not isinstance(action, pikepdf.Dictionary):
            return Target()
        kind = name_of(action.get("/S"))
        if kind == "GoTo":
            return self._inside(action.get("/D"))
        if kind == "URI":
            return Target(address=_address(action.get("/URI")))
        if kind in ("GoToR", "Launch"):
            file = action.get("/F")
            file = file.get("/UF", file.get("/F")) if isinstance(file, pikepdf.Dictionary) else file
            return Target(address=text_of(file) or "")
        return Target()

    def _inside(self, destination: Any) -> Target:
        if isinstance(destination, pikepdf.String | pikepdf.Name):
            destination = self._named.get(str(destination).removeprefix("/"))
        if isinstance(destination, pikepdf.Dictionary):
            destination = destination.get("/D")
        parts = list_of(destination)
        if not parts or not isinstance(parts[0], pikepdf.Dictionary):
            return Target()
        return Target(self._pages.get(parts[0].objgen, 0), _height(parts))


def _address(uri: Any) -> str:
    # A URI is 7-bit ASCII by the letter, but writers put UTF-8 in it.
    return bytes(uri).decode("utf-8", "replace") if isinstance(uri, pikepdf.String) else ""


def _height(parts: list[Any]) -> float | None:
    """The height on the page that a destination names: /XYZ left top zoom, /FitH top, /FitR left bottom right top."""
    at = {"XYZ": 3, "FitH": 2, "FitBH": 2, "FitR": 5}.get(name_of(parts[1]) if len(parts) > 1 else "", 0)
    if not at or at >= len(parts) or parts[at] is None:
        return None
    return float(parts[at])


def annotations_of(page: Any, number: int, targets: Targets) -> Iterator[Annotation]:
    """The annotations of a page."""
    for found in list_of(page.obj.get("/Annots")):
        if isinstance(found, pikepdf.Dictionary):
            yield Annotation(
                found.objgen[0],
                number,
                name_of(found.get("/Subtype")),
                box_of(found.get("/Rect")),
                text_of(found.get("/Contents")),
                targets.of(found),
                number_of(found.get("/StructParent")),
            )
