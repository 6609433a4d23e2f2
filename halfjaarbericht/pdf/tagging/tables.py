"""Attributes of table cells (ISO 32000-1, 14.8.5.7): Scope, Headers, ColSpan and RowSpan; identifiers of headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from halfjaarbericht.pdf.tagging.grid import Grid, GridCell
from halfjaarbericht.pdf.tagging.structure import Element, Value


def describe_cells(
    table: Any, name: str, nodes: Mapping[Any, Element], identify: Callable[[Element, str], None]
) -> None:
    """Give the cells of an HTML table their attributes.

    `nodes` has the structure element of each cell, `identify` gives one an identifier that is its own; `name` is what
    those of this table begin with.
    """
    grid = Grid(table)
    cells = [cell for cell in grid.cells if cell.element in nodes]
    for cell in cells:
        if cell.is_header:
            identify(nodes[cell.element], cell.element.get("id") or f"{name}.{cell.y + 1}.{cell.x + 1}")
    for cell in cells:
        nodes[cell.element].set("Table", **_attributes(grid, cell, nodes))
    for y, row in enumerate(grid.rows):
        if row in nodes:
            for _ in range(grid.gaps(y)):  # rows of one table are equally long (ISO 14289-1, 7.5)
                nodes[row].add("TD")


def _attributes(grid: Grid, cell: GridCell, nodes: Mapping[Any, Element]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if cell.is_header:
        found["Scope"] = _scope(grid, cell)
    if cell.width > 1:
        found["ColSpan"] = cell.width
    if cell.height > 1:
        found["RowSpan"] = cell.height
    headers = tuple(nodes[header.element].id for header in _named_headers(grid, cell) if header.element in nodes)
    if headers:
        found["Headers"] = headers
    return found


def _named_headers(grid: Grid, cell: GridCell) -> list[GridCell]:
    """The headers that a cell names. A header names those of its own direction only: what it names counts for every
    cell that names it (ISO 32000-1, table 349), and the head of the first column does not speak for the others."""
    found = grid.headers(cell)
    if not cell.is_header:
        return found
    return [header for header in found if _scope(grid, header) == _scope(grid, cell)]


def _scope(grid: Grid, cell: GridCell) -> str:
    if cell.scope in ("col", "colgroup") or grid.is_column_header(cell):
        return "Column"
    return "Row"
