"""A Table element as a grid, and which headers speak for a cell.

ISO 32000-1, 14.8.4.3.4 and 14.8.5.7; how headers are found by Scope comes from ISO 32000-2, 14.8.4.8.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from halfjaarbericht.tagtree.model import Element

ROW_GROUPS = ("THead", "TBody", "TFoot")
COLUMN, ROW = "Column", "Row"


@dataclass(frozen=True, slots=True)
class Cell:
    """A TH or TD with its place in the grid, from 1, and how far it reaches."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int

    @property
    def is_header(self) -> bool:
        return self.element.role == "TH"

    def speaks_for(self, direction: str) -> bool:
        """Whether this header holds for what is below it (COLUMN) or beside it (ROW)."""
        return self.is_header and self.element.attributes.get("Scope", COLUMN) in (direction, "Both")

    def is_beside(self, other: Cell) -> bool:
        return self.row < other.row + other.rows and other.row < self.row + self.rows

    def is_in_line_with(self, other: Cell) -> bool:
        return self.column < other.column + other.columns and other.column < self.column + self.columns


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table in reading order. `overlap` tells whether two of them want the same place."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    overlap: bool

    @property
    def is_regular(self) -> bool:
        """Whether every place of the grid is taken exactly once."""
        return not self.overlap and sum(c.rows * c.columns for c in self.cells) == self.rows * self.columns


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, those of a table inside a cell left out."""
    for child in table.children:
        if child.role == "TR":
            yield child
        elif child.role in ROW_GROUPS:
            yield from (row for row in child.children if row.role == "TR")


def grid_of(table: Element) -> Grid:
    """The grid of a table: every cell takes the first free place of its row."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    overlap = False
    for number, row in enumerate(rows_of(table), start=1):
        column = 1
        for element in row.children:
            if element.role not in ("TH", "TD"):
                continue
            while (number, column) in taken:
                column += 1
            cell = Cell(element, number, column, span(element, "RowSpan"), span(element, "ColSpan"))
            places = {(number + y, column + x) for y in range(cell.rows) for x in range(cell.columns)}
            overlap |= bool(places & taken)
            taken |= places
            cells.append(cell)
    rows = max((y for y, _ in taken), default=0)
    return Grid(tuple(cells), rows, max((x for _, x in taken), default=0), overlap)


def span(element: Element, name: str) -> int:
    """RowSpan or ColSpan: 1 when it is not there or makes no sense."""
    value = element.attributes.get(name)
    return value if isinstance(value, int) and value > 0 else 1


def named_headers(element: Element) -> list[str]:
    """The identifiers that a cell has in Headers."""
    value = element.attributes.get("Headers")
    return [str(name) for name in value] if isinstance(value, list) else []


def headers_of(cell: Cell, grid: Grid, by_id: Mapping[str, Cell]) -> list[Cell]:
    """The headers that a screen reader announces for a cell, row headers first, in the order of the grid.

    `by_id` has the header cells of the table by identifier. Headers named by the cell win over those found by Scope;
    a header that names headers itself brings those along.
    """
    heads = _named(cell, by_id) if named_headers(cell.element) else _by_scope(cell, grid)
    found = {id(head.element) for head in heads}
    ordered = [c for c in grid.cells if id(c.element) in found and c.element is not cell.element]
    return sorted(ordered, key=lambda c: not is_row_header(c, cell))


def is_row_header(header: Cell, cell: Cell) -> bool:
    """Whether a header of a cell is told as header of its row rather than of its column."""
    if header.speaks_for(ROW):
        return not header.speaks_for(COLUMN) or header.is_beside(cell)
    return False


def _named(cell: Cell, by_id: Mapping[str, Cell]) -> Iterator[Cell]:
    """The headers that a cell names, and those that these name."""
    names: dict[str, None] = {}
    waiting = [cell]
    while waiting:
        for name in named_headers(waiting.pop().element):
            if name in by_id and name not in names:
                names[name] = None
                waiting.append(by_id[name])
                yield by_id[name]


def _by_scope(cell: Cell, grid: Grid) -> Iterator[Cell]:
    for other in grid.cells:
        above = other.row < cell.row and other.is_in_line_with(cell)
        left = other.column < cell.column and other.is_beside(cell)
        if (above and other.speaks_for(COLUMN)) or (left and other.speaks_for(ROW)):
            yield other


def header_cells(grid: Grid) -> dict[str, Cell]:
    """The header cells of a grid that have an identifier."""
    return {c.element.id: c for c in grid.cells if c.is_header and c.element.id}
