"""PDF objects as Python values. A file may be broken: what is not what it should be becomes None or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from halfjaarbericht.tagtree.model import Box

DEEPEST = 40


def text_of(value: Any) -> str | None:
    """A text string; None when it is none."""
    return str(value) if isinstance(value, pikepdf.String) else None


def number_of(value: Any) -> int | None:
    """A whole number; None when it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def name_of(value: Any) -> str:
    """A name without its slash; "" when it is none."""
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def box_of(value: Any) -> Box:
    """A rectangle, whichever corners it names (ISO 32000-1, 7.9.5); an empty one when it is none."""
    try:
        x1, y1, x2, y2 = (float(number) for number in value)
    except (TypeError, ValueError):
        return Box(0.0, 0.0, 0.0, 0.0)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def list_of(value: Any) -> list[Any]:
    """The items of an array; a single object counts as a list of one, nothing as an empty one."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def plain(value: Any, deep: int = 0) -> object:
    """A value of an attribute as strings, numbers, lists: names without slash."""
    if isinstance(value, pikepdf.Name):
        return name_of(value)
    if isinstance(value, pikepdf.String):
        return str(value)
    if isinstance(value, pikepdf.Array):
        return [plain(item, deep + 1) for item in value] if deep < DEEPEST else []
    if isinstance(value, bool | int):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(type(value).__name__)


def tree_pairs(node: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a name tree (`/Names`) or a number tree (`/Nums`), also over several nodes (7.9.6, 7.9.7)."""
    seen: set[tuple[int, int]] = set()
    stack = [node]
    while stack:
        here = stack.pop()
        if not isinstance(here, pikepdf.Dictionary) or (here.objgen != (0, 0) and here.objgen in seen):
            continue
        seen.add(here.objgen)
        entries = list_of(here.get(key))
        yield from zip(entries[::2], entries[1::2], strict=False)
        stack += reversed(list_of(here.get("/Kids")))
